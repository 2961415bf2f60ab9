import {
  IconEye,
  IconHome,
  IconIdBadge2,
  IconReportMedical,
  IconUser,
  IconUserShare,
} from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { NavigationEntry } from '../app/navigation.ts'
import { useWords } from '../app/words.ts'
import { requestsToMe } from '../consent/queries.ts'

export function usePatientNavigation(): NavigationEntry[] {
  const { t } = useWords('patient')
  const { data: requests = [] } = useQuery(requestsToMe)
  const waiting = requests.filter(({ state }) => state === 'pending').length
  return [
    { to: '/patient', exact: true, icon: IconHome, label: t('nav.home') },
    { to: '/patient/records', icon: IconReportMedical, label: t('nav.records') },
    { to: '/patient/sharing', icon: IconUserShare, label: t('nav.sharing'), count: waiting },
    { to: '/patient/looked', icon: IconEye, label: t('nav.looked') },
    { to: '/patient/card', icon: IconIdBadge2, label: t('nav.card') },
    { to: '/patient/profile', icon: IconUser, label: t('nav.profile') },
  ]
}
