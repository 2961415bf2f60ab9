import { type Bytes, concatBytes, equalBytes, toBase64Url, u32be, utf8Bytes } from './bytes.ts'
import { CuroError } from './errors.ts'
import { hkdfSha256, sha256 } from './hash.ts'
import { hpkeSeal } from './hpke.ts'
import { ML_KEM_PUBLIC_BYTES } from './ml-kem.ts'
import { randomBytes } from './random.ts'
import { finishOpening, type SealToOptions } from './seal-to.ts'
import {
  checkX25519Point,
  importX25519Scalar,
  X25519_BYTES,
  type X25519Scalar,
  x25519PublicValue,
} from './x25519.ts'
import { encapsulatedPoint, expandSealingSeed, xwingDecapsulate, xwingEncapsulate } from './xwing.ts'

/**
 * [Note: mediated keys] An X-Wing key whose X25519 half takes two: the holder's scalar x, with X = x·B, and a scalar s
 * of each custodian. Senders seal to (holder's ML-KEM key, P = s·X): plain X-Wing. To open, the custodian gives s·E for
 * the *stored* encapsulation E, after the opening stands in the ledger, and the holder multiplies by x. Clamped scalars
 * commute, so x·s·E is what the sender computed.
 *
 * Two rules keep the custodian from being an oracle for s·E to someone who knows x (a doctor once allowed):
 * - s is derived from the patient's scalar and X. Offering E as a "holder's X" gives a product with another scalar.
 * - A wrap is stored only with a step proof: its sender shows that she can compute s·E = e·S herself. So a decoy record
 *   that carries a copy (or a multiple) of another record's E is refused, and no one learns a step by storing a record.
 */

/** Custodian: a fresh scalar for one patient (32 bytes, secret). The scalar s of each key is derived from it. */
export function makeMediationScalar(): Bytes {
  return randomBytes(X25519_BYTES)
}

function keyScalarBytes(scalar: Uint8Array, holderPoint: Uint8Array): Bytes {
  if (scalar.length !== X25519_BYTES)
    throw new CuroError('bad-key', `A mediation scalar has 32 bytes, not ${scalar.length}.`)
  checkX25519Point(holderPoint)
  const info = concatBytes(utf8Bytes('curo/v1/mediation\0'), holderPoint)
  return hkdfSha256({ ikm: scalar, salt: new Uint8Array(0), info, length: X25519_BYTES })
}

/** Readied scalars of a patient's few keys; they live as long as the caller's array of her scalar does. */
const keyScalars = new WeakMap<Uint8Array, { of: Bytes; byPoint: Map<string, X25519Scalar> }>()

function keyScalar(scalar: Uint8Array, holderPoint: Uint8Array): X25519Scalar {
  let known = keyScalars.get(scalar)
  if (!known || !equalBytes(known.of, scalar)) {
    known = { of: new Uint8Array(scalar), byPoint: new Map() }
    keyScalars.set(scalar, known)
  }
  const name = toBase64Url(holderPoint)
  let ready = known.byPoint.get(name)
  if (!ready) {
    ready = importX25519Scalar(keyScalarBytes(scalar, holderPoint))
    known.byPoint.set(name, ready)
  }
  return ready
}

/** Custodian: S = s·B for the key with holder's X, by which the holder checks P and senders prove their steps. */
export function mediationShare(scalar: Uint8Array, holderPoint: Uint8Array): Bytes {
  return x25519PublicValue(keyScalarBytes(scalar, holderPoint))
}

/** Custodian: P = s·X. Throws 'bad-key' for a small-order or non-canonical X, as all of these do. */
export async function mediationPoint(scalar: Uint8Array, holderPoint: Uint8Array): Promise<Bytes> {
  return keyScalar(scalar, holderPoint).multiply(holderPoint)
}

/** Custodian: s·E for stored sealed bytes (enc ‖ ciphertext), never for a value that the caller of an opening sends. */
export async function mediationStep(
  scalar: Uint8Array,
  holderPoint: Uint8Array,
  sealed: Uint8Array,
): Promise<Bytes> {
  const point = encapsulatedPoint(sealed)
  checkX25519Point(point)
  return keyScalar(scalar, holderPoint).multiply(point)
}

export type HolderHalf = { kemPublicKey: Bytes; x25519PublicKey: Bytes }

