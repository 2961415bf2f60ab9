import { addDays, addYears, type Day } from '../calendar.ts'
import type { Story } from '../life.ts'
import type { DemoPerson } from '../people/person.ts'

/** A birth day, or the age that the story needs. */
export type Born = Day | { days: number } | { age: number; on: string }

/** Somebody of the cast as she is written down: days that depend on today are told by her age. */
export type Part = Omit<DemoPerson, 'birthDate' | 'phone'> & {
  readonly born: Born
  readonly stories: readonly Story[]
  readonly hasApp?: boolean
  /** The last digits of an invented number. */
  readonly number: string
  readonly diedDaysAgo?: number
}

/** Keeps somebody at the age her story needs, whenever the demo is made. */
export function birthOf(born: Born, today: Day): Day {
  if (typeof born === 'string') return born
  if ('days' in born) return addDays(today, -born.days)
  const thisYear = `${today.slice(0, 4)}-${born.on}`
  return addYears(thisYear, -born.age - (thisYear > today ? 1 : 0))
}
