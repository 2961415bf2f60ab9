import {
  findPatients,
  getPatient,
  type RegisteredPatient,
  registerPatientAtDesk,
  updatePatient,
} from '@curo/client/patients'
import type { Demographics, PatientSummary } from '@curo/contract/patients'
import type { WorkCall, WorkContext } from '../work/context.ts'

/** Functions that the page calls as `work.<this folder>.<function>(input, { onProgress, signal })`. */

export type PatientPage = { patients: PatientSummary[]; next: string | null }

/** A page of patients by name, telephone, birth date, identifier or card number; all, newest first, without a search. */
export async function find(
  context: WorkContext,
  query: { search?: string; birthDate?: string; after?: string; limit?: number },
  { signal }: WorkCall,
): Promise<PatientPage> {
  return findPatients(context.person(), { limit: 50, ...query }, { signal })
}

/** @throws CuroError 'not-found' */
export async function get(
  context: WorkContext,
  { patient }: { patient: string },
  { signal }: WorkCall,
): Promise<PatientSummary> {
  return getPatient(context.person(), patient, { signal })
}

/** Registers at the desk; card and recovery code come back once, to be printed and forgotten. */
export async function register(
  context: WorkContext,
  { demographics }: { demographics: Demographics },
  { signal }: WorkCall,
): Promise<RegisteredPatient> {
  return registerPatientAtDesk(context.person(), demographics, { signal })
}

/** Replaces the demographics as a whole. @throws CuroError 'conflict' when they are no longer what they were `before` */
export async function update(
  context: WorkContext,
  input: { patient: string; demographics: Demographics; before: Demographics },
  { signal }: WorkCall,
): Promise<PatientSummary> {
  return updatePatient(context.person(), input, { signal })
}
export * from './work-patient.ts'
