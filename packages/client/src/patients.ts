import {
  type Attestation,
  attestPoints,
  type Demographics,
  findPatients as findPatientsRoute,
  getPatient as getPatientRoute,
  type PatientSummary,
  registerPatient,
  updatePatient as updatePatientRoute,
} from '@curo/contract/patients'
import { fingerprintOf, makeAccountRoot } from '@curo/crypto/account'
import { fromBase64Url, toBase64Url, utf8Bytes } from '@curo/crypto/bytes'
import {
  deriveCardKeyPair,
  deriveCardSigningKey,
  deriveCardWrapKey,
  encodeCard,
  makeCardNumber,
  makeCardSecret,
} from '@curo/crypto/card'
import { isCuroError } from '@curo/crypto/errors'
import { deriveChainKey, makeLookupKey } from '@curo/crypto/lookup'
import { randomId } from '@curo/crypto/random'
import { makeRecoveryCode, wrapByRecoveryCode } from '@curo/crypto/recovery-kit'
import { unwrapSecret, wrapSecret } from '@curo/crypto/wrap'
import type { CallInput, CallOptions } from './api.ts'
import { sealKeyring } from './keyring.ts'
import { attest, firstEpochs, makeCardKey, makePatientKeys } from './patient-keys.ts'
import type { Person } from './person.ts'

const ROOT_BY_CARD = 'account root by card'

export type RootWrap = { by: 'card' | 'kit'; wrapped: string }

/** The account root under the card's key, bound to the patient. */
export async function wrapRootByCard({
  root,
  patient,
  cardSecret,
}: {
  root: Uint8Array
  patient: string
  cardSecret: Uint8Array
}): Promise<RootWrap> {
  const wrapped = await wrapSecret({
    wrappingKey: deriveCardWrapKey(cardSecret),
    secret: root,
    context: ROOT_BY_CARD,
    aad: utf8Bytes(patient),
  })
  return { by: 'card', wrapped: toBase64Url(wrapped) }
}

/** The account root under the printed recovery code. */
export async function wrapRootByKit({ root, code }: { root: Uint8Array; code: string }): Promise<RootWrap> {
  return { by: 'kit', wrapped: toBase64Url(await wrapByRecoveryCode({ root, code })) }
}

/** @throws CuroError 'wrong-key' | 'tampered' when it is not this card's, or not this patient's */
export async function unwrapRootByCard({
  wrapped,
  patient,
  cardSecret,
}: {
  wrapped: string
  patient: string
  cardSecret: Uint8Array
}): Promise<Uint8Array> {
  return unwrapSecret({
    wrappingKey: deriveCardWrapKey(cardSecret),
    wrapped: fromBase64Url(wrapped),
    context: ROOT_BY_CARD,
    aad: utf8Bytes(patient),
  })
}

export type RegisteredPatient = {
  patient: string
  cardNumber: string
  /** What the card's QR shows. A secret: print it, then forget it. */
  card: string
  /** The printed recovery code. A secret: print it, then forget it. */
  recoveryCode: string
  /**
   * False when the node was lost before it took the attestation: until her app or card attests, records are sealed to her
   * account alone.
   */
  attested: boolean
}

export type RegisterOptions = CallOptions & {
  /** Told what is to be printed before the node hears of her: a card that is lost then cannot be made again. */
  beforeSending?: ((secrets: Pick<RegisteredPatient, 'card' | 'recoveryCode'>) => Promise<void>) | undefined
}

/**
 * Registers a patient at the desk: makes her root, card, lookup key and keys, checks the node's half of each mediated
 * key, attests them, and forgets the root. What it returns is to be printed and handed over.
 * @throws CuroError 'forbidden', 'conflict', 'invalid-input'; 'bad-key' when the node offers a half of its own making:
 * she is registered then, but nobody will seal to those keys
 */
