import { addDays, addMonths, clinicDay, type Day, monthsBetween } from '../calendar.ts'
import type { Life, Visit } from '../life.ts'
import type { DoctorKey } from '../people/staff.ts'
import { type Note, writeNote } from '../record/notes.ts'
import { measure, measureBody, measurePressure } from '../record/vitals.ts'

/** What a story of many years is told of: years until now, cm, and kg at the end. */
export type OverYears = { years: number; height: number; weight: number }
/** The same of an event that long ago, and of what came after it. */
export type SinceEvent = { yearsAgo: number; height: number; weight: number }

/**
 * Something that is looked at again and again: at the first visit, or the first from a day on, then every so many months.
 */
export type Check = { from?: Day; to?: Day; everyMonths: number; run(visit: Visit): void }

export type LongTermCare = {
  from: Day
  to?: Day
  everyMonths: number
  by: DoctorKey
  reason: string
  /** cm; a child's on a day. */
  height: number | ((day: Day) => number)
  /** kg on a day, before the day's own ups and downs. */
  weight: (day: Day) => number
  /** mmHg on a day. */
  pressure: (day: Day) => readonly [systolic: number, diastolic: number]
  pulse?: number
  checks?: readonly Check[]
  note?: (visit: Visit, index: number) => Note | undefined
}

/** Regular visits over years: what the nurse measures at each, tests at their own pace, a note. Gives the visits. */
export function careOverYears(life: Life, care: LongTermCare): Visit[] {
  const { random } = life
  const visits: Visit[] = []
  const to = care.to !== undefined && care.to < life.until ? care.to : life.until
  for (let number = 0; ; number++) {
    const planned = addDays(
      addMonths(care.from, number * care.everyMonths),
      number === 0 ? 0 : random.integer(-6, 9),
    )
    const day = clinicDay(planned)
    if (day > to) break
    const kind = number === 0 ? 'problem' : 'followUp'
    visits.push(life.visit({ day, by: care.by, kind, reason: care.reason }))
  }
  const last = new Map<Check, Day>()
  for (const [index, visit] of visits.entries()) {
    const [systolic, diastolic] = care.pressure(visit.day)
    measurePressure(life, visit, [systolic + random.noise(5), diastolic + random.noise(3.5)])
    if (index % 2 === 0) measure(life, visit, { pulse: (care.pulse ?? 76) + random.noise(5) })
    const weight = care.weight(visit.day) + random.noise(0.4)
    if (index % 4 === 0) measureBody(life, visit, { weight, height: heightOn(care, visit.day) })
    else measure(life, visit, { weight })
    for (const check of care.checks ?? []) {
      const before = last.get(check)
      const isDue = before === undefined || monthsBetween(before, visit.day) > check.everyMonths - 0.7
      const isWithin = visit.day >= (check.from ?? care.from) && visit.day <= (check.to ?? to)
      if (!isWithin || !isDue) continue
      last.set(check, visit.day)
      check.run(visit)
    }
    const note = care.note?.(visit, index)
    if (note) writeNote(life, visit, note)
  }
  return visits
}

const heightOn = ({ height }: LongTermCare, day: Day) => (typeof height === 'number' ? height : height(day))

/** The first of the visits on or after a day, or the last there is. */
export function visitFrom(visits: readonly Visit[], day: Day): Visit {
  return (visits.find((visit) => visit.day >= day) ?? visits.at(-1)) as Visit
}
