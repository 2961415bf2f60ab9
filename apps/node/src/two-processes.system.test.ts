import { getScrub, startScrub } from '@curo/client/audit'
import { requestConsent } from '@curo/client/consent'
import { readOwnRecords } from '@curo/client/own-records'
import { collectBytes } from '@curo/client/record-content'
import { putSealedRecords, sealRecord } from '@curo/client/records'
import { enterOtp, revokeConsent } from '@curo/contract/consent'
import { equalBytes } from '@curo/crypto/bytes'
import { isCuroError } from '@curo/crypto/errors'
import { randomBytes, randomId } from '@curo/crypto/random'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { callRoute } from './testing/call.ts'
import { consentByCode, tryOpening } from './testing/consents.ts'
import { type CardHolder, type Hospital, inventRecord, makeHospital } from './testing/hospital.ts'
import { type KillableNode, makeKillableNode } from './testing/killable-node.ts'
import { signRevocation } from './testing/statements.ts'

/** One hospital, two processes of its node: `hospital.node` in this one, `other` in one of its own, which runs the jobs. */
let hospital: Hospital
let holder: CardHolder
let other: KillableNode
beforeAll(async () => {
  hospital = await makeHospital()
  holder = await hospital.makeCardHolder()
  other = await makeKillableNode(hospital)
  await other.start()
})
afterAll(async () => {
  await other.kill()
  await hospital.stop()
})

const token = () => ({ token: hospital.doctor.api.token ?? '' })

test('five guesses between two processes, a code used at one is used at the other, a revocation holds at both', async () => {
  const ask = () =>
    requestConsent(hospital.doctor, {
      patient: holder.id,
      scope: { categories: ['laboratory'] },
      purpose: { code: 'CAREMGT' },
      use: 'standing',
      notAfter: new Date(Date.now() + 3_600_000),
      card: holder.card,
    })
  const places = [hospital.node.address, other.address]
  const enter = (request: string, code: string, at: number) =>
    callRoute<unknown>(places[at % 2] ?? '', enterOtp, { params: { request }, body: { code } }, token())
  const guessed = (await ask()).request.id
  const right = hospital.lastCode()
  const wrong = String((Number(right) + 1) % 1_000_000).padStart(6, '0')
  const guesses = await Promise.all(Array.from({ length: 30 }, (_, i) => enter(guessed, wrong, i)))
  expect(guesses.filter(({ status }) => status === 401)).toHaveLength(5)
  const { request } = await ask()
  const code = hospital.lastCode()
  const entered = await Promise.all([0, 1, 0, 1].map((at) => enter(request.id, code, at)))
  expect(entered.filter(({ status }) => status === 201)).toHaveLength(1)

  const consent = (await consentByCode(hospital, holder)).grant.id
  const atOther = { ...hospital, node: { ...hospital.node, call: callAt(other.address) } } as Hospital
  expect((await tryOpening(atOther, holder, { consent })).status).toBe(201)
  const revocation = await signRevocation(hospital, holder.app, { patient: holder.id, consent })
  const revoke = { params: { consent }, body: { revocation } }
  const mine = { token: holder.app.api.token ?? '' }
  expect((await hospital.node.call(revokeConsent, revoke, mine)).status).toBe(200)
  expect((await tryOpening(atOther, holder, { consent })).status).toBe(404)
})

const callAt =
  (address: string): Hospital['node']['call'] =>
  (route, input, options) =>
    callRoute(address, route, input ?? {}, options ?? {})

test('one of the two is killed amid the work: the other goes on, and nothing is lost', {
  timeout: 600_000,
}, async () => {
  const sealing = await hospital.sealingFor(hospital.doctor, holder)
  const authority = { by: 'card' as const, card: holder.card }
  const stored = new Map<string, Uint8Array>()
  let over = false
  /** Goes to either process; when one is gone, the same goes to the other. */
  const write = async (turn: number, size: number) => {
    for (; !over; turn++) {
      const content = randomBytes(size)
      const record = inventRecord({ id: randomId(), content })
      const persons = [hospital.doctor, other.at(hospital.doctor)]
      for (let attempt = 0; attempt < 2; attempt++) {
        const person = persons[(turn + attempt) % 2] ?? hospital.doctor
        try {
          const sealed = await sealRecord({ ...sealing, person }, record)
          const [{ id } = { id: '' }] = await putSealedRecords(
            { ...sealing, person },
            { authority, records: [sealed] },
          )
          stored.set(id, content)
          break
        } catch (error) {
          // Stored by the process that died before it could say so, under another seal.
          if (isCuroError(error, 'conflict')) stored.set(record.id ?? '', content)
          else if (!isCuroError(error, 'unavailable')) throw error
        }
      }
    }
  }
  const work = Promise.all([write(0, 2000), write(1, 2000), write(0, 300_000), write(1, 300_000)])
  // A fault of a writer is the test's, at once and not only at the end.
  const faulty = work.then(() => new Promise<never>(() => {}))
  const untilStored = (count: number) =>
    Promise.race([faulty, expect.poll(() => stored.size, { timeout: 120_000 }).toBeGreaterThan(count)])
  await untilStored(20)
  await other.kill()
  await untilStored(stored.size + 20)
  await other.start()
  over = true
  await work

  const read = new Set<string>()
  for await (const record of readOwnRecords(other.at(holder.app))) {
    if (record.fault) throw record.fault
    const content = await collectBytes(record.read(), 1e9)
    if (stored.has(record.record))
      expect(equalBytes(content, stored.get(record.record) ?? new Uint8Array(0))).toBe(true)
    read.add(record.record)
  }
  for (const id of stored.keys()) expect(read).toContain(id)
})

test('a scrub whose process is killed is finished by the other', { timeout: 600_000 }, async () => {
  await hospital.store(
    holder,
    Array.from({ length: 30 }, () => ({ content: randomBytes(3_000_000) })),
  )
  const { db, jobs } = hospital.node.context
  const scrub = (id: string) => getScrub(hospital.admin, id)
  let id = ''
  let state = ''
  // A fast machine may be done before it is killed: then there is another.
  for (let scrubs = 0; scrubs < 20; scrubs++) {
    id = await startScrub(other.at(hospital.admin))
    await expect
      .poll(async () => (await scrub(id)).records, { timeout: 60_000, interval: 5 })
      .toBeGreaterThan(0)
    await other.kill()
    state = (await scrub(id)).state
    if (state === 'running') break
    await other.start()
  }
  expect(state).toBe('running')
  // Two silent minutes are not waited for here. What the dead process had sent its database may come in between.
  const takeUp = async () => {
    await db
      .updateTable('scrubs')
      .set({ beat_at: new Date(Date.now() - 3 * 60_000) })
      .where('id', '=', id)
      .execute()
    await jobs.add('watch-scrubs', {})
    await hospital.node.runJobs()
    return (await scrub(id)).state
  }
  await expect.poll(takeUp, { timeout: 300_000 }).toBe('done')
  const { count } = await db
    .selectFrom('records')
    .select((of) => of.fn.countAll<number>().as('count'))
    .where('manifest', 'is not', null)
    .executeTakeFirstOrThrow()
  expect(await scrub(id)).toMatchObject({ records: Number(count), missing: 0, lost: 0 })
  await other.start()
})
