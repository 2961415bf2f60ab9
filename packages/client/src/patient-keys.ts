import type { Attestation, CardKey, Mediation, PatientKeys } from '@curo/contract/patients'
import { deriveCategoryKey, deriveIdentityKey, deriveSealKey } from '@curo/crypto/account'
import { fromBase64Url, toBase64Url } from '@curo/crypto/bytes'
import { CATEGORIES, type Category } from '@curo/crypto/category'
import { CuroError } from '@curo/crypto/errors'
import { checkMediationPoint, holderHalf } from '@curo/crypto/mediated'
import { type SigningKey, signBody } from '@curo/crypto/signatures'

/** The epoch in force of each category. */
export type CategoryEpochs = Record<Category, number>

/** The first keys of a patient: epoch 0 everywhere. */
export function firstEpochs(): CategoryEpochs {
  return Object.fromEntries(CATEGORIES.map((category) => [category, 0])) as CategoryEpochs
}

/** The epochs that a published revision has in force; a category that it lacks has none yet, so 0 comes next. */
export function epochsOf(keys: Pick<PatientKeys, 'categories'>): CategoryEpochs {
  const epochs = firstEpochs()
  for (const { category, epoch } of keys.categories) epochs[category] = Math.max(epochs[category], epoch)
  return epochs
}

/** A holder's half as the contract writes it: ML-KEM encapsulation key and X. */
export function publishedHalf(seed: Uint8Array): { kem: string; x: string } {
  const half = holderHalf(seed)
  return { kem: toBase64Url(half.kemPublicKey), x: toBase64Url(half.x25519PublicKey) }
}

/** Someone who holds the private half of a mediated key, by its X (base64url). */
export type Holder = { x: string; seed: Uint8Array }

export type MakePatientKeysOptions = {
  patient: string
  root: Uint8Array
  revision: number
  epochs: CategoryEpochs
}

/** One revision of a patient's public keys, signed by her identity, and the holders of its category keys. */
export async function makePatientKeys(
  options: MakePatientKeysOptions,
): Promise<{ keys: PatientKeys; holders: Holder[]; identity: SigningKey }> {
  const { patient, root, revision, epochs } = options
  const identity = await deriveIdentityKey(root)
  const seal = await deriveSealKey(root)
  const halves = await Promise.all(
    CATEGORIES.map(async (category) => {
      const { seed } = await deriveCategoryKey(root, category, epochs[category])
      return { category, epoch: epochs[category], seed, ...publishedHalf(seed) }
    }),
  )
  const body = {
    v: 1 as const,
    patient,
    revision,
    identity: toBase64Url(identity.publicKey),
    seal: toBase64Url(seal.publicKey),
    categories: halves.map(({ category, epoch, kem, x }) => ({ category, epoch, kem, x })),
    at: new Date().toISOString(),
  }
  const keys = await signBody({ kind: 'patient-keys', body, key: identity })
  return { keys, holders: halves.map(({ x, seed }) => ({ x, seed })), identity }
}

export type MakeCardKeyOptions = {
  patient: string
  card: string
  lookupEpoch: number
  /** Of the card's mediated key. */
  cardSeed: Uint8Array
  /** Public key that checks the card's proofs, 32 bytes. */
  proofKey: Uint8Array
  identity: SigningKey
}

/** The card's public key, signed by the patient's identity. */
export async function makeCardKey(options: MakeCardKeyOptions): Promise<CardKey> {
  const { patient, card, lookupEpoch, cardSeed, proofKey, identity } = options
  const body = {
    v: 1 as const,
    patient,
    card,
    lookupEpoch,
    ...publishedHalf(cardSeed),
    proofKey: toBase64Url(proofKey),
    at: new Date().toISOString(),
  }
  return signBody({ kind: 'card-key', body, key: identity })
}

export type AttestOptions = {
  patient: string
  /** Origin of the custodian that made the points. */
  custodian: string
  mediation: Mediation
  holders: readonly Holder[]
  /** The patient's identity key, or the card's signing key for the card's own point. */
  key: SigningKey
}

/**
 * Checks x·S = P for every holder and says so with a signature.
 * @throws CuroError 'bad-key' when the custodian left a point out or offers a key that it made itself
 */
export async function attest({
  patient,
  custodian,
  mediation,
  holders,
  key,
}: AttestOptions): Promise<Attestation> {
  const byX = new Map(mediation.points.map((entry) => [entry.x, entry]))
  const points = await Promise.all(
    holders.map(async ({ x, seed }) => {
      const entry = byX.get(x)
      if (!entry)
        throw new CuroError(
          'bad-key',
          'The hospital’s computer did not give its half of every key. Nothing was sealed; try again, then report it.',
        )
      await checkMediationPoint({
        seed,
        share: fromBase64Url(entry.share),
        point: fromBase64Url(entry.point),
      })
      return { x, share: entry.share, point: entry.point }
    }),
  )
  const body = { v: 1 as const, patient, custodian, points, at: new Date().toISOString() }
  return signBody({ kind: 'attestation', body, key })
}
