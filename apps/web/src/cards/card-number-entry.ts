import { isCardNumber } from '@curo/crypto/card-number'

export const CARD_DIGITS = 16

/** Where the entry of a card number stands; a word of `number` each, save 'empty'. */
export type NumberCheck =
  | { state: 'empty' }
  | { state: 'missing'; count: number }
  | { state: 'tooLong'; count: number }
  | { state: 'notCuro' }
  | { state: 'wrong' }
  | { state: 'right' }

/** The digits of what was typed or pasted, of any script, without spaces and dashes: '८१२३ 4567' is '81234567'. */
export function readDigits(typed: string): string {
  return [...typed.normalize('NFKC')].map(digitOf).join('')
}

function digitOf(char: string): string {
  if (/[0-9]/.test(char)) return char
  if (!/\p{Nd}/u.test(char)) return ''
  // Unicode gives the ten digits of every script consecutive places that begin with its zero.
  let zero = char.codePointAt(0) ?? 0
  let value = 0
  while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) {
    zero--
    value++
  }
  return String(value)
}

/** Checks while it is being typed: says as early as possible that it cannot become a card's number. */
export function checkCardNumber(digits: string): NumberCheck {
  if (digits === '') return { state: 'empty' }
  if (!digits.startsWith('8')) return { state: 'notCuro' }
  if (digits.length < CARD_DIGITS) return { state: 'missing', count: CARD_DIGITS - digits.length }
  if (digits.length > CARD_DIGITS) return { state: 'tooLong', count: digits.length }
  return { state: isCardNumber(digits) ? 'right' : 'wrong' }
}

/** Where the caret belongs in the grouped number, behind as many digits as before. */
export function caretAfter(grouped: string, digitsBefore: number): number {
  let seen = 0
  for (let i = 0; i < grouped.length; i++) {
    if (seen === digitsBefore) return i
    if (grouped[i] !== ' ') seen++
  }
  return grouped.length
}
