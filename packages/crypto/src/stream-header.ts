import { AES_KEY_BYTES, GCM_NONCE_BYTES, GCM_TAG_BYTES } from './aes-gcm.ts'
import { type Bytes, concatBytes, equalBytes, readU32be, u32be, utf8Bytes } from './bytes.ts'
import { CuroError } from './errors.ts'
import { hkdfSha256 } from './hash.ts'
import { randomBytes } from './random.ts'

/** magic "CURO" ‖ version u8 ‖ suite u8 ‖ chunk size u32be ‖ nonce prefix[7] ‖ commitment[32]. */
const MAGIC = utf8Bytes('CURO')
const VERSION = 1
/** AES-256-GCM in STREAM, key and commitment by HKDF-SHA-256. */
const SUITE = 1
const PREFIX_BYTES = 7
const COMMITMENT_BYTES = 32
const FIELD_BYTES = MAGIC.length + 2 + 4 + PREFIX_BYTES
export const HEADER_BYTES = FIELD_BYTES + COMMITMENT_BYTES

export const DEFAULT_CHUNK_BYTES = 262_144
const MIN_CHUNK_BYTES = 64
/** A chunk is held in memory whole before a byte of it is believed. */
const MAX_CHUNK_BYTES = 16_777_216
const MAX_CHUNKS = 2 ** 32

/** What both directions need: the header is the AAD of every chunk. */
export type StreamKey = { readonly header: Bytes; readonly key: Bytes; readonly chunkBytes: number }

function deriveKeys(dek: Uint8Array, fields: Uint8Array) {
  if (dek.length !== AES_KEY_BYTES)
    throw new CuroError('bad-key', `A data encryption key has 32 bytes, not ${dek.length}.`)
  const info = utf8Bytes('curo/v1/stream')
  const derived = hkdfSha256({ ikm: dek, salt: fields, info, length: AES_KEY_BYTES + COMMITMENT_BYTES })
  return { key: derived.slice(0, AES_KEY_BYTES), commitment: derived.slice(AES_KEY_BYTES) }
}

function checkChunkBytes(chunkBytes: number, code: 'invalid-input' | 'malformed'): void {
  if (!Number.isSafeInteger(chunkBytes) || chunkBytes < MIN_CHUNK_BYTES || chunkBytes > MAX_CHUNK_BYTES)
    throw new CuroError(code, `Chunks hold ${MIN_CHUNK_BYTES} bytes to 16 MiB, not ${chunkBytes}.`)
}

/** A fresh nonce prefix, and a key and a commitment derived from the DEK and these very header fields. */
export function makeStreamKey(dek: Uint8Array, chunkBytes: number): StreamKey {
  checkChunkBytes(chunkBytes, 'invalid-input')
  const fields = concatBytes(
    MAGIC,
    Uint8Array.of(VERSION, SUITE),
    u32be(chunkBytes),
    randomBytes(PREFIX_BYTES),
  )
  const { key, commitment } = deriveKeys(dek, fields)
  return { header: concatBytes(fields, commitment), key, chunkBytes }
}

/**
 * Reads a header and checks, before anything is decrypted, that this DEK and no other belongs to it (GCM alone would
 * let one ciphertext open under two keys). Throws 'truncated', 'malformed', 'unsupported-suite' or 'wrong-key'.
 */
export function readStreamKey(dek: Uint8Array, header: Uint8Array): StreamKey {
  if (header.length < HEADER_BYTES)
    throw new CuroError('truncated', 'The sealed content was cut off within its header; fetch it again.')
  if (!equalBytes(header.subarray(0, MAGIC.length), MAGIC))
    throw new CuroError('malformed', 'This is not content sealed by Curo.')
  if (header[4] !== VERSION || header[5] !== SUITE)
    throw new CuroError('unsupported-suite', 'This content was sealed by a newer Curo; update this program.')
  const chunkBytes = readU32be(header, 6)
  checkChunkBytes(chunkBytes, 'malformed')
  const { key, commitment } = deriveKeys(dek, header.subarray(0, FIELD_BYTES))
  if (!equalBytes(commitment, header.subarray(FIELD_BYTES, HEADER_BYTES)))
    throw new CuroError(
      'wrong-key',
      'This key does not open this content: it belongs to another record, or was changed.',
    )
  return { header: new Uint8Array(header.subarray(0, HEADER_BYTES)), key, chunkBytes }
}

/** prefix[7] ‖ u32be counter ‖ last flag. */
export function chunkNonce({ header }: StreamKey, index: number, last: boolean): Bytes {
  if (index >= MAX_CHUNKS)
    throw new CuroError('too-large', 'The content has more chunks than one key may seal; split it.')
  const nonce = new Uint8Array(GCM_NONCE_BYTES)
  nonce.set(header.subarray(FIELD_BYTES - PREFIX_BYTES, FIELD_BYTES))
  nonce.set(u32be(index), PREFIX_BYTES)
  nonce[GCM_NONCE_BYTES - 1] = last ? 1 : 0
  return nonce
}

/** Length of the sealed form, header included, of `plainBytes` bytes. Empty content is one empty chunk. */
export function sealedLength(plainBytes: number, chunkBytes: number = DEFAULT_CHUNK_BYTES): number {
  checkChunkBytes(chunkBytes, 'invalid-input')
  if (!Number.isSafeInteger(plainBytes) || plainBytes < 0)
    throw new CuroError('invalid-input', `${plainBytes} is not a number of bytes.`)
  return HEADER_BYTES + plainBytes + Math.max(1, Math.ceil(plainBytes / chunkBytes)) * GCM_TAG_BYTES
}
