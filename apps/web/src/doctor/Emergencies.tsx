import { IconUrgent } from '@tabler/icons-react'
import { EmptyState } from '../app/EmptyState.tsx'
import { Page } from '../app/Page.tsx'
import { useWords } from '../app/words.ts'
import { EmergencyTable } from '../emergencies/EmergencyTable.tsx'
import { ToConfirm } from '../emergencies/ToConfirm.tsx'
import { Section } from '../patient/Section.tsx'

/** What colleagues ask this doctor to confirm, and the emergencies that carry her own name. */
export function Emergencies() {
  const { t } = useWords('emergencies')
  return (
    <Page title={t('title')}>
      <Section title={t('toConfirm.title')}>
        <ToConfirm
          none={<EmptyState icon={IconUrgent} title={t('toConfirm.none')} text={t('toConfirm.noneHint')} />}
        />
      </Section>
      <Section title={t('mine.title')}>
        <EmergencyTable
          none={<EmptyState icon={IconUrgent} title={t('mine.none')} text={t('mine.noneHint')} />}
        />
      </Section>
    </Page>
  )
}
