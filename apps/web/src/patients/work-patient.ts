import { getPatient } from '@curo/client/patients'
import type { PatientSummary } from '@curo/contract/patients'
import type { WorkCall, WorkContext } from '../work/context.ts'

/** What the hospital's desk has about her: name, birth date, address, telephone; nothing clinical. */
export function me(context: WorkContext, _: undefined, { signal }: WorkCall): Promise<PatientSummary> {
  const patient = context.patient()
  return getPatient(patient, patient.account.patient, { signal })
}
