import { addDays, type Day, longDay } from '../calendar.ts'
import type { Life } from '../life.ts'
import { type DemoPerson, fullName } from '../people/person.ts'
import { Paper } from './paper.ts'

export type Reading = { day: Day; morning: readonly [number, number]; evening: readonly [number, number] }

/** Two weeks of readings up to yesterday. mmHg. */
export function diaryReadings(life: Life): Reading[] {
  const random = life.random.fork('diary')
  const reading = () => {
    const systolic = Math.round(127 + random.noise(6))
    return [systolic, Math.round(systolic * 0.6 + random.noise(3))] as const
  }
  return Array.from({ length: 14 }, (_, index) => ({
    day: addDays(life.until, index - 14),
    morning: reading(),
    evening: reading(),
  }))
}

/** What a patient typed at home and brought along. */
export async function diaryPaper(person: DemoPerson, readings: readonly Reading[]): Promise<Uint8Array> {
  const day = readings.at(-1)?.day ?? person.birthDate
  const paper = await Paper.start({
    title: 'Blood pressure at home',
    day,
    letterhead: { hospital: fullName(person), department: 'Blood pressure at home' },
  })
  const bold = { bold: true } as const
  paper.row([
    [0, 'Day', bold],
    [180, 'Morning', bold],
    [300, 'Evening', bold],
  ])
  for (const one of readings)
    paper.row([
      [0, longDay(one.day)],
      [180, one.morning.join(' / ')],
      [300, one.evening.join(' / ')],
    ])
  return paper.finish()
}
