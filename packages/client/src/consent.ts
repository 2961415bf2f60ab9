import {
  type ConsentRequest,
  type ConsentView,
  type consentRequestView,
  enterOtp as enterOtpRoute,
  type Grant,
  giveBackConsent as giveBackConsentRoute,
  listConsents as listConsentsRoute,
  listRequests as listRequestsRoute,
  purpose as purposeSchema,
  refuseRequest as refuseRequestRoute,
  requestConsent as requestConsentRoute,
  resendOtp as resendOtpRoute,
  type Scope,
  scope as scopeSchema,
} from '@curo/contract/consent'
import { toBase64Url } from '@curo/crypto/bytes'
import { canonicalJson } from '@curo/crypto/canonical-json'
import { CATEGORIES, type Category } from '@curo/crypto/category'
import { CuroError } from '@curo/crypto/errors'
import { randomId } from '@curo/crypto/random'
import { signBody, verifyBody } from '@curo/crypto/signatures'
import type { CallInput, CallOptions } from './api.ts'
import { type Card, makeCardProof } from './cards.ts'
import type { VerifiedClinician } from './clinicians.ts'
import { ownKeysOf } from './own-records.ts'
import type { PatientPerson, Person } from './person.ts'

export type Purpose = Grant['purpose']
export type ScopeInput = Partial<Scope>
export type ConsentRequestView = (typeof consentRequestView)['_zod']['output']

/** Everything but `sensitive`, which has to be named. */
export const DEFAULT_CATEGORIES: readonly Category[] = CATEGORIES.filter(
  (category) => category !== 'sensitive',
)

/** What both sides sign must be complete: defaults are filled in before, so that the node adds nothing. */
export function readScope(input: ScopeInput): Scope {
  const parsed = scopeSchema.safeParse(input)
  if (!parsed.success)
    throw new CuroError(
      'invalid-input',
      'Say which categories or records the consent is for, and days as YYYY-MM-DD.',
      {
        cause: parsed.error,
      },
    )
  return parsed.data
}

export function readPurpose(input: Purpose): Purpose {
  const parsed = purposeSchema.safeParse(input)
  if (!parsed.success)
    throw new CuroError('invalid-input', 'Say what the records are needed for.', { cause: parsed.error })
  return parsed.data
}

export type AskConsent = {
  patient: string
  scope: ScopeInput
  purpose: Purpose
  use: Grant['use']
  notAfter: Date
  /** With the card in hand a code goes to the patient's telephone at once. */
  card?: Card | undefined
}

export type AskedConsent = {
  request: ConsentRequest
  /** Where the code went, or null when the patient's app has to answer. */
  otp: { sentTo: string; expiresAt: string } | null
  expiresAt: string
}

/**
 * A doctor asks a patient for consent.
 * @throws CuroError 'not-found' (no such patient, blocked card), 'invalid-input', 'rate-limited'
 */
export async function requestConsent(
  person: Person,
  { patient, scope, purpose, use, notAfter, card }: AskConsent,
  options: CallOptions = {},
): Promise<AskedConsent> {
  const body = {
    v: 1 as const,
    id: randomId(),
    patient,
    account: person.account.id,
    hospital: person.hospital.origin,
    scope: readScope(scope),
    purpose: readPurpose(purpose),
    use,
    notAfter: notAfter.toISOString(),
    at: new Date().toISOString(),
  }
  const request = await signBody({ kind: 'consent-request', body, key: person.identity })
  const proof = card && (await makeCardProof(card, person.account.id))
  const answer = await person.api.call(
    requestConsentRoute,
    { body: { request, ...(proof ? { proof } : {}) } },
    options,
  )
  return { request, otp: answer.otp, expiresAt: answer.expiresAt }
}

/**
 * Enters the code that the patient read out, and checks that the consent which comes back is the one that was asked for.
 * @throws CuroError 'unauthorized' (wrong code), 'attempts-exhausted', 'expired'; 'tampered' | 'forged-signature' when the
 * node grants something else
 */
