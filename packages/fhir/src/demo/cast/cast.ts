import { addDays, type Day } from '../calendar.ts'
import type { Story } from '../life.ts'
import type { DemoPerson } from '../people/person.ts'
import { ADULTS } from './adults.ts'
import { CHILDREN } from './children.ts'
import { ELDERS } from './elders.ts'
import { MAIN } from './main.ts'
import { birthOf } from './part.ts'

/** Somebody of the demo: who she is, what happened to her, and whether she uses the app. */
export type CastMember = {
  readonly person: DemoPerson
  readonly stories: readonly Story[]
  readonly hasApp: boolean
}

/** The demo's people, the most important first, at the ages they have on that day. */
export function demoCast(today: Day): CastMember[] {
  return [...MAIN, ...CHILDREN, ...ADULTS, ...ELDERS].map(
    ({ born, stories, hasApp = false, number, diedDaysAgo, ...person }) => ({
      person: {
        ...person,
        birthDate: birthOf(born, today),
        phone: `+919000000${number}`,
        ...(diedDaysAgo !== undefined && { died: addDays(today, -diedDaysAgo) }),
      },
      stories,
      hasApp,
    }),
  )
}
