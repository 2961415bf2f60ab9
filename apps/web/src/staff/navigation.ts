import { IconCalendar, IconReceipt, IconUserPlus, IconUsers } from '@tabler/icons-react'
import type { LaterEntry, NavigationEntry } from '../app/navigation.ts'
import { useWords } from '../app/words.ts'

export function useStaffNavigation(): (NavigationEntry | LaterEntry)[] {
  const { t } = useWords('staff')
  return [
    { to: '/staff', exact: true, icon: IconUsers, label: t('nav.patients') },
    { to: '/staff/register', icon: IconUserPlus, label: t('nav.register') },
    { later: true, icon: IconCalendar, label: t('nav.appointments') },
    { later: true, icon: IconReceipt, label: t('nav.billing') },
  ]
}
