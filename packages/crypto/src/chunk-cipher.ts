import { gcmOpen, gcmSeal } from './aes-gcm.ts'
import { asBufferSource, type Bytes } from './bytes.ts'
import { CuroError } from './errors.ts'
import { nodeCrypto } from './node-crypto.ts'
import { chunkNonce, type StreamKey } from './stream-header.ts'

/** Below this, Node's synchronous cipher beats the way to another thread and back. */
const SMALL_CHUNK_BYTES = 32_768

/** Both calls take their input before they return, so the caller may use its buffer again at once. */
export type ChunkCipher = {
  seal(index: number, last: boolean, plaintext: Uint8Array): Promise<Bytes>
  /** Throws 'tampered' when the chunk is not the one sealed at this place. */
  open(index: number, last: boolean, sealed: Uint8Array): Promise<Bytes>
}

/** AES-256-GCM of the chunks of one stream: WebCrypto, which works in other threads, and Node directly for small ones. */
export function makeChunkCipher(stream: StreamKey): ChunkCipher {
  const { key, header: aad } = stream
  const isSmall = (bytes: Uint8Array) => nodeCrypto !== undefined && bytes.length < SMALL_CHUNK_BYTES
  let imported: CryptoKey | undefined

  /** WebCrypto takes its input when called; only until the key is imported must a copy be kept. */
  async function useKey(
    bytes: Uint8Array,
    use: (aesKey: CryptoKey, bytes: Bytes) => Promise<ArrayBuffer>,
  ): Promise<Bytes> {
    if (imported) return new Uint8Array(await use(imported, asBufferSource(bytes)))
    const copy = new Uint8Array(bytes)
    imported = await crypto.subtle.importKey('raw', key, 'AES-GCM', false, ['encrypt', 'decrypt'])
    return new Uint8Array(await use(imported, copy))
  }

  const parameters = (iv: Bytes) => ({ name: 'AES-GCM', iv, additionalData: aad, tagLength: 128 })
  return {
    async seal(index, last, plaintext) {
      const nonce = chunkNonce(stream, index, last)
      if (isSmall(plaintext)) return gcmSeal({ key, nonce, aad, plaintext })
      return useKey(plaintext, (aesKey, bytes) => crypto.subtle.encrypt(parameters(nonce), aesKey, bytes))
    },
    async open(index, last, sealed) {
      const nonce = chunkNonce(stream, index, last)
      if (isSmall(sealed)) return gcmOpen({ key, nonce, aad, sealed })
      try {
        return await useKey(sealed, (aesKey, bytes) =>
          crypto.subtle.decrypt(parameters(nonce), aesKey, bytes),
        )
      } catch (cause) {
        throw new CuroError('tampered', 'The sealed content was changed; fetch it from another place.', {
          cause,
        })
      }
    },
  }
}
