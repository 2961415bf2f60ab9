import {
  askEmergency as askEmergencyRoute,
  confirmEmergency as confirmEmergencyRoute,
  type EmergencyConfirmation,
  type EmergencyRequest,
  type EmergencyView,
  emergencyReason,
  getEmergency as getEmergencyRoute,
  listEmergencies as listEmergenciesRoute,
  reviewEmergency as reviewEmergencyRoute,
} from '@curo/contract/emergencies'
import { toBase64Url } from '@curo/crypto/bytes'
import { canonicalBytes, canonicalJson } from '@curo/crypto/canonical-json'
import { CuroError } from '@curo/crypto/errors'
import { sha256 } from '@curo/crypto/hash'
import { randomId } from '@curo/crypto/random'
import { signBody, verifyBody } from '@curo/crypto/signatures'
import type { Policy } from '@curo/ledger/policy'
import type { CallInput, CallOptions } from './api.ts'
import { type Card, type FoundPatient, makeCardProof } from './cards.ts'
import { verifyClinician } from './clinicians.ts'
import { verifyConsent } from './consent.ts'
import { type OpenedRecord, openRecords, openTimeline, type TimelineEntry } from './openings.ts'
import type { Person } from './person.ts'
import { checkReceipt } from './receipts.ts'

export type { EmergencyView } from '@curo/contract/emergencies'

export type AskEmergency = {
  patient: string
  /** The patient's card, in hand. */
  card: Card
  /** Why she cannot be asked: 3 to 400 characters. She will read it. */
  reason: string
}

/** What a confirmation names its request by: all of it, the signature too. */
export const requestDigest = (request: EmergencyRequest) => toBase64Url(sha256(canonicalBytes(request)))

/**
 * The first clinician asks, with the card in hand. Nothing opens until a colleague has confirmed within 15 minutes.
 * @throws CuroError 'invalid-input' (no reason), 'not-found' (another's card), 'forbidden' (blocked), 'rate-limited'
 */
export async function askEmergency(
  person: Person,
  { patient, card, reason }: AskEmergency,
  options: CallOptions = {},
): Promise<EmergencyView> {
  const said = emergencyReason.safeParse(reason.trim())
  if (!said.success)
    throw new CuroError('invalid-input', 'Say in a few words why the patient cannot be asked.')
  const body = {
    v: 1 as const,
    id: randomId(),
    patient,
    account: person.account.id,
    hospital: person.hospital.origin,
    reason: said.data,
    at: new Date().toISOString(),
  }
  const request = await signBody({ kind: 'emergency-request', body, key: person.identity })
  const proof = await makeCardProof(card, person.account.id)
  return person.api.call(askEmergencyRoute, { body: { request, proof } }, { ...options, repeatable: true })
}

type Page = { after?: string; limit?: number }

/** Emergencies of colleagues that wait for a second clinician, newest first. */
export async function listEmergenciesToConfirm(person: Person, page: Page = {}, options: CallOptions = {}) {
  return person.api.call(listEmergenciesRoute, { query: { of: 'to-confirm', ...page } }, options)
}

export type EmergencyFilter = NonNullable<CallInput<typeof listEmergenciesRoute>['query']>

/** A doctor's own emergencies, those about a patient, or all for an administrator; newest first. */
export async function listEmergencies(
  person: Person,
  filter: EmergencyFilter = {},
  options: CallOptions = {},
) {
  return person.api.call(listEmergenciesRoute, { query: filter }, options)
}

/** Whether an emergency has been confirmed yet. @throws CuroError 'not-found' */
export async function getEmergency(
  person: Person,
  emergency: string,
  options: CallOptions = {},
): Promise<EmergencyView> {
  return person.api.call(getEmergencyRoute, { params: { emergency } }, options)
}

type Verifying = CallOptions & { policy?: Policy | undefined }

/**
 * The second clinician confirms, by her own signature over this very request, after its signature was checked against
 * the asker's key in the ledger.
 * @throws CuroError 'forbidden' (one's own, suspended, blocked card), 'expired', 'conflict' (confirmed already);
 *   'bad-key' | 'forged-signature' | 'tampered' when the node shows another request than the doctor signed
 */
