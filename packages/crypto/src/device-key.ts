import { asBufferSource, type Bytes, concatBytes, utf8Bytes } from './bytes.ts'
import { CuroError } from './errors.ts'
import { hkdfSha256 } from './hash.ts'
import { randomBytes } from './random.ts'

const NONCE_BYTES = 12

/**
 * A key that a browser keeps (in IndexedDB) and uses, but never hands out, not even to this program: WebCrypto,
 * non-extractable. What it seals is for this device only.
 */
export type DeviceKey = CryptoKey

/** A new AES-256-GCM key, non-extractable. */
export function makeDeviceKey(): Promise<DeviceKey> {
  return crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
}

/**
 * The key of what her device keeps to be read without a network: it follows from the account root, so that it opens again
 * wherever she has signed in, and stands on no disk. `label` says what for.
 */
export function deriveDeviceKey(root: Uint8Array, label: string): Promise<DeviceKey> {
  const info = utf8Bytes(`curo/v1/device\0${label}`)
  const key = hkdfSha256({ ikm: root, salt: new Uint8Array(0), info, length: 32 })
  return crypto.subtle.importKey('raw', key, 'AES-GCM', false, ['encrypt', 'decrypt'])
}

export type DeviceSeal = {
  key: DeviceKey
  /** What it is for, bound to the ciphertext. */
  aad: Uint8Array
}

/** nonce[12] ‖ ciphertext ‖ tag[16]. Random nonces: one key seals at most 2³² times (NIST SP 800-38D §8.3). */
export async function sealOnDevice({
  key,
  aad,
  plaintext,
}: DeviceSeal & { plaintext: Uint8Array }): Promise<Bytes> {
  const nonce = randomBytes(NONCE_BYTES)
  const sealed = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv: asBufferSource(nonce), additionalData: asBufferSource(aad) },
    key,
    asBufferSource(plaintext),
  )
  return concatBytes(nonce, new Uint8Array(sealed))
}

/** Opens sealOnDevice's output. @throws CuroError 'tampered' for another key, another purpose or a changed byte */
export async function openOnDevice({
  key,
  aad,
  sealed,
}: DeviceSeal & { sealed: Uint8Array }): Promise<Bytes> {
  try {
    const plaintext = await crypto.subtle.decrypt(
      {
        name: 'AES-GCM',
        iv: asBufferSource(sealed.slice(0, NONCE_BYTES)),
        additionalData: asBufferSource(aad),
      },
      key,
      asBufferSource(sealed.slice(NONCE_BYTES)),
    )
    return new Uint8Array(plaintext)
  } catch (cause) {
    throw new CuroError('tampered', 'What this device kept was changed, or belongs to another key.', {
      cause,
    })
  }
}
