import { Button } from '@mantine/core'
import { IconPlus, IconReportMedical } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { EmptyState } from '../app/EmptyState.tsx'
import { useWords } from '../app/words.ts'

/** In place of an empty history: what will stand here, and how to begin it. */
export function NoRecords() {
  const { t } = useWords('patient')
  return (
    <EmptyState icon={IconReportMedical} title={t('records.emptyTitle')} text={t('records.empty')}>
      <Button
        component={Link}
        to="/patient/records/add"
        variant="default"
        leftSection={<IconPlus size={18} aria-hidden />}
      >
        {t('home.addRecord')}
      </Button>
    </EmptyState>
  )
}
