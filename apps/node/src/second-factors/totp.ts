import { randomBytes } from '@curo/crypto/random'
import { Secret, TOTP } from 'otpauth'

/**
 * RFC 6238 as every authenticator app has it: SHA-1, six digits, steps of 30 seconds, a key of 160 bits (RFC 4226 §4).
 * A clock that is off by one step is forgiven.
 */
const KEY_BYTES = 20
const STEP_S = 30
const WINDOW = 1

export const makeTotpKey = (): Uint8Array => randomBytes(KEY_BYTES)

function totpOf(key: Uint8Array, names: { issuer: string; label: string }): TOTP {
  return new TOTP({
    ...names,
    ...{ algorithm: 'SHA1', digits: 6, period: STEP_S },
    secret: new Secret({ buffer: new Uint8Array(key).buffer }),
  })
}

/** What an authenticator app scans. The label is the account's masked number: the app shows it to whoever looks. */
export function totpUri(key: Uint8Array, names: { issuer: string; label: string }): string {
  return totpOf(key, names).toString()
}

/** The step whose code this is, or null: within one step of now. */
export function stepOfCode(key: Uint8Array, code: string, now: Date): number | null {
  const delta = totpOf(key, { issuer: '', label: '' }).validate({
    token: code,
    timestamp: now.getTime(),
    window: WINDOW,
  })
  return delta === null ? null : Math.floor(now.getTime() / 1000 / STEP_S) + delta
}