/** Holder: what custodians need to make their points: ML-KEM public key (1184 bytes) and X (32 bytes). */
export function holderHalf(seed: Uint8Array): HolderHalf {
  const { kem, point } = expandSealingSeed(seed)
  return { kemPublicKey: kem.publicKey.slice(), x25519PublicKey: point.slice() }
}

export type MediatedKeyParts = { kemPublicKey: Uint8Array; point: Uint8Array }

/** The X-Wing public key to seal to (1216 bytes). Throws 'bad-key' for a bad length or point. */
export function mediatedPublicKey({ kemPublicKey, point }: MediatedKeyParts): Bytes {
  if (kemPublicKey.length !== ML_KEM_PUBLIC_BYTES)
    throw new CuroError('bad-key', `An ML-KEM-768 public key has 1184 bytes, not ${kemPublicKey.length}.`)
  checkX25519Point(point)
  return concatBytes(kemPublicKey, point)
}

export type MediationPointCheck = { seed: Uint8Array; share: Uint8Array; point: Uint8Array }

/**
 * Holder: throws 'bad-key' unless x·S = P, so that P = s·X and no other key was slipped in. Done once per custodian,
 * before she attests P and S with a signature; nothing is sealed to an unattested P.
 */
export async function checkMediationPoint({ seed, share, point }: MediationPointCheck): Promise<void> {
  checkX25519Point(share)
  checkX25519Point(point)
  const expected = await expandSealingSeed(seed).scalar.multiply(share)
  if (!equalBytes(expected, point))
    throw new CuroError(
      'bad-key',
      'The custodian offers a key that is not shared with this one. Do not use it; report it.',
    )
}

function stepProof(step: Uint8Array, sealed: Uint8Array, aad: Uint8Array): Bytes {
  const label = utf8Bytes('curo/v1/step-proof\0')
  return sha256(label, u32be(aad.length), aad, encapsulatedPoint(sealed), step)
}

export type SealToMediatedOptions = SealToOptions & {
  /** S, as attested beside P. */
  share: Uint8Array
  /** Names the one place where the sealed bytes may be stored; the proof holds for no other. */
  aad: Uint8Array
}

/** Sender: sealTo, with the step proof (32 bytes) that the custodian asks for before it stores the result. */
export async function sealToMediated(
  options: SealToMediatedOptions,
): Promise<{ sealed: Bytes; proof: Bytes }> {
  const { publicKey, share, plaintext, info, aad } = options
  checkX25519Point(share)
  const { encapsulation, sharedSecret, agreeWith } = await xwingEncapsulate(publicKey)
  const sealed = concatBytes(encapsulation, await hpkeSeal({ sharedSecret, info, aad, plaintext }))
  return { sealed, proof: stepProof(await agreeWith(share), sealed, aad) }
}

export type StepProofCheck = {
  scalar: Uint8Array
  holderPoint: Uint8Array
  sealed: Uint8Array
  aad: Uint8Array
  proof: Uint8Array
}

/** Custodian, before storing: throws 'forged-signature' unless the sender made E herself for this very place. */
export async function checkStepProof({
  scalar,
  holderPoint,
  sealed,
  aad,
  proof,
}: StepProofCheck): Promise<void> {
  const step = await mediationStep(scalar, holderPoint, sealed)
  if (!equalBytes(stepProof(step, sealed, aad), proof))
    throw new CuroError(
      'forged-signature',
      'The sender does not show that she made this encapsulation for this record; it is not stored.',
    )
}

export type OpenMediatedOptions = {
  seed: Uint8Array
  /** P, as attested. */
  point: Uint8Array
  /** enc[1120] ‖ ciphertext, as stored. */
  sealed: Uint8Array
  /** The custodian's s·E for exactly these bytes. */
  step: Uint8Array
  info: string
  aad?: Uint8Array | undefined
}

/** Holder: finishes an opening. Throws 'bad-key' for a forged step or point, 'wrong-key' for one of another record. */
export async function openMediated({
  seed,
  point,
  sealed,
  step,
  info,
  aad,
}: OpenMediatedOptions): Promise<Bytes> {
  checkX25519Point(point)
  checkX25519Point(step)
  const key = expandSealingSeed(seed)
  return finishOpening({ sealed, info, aad }, () => xwingDecapsulate(key, sealed, { step, point }))
}
