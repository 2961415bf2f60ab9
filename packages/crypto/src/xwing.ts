import { sha3_256, shake256 } from '@noble/hashes/sha3.js'
import { type Bytes, concatBytes, equalBytes, fromHex, toBase64Url } from './bytes.ts'
import { CuroError } from './errors.ts'
import { sha256 } from './hash.ts'
import {
  checkMlKemPublicKey,
  encapsulate,
  importMlKemSeed,
  ML_KEM_CIPHERTEXT_BYTES,
  ML_KEM_PUBLIC_BYTES,
  ML_KEM_SEED_BYTES,
  type MlKemKey,
} from './ml-kem.ts'
import { randomBytes } from './random.ts'
import {
  checkX25519Point,
  importX25519Scalar,
  X25519_BYTES,
  type X25519Scalar,
  x25519PublicValue,
} from './x25519.ts'

/** X-Wing (draft-connolly-cfrg-xwing-kem, HPKE KEM 0x647a): ML-KEM-768 and X25519, safe while either one is. */
export const SEALING_SEED_BYTES = 32
export const SEALING_PUBLIC_KEY_BYTES = ML_KEM_PUBLIC_BYTES + X25519_BYTES
export const ENCAPSULATION_BYTES = ML_KEM_CIPHERTEXT_BYTES + X25519_BYTES

/** "\.//^\": the draft's label. */
const LABEL = fromHex('5c2e2f2f5e5c')

/** `seed` is the private key (32 bytes), `publicKey` is ML-KEM[1184] ‖ X25519[32]. */
export type SealingKeyPair = { readonly seed: Uint8Array; readonly publicKey: Uint8Array }

/** A seed expanded: what decapsulation needs. */
export type ExpandedSealingKey = {
  readonly seed: Bytes
  readonly kem: MlKemKey
  readonly scalar: X25519Scalar
  /** X = x·B. */
  readonly point: Bytes
}

/** Expanding costs as much as an opening; the expansion lives as long as the caller's seed array does. */
const expansions = new WeakMap<Uint8Array, ExpandedSealingKey>()

/** SHAKE256(seed, 96): ML-KEM seed d ‖ z, then the X25519 scalar (draft §5.2). Throws 'bad-key' on another length. */
export function expandSealingSeed(seed: Uint8Array): ExpandedSealingKey {
  if (seed.length !== SEALING_SEED_BYTES)
    throw new CuroError('bad-key', `A sealing key's seed has 32 bytes, not ${seed.length}.`)
  const known = expansions.get(seed)
  if (known && equalBytes(known.seed, seed)) return known
  const expanded = shake256(seed, { dkLen: ML_KEM_SEED_BYTES + X25519_BYTES })
  const scalar = expanded.subarray(ML_KEM_SEED_BYTES)
  const key: ExpandedSealingKey = {
    seed: new Uint8Array(seed),
    kem: importMlKemSeed(expanded.subarray(0, ML_KEM_SEED_BYTES)),
    scalar: importX25519Scalar(scalar),
    point: x25519PublicValue(scalar),
  }
  expansions.set(seed, key)
  return key
}

/** The key pair of a 32-byte seed. */
export function deriveSealingKeyPair(seed: Uint8Array): SealingKeyPair {
  const { kem, point } = expandSealingSeed(seed)
  return { seed, publicKey: concatBytes(kem.publicKey, point) }
}

export function makeSealingKeyPair(): SealingKeyPair {
  return deriveSealingKeyPair(randomBytes(SEALING_SEED_BYTES))
}

/** First 16 bytes of SHA-256 of the public key, base64url: names a key in a wrap. */
export function keyIdOf(publicKey: Uint8Array): string {
  return toBase64Url(sha256(publicKey).subarray(0, 16))
}

/** Throws 'bad-key' unless both halves are well formed (FIPS 203 §7.2; X25519 canonical and not of small order). */
export function checkSealingPublicKey(publicKey: Uint8Array): void {
  if (publicKey.length !== SEALING_PUBLIC_KEY_BYTES)
    throw new CuroError('bad-key', `A sealing public key has 1216 bytes, not ${publicKey.length}.`)
  checkMlKemPublicKey(publicKey.subarray(0, ML_KEM_PUBLIC_BYTES))
  checkX25519Point(publicKey.subarray(ML_KEM_PUBLIC_BYTES))
}

/** draft §5.3: SHA3-256(ssM ‖ ssX ‖ ctX ‖ pkX ‖ label). */
function combine(ssM: Uint8Array, ssX: Uint8Array, ctX: Uint8Array, pkX: Uint8Array): Bytes {
  return sha3_256(concatBytes(ssM, ssX, ctX, pkX, LABEL)) as Bytes
}

export type XwingEncapsulation = {
  /** 1120 bytes. */
  encapsulation: Bytes
  /** 32 bytes. */
  sharedSecret: Bytes
  /** e · point for the ephemeral scalar e, which is forgotten otherwise: what the holder of `point`'s scalar gets from E. */
  agreeWith(point: Uint8Array): Promise<Bytes>
}

/** Encapsulates to `publicKey`, which is checked first (draft §5.4). */
export async function xwingEncapsulate(publicKey: Uint8Array): Promise<XwingEncapsulation> {
  checkSealingPublicKey(publicKey)
  const pkX = publicKey.subarray(ML_KEM_PUBLIC_BYTES)
  const ephemeralBytes = randomBytes(X25519_BYTES)
  const ctX = x25519PublicValue(ephemeralBytes)
  const ephemeral = importX25519Scalar(ephemeralBytes)
  const ssX = await ephemeral.multiply(pkX)
  const { ciphertext, sharedSecret } = encapsulate(publicKey.subarray(0, ML_KEM_PUBLIC_BYTES))
  return {
    encapsulation: concatBytes(ciphertext, ctX),
    sharedSecret: combine(sharedSecret, ssX, ctX, pkX),
    agreeWith: (point) => ephemeral.multiply(point),
  }
}

/** The X25519 value E of an encapsulation. Throws 'truncated' when it is too short. */
export function encapsulatedPoint(encapsulation: Uint8Array): Uint8Array {
  if (encapsulation.length < ENCAPSULATION_BYTES)
    throw new CuroError('truncated', 'The sealed bytes are shorter than an encapsulation; fetch them again.')
  return encapsulation.subarray(ML_KEM_CIPHERTEXT_BYTES, ENCAPSULATION_BYTES)
}

/**
 * Shared secret of an encapsulation. In a mediated opening `received` is the custodian's step s·E and `point` is
 * P_h = s·X; in a plain one they are E and X themselves.
 */
export async function xwingDecapsulate(
  key: ExpandedSealingKey,
  encapsulation: Uint8Array,
  mediated?: { step: Uint8Array; point: Uint8Array },
): Promise<Bytes> {
  const ctX = encapsulatedPoint(encapsulation)
  const ssX = await key.scalar.multiply(mediated ? mediated.step : ctX)
  const ssM = await key.kem.decapsulate(encapsulation.subarray(0, ML_KEM_CIPHERTEXT_BYTES))
  return combine(ssM, ssX, ctX, mediated ? mediated.point : key.point)
}
