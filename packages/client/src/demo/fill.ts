import type { Day } from '@curo/fhir/demo/calendar'
import type { CastMember } from '@curo/fhir/demo/cast/cast'
import { demoMembers } from '@curo/fhir/demo/members'
import type { Connection } from '../connection.ts'
import type { Person } from '../person.ts'
import { countRecords, fillChart } from './charts.ts'
import { type DemoKeeper, once } from './keeper.ts'
import { admit, openApp } from './patients.ts'
import { describeDemoHospital } from './profile.ts'
import { loseCard, playScenes, renewRequest } from './scenes.ts'
import { SMALL_PATIENTS, SMALL_RECORDS } from './size.ts'
import { DemoTeam } from './team.ts'
import { DEMO_WORKERS, isCore } from './workers.ts'

export type FillDemo = {
  connection: Connection
  /** Signed in; hires the others. */
  admin: Person
  /** Of everybody who is invented. */
  password: string
  keeper: DemoKeeper
  patients: number
  seed?: string
  signal?: AbortSignal | undefined
  onProgress?: ((progress: DemoProgress) => void) | undefined
}

export type DemoProgress = {
  /** Whose charts are whole, but for what those who are away would have written. */
  patients: number
  /** What this run added. */
  records: number
  /** Records of `all` that are there, whichever run put them there. */
  done: number
  all: number
  /** Names of doctors who can no longer be signed in as: what is theirs to do waits for a run in which they can. */
  away: string[]
}

/** Who loses her card once her chart is there. */
const LOSES_CARD = 'gauri-kushwaha'

/**
 * The day that the demo's lives lead up to: when its desk registered, so that a run on another day goes on with the same
 * charts.
 */
export function demoDay(deskCreatedAt: string): Day {
  return new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Kolkata' }).format(new Date(deskCreatedAt))
}

type Made = {
  team: DemoTeam
  progress: DemoProgress
  members: CastMember[]
  options: { today: Day; seed?: string }
  /** At most so many records of each; everything where absent. */
  most: number | undefined
}

async function begin(given: FillDemo, most?: number): Promise<Made> {
  const { seed, patients } = given
  const team = new DemoTeam(given)
  await describeDemoHospital(given.admin)
  const { deskCreatedAt } = await team.hire(most === undefined ? DEMO_WORKERS : DEMO_WORKERS.filter(isCore))
  const today = demoDay(deskCreatedAt)
  const options = { today, ...(seed !== undefined && { seed }) }
  const members = demoMembers(patients, options)
  return { team, progress: { patients: 0, records: 0, done: 0, all: 0, away: [] }, members, options, most }
}

/** Charts that are written in one go, before others in the same thread have their turn. */
const COUNTED_AT_ONCE = 20

/** Fills each of them once, and says how far it is among all of their records. */
async function fillMembers(given: FillDemo, made: Made, step: string): Promise<void> {
  const { keeper, signal, onProgress } = given
  const { team, members, progress, options, most } = made
  const counts: number[] = []
  for (const [index, member] of members.entries()) {
    if (index % COUNTED_AT_ONCE === COUNTED_AT_ONCE - 1) await new Promise((go) => setTimeout(go))
    const hasApp = member.hasApp && keeper.codeSentTo !== undefined
    counts.push(countRecords(member, options, { most, hasApp }))
  }
  progress.all = counts.reduce((sum, count) => sum + count, 0)
  onProgress?.({ ...progress })
  for (const [index, member] of members.entries()) {
    signal?.throwIfAborted()
    const before = progress.done
    const isWhole = await once(keeper, `${member.person.key}: ${step}`, () => fillMember(given, made, member))
    // Also where an earlier run did it, and for one whose card is lost.
    if (isWhole) progress.done = before + (counts[index] ?? 0)
    progress.patients++
    progress.away = team.away
    onProgress?.({ ...progress })
  }
}

/** @returns whether everything that is hers is there */
async function fillMember(given: FillDemo, made: Made, member: CastMember): Promise<boolean> {
  const { keeper, password, connection, signal, onProgress } = given
  const { team, progress, options, most } = made
  const { person } = member
  const admitted = await admit(await team.desk(), { keeper, person, signal })
  if (!admitted) return true
  const app = member.hasApp ? await openApp(connection, { member, admitted, keeper, password, signal }) : null
  let isWhole = await fillChart({
    ...{ team, keeper, member, admitted, app, options, most, signal },
    onStep: ({ records, added }) => {
      progress.done += records
      progress.records += added
      onProgress?.({ ...progress })
    },
  })
  if (most !== undefined) return isWhole
  if (app && member === made.members[0]) {
    const { phone, key } = person
    if (!(await playScenes({ team, keeper, phone, key, admitted, app, signal }))) isWhole = false
  }
  // A lost card opens nothing: what is still to be written needs it.
  if (isWhole && person.key === LOSES_CARD) await loseCard(team, admitted)
  return isWhole
}

/** A few people with the most telling part of their charts: enough to sign in and look around, in seconds. */
export async function fillSmallDemo(
  given: Omit<FillDemo, 'patients'> & { patients?: number },
): Promise<DemoProgress> {
  const few = { ...given, patients: Math.min(given.patients ?? SMALL_PATIENTS, SMALL_PATIENTS) }
  const made = await begin(few, SMALL_RECORDS)
  await fillMembers(few, made, 'short chart')
  return made.progress
}

/**
 * Everybody, everything: workers of all departments and those who wait for approval, whole charts with their files, and
 * what is under way around the first patient. Through the front door, with real keys; may be cut short at any point and
 * called again, and does nothing twice.
 * @throws CuroError what the node refuses; the signal's reason when it is stopped
 */
export async function fillDemo(given: FillDemo): Promise<DemoProgress> {
  const made = await begin(given)
  await fillMembers(given, made, 'complete')
  await renew(given, made)
  return { ...made.progress, away: made.team.away }
}

/** What lapses: asks the first patient again where the open request has ended. */
async function renew({ keeper, signal }: FillDemo, { team, members }: Made): Promise<void> {
  const [first] = members
  if (!first?.hasApp) return
  const admitted = await admit(await team.desk(), { keeper, person: first.person, signal })
  if (admitted?.hasApp) await renewRequest({ admitted, team })
}
