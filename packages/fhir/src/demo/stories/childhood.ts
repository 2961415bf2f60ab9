import { addDays, addMonths, clinicDay, type Day, monthsBetween } from '../calendar.ts'
import { type Growth, makeGrowth } from '../growth.ts'
import type { Life, Story } from '../life.ts'
import { writeNote } from '../record/notes.ts'
import { prescribe } from '../record/prescriptions.ts'
import { type Vaccine, vaccinate } from '../record/vaccines.ts'
import { measure, measureBody } from '../record/vitals.ts'

/** India's Universal Immunization Programme with what paediatricians add: age in weeks or months, vaccine, dose of so many. */
type Due = readonly [age: number, unit: 'w' | 'm' | 'y', vaccine: Vaccine, dose: number, of?: number]
const SCHEDULE: readonly Due[] = [
  [0, 'w', 'bcg', 1, 1],
  [0, 'w', 'oralPolio', 1],
  [0, 'w', 'hepatitisB', 1, 1],
  [6, 'w', 'pentavalent', 1, 3],
  [6, 'w', 'oralPolio', 2],
  [6, 'w', 'rotavirus', 1, 3],
  [6, 'w', 'polio', 1, 3],
  [6, 'w', 'pneumococcal', 1, 3],
  [10, 'w', 'pentavalent', 2, 3],
  [10, 'w', 'oralPolio', 3],
  [10, 'w', 'rotavirus', 2, 3],
  [14, 'w', 'pentavalent', 3, 3],
  [14, 'w', 'oralPolio', 4],
  [14, 'w', 'rotavirus', 3, 3],
  [14, 'w', 'polio', 2, 3],
  [14, 'w', 'pneumococcal', 2, 3],
  [7, 'm', 'typhoid', 1, 1],
  [9, 'm', 'measlesRubella', 1, 2],
  [9, 'm', 'polio', 3, 3],
  [9, 'm', 'pneumococcal', 3, 3],
  [9, 'm', 'encephalitis', 1, 2],
  [12, 'm', 'hepatitisA', 1, 2],
  [15, 'm', 'varicella', 1, 2],
  [17, 'm', 'measlesRubella', 2, 2],
  [17, 'm', 'dptBooster', 1, 2],
  [17, 'm', 'oralPolio', 5],
  [17, 'm', 'encephalitis', 2, 2],
  [18, 'm', 'hepatitisA', 2, 2],
  [5, 'y', 'dptBooster', 2, 2],
  [5, 'y', 'varicella', 2, 2],
  [10, 'y', 'td', 1, 2],
  [16, 'y', 'td', 2, 2],
]

const OLD_POLIO_UNTIL: Day = '2016-04-25'
/** When a vaccine came into the programme: before, nobody got it. */
const SINCE: Partial<Record<Vaccine, Day>> = {
  pentavalent: '2011-12-01',
  rotavirus: '2016-03-01',
  polio: '2015-11-01',
  pneumococcal: '2017-05-01',
  measlesRubella: '2017-02-01',
  encephalitis: '2013-01-01',
  typhoid: '2018-03-01',
  td: '2019-01-01',
}

function dueDay(birth: Day, [age, unit]: Due): Day {
  if (unit === 'w') return addDays(birth, age * 7)
  return addMonths(birth, unit === 'm' ? age : age * 12)
}

export type Childhood = { tall?: number; heavy?: number; isGirlWithHpv?: boolean }

/** Check-ups with growth and vaccines from birth on, as dense as a child of that age is seen. */
export function childhood({ tall = 0, heavy = 0, isGirlWithHpv = false }: Childhood = {}): Story {
  return (life) => {
    const growth = growthOf(life, { tall, heavy })
    const { birth, random } = life
    const due = SCHEDULE.filter((one) => dueDay(birth, one) >= (SINCE[one[2]] ?? birth))
    const days = new Map<Day, Due[]>()
    for (const one of due) {
      const planned = dueDay(birth, one)
      const key = one[0] === 0 ? birth : planned
      days.set(key, [...(days.get(key) ?? []), one])
    }
    const more = [1, 6, 24, 30, 36, 48, 60, 72, 84, 96, 108, 120, 132, 144, 156, 168, 180, 192, 204]
    for (const months of more) if (!days.has(addMonths(birth, months))) days.set(addMonths(birth, months), [])
    for (const [planned, vaccines] of [...days].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const day = planned === birth ? birth : clinicDay(addDays(planned, random.integer(0, 6)))
      if (!life.isWithin(day)) continue
      const visit = life.visit({
        day,
        by: 'paediatrics',
        kind: 'checkUp',
        reason: day === birth ? 'First examination' : 'Growth and vaccination',
      })
      measureChild(life, visit, growth(day))
      for (const [, , vaccine, number, of] of vaccines) {
        const given = vaccine === 'oralPolio' && day < OLD_POLIO_UNTIL ? 'oralPolioOld' : vaccine
        vaccinate(life, visit, given, { number, ...(of !== undefined && { of }) })
      }
      if (monthsBetween(birth, day) > 11) writeNote(life, visit, milestoneNote(monthsBetween(birth, day)))
      if (vaccines.some(([age, unit]) => age === 6 && unit === 'w'))
        prescribe(life, visit, 'vitaminDDrops', {
          rhythm: 'daily',
          days: 322,
          note: 'until the first birthday',
        })
    }
    if (isGirlWithHpv)
      for (const [index, months] of [120, 126].entries()) {
        const day = clinicDay(addMonths(birth, months))
        if (life.isWithin(day))
          vaccinate(life, { day, minutes: 600, by: 'paediatrics' }, 'hpv', { number: index + 1, of: 2 })
      }
  }
}

export function growthOf(life: Life, given: { tall: number; heavy: number }): (day: Day) => Growth {
  return makeGrowth({ birth: life.birth, sex: life.person.sex, ...given }, life.random.fork('growth'))
}

/** A child's weight on a day, by her curve, to dose by. */
export function weightOf(life: Life, day: Day): number {
  return growthOf(life, { tall: 0, heavy: 0 })(day).weight
}

function measureChild(
  life: Life,
  visit: Parameters<typeof measure>[1],
  { height, weight, head }: Growth,
): void {
  const months = monthsBetween(life.birth, visit.day)
  if (months >= 24) measureBody(life, visit, { weight, height })
  else measure(life, visit, { weight, height, head })
}

/** What is looked for at that age. */
function milestoneNote(months: number): { complaint: string; findings: string; plan: string } {
  const findings =
    months < 16
      ? 'Stands with support, says two words, points at what she or he wants.'
      : months < 22
        ? 'Walks alone, scribbles, ten words.'
        : months < 33
          ? 'Runs, two-word sentences, builds a tower of six.'
          : months < 50
            ? 'Pedals a tricycle, draws a circle, speaks so that strangers understand.'
            : months < 130
              ? 'Doing well at school. Teeth cared for; sees and hears well.'
              : 'Doing well at school. Puberty in progress, spine straight.'
  return {
    complaint: 'Routine check-up, no complaints.',
    findings,
    plan: 'Grows along the curve. Next check-up as in the vaccination card.',
  }
}
