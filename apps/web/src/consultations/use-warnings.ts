import {
  type Consultation,
  type ConsultationWarning,
  consultationWarnings,
  type WarningContext,
} from '@curo/fhir/consultation'
import { type Drug, type DrugList, loadDrugs } from '@curo/fhir/drugs'
import type { Summary } from '@curo/fhir/summary'
import { createContext, use, useDeferredValue, useEffect, useMemo, useState } from 'react'

export type Warnings = {
  /** What was looked at: another than what is written now, while that is still being worked out. */
  of: Consultation | null
  all: readonly ConsultationWarning[]
  /** The list of medicines, once it is there; 'failed' when it could not be loaded. */
  drugs: DrugList | 'loading' | 'failed'
  /** Whether the chart is open, so that the patient's allergies and medicines are known. */
  hasChart: boolean
}

export const WarningsContext = createContext<Warnings>({
  of: null,
  all: [],
  drugs: 'loading',
  hasChart: false,
})

const NOTHING_KNOWN: WarningContext['summary'] = {
  allergies: { state: 'nothing-recorded', items: [], noneKnown: [] },
  medications: [],
  problems: [],
  vitals: [],
}

/** What to think about before signing; worked out beside the typing, never in its way. */
export function useWarnings(
  form: Consultation,
  { summary, birthDate }: { summary: Summary | undefined; birthDate: string | undefined },
): Warnings {
  const [drugs, setDrugs] = useState<DrugList | 'loading' | 'failed'>('loading')
  const needsDrugs = form.prescriptions.length > 0
  useEffect(() => {
    if (needsDrugs) loadDrugs().then(setDrugs, () => setDrugs('failed'))
  }, [needsDrugs])
  const written = useDeferredValue(form)
  return useMemo(
    () => ({
      of: written,
      all: consultationWarnings(written, {
        summary: summary ?? NOTHING_KNOWN,
        ...(typeof drugs === 'object' && { drugs }),
        ...(birthDate !== undefined && { birthDate }),
      }),
      drugs,
      hasChart: summary !== undefined,
    }),
    [written, summary, drugs, birthDate],
  )
}

/** Whether these are all the warnings about it: nothing is signed before it was looked at. */
export const isLookedAt = (form: Consultation, { of, drugs }: Warnings): boolean =>
  of === form && (form.prescriptions.length === 0 || drugs !== 'loading')

/** The medicine of this name, once the list is there. */
export function useDrug(name: string): Drug | undefined {
  const { drugs } = use(WarningsContext)
  return typeof drugs === 'object' ? drugs.find(name) : undefined
}
