import { Alert, Button, Group } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import { useSyncExternalStore } from 'react'
import { useWords } from '../words.ts'
import { hasUpdate, subscribeToUpdates, takeUpdate } from './updates.ts'

/** A new version is there; it is taken when the person says so, never under her hands. */
export function UpdateBanner() {
  const { t } = useWords('app')
  const isThere = useSyncExternalStore(subscribeToUpdates, hasUpdate)
  if (!isThere) return null
  return (
    <Alert color="curo" icon={<IconRefresh size={20} />} role="status" mb="md">
      <Group justify="space-between">
        {t('update.text')}
        <Button size="xs" onClick={takeUpdate}>
          {t('update.take')}
        </Button>
      </Group>
    </Alert>
  )
}
