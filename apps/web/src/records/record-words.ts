import type { Phrase } from '@curo/fhir/timeline'
import { type Format, useFormat } from '../app/format.ts'
import type { Language } from '../app/language.ts'
import { useWords, type Words } from '../app/words.ts'
import { fileFamily } from './files/judge-file.ts'

type Say = (key: string, values?: Record<string, string | number>) => string

/** UCUM as people write it: 'mm[Hg]' → 'mmHg', '10*3/uL' → '10³/µL'. */
export function unitWords(unit: string | undefined): string {
  if (unit === undefined || unit === '1') return ''
  const powers: Record<string, string> = { 2: '²', 3: '³', 4: '⁴', 5: '⁵', 6: '⁶', 9: '⁹', 12: '¹²' }
  return unit
    .replace('{1.73_m2}', '1.73 m²')
    .replace(/\{[^}]*\}/g, '')
    .replace(/\[([a-z]+)\]/gi, (_, inner: string) => (inner === 'degF' ? '°F' : inner))
    .replace(/^Cel$/, '°C')
    .replace(/10[*^](\d+)/, (_, power: string) => `10${powers[power] ?? `^${power}`}`)
    .replace(/\bu(?=[A-Za-z])/g, 'µ')
    .replace(/m2$/, 'm²')
}

/** '7.2 %' with the gap that each unit wants. */
export function withUnit(value: string, unit: string | undefined): string {
  const words = unitWords(unit)
  if (words === '') return value
  return words === '%' || words.startsWith('/')
    ? `${value}${words === '%' ? ' %' : ` ${words}`}`
    : `${value} ${words}`
}

/** Routes as FHIR's senders write them (SNOMED CT displays), to be said in the reader's words. */
const ROUTES: readonly (readonly [RegExp, string])[] = [
  [/oral|mouth|per os/i, 'oral'],
  [/sublingual/i, 'sublingual'],
  [/inhal|respiratory/i, 'inhaled'],
  [/nasal/i, 'nasal'],
  [/ophthalmic|eye|ocular/i, 'eye'],
  [/otic|ear\b/i, 'ear'],
  [/topical|cutaneous route|skin/i, 'skin'],
  [/rectal/i, 'rectal'],
  [/vaginal/i, 'vaginal'],
  [/intramuscular/i, 'intramuscular'],
  [/intravenous/i, 'intravenous'],
  [/subcutaneous/i, 'subcutaneous'],
  [/transdermal/i, 'transdermal'],
]

/** Which weekday a FHIR day is: 4 January 2021 was a Monday. */
const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']

/** The words of records in the language in force, with what turns keys and values of `@curo/fhir` into them. */
export type RecordWords = Words<'records'> & {
  readonly format: Format
  /** A phrase of a timeline line or a dosage. */
  readonly phrase: (phrase: Phrase) => string
  /** Phrases in a row: '1 tablet, twice a day, after food'. */
  readonly line: (phrases: readonly Phrase[]) => string
  /** The name of a measurement in the reader's language, else as the record calls it. */
  readonly measurement: (key: string | undefined, title: string) => string
  /** A FHIR status, else its own word. */
  readonly status: (status: string) => string
  readonly fileKind: (contentType: string) => string
  /** A sentence by a key that is only known at run time; the key itself where there is none. */
  readonly sayOr: (key: string, otherwise: string, values?: Record<string, string | number>) => string
}

/** One for each language: a list of a thousand lines asks for it a thousand times. */
const known = new Map<Language, RecordWords>()

export function useRecordWords(): RecordWords {
  const words = useWords('records')
  const format = useFormat()
  let made = known.get(words.language)
  if (!made) {
    made = makeRecordWords(words, remembering(format))
    known.set(words.language, made)
  }
  return made
}

const MOST_DATES = 5000

/** Dates already written: Intl takes longer for one than React for its line. */
function remembering(format: Format): Format {
  const written = new Map<string, string>()
  return {
    ...format,
    date: (when, style) => {
      const key = `${style ?? ''} ${typeof when === 'string' ? when : when.getTime()}`
      let text = written.get(key)
      if (text === undefined) {
        if (written.size > MOST_DATES) written.clear()
        text = format.date(when, style)
        written.set(key, text)
      }
      return text
    },
  }
}

function makeRecordWords(words: Words<'records'>, format: Format): RecordWords {
  const { t, locale } = words
  const say = t as unknown as Say
  const sayOr: RecordWords['sayOr'] = (key, otherwise, values) => {
    try {
      return say(key, values)
    } catch {
      return otherwise
    }
  }
  const status = (one: string) => sayOr(`statuses.${one}`, one.replaceAll('-', ' '))
  const event = (one: string | number | undefined) => sayOr(`events.${one}`, String(one ?? ''))
  const every = (period: number, unit: string) =>
    sayOr(`phrases.every.${unit}`, `${period} ${unit}`, { count: period })
  let weekday: Intl.DateTimeFormat | undefined
  const day = (name: string) => {
    weekday ??= new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' })
    return weekday.format(Date.UTC(2021, 0, 4 + Math.max(0, WEEKDAYS.indexOf(name))))
  }

  const phrase = ({ key, values = {} }: Phrase): string => {
    const { count, period, unit } = values
    switch (key) {
      case 'times-per-day':
        if (count === 1) return say('phrases.once-a-day')
        return count === 2 ? say('phrases.twice-a-day') : say('phrases.times-a-day', { times: count ?? '' })
      case 'times-per':
        return say('phrases.times-per', { times: count ?? '', every: every(Number(period), String(unit)) })
      case 'every':
        return every(Number(period), String(unit))
      case 'for-duration':
        return sayOr(
          `phrases.for.${unit}`,
          say('phrases.for-other', { value: values.value ?? '', unit: unit ?? '' }),
          {
            count: Number(values.value),
          },
        )
      case 'when':
        return event(values.event)
      case 'before-event':
        return say('phrases.before-event', { minutes: values.minutes ?? '', event: event(values.event) })
      case 'on-days':
        return say('phrases.on-days', { days: format.list(String(values.days).split(' ').map(day)) })
      case 'route': {
        const known = ROUTES.find(([pattern]) => pattern.test(String(values.route)))?.[1]
        return known ? say(`routes.${known}`) : String(values.route)
      }
      case 'until':
        return say('phrases.until', { date: format.date(String(values.date)) })
      case 'in-all':
        return say('phrases.in-all', { times: count ?? '' })
      case 'criticality':
        return values.criticality === 'high' ? say('phrases.dangerous') : status(String(values.criticality))
      case 'status':
        return status(String(values.status))
      case 'file':
        return say(`fileKinds.${fileFamily(String(values.type))}`)
      case 'dose':
        return /^\d+$/.test(String(values.amount)) ? `${values.amount} ×` : String(values.amount)
      default:
        return sayOr(
          `phrases.${key}`,
          Object.values(values).join(' '),
          values as Record<string, string | number>,
        )
    }
  }
  return {
    ...words,
    format,
    phrase,
    line: (phrases) => phrases.map(phrase).filter(Boolean).join(', '),
    measurement: (key, title) => (key === undefined ? title : sayOr(`measurements.${key}`, title)),
    status,
    fileKind: (contentType) => say(`fileKinds.${fileFamily(contentType)}`),
    sayOr,
  }
}
