import { attempt } from './attempt.ts'
import { type Phrase, phrase } from './chart/phrase.ts'
import { codingsOf } from './concepts.ts'
import { dayOf } from './occurred.ts'
import type { Dosage, Quantity, Timing } from './types.ts'
import { numberWords } from './values.ts'
import { conceptWords, firstWords, oneLine } from './words.ts'

/** How a medicine is taken, as one reads it aloud: 'dose 1 tablet', 'twice a day', 'after food', 'for 5 days'. */
export interface DosageWords {
  /** As the prescriber wrote it, where there is such a text. */
  readonly text?: string
  /** In the order of reading; keys are listed at `DOSAGE_KEYS`. */
  readonly phrases: readonly Phrase[]
}

/** Every key that `dosageOf` returns; values in braces. */
export const DOSAGE_KEYS = {
  dose: '{amount}',
  'dose-range': '{low} {high}',
  once: '',
  'times-per-day': '{count}',
  'times-per': '{count} {period} {unit}',
  every: '{period} {unit}',
  'as-needed': '',
  'as-needed-for': '{reason}',
  when: '{event}, an event of R4 event-timing in small letters',
  'before-event': '{minutes} {event}',
  'at-times': '{times}',
  'on-days': '{days}: mon, tue …, separated by blanks',
  route: '{route}',
  'for-duration': '{value} {unit}',
  until: '{date}',
  'in-all': '{count}',
  'at-most': '{amount}',
  instruction: '{text}',
} as const

/** v3-GTSAbbreviation, and how India's prescriptions say it. */
const ABBREVIATIONS: Readonly<Record<string, Phrase>> = {
  QD: phrase('times-per-day', { count: 1 }),
  OD: phrase('times-per-day', { count: 1 }),
  BID: phrase('times-per-day', { count: 2 }),
  BD: phrase('times-per-day', { count: 2 }),
  TID: phrase('times-per-day', { count: 3 }),
  TDS: phrase('times-per-day', { count: 3 }),
  QID: phrase('times-per-day', { count: 4 }),
  QOD: phrase('every', { period: 2, unit: 'd' }),
  AM: phrase('when', { event: 'morn' }),
  PM: phrase('when', { event: 'aft' }),
  HS: phrase('when', { event: 'hs' }),
  BED: phrase('when', { event: 'hs' }),
  STAT: phrase('once'),
  SOS: phrase('as-needed'),
  PRN: phrase('as-needed'),
  Q4H: phrase('every', { period: 4, unit: 'h' }),
  Q6H: phrase('every', { period: 6, unit: 'h' }),
  Q8H: phrase('every', { period: 8, unit: 'h' }),
  Q12H: phrase('every', { period: 12, unit: 'h' }),
  WK: phrase('times-per', { count: 1, period: 1, unit: 'wk' }),
  MO: phrase('times-per', { count: 1, period: 1, unit: 'mo' }),
}

function amountWords(quantity: Quantity | undefined): string | undefined {
  if (typeof quantity?.value !== 'number') return undefined
  const unit = oneLine(quantity.unit ?? quantity.code, 30)?.replace(/^[{(](.*)[})]$/, '$1')
  return unit === undefined || unit === '1'
    ? numberWords(quantity.value)
    : `${numberWords(quantity.value)} ${unit}`
}

function dosePhrases(dosage: Dosage): Phrase[] {
  const [dose] = Array.isArray(dosage.doseAndRate) ? dosage.doseAndRate : []
  const amount = amountWords(dose?.doseQuantity)
  if (amount !== undefined) return [phrase('dose', { amount })]
  const { low, high } = dose?.doseRange ?? {}
  const [least, most] = [amountWords(low), amountWords(high)]
  if (least !== undefined && most !== undefined) return [phrase('dose-range', { low: least, high: most })]
  const rate = amountWords(dose?.rateQuantity)
  return rate === undefined ? [] : [phrase('dose', { amount: rate })]
}

type Repeat = NonNullable<Timing['repeat']>

function frequencyPhrase(repeat: Repeat): Phrase | undefined {
  const { frequency, frequencyMax, period, periodUnit, count } = repeat
  const times = frequencyMax ?? frequency
  if (times === undefined && period === undefined) return count === 1 ? phrase('once') : undefined
  const [n, p, unit] = [times ?? 1, period ?? 1, periodUnit ?? 'd']
  if (typeof n !== 'number' || typeof p !== 'number') return undefined
  if (p === 1 && unit === 'd') return phrase('times-per-day', { count: n })
  return n === 1 ? phrase('every', { period: p, unit }) : phrase('times-per', { count: n, period: p, unit })
}

