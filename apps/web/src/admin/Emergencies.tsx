import type { EmergencyView } from '@curo/contract/emergencies'
import { Button } from '@mantine/core'
import { IconUrgent } from '@tabler/icons-react'
import { useState } from 'react'
import { EmptyState } from '../app/EmptyState.tsx'
import { Page } from '../app/Page.tsx'
import { useWords } from '../app/words.ts'
import { EmergencyTable } from '../emergencies/EmergencyTable.tsx'
import { ReviewDialog } from '../emergencies/ReviewDialog.tsx'

/** Every emergency opening of the hospital, to be reviewed within 72 hours. */
export function Emergencies() {
  const { t } = useWords('emergencies')
  const [chosen, setChosen] = useState<EmergencyView | null>(null)
  return (
    <Page title={t('all.title')}>
      <EmergencyTable
        none={<EmptyState icon={IconUrgent} title={t('all.none')} text={t('toConfirm.noneHint')} />}
        action={(emergency) =>
          emergency.review?.outcome === null && (
            <Button size="xs" variant="default" onClick={() => setChosen(emergency)}>
              {t('review.action')}
            </Button>
          )
        }
      />
      {chosen && <ReviewDialog emergency={chosen} onClose={() => setChosen(null)} />}
    </Page>
  )
}
