import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { Trouble } from '../app/Loaded.tsx'
import { Page } from '../app/Page.tsx'
import { useWords } from '../app/words.ts'
import { type DraftInHand, takeDraft } from '../consultations/draft-in-hand.ts'
import type { DraftAbout } from '../consultations/work-drafts.ts'
import { useVisit, type VisitNow } from './use-visit.ts'
import { VisitHeader } from './VisitHeader.tsx'
import { Writing } from './Writing.tsx'

/** Writing a consultation about one patient, whether or not her chart is open. */
export function Consultation() {
  const { t } = useWords('consultations')
  const { patient } = useParams({ from: '/doctor/patients/$patient/consultation' })
  const visit = useVisit(patient)
  const [replaced, setReplaced] = useState<DraftInHand | null>(null)
  const taking = useQuery({
    queryKey: ['consultations', 'draft', patient],
    queryFn: ({ signal }) => takeDraft(patient, aboutOf(visit), signal),
    enabled: visit !== undefined,
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
    structuralSharing: false,
    retry: false,
  })
  const draft = replaced ?? taking.data
  const name = visit?.name ?? draft?.about
  const title = name
    ? t('title', { name: [name.given, name.family].filter(Boolean).join(' ') })
    : t('titleUnnamed')
  return (
    <Page title={title}>
      {visit && <VisitHeader patient={patient} visited={visit.visited} consent={visit.active} isWriting />}
      {taking.error && <Trouble error={taking.error} onRetry={() => void taking.refetch()} />}
      {visit && draft && (
        <Writing key={draft.key} draft={draft} visit={visit} patient={patient} onDraft={setReplaced} />
      )}
      {!draft && !taking.error && <Skeleton height={480} />}
    </Page>
  )
}

/** Whom the draft is about, so that the list of drafts can say it. */
function aboutOf(visit: VisitNow | undefined): DraftAbout | null {
  if (!visit?.name) return null
  const { name, visited } = visit
  const { birthDate, sex } = visited?.demographics ?? {}
  return { given: name.given, family: name.family, ...(birthDate && { birthDate }), ...(sex && { sex }) }
}
