/** The six digits of a code as people type them, with or without gaps, in Devanagari too; null for anything else. */
export function readSixDigits(typed: string): string | null {
  const digits = typed
    .replace(/[०-९]/g, (digit) => String(digit.charCodeAt(0) - 0x0966))
    .replace(/[\s-]/g, '')
  return /^\d{6}$/.test(digits) ? digits : null
}
