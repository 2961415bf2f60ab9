import { ml_dsa44 } from '@noble/post-quantum/ml-dsa.js'
import { asBufferSource, type Bytes } from './bytes.ts'
import { CuroError } from './errors.ts'

/** ML-DSA-44 (FIPS 204) with an empty context, as C2SP's tlog-cosignature uses it (signature type 06). */
export const ML_DSA_44_SEED_BYTES = 32
export const ML_DSA_44_PUBLIC_KEY_BYTES = 1312
export const ML_DSA_44_SIGNATURE_BYTES = 2420

function keysOf(seed: Uint8Array) {
  if (seed.length !== ML_DSA_44_SEED_BYTES)
    throw new CuroError('bad-key', `The seed of an ML-DSA-44 key has 32 bytes, not ${seed.length}.`)
  return ml_dsa44.keygen(seed)
}

/** The public key of a 32-byte seed ξ (FIPS 204 §5.1). */
export function mlDsa44PublicKey(seed: Uint8Array): Bytes {
  return asBufferSource(keysOf(seed).publicKey)
}

/** Signs with fresh randomness (hedged). Throws 'bad-key' unless the seed has 32 bytes. */
export function signMlDsa44({ seed, message }: { seed: Uint8Array; message: Uint8Array }): Bytes {
  return asBufferSource(ml_dsa44.sign(message, keysOf(seed).secretKey))
}

export type MlDsa44Verification = { publicKey: Uint8Array; message: Uint8Array; signature: Uint8Array }

/** Whether the signature holds; false for keys and signatures of the wrong length. */
export function verifyMlDsa44({ publicKey, message, signature }: MlDsa44Verification): boolean {
  if (publicKey.length !== ML_DSA_44_PUBLIC_KEY_BYTES || signature.length !== ML_DSA_44_SIGNATURE_BYTES)
    return false
  return ml_dsa44.verify(signature, message, publicKey)
}