export async function enterOtp(
  person: Person,
  { request, code }: { request: ConsentRequest; code: string },
  options: CallOptions = {},
): Promise<ConsentView> {
  const { consent } = await person.api.call(
    enterOtpRoute,
    { params: { request: request.id }, body: { code } },
    options,
  )
  const { grant } = consent
  await verifyBody({ kind: 'grant', body: grant, expectedSigner: person.hospital.nodeKey })
  const same =
    grant.request === request.id &&
    grant.by === 'otp' &&
    grant.patient === request.patient &&
    isGrantee(person, grant) &&
    grant.hospital === request.hospital &&
    grant.use === request.use &&
    grant.notAfter <= request.notAfter &&
    canonicalJson([grant.scope, grant.purpose]) === canonicalJson([request.scope, request.purpose])
  if (!same)
    throw new CuroError(
      'tampered',
      'The hospital’s computer granted something other than what was asked. Report it.',
    )
  return consent
}

function isGrantee(person: Person, grant: Grant): boolean {
  return (
    grant.grantee.account === person.account.id &&
    grant.grantee.identity === toBase64Url(person.identity.publicKey)
  )
}

/** A new code; the one before is void. @throws CuroError 'rate-limited' after three, 'expired', 'not-found' */
export async function resendOtp(person: Person, request: string, options: CallOptions = {}) {
  return person.api.call(resendOtpRoute, { params: { request } }, options)
}

export type RequestFilter = NonNullable<CallInput<typeof listRequestsRoute>['query']>

/** A page of the requests one made (doctor) or was asked (patient), newest first. */
export async function listRequestsPage(
  person: Person,
  filter: RequestFilter = {},
  options: CallOptions = {},
): Promise<{ requests: ConsentRequestView[]; next: string | null }> {
  return person.api.call(listRequestsRoute, { query: filter }, options)
}

/** All requests one made (doctor) or was asked (patient), newest first. */
export async function listRequests(
  person: Person,
  filter: Omit<RequestFilter, 'after' | 'limit'> = {},
  options: CallOptions = {},
): Promise<ConsentRequestView[]> {
  return allPages(async (after) => {
    const { requests, next } = await listRequestsPage(person, { ...filter, ...after }, options)
    return { items: requests, next }
  })
}

/** Follows a list to its end. @throws CuroError 'malformed' when the node gives the same page again */
async function allPages<T>(
  fetchPage: (after: { after?: string }) => Promise<{ items: T[]; next: string | null }>,
): Promise<T[]> {
  const all: T[] = []
  for (let after: string | null = null; ; ) {
    const { items, next }: { items: T[]; next: string | null } = await fetchPage(
      after === null ? {} : { after },
    )
    all.push(...items)
    if (next === null) return all
    if (next === after)
      throw new CuroError('malformed', 'The hospital’s computer repeats the same page of a list.')
    after = next
  }
}

/** The patient says no, and why if she likes. @throws CuroError 'not-found', 'conflict' (answered already), 'expired' */
export async function refuseRequest(
  person: Person,
  { request, reason }: { request: string; reason?: string | undefined },
  options: CallOptions = {},
): Promise<ConsentRequestView> {
  const body = reason === undefined ? {} : { reason }
  return person.api.call(refuseRequestRoute, { params: { request }, body }, { ...options, repeatable: true })
}

/** Whether it was ended before its time: by the patient who gave it, or by the doctor who gave it back. */
export const isWithdrawn = ({ state }: Pick<ConsentView, 'state'>): boolean =>
  state === 'revoked' || state === 'given-back'

/**
 * The doctor gives a consent back: the very next opening is refused, and the patient sees in her ledger whose doing it
 * was. Repeating it changes nothing.
 * @throws CuroError 'not-found' (not given to her), 'conflict' (it has ended already); 'tampered' when the node keeps it
 */
