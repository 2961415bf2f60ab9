import { Alert } from '@mantine/core'
import { IconWifiOff } from '@tabler/icons-react'
import { useSyncExternalStore } from 'react'
import { useSession } from '../../accounts/session.ts'
import { useWords } from '../words.ts'

function subscribe(listener: () => void): () => void {
  addEventListener('online', listener)
  addEventListener('offline', listener)
  return () => {
    removeEventListener('online', listener)
    removeEventListener('offline', listener)
  }
}

/** Whether the device believes to have a network. */
export const useOnline = (): boolean => useSyncExternalStore(subscribe, () => navigator.onLine)

export function OfflineBanner() {
  const { t } = useWords('app')
  const session = useSession()
  const online = useOnline()
  const offline = !online || (session.state === 'signed-in' && session.offline)
  if (!offline) return null
  return (
    <Alert color="yellow" icon={<IconWifiOff size={20} />} role="status" mb="md">
      {t('offline')}
    </Alert>
  )
}
