import { Alert } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useFormat } from '../app/format.ts'
import { useWords } from '../app/words.ts'
import { problemsQuery } from './queries.ts'

/** What is wrong at this node now, worst first. */
export function ProblemList() {
  const { t } = useWords('audit')
  const format = useFormat()
  const { data } = useQuery(problemsQuery)
  if (!data) return null
  if (data.problems.length === 0)
    return (
      <Alert color="curo" role="status" icon={<IconCircleCheck size={20} aria-hidden />}>
        {t('problems.none', { at: format.time(data.checkedAt) })}
      </Alert>
    )
  return data.problems.map(({ kind, severity, subject, count, since, detail }) => (
    <Alert
      key={`${kind} ${subject}`}
      color={severity === 'alarm' ? 'red' : 'yellow'}
      role={severity === 'alarm' ? 'alert' : 'status'}
      icon={<IconAlertTriangle size={20} aria-hidden />}
      title={t(`problems.${kind}`, { count, subject: subject ?? '' })}
    >
      {[since && t('problems.since', { since: format.relative(since) }), detail].filter(Boolean).join(' · ')}
    </Alert>
  ))
}
