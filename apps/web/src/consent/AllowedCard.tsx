import { Alert, Badge, Button, Group, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useState } from 'react'
import { useFormat } from '../app/format.ts'
import { RichText, strong } from '../app/RichText.tsx'
import { useWords } from '../app/words.ts'
import classes from './AllowedCard.module.css'
import { sayDoctor, sayScope, sayTerms, sayWhy } from './sentence.ts'
import { TakeBackDialog } from './TakeBackDialog.tsx'
import type { Allowed } from './work-patient.ts'

/** Somebody on the allowed list, and the way to take it back; or a permission that is over. */
export function AllowedCard({ allowed }: { allowed: Allowed }) {
  const { t } = useWords('consent')
  const format = useFormat()
  const [asking, setAsking] = useState(false)
  const { grant, state, grantee, hers } = allowed
  const doctor = sayDoctor(grantee)
  const isActive = state === 'active'
  return (
    <article className={classes.card} data-active={isActive || undefined}>
      <Text>
        <RichText>
          {isActive
            ? sayTerms('may', doctor, grant, { t, format })
            : t('couldOnce', {
                doctor: strong(doctor),
                what: sayScope(grant.scope, { t, format }),
                why: sayWhy(grant.purpose, { t }),
              })}
        </RichText>
      </Text>
      {!hers && (
        <Alert color="red" icon={<IconAlertTriangle size={20} />}>
          {t('allowed.notHers')}
        </Alert>
      )}
      <Group justify="space-between" gap="xs">
        <Text size="sm" c="dimmed">
          {format.dateTime(grant.at)} · {t(`given.${grant.by}`)}
          {!isActive && ` · ${whenOver(allowed, { t, format })}`}
        </Text>
        {isActive ? (
          <Button variant="default" onClick={() => setAsking(true)}>
            {t('allowed.takeBack')}
          </Button>
        ) : (
          <Badge color="gray" variant="light">
            {t(`states.${state}`)}
          </Badge>
        )}
      </Group>
      {isActive && <TakeBackDialog allowed={allowed} opened={asking} onClose={() => setAsking(false)} />}
    </article>
  )
}

type Says = {
  t: ReturnType<typeof useWords<'consent'>>['t']
  format: ReturnType<typeof useFormat>
}

function whenOver({ state, grant, revokedAt }: Allowed, { t, format }: Says): string {
  if (state === 'revoked' && revokedAt) return t('allowed.takenBackOn', { when: format.relative(revokedAt) })
  if (state === 'given-back' && revokedAt)
    return t('allowed.givenBackOn', { when: format.dateTime(revokedAt) })
  if (state === 'expired') return t('allowed.endedOn', { when: format.relative(grant.notAfter) })
  return t('states.used')
}
