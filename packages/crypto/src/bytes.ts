import { decodeBase64 } from './base64.ts'
import { CuroError } from './errors.ts'

/** Bytes over an ordinary (not shared) buffer: what this package returns and WebCrypto, fetch and Blob accept. */
export type Bytes = Uint8Array<ArrayBuffer>

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Node's Buffer where there is one; browsers take the atob/btoa way. */
const NodeBuffer = globalThis.process?.getBuiltinModule?.('node:buffer')?.Buffer

/** WebCrypto's types ask for an unshared buffer; no shared memory is used anywhere in Curo. */
export function asBufferSource(bytes: Uint8Array): Bytes {
  return bytes as Bytes
}

/** A port whose other end is closed. Node needs none: its collector hears of such memory in time. */
const makeNowhere = (): MessagePort | undefined => {
  if (NodeBuffer || typeof MessageChannel === 'undefined') return undefined
  const { port1, port2 } = new MessageChannel()
  port2.close()
  return port1
}
let nowhere: MessagePort | undefined

/**
 * In a browser, gives the memory of bytes that nobody reads again back at once, by moving them into a message that nobody
 * receives. The collector would do so when it pleases, and meanwhile a page's memory grows with what passes through it.
 * (Chromium keeps the memory of `buffer.transfer(0)`.) Bytes that share their buffer with others stay as they are.
 */
export function freeBytes({ buffer, length }: Uint8Array): void {
  if (length !== buffer.byteLength || length === 0) return
  nowhere ??= makeNowhere()
  nowhere?.postMessage(null, [buffer as ArrayBuffer])
}

export function concatBytes(...parts: readonly Uint8Array[]): Bytes {
  let length = 0
  for (const part of parts) length += part.length
  const joined = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    joined.set(part, at)
    at += part.length
  }
  return joined
}

export function utf8Bytes(text: string): Bytes {
  return encoder.encode(text)
}

/** Decodes UTF-8 and keeps a byte order mark. Throws 'malformed' on any invalid sequence. */
export function utf8Text(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes)
  } catch (cause) {
    throw new CuroError('malformed', 'These bytes are not valid UTF-8 text.', { cause })
  }
}

/** Compares in time that depends on the length only, never on the content. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false
  let difference = 0
  for (let i = 0; i < a.length; i++) difference |= (a[i] as number) ^ (b[i] as number)
  return difference === 0
}

function binaryText(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 0x8000)
    text += String.fromCharCode(...bytes.subarray(at, at + 0x8000))
  return text
}

/** RFC 4648 §4, with padding. */
export function toBase64(bytes: Uint8Array): string {
  if (NodeBuffer) return NodeBuffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')
  return btoa(binaryText(bytes))
}

/** RFC 4648 §5, without padding: the form of all bytes in Curo's JSON. */
export function toBase64Url(bytes: Uint8Array): string {
  if (NodeBuffer)
    return NodeBuffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64url')
  return btoa(binaryText(bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

/** Node's own decoder is faster than ours; it skips what it does not know, so its result is encoded again and compared. */
function decodeByNode(text: string, encode: (bytes: Uint8Array) => string): Bytes | undefined {
  const bytes = new Uint8Array((NodeBuffer as typeof Buffer).from(text, 'base64'))
  return encode(bytes) === text ? bytes : undefined
}

function checkDecoded(bytes: Bytes | undefined, form: string): Bytes {
  if (!bytes)
    throw new CuroError(
      'malformed',
      `This is not ${form} text: it may be cut off, or copied with extra characters.`,
    )
  return bytes
}

/** Throws 'malformed' unless `text` is exactly what toBase64 writes: one text per value. */
export function fromBase64(text: string): Bytes {
  if (typeof text !== 'string') return checkDecoded(undefined, 'base64')
  if (NodeBuffer) return checkDecoded(decodeByNode(text, toBase64), 'base64')
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0
  const isWhole = text.length % 4 === 0
  return checkDecoded(
    isWhole ? decodeBase64(text.slice(0, text.length - padding), 'base64') : undefined,
    'base64',
  )
}

/** Throws 'malformed' unless `text` is exactly what toBase64Url writes (no padding, no stray bits). */
export function fromBase64Url(text: string): Bytes {
  if (typeof text !== 'string') return checkDecoded(undefined, 'base64url')
  return checkDecoded(
    NodeBuffer ? decodeByNode(text, toBase64Url) : decodeBase64(text, 'base64url'),
    'base64url',
  )
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

export function toHex(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += HEX[byte]
  return text
}

/** Throws 'malformed' unless `text` is lower-case hex of whole bytes. */
export function fromHex(text: string): Bytes {
  if (typeof text !== 'string' || !/^(?:[0-9a-f]{2})*$/.test(text))
    throw new CuroError('malformed', 'This is not lower-case hexadecimal text of whole bytes.')
  const bytes = new Uint8Array(text.length / 2)
  for (let i = 0; i < bytes.length; i++) bytes[i] = Number.parseInt(text.slice(2 * i, 2 * i + 2), 16)
  return bytes
}

function asUnsigned(value: number | bigint, bits: 16 | 32 | 64): bigint {
  const whole = typeof value === 'bigint' || Number.isSafeInteger(value) ? BigInt(value) : -1n
  if (whole < 0n || whole >> BigInt(bits) !== 0n)
    throw new CuroError('invalid-input', `${value} is not an unsigned ${bits}-bit integer.`)
  return whole
}

export function u16be(value: number): Bytes {
  const bytes = new Uint8Array(2)
  new DataView(bytes.buffer).setUint16(0, Number(asUnsigned(value, 16)))
  return bytes
}

export function u32be(value: number): Bytes {
  const bytes = new Uint8Array(4)
  new DataView(bytes.buffer).setUint32(0, Number(asUnsigned(value, 32)))
  return bytes
}

/** A number must be a safe integer; beyond 2^53 − 1 pass a bigint. */
export function u64be(value: number | bigint): Bytes {
  const bytes = new Uint8Array(8)
  new DataView(bytes.buffer).setBigUint64(0, asUnsigned(value, 64))
  return bytes
}

function viewAt(bytes: Uint8Array, offset: number, length: number): DataView {
  if (!Number.isInteger(offset) || offset < 0 || offset + length > bytes.length)
    throw new CuroError('truncated', `${length} bytes were expected at offset ${offset} of ${bytes.length}.`)
  return new DataView(bytes.buffer, bytes.byteOffset + offset, length)
}

/** Throws 'truncated' past the end; so do readU32be and readU64be. */
export function readU16be(bytes: Uint8Array, offset = 0): number {
  return viewAt(bytes, offset, 2).getUint16(0)
}

export function readU32be(bytes: Uint8Array, offset = 0): number {
  return viewAt(bytes, offset, 4).getUint32(0)
}

export function readU64be(bytes: Uint8Array, offset = 0): bigint {
  return viewAt(bytes, offset, 8).getBigUint64(0)
}
