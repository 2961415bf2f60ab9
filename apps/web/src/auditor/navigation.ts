import { IconBook2, IconDatabase, IconHistory, IconHome } from '@tabler/icons-react'
import type { NavigationEntry } from '../app/navigation.ts'
import { useWords } from '../app/words.ts'

export function useAuditorNavigation(): NavigationEntry[] {
  const { t } = useWords('auditor')
  return [
    { to: '/auditor', exact: true, icon: IconHome, label: t('nav.home') },
    { to: '/auditor/ledger', icon: IconBook2, label: t('nav.ledger') },
    { to: '/auditor/storage', icon: IconDatabase, label: t('nav.storage') },
    { to: '/auditor/activity', icon: IconHistory, label: t('nav.activity') },
  ]
}
