import {
  blockCard as blockCardRoute,
  type CardProof,
  findByCard as findByCardRoute,
  findByNumber as findByNumberRoute,
} from '@curo/contract/cards'
import { attestPoints, type Demographics, getPatientKeys } from '@curo/contract/patients'
import { equalBytes } from '@curo/crypto/bytes'
import { type DecodedCard, decodeCard, deriveCardKeyPair, deriveCardSigningKey } from '@curo/crypto/card'
import { CuroError, isCuroError } from '@curo/crypto/errors'
import { randomId } from '@curo/crypto/random'
import { deriveStubKey } from '@curo/crypto/record'
import { type SigningKey, signBody } from '@curo/crypto/signatures'
import type { CallOptions } from './api.ts'
import { type VerifiedKeys, verifyPublishedKeys } from './keys.ts'
import { attest, publishedHalf } from './patient-keys.ts'
import type { Person } from './person.ts'

/** A card in hand: what its QR says and the keys that come of it. Kept in memory only, and forgotten after the visit. */
export type Card = {
  readonly payload: DecodedCard
  readonly number: string
  /** Seed of the card's mediated key. */
  readonly seed: Uint8Array
  /** Signs the proof that the card is in hand. */
  readonly signing: SigningKey
  /** Opens what the timeline shows. */
  readonly stubKey: Uint8Array
}

/**
 * Reads a scanned or typed card.
 * @throws CuroError 'malformed' with what to look at when it is cut off, mistyped, or not a Curo card
 */
export async function readCard(scanned: string): Promise<Card> {
  const payload = decodeCard(scanned)
  const [pair, signing] = await Promise.all([
    deriveCardKeyPair(payload.cardSecret),
    deriveCardSigningKey(payload.cardSecret),
  ])
  return {
    payload,
    number: payload.cardNumber,
    seed: pair.seed,
    signing,
    stubKey: deriveStubKey(payload.lookupKey),
  }
}

/** Proof that the card is in hand, good for five minutes and for `account` only. */
export async function makeCardProof(card: Card, account?: string): Promise<CardProof> {
  const body = {
    v: 1 as const,
    card: card.number,
    ...(account === undefined ? {} : { account }),
    at: new Date().toISOString(),
    nonce: randomId(),
  }
  return signBody({ kind: 'card-proof', body, key: card.signing })
}

/** The patient whose card is in hand, with keys that were followed back to the card's fingerprint. */
export type FoundPatient = {
  patient: string
  demographics: Demographics
  keys: VerifiedKeys
  card: Card
}

/**
 * Finds the patient of a card and checks that the node shows her own keys. Where nobody has attested the card's point
 * yet, it is checked and attested here, with the card's key.
 * @throws CuroError 'not-found' (unknown or blocked card), 'unauthorized', 'bad-key' (the node swapped a key)
 */
export async function findByCard(
  person: Person,
  card: Card,
  options: CallOptions = {},
): Promise<FoundPatient> {
  const proof = await makeCardProof(card, person.account.id)
  const { patient, keys: published } = await person.api.call(
    findByCardRoute,
    { body: { proof } },
    { ...options, repeatable: true },
  )
  const verify = (keysShown: typeof published) =>
    verifyPublishedKeys({
      published: keysShown,
      custodian: person.hospital.origin,
      trust: { fingerprint: card.payload.fingerprint },
      patient: patient.id,
    })
  let keys = await verify(published)
  checkCardInHand(card, keys)
  if (keys.card?.publicKey === null) {
    await attestWithCard(person, { card, patient: patient.id, mediation: published.mediation }, options)
    keys = await verify(await person.api.call(getPatientKeys, { params: { patient: patient.id } }, options))
    checkCardInHand(card, keys)
  }
  return { patient: patient.id, demographics: patient.demographics, keys, card }
}

/**
 * Whom a doctor may ask who has only a card's number: an id without a name. She answers in her app.
 * @throws CuroError 'not-found' (no card in use), 'rate-limited'
 */
export async function findByNumber(
  person: Person,
  number: string,
  options: CallOptions = {},
): Promise<{ patient: string }> {
  return person.api.call(findByNumberRoute, { body: { card: number } }, { ...options, repeatable: true })
}

/** The published card key must be the one that this very card derives. */
function checkCardInHand(card: Card, keys: VerifiedKeys): void {
  const own =
    keys.card !== null &&
    keys.card.number === card.number &&
    keys.card.lookupEpoch === card.payload.lookupEpoch &&
    keys.card.x === publishedHalf(card.seed).x &&
    equalBytes(keys.card.proofKey, card.signing.publicKey)
  if (!own)
    throw new CuroError(
      'bad-key',
      'The hospital’s computer shows another key for this card than the card’s own. Do not go on; report it.',
    )
}

type AttestWithCard = { card: Card; patient: string; mediation: Parameters<typeof attest>[0]['mediation'] }

async function attestWithCard(
  person: Person,
  { card, patient, mediation }: AttestWithCard,
  options: CallOptions,
): Promise<void> {
  const attestation = await attest({
    patient,
    custodian: person.hospital.origin,
    mediation,
    holders: [{ x: publishedHalf(card.seed).x, seed: card.seed }],
    key: card.signing,
  })
  await person.api.call(
    attestPoints,
    { params: { patient }, body: attestation },
    { ...options, repeatable: true },
  )
}

export type FetchKeysOptions = {
  patient: string
  /** The card's fingerprint, or an identity key known from a consent that the patient signed. */
  trust: { fingerprint: Uint8Array } | { identity: Uint8Array }
  atLeast?: number | undefined
}

/** A patient's keys, verified. @throws CuroError 'bad-key' when the node swapped one; 'not-found' */
export async function fetchPatientKeys(
  person: Person,
  { patient, trust, atLeast }: FetchKeysOptions,
  options: CallOptions = {},
): Promise<VerifiedKeys> {
  const published = await person.api.call(getPatientKeys, { params: { patient } }, options)
  return verifyPublishedKeys({ published, custodian: person.hospital.origin, trust, patient, atLeast })
}

/** Blocks a lost card at once. It counts as done when it is blocked already. @throws CuroError 'not-found' */
export async function blockCard(
  person: Person,
  { card, reason }: { card: string; reason?: string | undefined },
  options: CallOptions = {},
): Promise<void> {
  try {
    const body = { card, ...(reason === undefined ? {} : { reason }) }
    await person.api.call(blockCardRoute, { body }, { ...options, repeatable: true })
  } catch (error) {
    if (!isCuroError(error, 'conflict')) throw error
  }
}

/** The mediated key of a card as `attest` and `rewrap` need it. */
export function cardHolder(card: Pick<Card, 'seed'>): { x: string; seed: Uint8Array } {
  return { x: publishedHalf(card.seed).x, seed: card.seed }
}
