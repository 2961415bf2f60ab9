import { addDays, type Day } from '../calendar.ts'
import type { Life, Visit } from '../life.ts'
import { homePressure } from '../record/vitals.ts'

/**
 * Readings of blood pressure that a patient took at home, two a day, backwards from the last visit: as many as are asked
 * for. This is how a chart gets large without becoming implausible.
 */
export function homeDiary(
  life: Life,
  { readings, before, visit }: { readings: number; before: Day; visit: Visit },
): void {
  const { random } = life
  for (let number = 0; number < readings; number++) {
    const day = addDays(before, -1 - Math.floor(number / 2))
    if (!life.isWithin(day)) return
    const minutes = number % 2 === 0 ? 7 * 60 + random.integer(0, 40) : 20 * 60 + random.integer(0, 50)
    const systolic = 127 + random.noise(6) - (number % 2) * 3
    homePressure(life, visit, { day, minutes, values: [systolic, systolic * 0.6 + random.noise(3)] })
  }
}
