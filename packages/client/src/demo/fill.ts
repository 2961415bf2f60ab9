import type { Day } from '@curo/fhir/demo/calendar'
import type { CastMember } from '@curo/fhir/demo/cast/cast'
import { demoMembers } from '@curo/fhir/demo/members'
import type { Connection } from '../connection.ts'
import type { Person } from '../person.ts'
import { fillChart } from './charts.ts'
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

export type DemoProgress = { patients: number; records: number }

/** Who loses her card once her chart is there. */
const LOSES_CARD = 'gauri-kushwaha'

/**
 * The day that the demo's lives lead up to: when its desk was hired, so that a run on another day goes on with the same
 * charts.
 */
async function todayOf(team: DemoTeam): Promise<Day> {
  const { createdAt } = (await team.desk()).account
  return new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Kolkata' }).format(new Date(createdAt))
}

type Made = { team: DemoTeam; progress: DemoProgress; members: CastMember[]; today: Day }

async function begin(given: FillDemo, patients: number): Promise<Made> {
  const team = new DemoTeam(given)
  await describeDemoHospital(given.admin)
  await team.hire(DEMO_WORKERS.filter(isCore))
  const today = await todayOf(team)
  const members = demoMembers(patients, { today, ...(given.seed !== undefined && { seed: given.seed }) })
  return { team, progress: { patients: 0, records: 0 }, members, today }
}

async function fillMember(given: FillDemo, made: Made, member: CastMember, most?: number): Promise<void> {
  const { keeper, password, connection, signal, seed, onProgress } = given
  const { team, progress, today } = made
  const { person } = member
  const admitted = await admit(await team.desk(), { keeper, person, signal })
  if (!admitted) return
  const app = member.hasApp ? await openApp(connection, { member, admitted, keeper, password, signal }) : null
  const options = { today, ...(seed !== undefined && { seed }) }
  await fillChart({
    ...{ team, keeper, member, admitted, app, options, signal },
    ...(most !== undefined && { most }),
    onStored: (records) => {
      progress.records += records
      onProgress?.({ ...progress })
    },
  })
  progress.patients++
  onProgress?.({ ...progress })
  if (most !== undefined) return
  if (app && member === made.members[0]) {
    const { phone, key } = person
    await playScenes({ team, keeper, phone, key, admitted, app, signal })
  }
  if (person.key === LOSES_CARD) await loseCard(team, admitted)
}

/** A few people with the most telling part of their charts: enough to sign in and look around, in seconds. */
export async function fillSmallDemo(
  given: Omit<FillDemo, 'patients'> & { patients?: number },
): Promise<DemoProgress> {
  const patients = Math.min(given.patients ?? SMALL_PATIENTS, SMALL_PATIENTS)
  const made = await begin({ ...given, patients }, patients)
  for (const member of made.members)
    await once(given.keeper, `${member.person.key}: short chart`, () =>
      fillMember({ ...given, patients }, made, member, SMALL_RECORDS),
    )
  return made.progress
}

/**
 * Everybody, everything: workers of all departments and those who wait for approval, whole charts with their files, and
 * what is under way around the first patient. Through the front door, with real keys; may be cut short at any point and
 * called again, and does nothing twice.
 * @throws CuroError what the node refuses; the signal's reason when it is stopped
 */
export async function fillDemo(given: FillDemo): Promise<DemoProgress> {
  const made = await begin(given, given.patients)
  await made.team.hire(DEMO_WORKERS)
  for (const member of made.members) {
    given.signal?.throwIfAborted()
    await once(given.keeper, `${member.person.key}: complete`, () => fillMember(given, made, member))
  }
  await renew(given, made)
  return made.progress
}

/** What lapses: asks the first patient again where the open request has ended. */
async function renew({ keeper, signal }: FillDemo, { team, members }: Made): Promise<void> {
  const [first] = members
  if (!first?.hasApp) return
  const admitted = await admit(await team.desk(), { keeper, person: first.person, signal })
  if (admitted?.hasApp) await renewRequest({ admitted, team })
}
