import {
  IconBook2,
  IconBuildingHospital,
  IconDatabase,
  IconHistory,
  IconHome,
  IconUrgent,
  IconUserCheck,
  IconUsers,
} from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { NavigationEntry } from '../app/navigation.ts'
import { useWords } from '../app/words.ts'
import { waitingQuery } from '../approvals/queries.ts'

export function useAdminNavigation(): NavigationEntry[] {
  const { t } = useWords('admin')
  const { data } = useQuery(waitingQuery)
  return [
    { to: '/admin', exact: true, icon: IconHome, label: t('nav.home') },
    { to: '/admin/approvals', icon: IconUserCheck, label: t('nav.approvals'), count: data?.accounts.length },
    { to: '/admin/people', icon: IconUsers, label: t('nav.people') },
    { to: '/admin/emergencies', icon: IconUrgent, label: t('nav.emergencies') },
    { to: '/admin/ledger', icon: IconBook2, label: t('nav.ledger') },
    { to: '/admin/storage', icon: IconDatabase, label: t('nav.storage') },
    { to: '/admin/activity', icon: IconHistory, label: t('nav.activity') },
    { to: '/admin/hospital', icon: IconBuildingHospital, label: t('nav.hospital') },
  ]
}
