/** A calendar day, `YYYY-MM-DD`; compares as text. */
export type Day = string

const DAY_MS = 86_400_000
/** The demo hospital is in India, which has one time zone and no summer time. */
const ZONE = '+05:30'

const epochOf = (day: Day) => Date.parse(`${day}T00:00:00Z`)
const dayAt = (epoch: number): Day => new Date(epoch).toISOString().slice(0, 10)

export const addDays = (day: Day, days: number): Day => dayAt(epochOf(day) + Math.round(days) * DAY_MS)

/** The same day of another month, or that month's last. */
export function addMonths(day: Day, months: number): Day {
  const whole = Math.trunc(months)
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  const first = new Date(Date.UTC(year, month - 1 + whole, 1))
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate()
  const at = dayAt(Date.UTC(first.getUTCFullYear(), first.getUTCMonth(), Math.min(date, last)))
  return whole === months ? at : addDays(at, (months - whole) * 30.44)
}

export const addYears = (day: Day, years: number): Day => addMonths(day, 12 * years)

export const daysBetween = (from: Day, to: Day): number => Math.round((epochOf(to) - epochOf(from)) / DAY_MS)
export const monthsBetween = (from: Day, to: Day): number => daysBetween(from, to) / 30.4375

/** Completed years. */
export function ageOn(birth: Day, day: Day): number {
  const years = Number(day.slice(0, 4)) - Number(birth.slice(0, 4))
  return day.slice(5) < birth.slice(5) ? years - 1 : years
}

/** Outpatients are not seen on Sundays. */
export function clinicDay(day: Day): Day {
  return new Date(epochOf(day)).getUTCDay() === 0 ? addDays(day, 1) : day
}

/** An instant on the hospital's clock; minutes since midnight may run into the next day. */
export function instantOf(day: Day, minutes: number): string {
  const epoch = epochOf(day) + Math.round(minutes) * 60_000
  return `${new Date(epoch).toISOString().slice(0, 19)}${ZONE}`
}

/** '7 March 2024' */
export function longDay(day: Day): string {
  const options = { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' } as const
  return new Intl.DateTimeFormat('en-IN', options).format(new Date(epochOf(day)))
}

/** A value that runs in straight lines through the given days, and stays as it is before and after them. */
export function trend(points: readonly (readonly [Day, number])[]): (day: Day) => number {
  const sorted = [...points].sort(([a], [b]) => (a < b ? -1 : 1))
  return (day) => {
    const after = sorted.findIndex(([at]) => at >= day)
    if (after <= 0) return (after === 0 ? sorted[0] : sorted.at(-1))?.[1] ?? 0
    const [[from, start], [to, end]] = [sorted[after - 1], sorted[after]] as [[Day, number], [Day, number]]
    return start + ((end - start) * daysBetween(from, day)) / Math.max(1, daysBetween(from, to))
  }
}

export function rounded(value: number, decimals: number): number {
  return Number(value.toFixed(decimals))
}
