import { Badge, Text } from '@mantine/core'
import { useFormat } from '../app/format.ts'
import { useWords } from '../app/words.ts'
import classes from './AnsweredRequests.module.css'
import { sayDoctor, sayScope } from './sentence.ts'
import type { RequestToMe } from './work-patient.ts'

/** The newest of them are enough: what came of each stands among the permissions and in the ledger. */
const SHOWN = 10

/** What was asked before, and how it was answered. */
export function AnsweredRequests({ requests }: { requests: readonly RequestToMe[] }) {
  const { t } = useWords('consent')
  const format = useFormat()
  if (requests.length === 0) return null
  return (
    <details className={classes.answered}>
      <summary>{t('answered', { count: requests.length })}</summary>
      <ul className={classes.list}>
        {requests.slice(0, SHOWN).map(({ request, state, from, refusal }) => (
          <li key={request.id} className={classes.row}>
            <div>
              <Text>{sayDoctor(from)}</Text>
              <Text size="sm" c="dimmed">
                {sayScope(request.scope, { t, format })} · {t('asked', { when: format.relative(request.at) })}
              </Text>
              {refusal && <Text size="sm">{t('youSaid', { reason: refusal })}</Text>}
            </div>
            <Badge color={state === 'granted' ? 'curo' : 'gray'} variant="light">
              {t(`states.${state}`)}
            </Badge>
          </li>
        ))}
      </ul>
    </details>
  )
}
