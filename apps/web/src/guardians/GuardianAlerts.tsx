import { Alert, Anchor } from '@mantine/core'
import { IconAlertTriangle, IconUserQuestion } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, useLocation } from '@tanstack/react-router'
import { useSession } from '../accounts/session.ts'
import { useWords } from '../app/words.ts'
import { ownAttempts } from '../recoveries/queries.ts'
import { ownWards } from './queries.ts'

const STALE_MS = 5 * 60_000

/** On every page: somebody is at her door, or one whose guardian she is waits for her. */
export default function GuardianAlerts() {
  const { t } = useWords('guardians')
  const session = useSession()
  const { pathname } = useLocation()
  const enabled = session.state === 'signed-in' && !session.offline
  const attempts = useQuery({ ...ownAttempts, enabled, staleTime: STALE_MS })
  const wards = useQuery({ ...ownWards, enabled, staleTime: STALE_MS })
  if (pathname === '/settings/guardians') return null
  const asking = wards.data?.requests.filter(({ released }) => !released) ?? []
  const isAttempted = (attempts.data?.length ?? 0) > 0
  if (!isAttempted && asking.length === 0) return null
  return (
    <Alert
      color={isAttempted ? 'red' : 'yellow'}
      role="alert"
      mb="md"
      icon={isAttempted ? <IconAlertTriangle size={20} /> : <IconUserQuestion size={20} />}
    >
      {isAttempted ? t('attempt.title') : t('request.title', { name: asking[0]?.name ?? '' })}{' '}
      <Anchor component={Link} to="/settings/guardians" underline="always">
        {t('look')}
      </Anchor>
    </Alert>
  )
}