const words = (list: unknown): string[] =>
  Array.isArray(list) ? list.filter((item): item is string => typeof item === 'string') : []

function timingPhrases(timing: Timing | undefined): Phrase[] {
  const code = codingsOf(timing?.code).map((coding) => (coding.code ?? '').toUpperCase())
  const known = code.find((one) => Object.hasOwn(ABBREVIATIONS, one))
  const repeat = timing?.repeat
  const frequency =
    (repeat && frequencyPhrase(repeat)) ?? (known === undefined ? undefined : ABBREVIATIONS[known])
  const phrases: Phrase[] = frequency ? [frequency] : []
  const other = frequency ? undefined : conceptWords(timing?.code)
  if (other !== undefined) phrases.push(phrase('instruction', { text: other }))
  for (const event of words(repeat?.when)) {
    const isOffset = typeof repeat?.offset === 'number' && repeat.offset > 0
    phrases.push(
      isOffset
        ? phrase('before-event', { minutes: repeat.offset as number, event: event.toLowerCase() })
        : phrase('when', { event: event.toLowerCase().replaceAll('.', '-') }),
    )
  }
  const days = words(repeat?.dayOfWeek)
  if (days.length > 0) phrases.push(phrase('on-days', { days: days.join(' ') }))
  const times = words(repeat?.timeOfDay).map((time) => time.slice(0, 5))
  if (times.length > 0) phrases.push(phrase('at-times', { times: times.join(', ') }))
  return phrases
}

function boundsPhrase(repeat: Repeat | undefined): Phrase | undefined {
  const { boundsDuration: duration, boundsPeriod, boundsRange, count } = repeat ?? {}
  const length = duration ?? boundsRange?.high
  const unit = oneLine(length?.code ?? length?.unit, 10)
  if (typeof length?.value === 'number' && unit !== undefined)
    return phrase('for-duration', { value: length.value, unit })
  const end = dayOf(boundsPeriod?.end)
  if (end !== undefined) return phrase('until', { date: end })
  return typeof count === 'number' && count > 1 ? phrase('in-all', { count }) : undefined
}

function needPhrase(dosage: Dosage): Phrase | undefined {
  const reason = conceptWords(dosage.asNeededCodeableConcept)
  if (reason !== undefined) return phrase('as-needed-for', { reason })
  return dosage.asNeededBoolean === true ? phrase('as-needed') : undefined
}

function ratioWords(dosage: Dosage): string | undefined {
  const { numerator, denominator } = dosage.maxDosePerPeriod ?? {}
  const [most, per] = [amountWords(numerator), amountWords(denominator)]
  return most === undefined
    ? amountWords(dosage.maxDosePerAdministration)
    : [most, per].filter(Boolean).join(' / ')
}

function phrasesOf(dosage: Dosage): Phrase[] {
  const { timing } = dosage
  const need = needPhrase(dosage)
  const isNeed = (one: Phrase) => one.key === 'as-needed'
  const timed = timingPhrases(timing).filter((one) => !(need && isNeed(one)))
  const bounds = boundsPhrase(timing?.repeat)
  const route = conceptWords(dosage.route)
  const most = ratioWords(dosage)
  const instruction = oneLine(dosage.patientInstruction, 200) ?? firstWords(dosage.additionalInstruction)
  return [
    ...dosePhrases(dosage),
    ...timed,
    ...(need ? [need] : []),
    ...(route === undefined ? [] : [phrase('route', { route })]),
    ...(bounds ? [bounds] : []),
    ...(most === undefined ? [] : [phrase('at-most', { amount: most })]),
    ...(instruction === undefined ? [] : [phrase('instruction', { text: instruction })]),
  ]
}

/** Reads a dosage instruction; undefined where it says nothing. Never throws. */
export function dosageOf(dosage: Dosage | undefined): DosageWords | undefined {
  if (typeof dosage !== 'object' || dosage === null) return undefined
  const text = oneLine(dosage.text, 200)
  const phrases = attempt(() => phrasesOf(dosage)) ?? []
  if (text === undefined && phrases.length === 0) return undefined
  return { ...(text !== undefined && { text }), phrases }
}
