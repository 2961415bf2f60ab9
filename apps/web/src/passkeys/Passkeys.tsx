import type { Passkey } from '@curo/contract/passkeys'
import { Button, Group, Stack, Text } from '@mantine/core'
import { IconFingerprint } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import classes from '../accounts/Devices.module.css'
import { useFormat } from '../app/format.ts'
import { Loaded } from '../app/Loaded.tsx'
import { useWords } from '../app/words.ts'
import { AddPasskey } from './AddPasskey.tsx'
import { hasPasskeys } from './browser.ts'
import { ownPasskeys } from './queries.ts'
import { RemovePasskey } from './RemovePasskey.tsx'

/** One's own passkeys, each with what it can do. */
export function Passkeys() {
  const { t } = useWords('passkeys')
  const [removing, setRemoving] = useState<Passkey | null>(null)
  const [removed, setRemoved] = useState<string>()
  return (
    <Stack gap="sm">
      <Loaded query={useQuery(ownPasskeys)} skeleton={[56]}>
        {(passkeys) =>
          passkeys.length === 0 ? (
            <Text>{t('none')}</Text>
          ) : (
            <ul className={classes.devices}>
              {passkeys.map((passkey) => (
                <PasskeyLine key={passkey.id} passkey={passkey} onRemove={() => setRemoving(passkey)} />
              ))}
            </ul>
          )
        }
      </Loaded>
      {removed && (
        <Text role="status" size="sm">
          {t('removed', { name: removed })}
        </Text>
      )}
      {hasPasskeys() ? <AddPasskey /> : <Text c="dimmed">{t('troubles.unsupported')}</Text>}
      <RemovePasskey
        passkey={removing}
        onClose={() => setRemoving(null)}
        onRemoved={(name) => {
          setRemoving(null)
          setRemoved(name)
        }}
      />
    </Stack>
  )
}

function PasskeyLine({ passkey, onRemove }: { passkey: Passkey; onRemove: () => void }) {
  const { t } = useWords('passkeys')
  const format = useFormat()
  const { name, unlocks, createdAt, lastUsedAt } = passkey
  return (
    <li className={classes.device}>
      <IconFingerprint size={24} stroke={1.5} aria-hidden className={classes.icon} />
      <div className={classes.words}>
        <Group gap="xs">
          <Text fw={600}>{name}</Text>
        </Group>
        <Text size="sm">{t(unlocks ? 'opens' : 'secondOnly')}</Text>
        <Text size="sm" c="dimmed">
          {t('added', { when: format.date(createdAt) })}
          {' · '}
          {lastUsedAt ? t('lastUsed', { when: format.relative(lastUsedAt) }) : t('neverUsed')}
        </Text>
      </div>
      <Button variant="default" aria-label={t('removeNamed', { name })} onClick={onRemove}>
        {t('remove')}
      </Button>
    </li>
  )
}
