import { sha256 as nobleSha256 } from '@noble/hashes/sha2.js'
import { asBufferSource, type Bytes, concatBytes } from './bytes.ts'
import { CuroError } from './errors.ts'
import { nodeCrypto } from './node-crypto.ts'

export const SHA256_BYTES = 32
const BLOCK_BYTES = 64

/** crypto.hash came with Node 20.12: one call instead of three objects. */
const oneShot = typeof nodeCrypto?.hash === 'function' ? nodeCrypto.hash : undefined

/**
 * Writes SHA-256(data) to out[offset .. offset + 32]. The form for inner loops: a latin1 digest spares Node the
 * allocation of a Buffer, a third of the time for a 65-byte tree node.
 */
export const sha256Into: (data: Uint8Array, out: Uint8Array, offset: number) => void = oneShot
  ? (data, out, offset) => {
      const digest = oneShot('sha256', data, 'latin1' as 'hex')
      for (let i = 0; i < SHA256_BYTES; i++) out[offset + i] = digest.charCodeAt(i)
    }
  : (data, out, offset) => out.set(nobleSha256(data), offset)

/** SHA-256 of the concatenation of `parts`. */
export function sha256(...parts: readonly Uint8Array[]): Bytes {
  const digest = new Uint8Array(SHA256_BYTES)
  sha256Into(parts.length === 1 ? (parts[0] as Uint8Array) : concatBytes(...parts), digest, 0)
  return digest
}

/** The same for much data at once, by WebCrypto: in other threads, while this one goes on. */
export async function sha256InBackground(data: Uint8Array): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', asBufferSource(data)))
}

/** HMAC-SHA-256 (RFC 2104) of the concatenation of `parts`. */
export function hmacSha256(key: Uint8Array, ...parts: readonly Uint8Array[]): Bytes {
  const shortKey = key.length > BLOCK_BYTES ? sha256(key) : key
  let length = BLOCK_BYTES
  for (const part of parts) length += part.length
  const inner = new Uint8Array(length).fill(0x36, 0, BLOCK_BYTES)
  const outer = new Uint8Array(BLOCK_BYTES + SHA256_BYTES).fill(0x5c, 0, BLOCK_BYTES)
  for (let i = 0; i < shortKey.length; i++) {
    inner[i] = 0x36 ^ (shortKey[i] as number)
    outer[i] = 0x5c ^ (shortKey[i] as number)
  }
  let at = BLOCK_BYTES
  for (const part of parts) {
    inner.set(part, at)
    at += part.length
  }
  sha256Into(inner, outer, BLOCK_BYTES)
  return sha256(outer)
}

/** HKDF-Expand (RFC 5869 §2.3), `length` ≤ 8160 bytes. */
export function hkdfExpandSha256(pseudoRandomKey: Uint8Array, info: Uint8Array, length: number): Bytes {
  if (!Number.isSafeInteger(length) || length < 1 || length > 255 * SHA256_BYTES)
    throw new CuroError('invalid-input', `HKDF-SHA-256 gives 1 to 8160 bytes, not ${length}.`)
  const output = new Uint8Array(length)
  let block: Uint8Array = new Uint8Array(0)
  for (let counter = 1, at = 0; at < length; counter++, at += SHA256_BYTES) {
    block = hmacSha256(pseudoRandomKey, block, info, Uint8Array.of(counter))
    output.set(block.subarray(0, Math.min(SHA256_BYTES, length - at)), at)
  }
  return output
}

export type HkdfOptions = { ikm: Uint8Array; salt: Uint8Array; info: Uint8Array; length: number }

/** HKDF-SHA-256 (RFC 5869): extract with `salt`, expand with `info` to `length` bytes. */
export function hkdfSha256({ ikm, salt, info, length }: HkdfOptions): Bytes {
  return hkdfExpandSha256(hmacSha256(salt, ikm), info, length)
}
