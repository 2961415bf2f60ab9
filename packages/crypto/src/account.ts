import { type Bytes, concatBytes, u32be, utf8Bytes } from './bytes.ts'
import { type Category, isCategory } from './category.ts'
import { CuroError } from './errors.ts'
import { hkdfSha256, sha256 } from './hash.ts'
import { randomBytes } from './random.ts'
import { importSigningKey, type SigningKey } from './signatures.ts'
import { deriveSealingKeyPair, type SealingKeyPair } from './xwing.ts'

export const ACCOUNT_ROOT_BYTES = 32
export const FINGERPRINT_BYTES = 16

/** 32 random bytes from which all keys of a person derive. Kept only in memory and wrapped, never sent. */
export function makeAccountRoot(): Bytes {
  return randomBytes(ACCOUNT_ROOT_BYTES)
}

function deriveSeed(root: Uint8Array, ...info: Uint8Array[]): Bytes {
  if (root.length !== ACCOUNT_ROOT_BYTES)
    throw new CuroError('bad-key', `An account root has 32 bytes, not ${root.length}.`)
  return hkdfSha256({ ikm: root, salt: new Uint8Array(0), info: concatBytes(...info), length: 32 })
}

/** The person's Ed25519 identity: HKDF(root, "curo/v1/sign"). */
export async function deriveIdentityKey(root: Uint8Array): Promise<SigningKey> {
  return importSigningKey(deriveSeed(root, utf8Bytes('curo/v1/sign')))
}

/**
 * The X-Wing account key: opens everything of hers without anyone's help. A doctor's is also the holder's half of the
 * mediated key by which she opens again what she wrote. HKDF(root, "curo/v1/seal").
 */
export async function deriveSealKey(root: Uint8Array): Promise<SealingKeyPair> {
  return deriveSealingKeyPair(deriveSeed(root, utf8Bytes('curo/v1/seal')))
}

/**
 * Seed of a category key: HKDF(root, "curo/v1/category/" ‖ name ‖ 0x00 ‖ u32be epoch). Throws 'invalid-input' for an
 * unknown category or an epoch that is no unsigned 32-bit integer.
 */
export function deriveCategorySeed(root: Uint8Array, category: Category, epoch: number): Bytes {
  if (!isCategory(category))
    throw new CuroError('invalid-input', `'${category}' is not a category of records.`)
  return deriveSeed(root, utf8Bytes(`curo/v1/category/${category}\0`), u32be(epoch))
}

/** The holder's half of a (mediated) category key, of deriveCategorySeed. */
export async function deriveCategoryKey(
  root: Uint8Array,
  category: Category,
  epoch: number,
): Promise<SealingKeyPair> {
  return deriveSealingKeyPair(deriveCategorySeed(root, category, epoch))
}

/** 16 bytes of SHA-256("curo/v1/fingerprint\0" ‖ identity key): on the card, so that a swapped key is caught. */
export function fingerprintOf(identityPublicKey: Uint8Array): Bytes {
  return sha256(utf8Bytes('curo/v1/fingerprint\0'), identityPublicKey).slice(0, FINGERPRINT_BYTES)
}
