import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { registerAccount, signIn } from '@curo/client/accounts'
import { type Connection, connect } from '@curo/client/connection'
import { type FillDemo, fillSmallDemo } from '@curo/client/demo/fill'
import { DemoTeam } from '@curo/client/demo/team'
import { DEMO_WORKERS } from '@curo/client/demo/workers'
import { changePassword } from '@curo/client/password-change'
import { DOCTORS } from '@curo/fhir/demo/people/staff'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeTestNode, type TestNode } from '../testing/test-node.ts'
import { openFolderKeeper } from './folder-keeper.ts'

const PASSWORD = 'of everybody invented'
const OWN = 'chosen by herself'
const DOCTOR = DOCTORS.medicine.name

let node: TestNode
let folder: string
let connection: Connection
let given: Omit<FillDemo, 'patients'>

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'curo-away-'))
  node = await makeTestNode({ training: true, hospitalName: 'Hill Hospital' })
  connection = await connect({ node: node.address })
  const admin = { contact: '+919811100011', password: 'river stone lantern' }
  const { setupCode } = node
  await registerAccount(connection, { ...admin, role: 'admin', name: 'Amma Invented', setupCode })
  const keeper = await openFolderKeeper({ folder })
  given = { connection, admin: await signIn(connection, admin), password: PASSWORD, keeper }
})
afterAll(async () => {
  await node?.stop()
  await rm(folder, { recursive: true, force: true })
})

async function change(name: string, current: string, next: string): Promise<void> {
  const contact = DEMO_WORKERS.find((worker) => worker.name === name)?.contact ?? ''
  await changePassword(await signIn(connection, { contact, password: current }), { current, next })
}

test('a run leaves out what a doctor with a password of her own writes, and a later one makes up for it', async () => {
  await new DemoTeam(given).hire(DEMO_WORKERS.filter(({ role }) => role !== 'auditor'))
  await change(DOCTOR, PASSWORD, OWN)
  const without = await fillSmallDemo(given)
  expect(without).toMatchObject({ patients: 3, away: [DOCTOR] })
  expect(without.done).toBeLessThan(without.all)
  expect(without.done).toBeGreaterThan(0)
  expect(without.records).toBe(without.done)

  const still = await fillSmallDemo(given)
  expect(still).toEqual({ ...without, records: 0 })

  await change(DOCTOR, OWN, PASSWORD)
  const whole = await fillSmallDemo(given)
  expect(whole).toMatchObject({
    patients: 3,
    away: [],
    done: without.all,
    records: without.all - without.done,
  })
})

test('another clerk takes over from one with a password of her own, and nobody from the last', async () => {
  const [first, second] = DEMO_WORKERS.filter(({ role, isWaiting }) => role === 'staff' && !isWaiting)
  if (!first || !second) throw new Error('The desk is not staffed.')
  await change(first.name, PASSWORD, OWN)
  // One who knows of nothing that is done asks the desk for each patient.
  const again = async () => openFolderKeeper({ folder: await mkdtemp(join(folder, 'nothing-done-')) })
  await fillSmallDemo({ ...given, keeper: await again() })
  await change(second.name, PASSWORD, OWN)
  await expect(fillSmallDemo({ ...given, keeper: await again() })).rejects.toMatchObject({ code: 'conflict' })
})
