import { summaryOf } from '@curo/fhir/summary'
import type { TimelineSource } from '@curo/fhir/timeline'
import { Alert, Button, Group, Stack } from '@mantine/core'
import { IconCircleCheck } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { useArrival } from '../app/use-focus.ts'
import { useWords } from '../app/words.ts'
import type { DraftInHand } from '../consultations/draft-in-hand.ts'
import { Editor } from '../consultations/Editor.tsx'
import { Review } from '../consultations/Review.tsx'
import { useWarnings } from '../consultations/use-warnings.ts'
import { addToChart, useOpenedChart } from './opened-chart.ts'
import type { VisitNow } from './use-visit.ts'

type WritingProps = {
  patient: string
  draft: DraftInHand
  visit: VisitNow
  /** Another draft takes this one's place. */
  onDraft: (draft: DraftInHand) => void
}

/** From the first letter to the signature. */
export function Writing({ patient, draft, visit, onDraft }: WritingProps) {
  const navigate = useNavigate()
  const queries = useQueryClient()
  const [isWanted, setWanted] = useState(false)
  const { chart } = useOpenedChart(patient, visit.active, isWanted)
  const [step, setStep] = useState<'write' | 'review'>(draft.signing ? 'review' : 'write')
  const [signed, setSigned] = useState<readonly TimelineSource[] | null>(null)
  const records = visit.active ? chart?.records : undefined
  const summary = useMemo(() => records && summaryOf(records), [records])
  const birthDate = visit.visited?.demographics.birthDate ?? draft.about?.birthDate
  const warnings = useWarnings(draft.form, { summary, birthDate })
  if (signed) return <SignedNote patient={patient} written={signed} />
  if (step === 'review')
    return (
      <Review
        draft={draft}
        warnings={warnings}
        maySign={visit.visited !== null || visit.active?.sealedKeys != null}
        onWrite={() => setStep('write')}
        onSigned={(sources) => {
          addToChart(queries, patient, sources)
          setSigned(sources)
        }}
      />
    )
  return (
    <Editor
      draft={draft}
      summary={summary}
      birthDate={birthDate}
      onOpenChart={visit.active && !chart && !isWanted ? () => setWanted(true) : undefined}
      onDraft={onDraft}
      onReview={() => {
        setStep('review')
        scrollTo({ top: 0 })
      }}
      onGivenUp={() => void navigate({ to: '/doctor' })}
    />
  )
}

function SignedNote({ patient, written }: { patient: string; written: readonly TimelineSource[] }) {
  const { t } = useWords('consultations')
  const arrived = useArrival<HTMLDivElement>()
  const note = written.find(({ kind }) => kind === 'Composition')?.record
  return (
    <Stack ref={arrived} tabIndex={-1} align="flex-start">
      <Alert
        color="curo"
        role="status"
        icon={<IconCircleCheck size={20} aria-hidden />}
        title={t('signed.title')}
      >
        {t('signed.text', { count: written.length })}
      </Alert>
      <Group>
        <Button
          renderRoot={(props) => (
            <Link
              to="/doctor/patients/$patient"
              params={{ patient }}
              search={note ? { record: note } : {}}
              {...props}
            />
          )}
        >
          {t('signed.chart')}
        </Button>
        <Button variant="default" renderRoot={(props) => <Link to="/doctor" {...props} />}>
          {t('signed.home')}
        </Button>
      </Group>
    </Stack>
  )
}
