import { IconHome, IconListCheck, IconUrgent } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { NavigationEntry } from '../app/navigation.ts'
import { useWords } from '../app/words.ts'
import { toConfirmQuery } from '../emergencies/queries.ts'

export function useDoctorNavigation(): NavigationEntry[] {
  const { t } = useWords('doctor')
  const { data } = useQuery(toConfirmQuery)
  return [
    { to: '/doctor', exact: true, icon: IconHome, label: t('nav.home') },
    { to: '/doctor/requests', icon: IconListCheck, label: t('nav.requests') },
    {
      to: '/doctor/emergencies',
      icon: IconUrgent,
      label: t('nav.emergencies'),
      count: data?.emergencies.length,
    },
  ]
}
