import { occurredOn } from '../occurred.ts'
import type { Patient } from '../types.ts'
import { addDays, type Day } from './calendar.ts'
import type { CastMember } from './cast/cast.ts'
import { type Entry, Life } from './life.ts'
import type { DemoFile } from './papers/file.ts'
import { patientResource } from './people/person.ts'
import { homeDiary } from './stories/home-diary.ts'

export type DemoChart = {
  /** For the desk; names in every script. */
  readonly patient: Patient & { resourceType: 'Patient' }
  /** Oldest first. References name resources of this chart by type and id, and the patient by the id given. */
  readonly entries: readonly Entry[]
  readonly files: readonly DemoFile[]
}

export type ChartOptions = {
  /** Her id, to which everything refers; her key where absent. */
  patient?: string
  /** Nothing is later. */
  today: Day
  /** The same seed gives the same chart, byte for byte. */
  seed?: string
  /** Filled up to as many resources with readings taken at home. */
  atLeast?: number
}

/** Writes down somebody's life. */
export function makeChart({ person, stories }: CastMember, options: ChartOptions): DemoChart {
  const { patient = person.key, today, seed = 'curo', atLeast = 0 } = options
  const life = new Life({ person, patient, today, seed })
  for (const story of stories) story(life)
  const missing = atLeast - life.entries.length
  if (missing > 0) {
    const visit = life.visit({
      day: life.until,
      by: 'medicine',
      kind: 'followUp',
      reason: 'Blood pressure diary',
    })
    homeDiary(life, { readings: missing - 1, before: addDays(life.until, 0), visit })
  }
  const dated = life.entries.map((entry) => ({ entry, day: occurredOn(entry.resource) ?? '' }))
  // Nothing can be known of the days to come, nor of days after a death.
  const known = dated.filter(({ day }) => day <= life.until)
  known.sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0))
  return {
    patient: patientResource(person, patient),
    entries: known.map(({ entry }) => entry),
    files: life.files,
  }
}
