import { type Bytes, toBase64Url } from './bytes.ts'
import { CuroError } from './errors.ts'

/** WebCrypto fills at most this many bytes in one call. */
const QUOTA_BYTES = 65_536

export function randomBytes(length: number): Bytes {
  if (!Number.isSafeInteger(length) || length < 0)
    throw new CuroError('invalid-input', `${length} is not a number of bytes.`)
  const bytes = new Uint8Array(length)
  for (let at = 0; at < length; at += QUOTA_BYTES)
    crypto.getRandomValues(bytes.subarray(at, at + QUOTA_BYTES))
  return bytes
}

/** `count` values of `length` bytes, independent of each other, drawn at once: a draw costs far more than its bytes. */
export function randomValues(count: number, length: number): Bytes[] {
  const all = randomBytes(count * length)
  return Array.from({ length: count }, (_, at) => all.slice(at * length, (at + 1) * length))
}

/**
 * The id of every Curo object: 16 random bytes as base64url, 22 characters. Drawn again while it begins with `-`, which
 * every command line would take for an option.
 */
export function randomId(): string {
  let id: string
  do id = toBase64Url(randomBytes(16))
  while (id.startsWith('-'))
  return id
}

const ID = /^[A-Za-z0-9_-]{21}[AQgw]$/

/** Whether `value` has the form that randomId writes (the last character carries 2 bits only). */
export function isId(value: unknown): value is string {
  return typeof value === 'string' && ID.test(value)
}

/** `length` decimal digits, each uniform: bytes from 250 up are drawn again, so no digit is likelier. */
export function randomDigits(length: number): string {
  if (!Number.isSafeInteger(length) || length < 1)
    throw new CuroError('invalid-input', `${length} is not a number of digits.`)
  let digits = ''
  while (digits.length < length) {
    for (const byte of randomBytes(length * 2)) {
      if (byte < 250 && digits.length < length) digits += byte % 10
    }
  }
  return digits
}
