import type {
  Attestation,
  CardKey,
  IdentityRotation,
  PatientKeys,
  PublishedKeys,
} from '@curo/contract/patients'
import { fingerprintOf } from '@curo/crypto/account'
import { equalBytes, fromBase64Url } from '@curo/crypto/bytes'
import type { Category } from '@curo/crypto/category'
import { CuroError, isCuroError } from '@curo/crypto/errors'
import { mediatedPublicKey } from '@curo/crypto/mediated'
import { verifyBody, verifyCosignedBody } from '@curo/crypto/signatures'

/** Where a mediated key's other half stands: the custodian's point and share, once a holder has attested them. */
export type MediatedKey = {
  /** X, base64url: names the key. */
  x: string
  /** What to seal to (1216 bytes); null until attested, and then nothing is sealed to it. */
  publicKey: Uint8Array | null
  point: Uint8Array | null
  share: Uint8Array | null
}

/** A patient's public keys after every signature was followed back to what the caller trusts. */
export type VerifiedKeys = {
  patient: string
  custodian: string
  revision: number
  /** The identity key in force, 32 bytes. */
  identity: Uint8Array
  /** Every identity key she has had, oldest known first, with the one in force last. */
  identities: Uint8Array[]
  /** Her account key: opens without anyone's help. */
  seal: Uint8Array
  categories: Map<Category, MediatedKey & { epoch: number }>
  card: (MediatedKey & { number: string; lookupEpoch: number; proofKey: Uint8Array }) | null
}

export type VerifyKeysOptions = {
  published: PublishedKeys
  /** Origin of the node that published them. */
  custodian: string
  /** What is trusted already: the card's 16-byte fingerprint, or an identity key she had at some time. */
  trust: { fingerprint: Uint8Array } | { identity: Uint8Array }
  patient?: string | undefined
  /** The highest revision seen before: an older one is refused. */
  atLeast?: number | undefined
}

function swapped(what: string, cause?: unknown): CuroError {
  return new CuroError(
    'bad-key',
    `The hospital’s computer shows ${what}. Nothing was sealed or sent. Do not go on; report it to the hospital.`,
    { cause },
  )
}

/** Runs a check; a forged signature in it means that the server swapped something. */
async function orSwapped<T>(what: string, check: Promise<T>): Promise<T> {
  try {
    return await check
  } catch (error) {
    if (isCuroError(error, 'forged-signature', 'bad-key', 'malformed')) throw swapped(what, error)
    throw error
  }
}

/**
 * Follows the chain: what the caller trusts → identity rotations → the keys in force → the card's key → attested points.
 * @throws CuroError 'bad-key' wherever a link does not hold: the server has swapped a key
 */
export async function verifyPublishedKeys(options: VerifyKeysOptions): Promise<VerifiedKeys> {
  const { published, custodian, trust, atLeast } = options
  const { patient, keys, card, rotations } = published
  if (options.patient !== undefined && options.patient !== patient)
    throw swapped('the keys of another patient')
  if (keys.patient !== patient) throw swapped('the keys of another patient')
  const identities = await followRotations({
    patient,
    rotations,
    current: fromBase64Url(keys.identity),
    trust,
  })
  const identity = fromBase64Url(keys.identity)
  await orSwapped(
    'keys that the patient did not sign',
    verifyBody({ kind: 'patient-keys', body: keys, expectedSigner: keys.identity }),
  )
  if (atLeast !== undefined && keys.revision < atLeast) throw swapped('an older state of the patient’s keys')
  if (card) await checkCardKey(card, keys, patient)
  const attested = await attestedPoints({ published, custodian, identity })
  return {
    patient,
    custodian,
    revision: keys.revision,
    identity,
    identities,
    seal: fromBase64Url(keys.seal),
    categories: new Map(
      keys.categories.map((half) => [half.category, { epoch: half.epoch, ...mediatedKey(half, attested) }]),
    ),
    card: card && {
      number: card.card,
      lookupEpoch: card.lookupEpoch,
      proofKey: fromBase64Url(card.proofKey),
      ...mediatedKey(card, attested),
    },
  }
}