export async function registerPatientAtDesk(
  person: Person,
  demographics: CallInput<typeof registerPatient>['body']['demographics'],
  given: RegisterOptions = {},
): Promise<RegisteredPatient> {
  const { beforeSending, ...options } = given
  const { origin, homeNode } = person.hospital
  const patient = randomId()
  const root = makeAccountRoot()
  const cardSecret = makeCardSecret()
  const lookupKey = makeLookupKey()
  const cardNumber = makeCardNumber()
  const recoveryCode = makeRecoveryCode()
  const { keys, holders, identity } = await makePatientKeys({
    patient,
    root,
    revision: 0,
    epochs: firstEpochs(),
  })
  const cardPair = await deriveCardKeyPair(cardSecret)
  const cardSigning = await deriveCardSigningKey(cardSecret)
  const cardKey = await makeCardKey({
    patient,
    card: cardNumber,
    lookupEpoch: 0,
    cardSeed: cardPair.seed,
    proofKey: cardSigning.publicKey,
    identity,
  })
  const wrappedRoots = await Promise.all([
    wrapRootByCard({ root, patient, cardSecret }),
    wrapRootByKit({ root, code: recoveryCode }),
  ])
  const keyring = await sealKeyring({
    root,
    patient,
    keyring: { lookupKeys: [{ epoch: 0, key: lookupKey }], previousRoots: [], card: cardNumber },
  })
  const chain = { epoch: 0, chainKey: toBase64Url(deriveChainKey({ lookupKey, origin, epoch: 0 })) }
  const card = encodeCard({
    homeNode,
    cardNumber,
    cardSecret,
    lookupKey,
    lookupEpoch: 0,
    fingerprint: fingerprintOf(identity.publicKey),
  })
  await beforeSending?.({ card, recoveryCode })
  const { mediation } = await person.api.call(
    registerPatient,
    { body: { id: patient, demographics, keys, cardKey, chain, wrappedRoots, keyring } },
    { ...options, repeatable: true },
  )
  const attestation = await attest({
    patient,
    custodian: origin,
    mediation,
    holders: [...holders, { x: cardKey.x, seed: cardPair.seed }],
    key: identity,
  })
  const attested = await putAttestation(person, attestation, options)
  root.fill(0)
  return { patient, cardNumber, card, recoveryCode, attested }
}

/** False when the node cannot be reached any more: the card is worth more than the attestation. */
async function putAttestation(
  person: Person,
  attestation: Attestation,
  options: CallOptions,
): Promise<boolean> {
  try {
    const params = { patient: attestation.patient }
    await person.api.call(attestPoints, { params, body: attestation }, { ...options, repeatable: true })
    return true
  } catch (error) {
    if (isCuroError(error, 'unavailable')) return false
    throw error
  }
}

export type PatientFilter = NonNullable<CallInput<typeof findPatientsRoute>['body']>

/** A page of patients by name, telephone, birth date, identifier or card number. @throws CuroError 'forbidden' */
export async function findPatients(person: Person, filter: PatientFilter, options: CallOptions = {}) {
  return person.api.call(findPatientsRoute, { body: filter }, { ...options, repeatable: true })
}

/** @throws CuroError 'not-found' also where existence is private */
export async function getPatient(
  person: Person,
  patient: string,
  options: CallOptions = {},
): Promise<PatientSummary> {
  return person.api.call(getPatientRoute, { params: { patient } }, options)
}

export type DemographicsChange = {
  patient: string
  demographics: Demographics
  /** What was corrected: with it, what somebody else wrote meanwhile is not overwritten. */
  before?: Demographics | undefined
}

/**
 * Corrects demographics; they are replaced as a whole.
 * @throws CuroError 'not-found', 'invalid-input', 'conflict' when something else than `before` stands there by now
 */
export async function updatePatient(
  person: Person,
  { patient, ...body }: DemographicsChange,
  options: CallOptions = {},
): Promise<PatientSummary> {
  return person.api.call(updatePatientRoute, { params: { patient }, body }, options)
}
