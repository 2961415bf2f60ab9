import { AES_KEY_BYTES, gcmOpen, gcmSeal } from './aes-gcm.ts'
import { type Bytes, concatBytes, equalBytes, utf8Bytes } from './bytes.ts'
import { CuroError } from './errors.ts'
import { hkdfSha256 } from './hash.ts'
import { randomBytes } from './random.ts'

declare const brand: unique symbol

/** A small secret sealed under a 32-byte key: suite[1] ‖ salt[32] ‖ commitment[32] ‖ ciphertext ‖ tag[16]. */
export type WrappedKey = Bytes & { readonly [brand]: 'WrappedKey' }

/** AES-256-GCM under a key derived per wrap by HKDF-SHA-256, committed to. */
const SUITE = 0x01
const SALT_BYTES = 32
const COMMITMENT_BYTES = 32
const HEADER_BYTES = 1 + SALT_BYTES + COMMITMENT_BYTES
/** The key serves one message only, so its nonce may be constant. */
const NONCE = new Uint8Array(12)
const NONE = new Uint8Array(0)

function deriveWrap(wrappingKey: Uint8Array, salt: Uint8Array, context: string) {
  if (wrappingKey.length !== AES_KEY_BYTES)
    throw new CuroError('bad-key', `A wrapping key has 32 bytes, not ${wrappingKey.length}.`)
  const derived = hkdfSha256({
    ikm: wrappingKey,
    salt,
    info: utf8Bytes(`curo/v1/wrap\0${context}`),
    length: AES_KEY_BYTES + COMMITMENT_BYTES,
  })
  return { key: derived.subarray(0, AES_KEY_BYTES), commitment: derived.subarray(AES_KEY_BYTES) }
}

export type WrapSecretOptions = {
  /** 32 bytes of full entropy (never a password). */
  wrappingKey: Uint8Array
  secret: Uint8Array
  /** What is wrapped, such as 'account-root by recovery kit': the same text opens it. */
  context: string
  aad?: Uint8Array | undefined
}

export async function wrapSecret(options: WrapSecretOptions): Promise<WrappedKey> {
  const { wrappingKey, secret, context, aad = NONE } = options
  const salt = randomBytes(SALT_BYTES)
  const { key, commitment } = deriveWrap(wrappingKey, salt, context)
  const header = concatBytes(Uint8Array.of(SUITE), salt, commitment)
  const sealed = await gcmSeal({ key, nonce: NONCE, aad: concatBytes(header, aad), plaintext: secret })
  return concatBytes(header, sealed) as WrappedKey
}

export type UnwrapSecretOptions = {
  wrappingKey: Uint8Array
  /** What wrapSecret gave. */
  wrapped: Uint8Array
  context: string
  aad?: Uint8Array | undefined
}

/**
 * Throws 'truncated', 'unsupported-suite', 'wrong-key' (the commitment does not fit: another key or context, checked
 * before anything is decrypted) or 'tampered' (another AAD or a changed byte).
 */
export async function unwrapSecret(options: UnwrapSecretOptions): Promise<Bytes> {
  const { wrappingKey, wrapped, context, aad = NONE } = options
  if (wrapped.length < HEADER_BYTES + 16)
    throw new CuroError('truncated', 'The wrapped key was cut off; fetch it again.')
  if (wrapped[0] !== SUITE)
    throw new CuroError('unsupported-suite', 'This key was wrapped by a newer Curo; update this program.')
  const header = wrapped.subarray(0, HEADER_BYTES)
  const { key, commitment } = deriveWrap(wrappingKey, header.subarray(1, 1 + SALT_BYTES), context)
  if (!equalBytes(commitment, header.subarray(1 + SALT_BYTES)))
    throw new CuroError('wrong-key', 'This key does not open it; use the one that it was wrapped with.')
  return gcmOpen({ key, nonce: NONCE, aad: concatBytes(header, aad), sealed: wrapped.subarray(HEADER_BYTES) })
}