export async function giveBackConsent(
  person: Person,
  { grant }: Pick<ConsentView, 'grant'>,
  options: CallOptions = {},
): Promise<ConsentView> {
  const body = {
    v: 1 as const,
    id: randomId(),
    patient: grant.patient,
    account: person.account.id,
    consent: grant.id,
    at: new Date().toISOString(),
  }
  const giveBack = await signBody({ kind: 'give-back', body, key: person.identity })
  const { consent } = await person.api.call(
    giveBackConsentRoute,
    { params: { consent: grant.id }, body: { giveBack } },
    { ...options, repeatable: true },
  )
  if (consent.grant.id !== grant.id || consent.state !== 'given-back')
    throw new CuroError('tampered', 'The hospital’s computer did not end this consent. Report it.')
  return consent
}

export type ConsentFilter = NonNullable<CallInput<typeof listConsentsRoute>['query']>

/** A page of the consents one gave (the allowed list) or received, newest first. */
export async function listConsentsPage(
  person: Person,
  filter: ConsentFilter = {},
  options: CallOptions = {},
): Promise<{ consents: ConsentView[]; next: string | null }> {
  return person.api.call(listConsentsRoute, { query: filter }, options)
}

/** All consents one gave (the allowed list) or received, newest first: whoever is allowed is among them. */
export async function listConsents(
  person: Person,
  filter: Omit<ConsentFilter, 'after' | 'limit'> = {},
  options: CallOptions = {},
): Promise<ConsentView[]> {
  return allPages(async (after) => {
    const { consents, next } = await listConsentsPage(person, { ...filter, ...after }, options)
    return { items: consents, next }
  })
}

/**
 * Checks that a request comes from the doctor it names, and is to this patient: the node only passes it on.
 * @throws CuroError 'forged-signature' | 'tampered'
 */
export async function verifyRequest(
  patient: PatientPerson,
  { request, doctor }: { request: ConsentRequest; doctor: VerifiedClinician },
): Promise<void> {
  await verifyBody({ kind: 'consent-request', body: request, expectedSigner: doctor.identity })
  const same =
    request.account === doctor.account.id &&
    request.patient === patient.account.patient &&
    request.hospital === patient.hospital.origin
  if (!same)
    throw new CuroError('tampered', 'This request is not from the doctor it names, or not to you. Report it.')
}

/** The consents among these that the patient gave in her app herself and that have not ended: signed by her own key. */
export async function ownGrants(
  patient: PatientPerson,
  consents: readonly ConsentView[],
): Promise<ConsentView[]> {
  const { identities } = await ownKeysOf(patient)
  const now = new Date().toISOString()
  const genuine = await Promise.all(
    consents.map(({ grant }) => grant.notAfter >= now && isOwnGrant(patient, grant, identities)),
  )
  return consents.filter((_, i) => genuine[i])
}

/** Whether the patient gave this consent in her app, with this scope: signed by one of her own keys. */
export async function isOwnGrant(
  patient: PatientPerson,
  grant: Grant,
  identities: ReadonlySet<string>,
): Promise<boolean> {
  const named = grant.by === 'app' && grant.patient === patient.account.patient
  if (!named || !identities.has(grant.signer)) return false
  return verifyBody({ kind: 'grant', body: grant }).then(
    () => true,
    () => false,
  )
}

/**
 * Checks a consent that names this doctor: signed by the hospital after a code, or by one of the patient's identity keys.
 * @param identities the patient's, where they are known from her card
 * @throws CuroError 'forged-signature' | 'tampered'
 */
export async function verifyConsent(
  person: Person,
  { consent, identities }: { consent: ConsentView; identities?: readonly Uint8Array[] },
): Promise<void> {
  const { grant } = consent
  const signer = await verifyBody({
    kind: 'grant',
    body: grant,
    ...(grant.by === 'app' ? {} : { expectedSigner: person.hospital.nodeKey }),
  })
  const hers = !identities || identities.some((identity) => toBase64Url(identity) === toBase64Url(signer))
  if ((grant.by === 'app' && !hers) || !isGrantee(person, grant))
    throw new CuroError('tampered', 'This consent was not given by the patient to you. Report it.')
}
