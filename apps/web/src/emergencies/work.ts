import {
  askEmergency,
  confirmEmergency,
  type EmergencyFilter,
  type EmergencyReview,
  type EmergencyView,
  getEmergency,
  listEmergencies,
  reviewEmergency,
} from '@curo/client/emergencies'
import { CuroError } from '@curo/crypto/errors'
import { visitInHand } from '../visits/work.ts'
import type { WorkCall, WorkContext } from '../work/context.ts'

/** Functions that the page calls as `work.<this folder>.<function>(input, { onProgress, signal })`. */

/** Asks with the card in hand. Nothing opens before a colleague has confirmed. @throws CuroError 'not-found' without the card */
export async function ask(
  context: WorkContext,
  { patient, reason }: { patient: string; reason: string },
  { signal }: WorkCall,
): Promise<EmergencyView> {
  const { card } = visitInHand(patient)
  if (!card) throw new CuroError('not-found', 'An emergency needs the patient’s card in hand: scan it.')
  return askEmergency(context.person(), { patient, card, reason }, { signal })
}

export type EmergencyPage = { emergencies: EmergencyView[]; next: string | null }

export async function list(
  context: WorkContext,
  filter: EmergencyFilter,
  { signal }: WorkCall,
): Promise<EmergencyPage> {
  return listEmergencies(context.person(), filter, { signal })
}

/** Whether it has been confirmed yet. @throws CuroError 'not-found' */
export async function get(
  context: WorkContext,
  { emergency }: { emergency: string },
  { signal }: WorkCall,
): Promise<EmergencyView> {
  return getEmergency(context.person(), emergency, { signal })
}

/** Confirms exactly what was shown, by her own signature. @throws as `confirmEmergency` of the client */
export async function confirm(
  context: WorkContext,
  { emergency }: { emergency: EmergencyView },
  { signal }: WorkCall,
): Promise<EmergencyView> {
  return confirmEmergency(context.person(), { emergency }, { signal })
}

/** An administrator's judgement, once. @throws CuroError 'conflict', 'not-found', 'forbidden' */
export async function review(
  context: WorkContext,
  input: EmergencyReview,
  { signal }: WorkCall,
): Promise<EmergencyView> {
  return reviewEmergency(context.person(), input, { signal })
}
