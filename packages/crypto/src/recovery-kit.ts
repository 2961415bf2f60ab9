import { type Bytes, utf8Bytes } from './bytes.ts'
import { CuroError } from './errors.ts'
import { hkdfSha256, sha256 } from './hash.ts'
import { randomBytes } from './random.ts'
import { unwrapSecret, type WrappedKey, wrapSecret } from './wrap.ts'

/**
 * The printed code: 26 random symbols of Crockford's base32 (130 bits, so it needs no stretching) and 2 checksum
 * symbols, in seven groups of four.
 */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const DATA_SYMBOLS = 26
const CHECK_SYMBOLS = 2
const GROUP = 4
const CONTEXT = 'account root by recovery kit'

function symbolsOf(bytes: Uint8Array, count: number): string {
  return Array.from(bytes.subarray(0, count), (byte) => ALPHABET[byte % 32]).join('')
}

function checksumOf(data: string): string {
  return symbolsOf(sha256(utf8Bytes(`curo/v1/recovery-check\0${data}`)), CHECK_SYMBOLS)
}

/** A fresh code as it is printed: XXXX-XXXX-XXXX-XXXX-XXXX-XXXX-XXXX. */
export function makeRecoveryCode(): string {
  const data = symbolsOf(randomBytes(DATA_SYMBOLS), DATA_SYMBOLS) // 256 is a multiple of 32: uniform
  return ((data + checksumOf(data)).match(/.{4}/g) ?? []).join('-')
}

/**
 * Reads a code as people type it: any case, spaces and dashes, O for 0, I or L for 1. Gives its printed form; throws
 * 'malformed' with what to look at.
 */
export function parseRecoveryCode(text: string): string {
  const symbols = text
    .toUpperCase()
    .replace(/[\s\p{Pd}_.]/gu, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1')
  const length = DATA_SYMBOLS + CHECK_SYMBOLS
  const stranger = [...symbols].find((symbol) => !ALPHABET.includes(symbol))
  if (stranger !== undefined)
    throw new CuroError(
      'malformed',
      `The character ${stranger} is never in a recovery code. Look at the printed code again.`,
    )
  if (symbols.length !== length)
    throw new CuroError(
      'malformed',
      `A recovery code has ${length} characters in groups of ${GROUP}; ${symbols.length} were typed.`,
    )
  const data = symbols.slice(0, DATA_SYMBOLS)
  if (checksumOf(data) !== symbols.slice(DATA_SYMBOLS))
    throw new CuroError(
      'malformed',
      'There is a typing mistake in the recovery code. Compare it group by group.',
    )
  return (symbols.match(/.{4}/g) ?? []).join('-')
}

/** The wrapping key (32 bytes) of a code, typed in any tolerated way. */
export function deriveRecoveryKey(code: string): Bytes {
  const ikm = utf8Bytes(parseRecoveryCode(code).replaceAll('-', '').slice(0, DATA_SYMBOLS))
  return hkdfSha256({ ikm, salt: new Uint8Array(0), info: utf8Bytes('curo/v1/recovery-kit'), length: 32 })
}

/**
 * Shows that one holds the code without showing the code (32 bytes): HKDF(code, "curo/v1/recovery-proof"). A server that
 * keeps only `recoveryVerifierOf` it sends no message to a telephone for anybody who merely knows the number.
 */
export function deriveRecoveryProof(code: string): Bytes {
  const ikm = utf8Bytes(parseRecoveryCode(code).replaceAll('-', '').slice(0, DATA_SYMBOLS))
  return hkdfSha256({ ikm, salt: new Uint8Array(0), info: utf8Bytes('curo/v1/recovery-proof'), length: 32 })
}

/** What is kept to check a proof by: its SHA-256. The code has 130 bits, so there is nothing to guess. */
export function recoveryVerifierOf(proof: Uint8Array): Bytes {
  return sha256(proof)
}

/** The account root wrapped by a code: what the server keeps beside the account. */
export function wrapByRecoveryCode({ code, root }: { code: string; root: Uint8Array }): Promise<WrappedKey> {
  return wrapSecret({ wrappingKey: deriveRecoveryKey(code), secret: root, context: CONTEXT })
}

export type RecoveryOptions = { code: string; wrapped: Uint8Array }

/** Throws 'malformed' (typing mistake), 'wrong-key' (an older or foreign kit), 'truncated' or 'tampered'. */
export function unwrapByRecoveryCode({ code, wrapped }: RecoveryOptions): Promise<Bytes> {
  return unwrapSecret({ wrappingKey: deriveRecoveryKey(code), wrapped, context: CONTEXT })
}
