/** The shortest and longest beginning of a word that is indexed; a longer query uses its first ten letters. */
const SHORTEST = 2
const LONGEST = 10
const SHORTEST_DIGITS = 4

/** ITU-T E.164: 1 and 7 stand alone, these have two digits, all others three. */
const TWO_DIGIT_COUNTRIES = new Set(
  '20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 81 82 84 86 90 91 92 93 94 95 98'.split(
    ' ',
  ),
)

/**
 * Words as they are compared: lower case, Latin accents taken off; the vowel signs of Devanagari and its
 * neighbours are letters here, not accents.
 */
export function wordsOf(text: string): string[] {
  const plain = text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFC')
    .toLowerCase()
  return plain.match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
}

/** The beginnings of a word by which it is found while it is being typed. */
export function beginningsOf(word: string): string[] {
  const letters = [...word]
  const most = Math.min(letters.length, LONGEST)
  const found: string[] = []
  for (let length = Math.min(SHORTEST, most); length <= most; length++)
    found.push(letters.slice(0, length).join(''))
  return found
}

/** A telephone number is found by the beginning of its national part, and whole. */
export function phoneBeginnings(e164: string): string[] {
  const digits = e164.replace(/\D/g, '')
  const national = digits.slice(countryDigits(digits))
  const found = new Set([digits])
  for (let length = SHORTEST_DIGITS; length <= national.length; length++) found.add(national.slice(0, length))
  return [...found]
}

function countryDigits(digits: string): number {
  if (digits.startsWith('1') || digits.startsWith('7')) return 1
  return TWO_DIGIT_COUNTRIES.has(digits.slice(0, 2)) ? 2 : 3
}

/** An identifier is found by the beginning of each of its parts, and of the whole without hyphens and blanks. */
export function identifierBeginnings(value: string): string[] {
  const whole = wordsOf(value.replace(/[\s\-/.]/g, ''))
  return [...wordsOf(joinDigits(value)), ...whole].flatMap(beginningsOf)
}

const joinDigits = (text: string) => text.replace(/(?<=\d)[\s\-/.()]+(?=\d)/g, '')

/** A day as people write it: 1980-03-12, 12/03/1980. */
export function dayForms(day: string): string[] {
  const [year = '', month = '', date = ''] = day.split('-')
  return [`${year}${month}${date}`, `${date}${month}${year}`]
}

/**
 * What was typed, as sets of alternatives that must all be met: digits with blanks, hyphens or slashes between
 * them are one number, and a number with `+` may begin with a country code.
 */
export function queryWords(typed: string): string[][] {
  const alternatives: string[][] = []
  for (const part of joinDigits(typed).split(/\s+/)) {
    const digits = part.replace(/\D/g, '')
    if (/^\+[\d()-]+$/.test(part)) {
      const national = digits.slice(countryDigits(digits))
      if (national.length >= SHORTEST_DIGITS) alternatives.push([digits, national])
      continue
    }
    for (const word of wordsOf(part)) {
      const isNumber = /^\d+$/.test(word)
      if ([...word].length < SHORTEST || (isNumber && word.length < SHORTEST_DIGITS)) continue
      alternatives.push([isNumber ? word : [...word].slice(0, LONGEST).join('')])
    }
  }
  return alternatives
}
