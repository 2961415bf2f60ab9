import { Skeleton } from '@mantine/core'
import { useParams } from '@tanstack/react-router'
import { Suspense } from 'react'
import { Page } from '../app/Page.tsx'
import { useWords } from '../app/words.ts'
import { EmergencyCall } from '../emergencies/EmergencyCall.tsx'
import { AskForConsent } from './AskForConsent.tsx'
import { Chart } from './Chart.tsx'
import { useVisit } from './use-visit.ts'
import { VisitHeader } from './VisitHeader.tsx'

/** One patient: who she is; then what is asked of her, or, once she has allowed it, her chart. */
export function Visit() {
  const { t } = useWords('doctor')
  const { patient } = useParams({ from: '/doctor/patients/$patient' })
  const visit = useVisit(patient)
  if (!visit)
    return (
      <Page title={t('visit.title')}>
        <Skeleton height={320} />
      </Page>
    )
  const { active, ended, name, visited } = visit
  const title = name ? [name.given, name.family].filter(Boolean).join(' ') : t('visit.title')
  return (
    <Page title={title} place={active?.grant.id ?? ''}>
      <VisitHeader patient={patient} visited={visited} consent={active} />
      {active ? (
        // The heading stays, and keeps the focus, while words and views of the chart are loaded.
        <Suspense fallback={<Skeleton height={320} />}>
          <Chart key={active.grant.id} patient={patient} consent={active} />
        </Suspense>
      ) : (
        <>
          <AskForConsent patient={patient} hasCard={visited !== null} ended={ended} />
          {visited && <EmergencyCall patient={patient} />}
        </>
      )}
    </Page>
  )
}
