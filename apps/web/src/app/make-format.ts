const DAY_S = 86_400
/** From the largest; the first that fits is used. */
const UNITS = [
  ['year', 365 * DAY_S],
  ['month', 30 * DAY_S],
  ['week', 7 * DAY_S],
  ['day', DAY_S],
  ['hour', 3600],
  ['minute', 60],
] as const

/** An instant (RFC 3339 or Date) or a calendar day `YYYY-MM-DD`, which has no time zone. */
type When = string | Date

const IS_DAY = /^\d{4}-\d{2}-\d{2}$/

/** Dates, times and numbers as the reader's locale writes them. Partial dates of FHIR (`2024`, `2024-03`) stay partial. */
export function makeFormat(locale: string) {
  const date = (when: When, style: 'short' | 'medium' | 'long' = 'medium') => {
    if (typeof when === 'string' && /^\d{4}$/.test(when)) return when
    if (typeof when === 'string' && /^\d{4}-\d{2}$/.test(when))
      return new Intl.DateTimeFormat(locale, { year: 'numeric', month: 'long', timeZone: 'UTC' }).format(
        new Date(`${when}-01T00:00:00Z`),
      )
    const isDay = typeof when === 'string' && IS_DAY.test(when)
    const options: Intl.DateTimeFormatOptions = { dateStyle: style, ...(isDay ? { timeZone: 'UTC' } : {}) }
    return new Intl.DateTimeFormat(locale, options).format(new Date(when))
  }
  return {
    date,
    time: (when: When) => new Intl.DateTimeFormat(locale, { timeStyle: 'short' }).format(new Date(when)),
    dateTime: (when: When) =>
      new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(when)),
    number: (value: number, options?: Intl.NumberFormatOptions) =>
      new Intl.NumberFormat(locale, options).format(value),
    /** `2.4 MB` */
    bytes: (count: number) => {
      const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const
      const power = count < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(count) / 3))
      return new Intl.NumberFormat(locale, {
        style: 'unit',
        unit: units[power] ?? 'byte',
        unitDisplay: power === 0 ? 'long' : 'short',
        maximumFractionDigits: power === 0 ? 0 : 1,
      }).format(count / 1000 ** power)
    },
    /** `5 minutes ago`, `in 2 days`; `now` under a minute. */
    relative: (when: When, now: Date = new Date()) => {
      const seconds = (new Date(when).getTime() - now.getTime()) / 1000
      const rtf = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
      for (const [unit, size] of UNITS)
        if (Math.abs(seconds) >= size) return rtf.format(Math.trunc(seconds / size), unit)
      return rtf.format(0, 'second')
    },
    list: (items: readonly string[]) => new Intl.ListFormat(locale, { type: 'conjunction' }).format(items),
  }
}

export type Format = ReturnType<typeof makeFormat>
