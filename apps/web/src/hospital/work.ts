import {
  dropHospitalLogo,
  getHospitalProfile,
  type HospitalProfile,
  type StoredProfile,
  saveHospitalProfile,
  setHospitalLogo,
} from '@curo/client/hospital'
import type { WorkCall, WorkContext } from '../work/context.ts'

/** Functions that the page calls as `work.<this folder>.<function>(input, { onProgress, signal })`. */

export async function profile(
  context: WorkContext,
  _: undefined,
  { signal }: WorkCall,
): Promise<StoredProfile> {
  const { api } = await context.connection()
  return getHospitalProfile(api, { signal })
}

/** @throws CuroError 'invalid-input' with `details.fields`, 'conflict' when somebody else saved meanwhile */
export async function saveProfile(
  context: WorkContext,
  input: { profile: HospitalProfile; revision: number },
  { signal }: WorkCall,
): Promise<StoredProfile> {
  return saveHospitalProfile(context.person(), input, { signal })
}

export async function setLogo(
  context: WorkContext,
  { file }: { file: File },
  { signal }: WorkCall,
): Promise<string> {
  return setHospitalLogo(context.person(), new Uint8Array(await file.arrayBuffer()), { signal })
}

export async function dropLogo(context: WorkContext): Promise<void> {
  await dropHospitalLogo(context.person())
}
