import { Button, Group, Text } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck, IconHelpCircle, IconStethoscope } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useFormat } from '../app/format.ts'
import { RichText } from '../app/RichText.tsx'
import { useWords } from '../app/words.ts'
import classes from './RequestCard.module.css'
import { sayDoctor, sayTerms } from './sentence.ts'
import type { RequestToMe } from './work-patient.ts'

/** A request that waits, as one sentence, and the way to answer it. */
export function RequestCard({ asked }: { asked: RequestToMe }) {
  const { t } = useWords('consent')
  const format = useFormat()
  const { request, from, expiresAt, fault } = asked
  return (
    <article className={classes.card} data-fault={fault !== null || undefined}>
      <IconStethoscope size={28} stroke={1.5} className={classes.icon ?? ''} aria-hidden />
      <div className={classes.words}>
        <Text className={classes.sentence ?? ''}>
          <RichText>{sayTerms('asks', sayDoctor(from), request, { t, format })}</RichText>
        </Text>
        <Genuineness asked={asked} />
        <Text size="sm" c="dimmed">
          {t('asked', { when: format.relative(request.at) })} ·{' '}
          {t('lapses', { when: format.relative(expiresAt) })}
        </Text>
        {fault === null && (
          <Group>
            <Button component={Link} to="/patient/sharing/$request" params={{ request: request.id } as never}>
              {t('answer')}
            </Button>
          </Group>
        )}
      </div>
    </article>
  )
}

/** Whether the doctor it names has signed it, in words. */
export function Genuineness({ asked: { from, fault } }: { asked: Pick<RequestToMe, 'from' | 'fault'> }) {
  const { t } = useWords('consent')
  const [Icon, words, kind] = fault
    ? ([IconAlertTriangle, t('forged'), 'bad'] as const)
    : from.proven
      ? ([IconCircleCheck, t('genuine'), 'good'] as const)
      : ([IconHelpCircle, t('notProven'), 'open'] as const)
  return (
    <Text size="sm" className={classes.genuine ?? ''} data-kind={kind}>
      <Icon size={18} aria-hidden />
      <span>{words}</span>
    </Text>
  )
}
