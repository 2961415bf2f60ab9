/** E.164, as the contract wants it. */
const COMPLETE = /^\+[1-9][0-9]{6,14}$/

/**
 * A telephone number as people type it, in E.164: spaces, dashes and brackets gone, `00` read as `+`, and the hospital's
 * country put before a number without one. null when it cannot be one.
 */
export function readContact(typed: string, callingCode: string): string | null {
  const digits = typed
    .normalize('NFKC')
    .replace(/[०-९]/g, (digit) => String(digit.charCodeAt(0) - 0x0966))
    .replace(/[\s().\-‐-―/\u200e\u200f\u202a-\u202e]/g, '')
    .replace(/^00/, '+')
  const whole = digits.startsWith('+') ? digits : `${callingCode}${digits.replace(/^0+/, '')}`
  return COMPLETE.test(whole) ? whole : null
}
