import type { Bytes } from './bytes.ts'

/** The two alphabets of RFC 4648 §4 and §5, which differ in their last two characters. */
const COMMON = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
export type Base64Alphabet = 'base64' | 'base64url'

/** What each character up to U+007F stands for; 64 for those that stand for nothing. */
function valuesOf(alphabet: string): Uint8Array {
  const values = new Uint8Array(128).fill(64)
  for (let value = 0; value < 64; value++) values[alphabet.charCodeAt(value)] = value
  return values
}
const VALUES = { base64: valuesOf(`${COMMON}+/`), base64url: valuesOf(`${COMMON}-_`) }

/**
 * The bytes of base64 text without padding; undefined where it is not the one text of any bytes. In plain JavaScript
 * this takes a fifth of the time of `atob` and a comparison with `btoa`.
 */
export function decodeBase64(text: string, alphabet: Base64Alphabet): Bytes | undefined {
  const values = VALUES[alphabet]
  const valueAt = (at: number) => {
    const code = text.charCodeAt(at)
    return code < 128 ? (values[code] as number) : 64
  }
  const left = text.length % 4
  if (left === 1) return undefined
  const bytes = new Uint8Array((text.length * 3) >> 2)
  let strange = 0
  let at = 0
  let to = 0
  for (; at + 4 <= text.length; at += 4) {
    const a = valueAt(at)
    const b = valueAt(at + 1)
    const c = valueAt(at + 2)
    const d = valueAt(at + 3)
    strange |= a | b | c | d
    bytes[to++] = (a << 2) | (b >> 4)
    bytes[to++] = (b << 4) | (c >> 2)
    bytes[to++] = (c << 6) | d
  }
  if (left > 0) {
    const a = valueAt(at)
    const b = valueAt(at + 1)
    const c = left === 3 ? valueAt(at + 2) : 0
    strange |= a | b | c
    bytes[to++] = (a << 2) | (b >> 4)
    if (left === 3) bytes[to++] = (b << 4) | (c >> 2)
    // Bits that belong to no byte must be zero, or two texts would mean the same.
    if ((left === 2 ? b & 15 : c & 3) !== 0) return undefined
  }
  return (strange & 64) === 0 ? bytes : undefined
}

const BASE64URL = /^[A-Za-z0-9_-]*$/
/** Last characters whose unused bits are zero, by the characters beyond the last whole group. */
const LAST: Record<number, RegExp> = { 2: /[AQgw]$/, 3: /[AEIMQUYcgkosw048]$/ }

/** Whether a value is the base64url text, without padding, of so many bytes; decodes nothing. */
export function isBase64UrlOf(length: number): (value: unknown) => value is string {
  const characters = Math.ceil((length * 4) / 3)
  const last = LAST[characters % 4]
  return (value): value is string =>
    typeof value === 'string' &&
    value.length === characters &&
    BASE64URL.test(value) &&
    (last === undefined || last.test(value))
}