export async function confirmEmergency(
  person: Person,
  { emergency }: { emergency: EmergencyView },
  options: Verifying = {},
): Promise<EmergencyView> {
  const { request } = emergency
  if (request.account === person.account.id)
    throw new CuroError('forbidden', 'Another doctor has to confirm this, in her own session.')
  const asker = await verifyClinician(person, { account: request.account, policy: options.policy }, options)
  await verifyBody({ kind: 'emergency-request', body: request, expectedSigner: asker.identity })
  if (request.hospital !== person.hospital.origin) throw notWhatWasSigned()
  const body = {
    v: 1 as const,
    id: request.id,
    request: requestDigest(request),
    patient: request.patient,
    account: person.account.id,
    hospital: person.hospital.origin,
    at: new Date().toISOString(),
  }
  const confirmation = await signBody({ kind: 'emergency-confirmation', body, key: person.identity })
  const answer = await person.api.call(
    confirmEmergencyRoute,
    { params: { emergency: request.id }, body: { confirmation } },
    { ...options, repeatable: true },
  )
  await checkEntry(person, { request, confirmation, receipt: answer.receipt })
  return answer.emergency
}

type Entry = {
  request: EmergencyRequest
  confirmation: EmergencyConfirmation
  receipt: Parameters<typeof checkReceipt>[0]['receipt']
}

/** What was written must be what the two signed. */
async function checkEntry(person: Person, { request, confirmation, receipt }: Entry): Promise<void> {
  const { hospital } = person
  const body = await checkReceipt({ receipt, hospital, kind: 'emergency', id: request.id })
  const wanted = [
    { kind: 'emergency-request', document: request },
    { kind: 'emergency-confirmation', document: confirmation },
  ]
  if (canonicalJson(body.statements) !== canonicalJson(wanted)) throw notWhatWasSigned()
}

const notWhatWasSigned = () =>
  new CuroError('tampered', 'The hospital’s computer kept something other than what was signed. Report it.')

export type OpenedEmergency = {
  /** Stands for the right: more records open with it until it ends, with the card in hand. */
  consent: string
  until: string
  entries: TimelineEntry[]
  records: OpenedRecord[]
}

/**
 * Opens the emergency summary once it is confirmed: what there is, and all of it. Two lines more in the ledger.
 * @throws CuroError 'not-found' while nobody has confirmed it, or after its hour; 'tampered' when the right is another
 */
export async function openEmergency(
  person: Person,
  { emergency, found }: { emergency: EmergencyView; found: FoundPatient },
  options: CallOptions = {},
): Promise<OpenedEmergency> {
  const { consent, request } = emergency
  if (consent?.state !== 'active')
    throw new CuroError(
      'not-found',
      consent ? 'The hour is over. Ask again.' : 'No second doctor has confirmed this yet.',
    )
  await verifyConsent(person, { consent })
  const { grant } = consent
  if (grant.by !== 'emergency' || grant.request !== request.id || grant.patient !== found.patient)
    throw notWhatWasSigned()
  const reader = { via: 'card' as const, card: found.card }
  const ask = { patient: found.patient, consent: grant.id, reader }
  const { entries } = await openTimeline(person, ask, options)
  const ids = entries.map(({ id }) => id)
  const records =
    ids.length === 0 ? [] : await openRecords(person, { ...ask, records: ids, keys: found.keys }, options)
  return { consent: grant.id, until: grant.notAfter, entries, records }
}

export type EmergencyReview = CallInput<typeof reviewEmergencyRoute>['body'] & { emergency: string }

/** An administrator's judgement, once. @throws CuroError 'conflict', 'not-found', 'forbidden' */
export async function reviewEmergency(
  person: Person,
  { emergency, ...body }: EmergencyReview,
  options: CallOptions = {},
): Promise<EmergencyView> {
  return person.api.call(reviewEmergencyRoute, { params: { emergency }, body }, options)
}