type RotationChain = {
  patient: string
  rotations: readonly IdentityRotation[]
  current: Uint8Array
  trust: VerifyKeysOptions['trust']
}

/** Every identity key from the trusted one to the one in force. */
async function followRotations({ patient, rotations, current, trust }: RotationChain): Promise<Uint8Array[]> {
  const isTrusted = (key: Uint8Array) =>
    'fingerprint' in trust
      ? equalBytes(fingerprintOf(key), trust.fingerprint)
      : equalBytes(key, trust.identity)
  const start = rotations.findIndex(({ from }) => isTrusted(fromBase64Url(from)))
  const followed = start === -1 ? [] : rotations.slice(start)
  const first = followed[0]
  const chain: Uint8Array[] = [first ? fromBase64Url(first.from) : current]
  if (!chain[0] || !isTrusted(chain[0])) throw swapped('a key that is not the one on the card')
  for (const rotation of followed) {
    const from = chain.at(-1)
    if (rotation.patient !== patient || !from || !equalBytes(fromBase64Url(rotation.from), from))
      throw swapped('a change of keys that does not follow from the one before')
    await orSwapped(
      'a change of keys that the patient did not sign',
      verifyCosignedBody({
        kind: 'rotate-identity',
        body: rotation,
        expectedSigners: [rotation.from, rotation.to],
      }),
    )
    chain.push(fromBase64Url(rotation.to))
  }
  if (!equalBytes(chain.at(-1) as Uint8Array, current)) throw swapped('a key that is not the patient’s')
  return chain
}

async function checkCardKey(card: CardKey, keys: PatientKeys, patient: string): Promise<void> {
  if (card.patient !== patient) throw swapped('the card of another patient')
  await orSwapped(
    'a card key that the patient did not sign',
    verifyBody({ kind: 'card-key', body: card, expectedSigner: keys.identity }),
  )
}

type AttestedPoint = { point: Uint8Array; share: Uint8Array }

/**
 * The points that a holder attested, by X: signed by the identity key in force (one before may be known to a desk), or by
 * the card's own key for the card. An attestation that does not hold is no attack by itself, it only counts for nothing.
 */
async function attestedPoints({
  published,
  custodian,
  identity,
}: {
  published: PublishedKeys
  custodian: string
  identity: Uint8Array
}): Promise<Map<string, AttestedPoint>> {
  const attested = new Map<string, AttestedPoint>()
  for (const attestation of published.attestations) {
    if (attestation.patient !== published.patient || attestation.custodian !== custodian) continue
    const mayAttest = await signerOf(attestation, { identity, card: published.card })
    for (const entry of attestation.points) {
      if (!mayAttest(entry.x)) continue
      attested.set(entry.x, { point: fromBase64Url(entry.point), share: fromBase64Url(entry.share) })
    }
  }
  for (const entry of published.mediation.points) {
    const known = attested.get(entry.x)
    if (known && !equalBytes(known.point, fromBase64Url(entry.point)))
      throw swapped('another half of a key than the one that was checked')
  }
  return attested
}

async function signerOf(
  attestation: Attestation,
  { identity, card }: { identity: Uint8Array; card: CardKey | null },
): Promise<(x: string) => boolean> {
  const signer = await verifyBody({ kind: 'attestation', body: attestation }).catch(() => null)
  if (!signer) return () => false
  if (equalBytes(identity, signer)) return () => true
  if (card && equalBytes(fromBase64Url(card.proofKey), signer)) return (x) => x === card.x
  return () => false
}

function mediatedKey(
  half: { kem: string; x: string },
  attested: ReadonlyMap<string, AttestedPoint>,
): MediatedKey {
  const { point, share } = attested.get(half.x) ?? { point: null, share: null }
  const publicKey = point && mediatedPublicKey({ kemPublicKey: fromBase64Url(half.kem), point })
  return { x: half.x, publicKey, point, share }
}
