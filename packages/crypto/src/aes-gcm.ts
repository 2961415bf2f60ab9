import { asBufferSource, type Bytes } from './bytes.ts'
import { CuroError } from './errors.ts'
import { nodeCrypto } from './node-crypto.ts'

export const AES_KEY_BYTES = 32
export const GCM_NONCE_BYTES = 12
export const GCM_TAG_BYTES = 16

export type GcmOptions = { key: Uint8Array; nonce: Uint8Array; aad: Uint8Array }

function importAesKey(key: Uint8Array): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', asBufferSource(key), 'AES-GCM', false, ['encrypt', 'decrypt'])
}

function gcmParameters({ nonce, aad }: GcmOptions): AesGcmParams {
  return { name: 'AES-GCM', iv: asBufferSource(nonce), additionalData: asBufferSource(aad), tagLength: 128 }
}

/**
 * AES-256-GCM of something small: ciphertext ‖ tag[16]. The caller owns the rule that (key, nonce) is never used
 * twice and that the key is committed to (GCM itself does not commit).
 */
export async function gcmSeal(options: GcmOptions & { plaintext: Uint8Array }): Promise<Bytes> {
  const { key, nonce, aad, plaintext } = options
  if (nodeCrypto) {
    const cipher = nodeCrypto.createCipheriv('aes-256-gcm', key, nonce)
    cipher.setAAD(aad)
    const sealed = new Uint8Array(plaintext.length + GCM_TAG_BYTES)
    sealed.set(cipher.update(plaintext))
    cipher.final()
    sealed.set(cipher.getAuthTag(), plaintext.length)
    return sealed
  }
  const aesKey = await importAesKey(key)
  return new Uint8Array(
    await crypto.subtle.encrypt(gcmParameters(options), aesKey, asBufferSource(plaintext)),
  )
}

/** Opens gcmSeal's output. Throws 'tampered' when the tag does not hold: wrong key, nonce, AAD or a changed byte. */
export async function gcmOpen(options: GcmOptions & { sealed: Uint8Array }): Promise<Bytes> {
  const { key, nonce, aad, sealed } = options
  if (sealed.length < GCM_TAG_BYTES)
    throw new CuroError('truncated', 'The sealed bytes are shorter than their own authentication tag.')
  try {
    if (nodeCrypto) {
      const decipher = nodeCrypto.createDecipheriv('aes-256-gcm', key, nonce, {
        authTagLength: GCM_TAG_BYTES,
      })
      decipher.setAAD(aad)
      decipher.setAuthTag(sealed.subarray(sealed.length - GCM_TAG_BYTES))
      const plaintext = new Uint8Array(decipher.update(sealed.subarray(0, sealed.length - GCM_TAG_BYTES)))
      decipher.final()
      return plaintext
    }
    const aesKey = await importAesKey(key)
    return new Uint8Array(await crypto.subtle.decrypt(gcmParameters(options), aesKey, asBufferSource(sealed)))
  } catch (cause) {
    throw new CuroError('tampered', 'The sealed bytes were changed, or belong to another key or place.', {
      cause,
    })
  }
}
