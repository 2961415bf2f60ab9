import { signIn } from '@curo/client/accounts'
import { makeApi } from '@curo/client/api'
import type { Connection } from '@curo/client/connection'
import type { DemoProgress } from '@curo/client/demo/fill'
import type { Person } from '@curo/client/person'
import { toBase64Url } from '@curo/crypto/bytes'
import { CuroError, isCuroError } from '@curo/crypto/errors'
import { randomBytes } from '@curo/crypto/random'
import type { WorkCall, WorkContext } from '../work/context.ts'
import { type InventedWorker, inventedWorkers, listCards } from './invented.ts'
import { type DemoPlan, type KeptDemo, keptDemoOf } from './kept-demo.ts'
import { isHeld, whileAlone } from './lock.ts'
import { MOST_PATIENTS } from './most-patients.ts'

/** Functions that the page calls as `work.<this folder>.<function>(input, { onProgress, signal })`. */

/** What this browser knows without asking the node. */
export type DemoState = {
  /** What it has begun; null before, and for what the command line or another browser made. */
  begun: (DemoPlan & { cards: number }) | null
  /** A window of this browser is filling. */
  isFilling: boolean
}

/** Nobody is invented in a real hospital, as in `curo demo-data`. @throws CuroError 'forbidden' */
function administratorOf(context: WorkContext): Person {
  const person = context.person()
  if (!person.hospital.training)
    throw new CuroError(
      'forbidden',
      'This is not a training hospital: nobody is invented where patients may be real.',
    )
  if (person.account.role !== 'admin')
    throw new CuroError('forbidden', 'Only an administrator hires invented people.')
  return person
}

/** @throws CuroError 'forbidden' in a real hospital */
export async function state(context: WorkContext): Promise<DemoState> {
  const kept = await keptDemoOf(administratorOf(context))
  const plan = await kept.plan()
  return { begun: plan && { ...plan, cards: (await kept.cards()).length }, isFilling: await isHeld() }
}

/** Invented people who have registered here, in the order of their numbers. @throws CuroError as `state` */
export async function workers(
  context: WorkContext,
  _: undefined,
  { signal }: WorkCall,
): Promise<InventedWorker[]> {
  return inventedWorkers(administratorOf(context), signal)
}

export type FillInput = {
  patients: number
  seed: string
  /** Of the invented people who are there already, where another browser or the command line made them. */
  password?: string
}

/** As nobody yet: the invented people's sessions are tokens of this Worker, beside the administrator's cookie. */
const connectionOf = ({ hospital, api }: Person): Connection => ({
  api: makeApi({ node: api.node }),
  hospital,
})

async function planOf(
  admin: Person,
  kept: KeptDemo,
  input: FillInput,
  signal: AbortSignal,
): Promise<DemoPlan> {
  const { patients, seed, password } = input
  if (!Number.isInteger(patients) || patients < 1 || patients > MOST_PATIENTS)
    throw new CuroError('invalid-input', `From 1 to ${MOST_PATIENTS} patients.`)
  const before = await kept.plan()
  // Another seed would be other people under the same keys: it stays as it was.
  if (before) return { ...before, patients: Math.max(before.patients, patients), finishedAt: null }
  const progress = { patients: 0, done: 0, all: 0 }
  const workers = await inventedWorkers(admin, signal)
  if (workers.length === 0)
    return { password: toBase64Url(randomBytes(12)), patients, seed, progress, finishedAt: null }
  if (password === undefined)
    throw new CuroError('unauthorized', 'Invented people are here already: give their password to go on.')
  await provePassword(admin, { password, workers: workers.slice(0, MOST_ASKED) }, signal)
  return { password, patients, seed, progress, finishedAt: null }
}

/** Some may have chosen a password of their own since, most likely those with whom one begins. */
const MOST_ASKED = 4

/** @throws CuroError 'unauthorized' where it lets none of them in */
async function provePassword(
  admin: Person,
  { password, workers }: { password: string; workers: readonly InventedWorker[] },
  signal: AbortSignal,
): Promise<void> {
  let refused: unknown
  for (const { contact } of workers) {
    try {
      await signIn(connectionOf(admin), { contact, password }, { signal })
      return
    } catch (error) {
      if (!isCuroError(error, 'unauthorized')) throw error
      refused = error
    }
  }
  throw refused
}

/** The run that was told to stop, until it has. */
let ending: Promise<unknown> = Promise.resolve()

/**
 * Invents doctors, clerks and patients, or goes on where an earlier run stopped; nothing is done twice.
 * @throws CuroError 'forbidden' in a real hospital, 'conflict' while another window fills, 'unauthorized' for another
 * password than the one that the invented people have, and what the node refuses
 */
export async function fill(
  context: WorkContext,
  input: FillInput,
  { onProgress, signal }: WorkCall<DemoProgress>,
): Promise<DemoProgress> {
  const admin = administratorOf(context)
  await ending
  const run = whileAlone(async () => {
    const kept = await keptDemoOf(admin)
    const plan = await planOf(admin, kept, input, signal)
    await kept.putPlan(plan)
    const { password, patients, seed } = plan
    let saved = Promise.resolve()
    const save = ({ patients, done, all, away }: DemoProgress, finishedAt: string | null) => {
      // One that could not be kept is made good by the next.
      saved = saved
        .catch(() => {})
        .then(() => kept.putPlan({ ...plan, progress: { patients, done, all, away }, finishedAt }))
      return saved
    }
    const { fillDemo } = await import('@curo/client/demo/fill')
    try {
      const made = await fillDemo({
        ...{ connection: connectionOf(admin), admin, password, keeper: kept, patients, seed, signal },
        onProgress(progress) {
          onProgress(progress)
          save(progress, null).catch(() => {})
        },
      })
      await save(made, new Date().toISOString())
      return made
    } finally {
      // Before another run may begin.
      await saved.catch(() => {})
    }
  })
  ending = run.catch(() => {})
  return run
}

/** The password, who can sign in with it, and the cards, as one file. @throws CuroError 'not-found' */
export async function keepsake(context: WorkContext, _: undefined, { signal }: WorkCall): Promise<Blob> {
  const admin = administratorOf(context)
  const kept = await keptDemoOf(admin)
  const plan = await kept.plan()
  if (!plan) throw new CuroError('not-found', 'Nobody was invented from this browser.')
  const workers = await inventedWorkers(admin, signal)
  const { hospital, api } = admin
  const content = {
    hospital: hospital.name,
    address: api.node,
    password: plan.password,
    people: workers.map(({ name, role, contact, isWaiting }) => ({
      ...{ name, role, contact },
      ...(isWaiting && { waitsForApproval: true }),
    })),
    patients: await listCards({ kept, plan, workers }),
  }
  return new Blob([`${JSON.stringify(content, null, 2)}\n`], { type: 'application/json' })
}
