import type { Scope } from '@curo/contract/consent'
import type { Category } from '@curo/crypto/category'
import type { Terms } from './sentence.ts'

const HOUR_MS = 3_600_000

/** How long a permission may be made to last, in hours; `asked` and `day` stand beside them. */
export const DURATIONS = [1, 24, 7 * 24, 30 * 24, 180 * 24] as const
export type Until = 'asked' | 'day' | `${(typeof DURATIONS)[number]}`

/** The form in which a patient narrows what was asked, or says what she allows of her own accord. */
export type TermsValues = {
  categories: Category[]
  /** Single records by id; kept or taken away as a whole. */
  records: string[]
  days: 'all' | 'some'
  /** `YYYY-MM-DD` or empty. */
  from: string
  to: string
  until: Until
  untilDay: string
  use: Terms['use']
}

export function valuesOf({ scope, use }: Terms): TermsValues {
  const { categories, records, from = '', to = '' } = scope
  const days = from || to ? 'some' : 'all'
  return {
    categories: [...categories],
    records: [...records],
    days,
    from,
    to,
    until: 'asked',
    untilDay: '',
    use,
  }
}

export type TermsFault = 'whatNone' | 'daysWrong' | 'untilMissing' | 'untilPast' | 'untilLate'
export type TermsFaults = Partial<Record<'categories' | 'to' | 'untilDay', TermsFault>>

/** What is wrong, by field; nothing when it can be allowed. */
export function faultsIn(values: TermsValues, { now = new Date() }: { now?: Date } = {}): TermsFaults {
  const { categories, records, days, from, to, until, untilDay } = values
  const faults: TermsFaults = {}
  if (categories.length + records.length === 0) faults.categories = 'whatNone'
  if (days === 'some' && from && to && from > to) faults.to = 'daysWrong'
  if (until === 'day') {
    const end = endOf(untilDay)
    if (end === null) faults.untilDay = 'untilMissing'
    else if (end <= now) faults.untilDay = 'untilPast'
    else if (end.getTime() - now.getTime() > 366 * 24 * HOUR_MS) faults.untilDay = 'untilLate'
  }
  return faults
}

/** The last moment of a day on this device's clock. */
function endOf(day: string): Date | null {
  const end = new Date(`${day}T23:59:59.999`)
  return /^\d{4}-\d{2}-\d{2}$/.test(day) && !Number.isNaN(end.getTime()) ? end : null
}

/** Durations that end before what was asked; all of them where nothing was. */
export function shorterThan(notAfter: string | null, now = new Date()): (typeof DURATIONS)[number][] {
  const most = notAfter === null ? Number.POSITIVE_INFINITY : new Date(notAfter).getTime() - now.getTime()
  return DURATIONS.filter((hours) => hours * HOUR_MS < most)
}

const later = (a: string | undefined, b: string | undefined) => (a && b ? (a > b ? a : b) : a || b)
const earlier = (a: string | undefined, b: string | undefined) => (a && b ? (a < b ? a : b) : a || b)

/**
 * What to sign: the form within what was asked. Nothing that was not asked for gets in, whatever the form says.
 * @param asked absent where she allows of her own accord
 */
export function termsFrom(
  values: TermsValues,
  { asked, now = new Date() }: { asked?: Terms | undefined; now?: Date } = {},
): Omit<Terms, 'purpose'> {
  const { categories, records, days, use, until, untilDay } = values
  const within = <T>(chosen: readonly T[], most: readonly T[] | undefined) =>
    most ? chosen.filter((one) => most.includes(one)) : [...chosen]
  const chosen = days === 'some' ? { from: values.from || undefined, to: values.to || undefined } : {}
  const from = later(chosen.from, asked?.scope.from)
  const to = earlier(chosen.to, asked?.scope.to)
  const scope: Scope = {
    categories: within(categories, asked?.scope.categories),
    records: within(records, asked?.scope.records),
    ...(from ? { from } : {}),
    ...(to ? { to } : {}),
  }
  const ends = [asked?.notAfter, endChosen(until, untilDay, now)].filter((end) => end !== undefined)
  return {
    scope,
    use: asked?.use === 'single' ? 'single' : use,
    notAfter: ends.sort()[0] ?? new Date(now.getTime() + 24 * HOUR_MS).toISOString(),
  }
}

function endChosen(until: Until, untilDay: string, now: Date): string | undefined {
  if (until === 'asked') return undefined
  if (until === 'day') return endOf(untilDay)?.toISOString()
  return new Date(now.getTime() + Number(until) * HOUR_MS).toISOString()
}

/** Whether less is allowed than was asked. */
export function isNarrower(terms: Omit<Terms, 'purpose'>, asked: Terms): boolean {
  const count = ({ categories, records }: Scope) => categories.length + records.length
  return (
    count(terms.scope) < count(asked.scope) ||
    terms.scope.from !== asked.scope.from ||
    terms.scope.to !== asked.scope.to ||
    terms.notAfter < asked.notAfter ||
    terms.use !== asked.use
  )
}
