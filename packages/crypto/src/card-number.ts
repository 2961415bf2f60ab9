import { randomDigits } from './random.ts'

/** ISO/IEC 7812: 8 stands for healthcare, so no card number is also a bank card's. */
const INDUSTRY = '8'

/** The digit that makes the whole number pass Luhn's test (ISO/IEC 7812-1 annex B). */
function luhnDigit(payload: string): string {
  let sum = 0
  for (const [i, digit] of [...payload].reverse().entries()) {
    const weighted = Number(digit) * (i % 2 === 0 ? 2 : 1)
    sum += weighted > 9 ? weighted - 9 : weighted
  }
  return String((10 - (sum % 10)) % 10)
}

/** 16 random digits, the first one 8, the last one Luhn's. Uniqueness is the registry's to enforce. */
export function makeCardNumber(): string {
  const payload = INDUSTRY + randomDigits(14)
  return payload + luhnDigit(payload)
}

/** Whether `text` is 16 digits that pass Luhn's test, written without spaces. */
export function isCardNumber(text: unknown): text is string {
  return typeof text === 'string' && /^\d{16}$/.test(text) && luhnDigit(text.slice(0, 15)) === text[15]
}

/** In groups of four, as printed. */
export function formatCardNumber(cardNumber: string): string {
  return (cardNumber.match(/.{1,4}/g) ?? []).join(' ')
}
