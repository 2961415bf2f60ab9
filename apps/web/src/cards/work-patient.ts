import { readCard } from '@curo/client/cards'
import { keepOwnCard, ownCardAddress } from '@curo/client/own-card'
import { getPatient } from '@curo/client/patients'
import { reissueCard } from '@curo/client/reissue'
import { type RewrapProgress, rewrapRecords } from '@curo/client/rewrapping'
import type { Demographics } from '@curo/contract/patients'
import type { WorkCall, WorkContext } from '../work/context.ts'

/** Her card as it can be shown without its secret. */
export type OwnCard = {
  number: string | null
  status: 'active' | 'blocked' | null
  demographics: Demographics
  hospital: { name: string }
  homeNode: string
  /** Whether this app can show the code. */
  isInApp: boolean
}

export async function ownCard(context: WorkContext, _: undefined, { signal }: WorkCall): Promise<OwnCard> {
  const patient = context.patient()
  const { card, demographics } = await getPatient(patient, patient.account.patient, { signal })
  const { name, homeNode } = patient.hospital
  return {
    number: card?.number ?? null,
    status: card?.status ?? null,
    demographics,
    hospital: { name },
    homeNode,
    isInApp: card?.number === patient.keyring.card && ownCardAddress(patient) !== null,
  }
}

/**
 * The address that the card's code carries, to be drawn and forgotten: the one secret that leaves the Worker, because it
 * is meant to be shown. Null where this app has not seen the card.
 */
export async function cardAddress(context: WorkContext): Promise<string | null> {
  return ownCardAddress(context.patient())
}

/** Takes the card in hand into the app. @throws CuroError 'malformed', 'wrong-key' (not hers, or replaced), 'conflict' */
export async function keepCard(
  context: WorkContext,
  { scanned }: { scanned: string },
  { signal }: WorkCall,
): Promise<void> {
  const card = await readCard(scanned.trim())
  await context.setPerson(await keepOwnCard(context.patient(), card, { signal }))
}

/** A new card with a new secret; the old one is blocked by it. Earlier records follow with `takeOverRecords`. */
export async function makeNewCard(
  context: WorkContext,
  _: undefined,
  { signal }: WorkCall,
): Promise<{ number: string }> {
  const { person, cardNumber } = await reissueCard(context.patient(), { signal })
  await context.setPerson(person)
  return { number: cardNumber }
}

export type TakenOver = { seen: number; rewrapped: number; faults: number }

/** Makes earlier records open with the new card; may be stopped and called again. */
export async function takeOverRecords(
  context: WorkContext,
  _: undefined,
  { signal, onProgress }: WorkCall<TakenOver>,
): Promise<TakenOver> {
  const counted = ({ seen, rewrapped, faults }: RewrapProgress) => ({
    seen,
    rewrapped,
    faults: faults.length,
  })
  return counted(
    await rewrapRecords(context.patient(), { signal, onProgress: (now) => onProgress(counted(now)) }),
  )
}
