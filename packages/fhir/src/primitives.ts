/**
 * Checks of R4 primitives that Medplum's validator leaves out or does wrongly: real calendar days, time zones,
 * 32-bit integers, base64 with line breaks or above 1 MB, narrative without scripts, halves of characters.
 * FHIR R4 datatypes.html, narrative.html.
 */

const ID = /^[A-Za-z0-9\-.]{1,64}$/
const DATE = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/
const DATE_TIME = /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d):(\d\d)(?:\.\d+)?(Z|[+-]\d\d:\d\d))?)?)?$/
const LONE_SURROGATE = /\p{Surrogate}/u
const BASE64 = /^[A-Za-z0-9+/\s]*={0,2}\s*$/
const WHITESPACE = /\s+/g
const FORBIDDEN_MARKUP =
  /<\s*(?:script|iframe|frame|object|embed|form|base|link|meta|head|body)\b|<[^<>]*\son\w+\s*=|javascript\s*:/i

/** True for '2024-02-29' and '2024-02', false for '2023-02-29' and '2024-13'. */
export function isRealDay(year: number, month = 1, day = 1): boolean {
  if (year < 1 || month < 1 || month > 12 || day < 1) return false
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  const days = month === 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31
  return day <= days
}

/** A resource's id, not an element's. */
export function idFault(id: string): string | undefined {
  return ID.test(id) ? undefined : 'An id has 1 to 64 letters, digits, hyphens and dots.'
}

function dayFault(match: RegExpMatchArray | null): string | undefined {
  if (!match)
    return 'Write the date as 2024, 2024-02, 2024-02-29 or with a time and zone as 2024-02-29T10:00:00Z.'
  const [year, month, day] = match.slice(1, 4).map((part) => (part === undefined ? undefined : Number(part)))
  return isRealDay(year ?? 0, month, day) ? undefined : 'There is no such day in the calendar.'
}

function base64Fault(text: string): string | undefined {
  if (!BASE64.test(text)) return 'This is not base64.'
  return text.replace(WHITESPACE, '').length % 4 === 0 ? undefined : 'This base64 is cut short.'
}

function narrativeFault(text: string): string | undefined {
  if (!/^\s*<div[\s>]/.test(text)) return 'A narrative is one <div>.'
  return FORBIDDEN_MARKUP.test(text)
    ? 'A narrative may not hold scripts, forms or embedded objects.'
    : undefined
}

/** What is wrong with a primitive of this FHIR type, as a sentence without the value; undefined when nothing is. */
export function primitiveFault(type: string, value: string | number | boolean): string | undefined {
  if (typeof value === 'number') {
    const isInteger = type === 'integer' || type === 'positiveInt' || type === 'unsignedInt'
    const fits = value >= -2_147_483_648 && value <= 2_147_483_647
    return isInteger && !fits ? 'An integer in FHIR has 32 bits.' : undefined
  }
  if (typeof value !== 'string') return undefined
  if (value === '') return 'A text may not be empty: leave it out.'
  switch (type) {
    case 'date':
      return dayFault(value.match(DATE))
    case 'dateTime':
    case 'instant':
      return dayFault(value.match(DATE_TIME))
    case 'base64Binary':
      return base64Fault(value)
    case 'xhtml':
      return (
        narrativeFault(value) ??
        (LONE_SURROGATE.test(value) ? 'This text holds half of a character.' : undefined)
      )
    default:
      return LONE_SURROGATE.test(value) ? 'This text holds half of a character.' : undefined
  }
}
