import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { exportActivity } from '@curo/client/activity-export'
import { changeAccount } from '@curo/client/approvals'
import {
  getScrub,
  getStorage,
  listActivity,
  listDegraded,
  listProblems,
  listScrubs,
  startScrub,
} from '@curo/client/audit'
import { randomBytes } from '@curo/crypto/random'
import { shardOf } from '@curo/vault/buckets/folder-layout'
import type { Manifest } from '@curo/vault/manifest'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { consentByCode, tryOpening } from '../testing/consents.ts'
import { type CardHolder, type Hospital, makeHospital } from '../testing/hospital.ts'
import { recordActivity } from './activity.ts'

let hospital: Hospital
let holder: CardHolder
beforeAll(async () => {
  hospital = await makeHospital()
  holder = await hospital.makeCardHolder()
})
afterAll(() => hospital.stop())

const kinds = async () => (await listProblems(hospital.admin)).problems.map(({ kind }) => kind)

/** The files of a record's first part, by bucket. */
async function filesOf(record: string): Promise<string[]> {
  const { dataFolder } = hospital.node.context.config
  const { manifest } = await hospital.node.context.db
    .selectFrom('records')
    .select('manifest')
    .where('id', '=', record)
    .executeTakeFirstOrThrow()
  const objects = (manifest as Manifest).parts[0]?.objects.flatMap((object) => object ?? []) ?? []
  const files = objects.map(({ bucket, key }) =>
    join(dataFolder, 'buckets', bucket.slice('bucket-'.length), shardOf(key), key),
  )
  // An upload is answered when enough pieces are durable; the last may follow a moment later.
  await expect.poll(() => files.every((file) => existsSync(file))).toBe(true)
  return files
}

async function scrub() {
  const id = await startScrub(hospital.admin)
  await hospital.node.runJobs()
  return getScrub(hospital.admin, id)
}

test('the storage view shows what lies where, how well and how fast each bucket is', async () => {
  for (let one = 0; one < 3; one++) await hospital.store(holder, [{ content: randomBytes(250_000) }])
  const storage = await getStorage(hospital.admin)
  expect(storage).toMatchObject({ records: 3, degraded: 0, lost: 0, dataPieces: 4, parityPieces: 2 })
  expect(storage.sealedBytes).toBeGreaterThan(600_000)
  expect(storage.buckets.reduce((sum, { expected }) => sum + expected, 0)).toBe(18)
  for (const bucket of storage.buckets) {
    expect(bucket).toMatchObject({ state: 'ok', problem: null, objects: bucket.expected })
    expect(bucket.freeBytes).toBeGreaterThan(0)
    expect(bucket.latencyMs).toBeGreaterThanOrEqual(0)
  }
})

test('a record that lost more than parity is listed as lost, and is an alarm, until it is gone or whole again', async () => {
  expect(await kinds()).toEqual([])
  const [stored] = await hospital.store(holder, [{ content: randomBytes(250_000) }])
  const record = stored?.id ?? ''
  const files = await filesOf(record)
  for (const file of files.slice(0, 3)) await rm(file)
  const report = await scrub()
  expect(report).toMatchObject({ state: 'done', total: 4, records: 4, lost: 3 })
  const { degraded, next } = await listDegraded(hospital.auditor)
  expect(degraded).toHaveLength(1)
  expect(degraded[0]).toMatchObject({ record, pieces: 3, lost: 3 })
  expect(Object.values(degraded[0]?.buckets ?? {})).toEqual([1, 1, 1])
  expect(next).toBeNull()
  expect(await getStorage(hospital.admin)).toMatchObject({ degraded: 1, lost: 1 })
  const { problems } = await listProblems(hospital.admin)
  expect(problems).toEqual([expect.objectContaining({ kind: 'records-lost', severity: 'alarm', count: 1 })])
  await hospital.node.context.db.deleteFrom('records').where('id', '=', record).execute()
  expect((await listDegraded(hospital.admin)).degraded).toEqual([])
})

test('what a scrub repairs is not degraded any more', async () => {
  const [stored] = await hospital.store(holder, [{ content: randomBytes(250_000) }])
  const [file] = await filesOf(stored?.id ?? '')
  await rm(file ?? '')
  expect(await scrub()).toMatchObject({ missing: 1, repaired: 1, lost: 0 })
  expect(await getStorage(hospital.admin)).toMatchObject({ degraded: 0 })
  const first = await listScrubs(hospital.admin, { limit: 1 })
  expect(first.scrubs).toHaveLength(1)
  const second = await listScrubs(hospital.admin, { limit: 1, after: first.next ?? '' })
  expect(second.scrubs[0]?.id).not.toBe(first.scrubs[0]?.id)
  expect(second.next).toBeNull()
})

test('a silent bucket degrades records without losing them', async () => {
  const [stored] = await hospital.store(holder, [{ content: randomBytes(250_000) }])
  const { dataFolder } = hospital.node.context.config
  await rm(join(dataFolder, 'buckets', '2'), { recursive: true })
  await scrub()
  const unwell = (await listProblems(hospital.admin)).problems.filter(({ kind }) => kind === 'bucket-unwell')
  const { degraded } = await listDegraded(hospital.admin)
  // Either the folder was made anew and everything rebuilt there, or it is silent and named.
  if (unwell.length > 0) expect(degraded.map(({ record }) => record)).toContain(stored?.id)
  else expect(degraded).toEqual([])
})

test('activity is filtered by kind, outcome, person, time and trouble, in pages without gaps', async () => {
  const { admin, node } = hospital
  const { db } = node.context
  const start = new Date('2030-01-01T00:00:00.000Z')
  const at = (minute: number) => new Date(start.getTime() + minute * 60_000)
  const by = { id: hospital.staff.account.id, role: 'staff' as const }
  for (let minute = 0; minute < 25; minute++)
    await recordActivity(db, {
      kind: 'sign-in',
      outcome: minute % 5 === 0 ? 'refused' : 'succeeded',
      by: minute % 2 ? by : null,
      at: at(minute),
    })
  await recordActivity(db, { kind: 'consent-request', outcome: 'refused', by: null, at: at(30) })
  const window = { from: at(0).toISOString(), to: at(60).toISOString() }
  const count = async (filter: object) =>
    (await listActivity(admin, { ...window, limit: 500, ...filter })).events.length
  expect(await count({})).toBe(26)
  expect(await count({ kind: 'sign-in' })).toBe(25)
  expect(await count({ outcome: 'refused' })).toBe(6)
  expect(await count({ problems: 'only' })).toBe(5)
  expect(await count({ account: by.id })).toBe(12)
  expect(await count({ account: by.id, problems: 'only' })).toBe(2)
  expect(await count({ from: at(10).toISOString(), to: at(12).toISOString() })).toBe(2)
  const seen: string[] = []
  for (let after: string | undefined; ; ) {
    const page = await listActivity(admin, { ...window, limit: 4, ...(after ? { after } : {}) })
    seen.push(...page.events.map(({ id }) => id))
    if (page.next === null) break
    after = page.next
  }
  expect(new Set(seen).size).toBe(26)
  expect(seen).toHaveLength(26)
})

test('an opening is among the activity unless something is asked for that it cannot be found by', async () => {
  const [stored] = await hospital.store(holder, [{}])
  const consent = (await consentByCode(hospital, holder)).grant.id
  await tryOpening(hospital, holder, { consent, records: [stored?.id ?? ''] })
  const openings = async (filter: object) =>
    (await listActivity(hospital.admin, { kind: 'opening', ...filter })).events.length
  expect(await openings({})).toBe(1)
  expect(await openings({ outcome: 'recorded' })).toBe(1)
  expect(await openings({ outcome: 'refused' })).toBe(0)
  expect(await openings({ problems: 'only' })).toBe(0)
  expect(await openings({ to: '2001-01-01T00:00:00.000Z' })).toBe(0)
})

test('activity is exported as CSV and JSON lines; a name cannot become a formula', async () => {
  const { staff, admin } = hospital
  await changeAccount(admin, { account: staff.account.id, name: '=HYPERLINK("http://evil.example","x")' })
  const filter = { from: '2030-01-01T00:00:00.000Z', to: '2030-01-01T00:02:00.000Z' }
  const collect = async (format: 'csv' | 'jsonl', person = admin) => {
    let text = ''
    for await (const chunk of exportActivity(person, { format, filter })) text += chunk
    return text
  }
  const csv = (await collect('csv')).split('\r\n')
  expect(csv[0]).toBe('at,kind,outcome,account,name')
  expect(csv[1]).toBe(
    `2030-01-01T00:01:00.000Z,sign-in,succeeded,${staff.account.id},"'=HYPERLINK(""http://evil.example"",""x"")"`,
  )
  expect(csv[2]).toBe('2030-01-01T00:00:00.000Z,sign-in,refused,,')
  const lines = (await collect('jsonl'))
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(lines.map(({ outcome }) => outcome)).toEqual(['succeeded', 'refused'])
  expect((await collect('jsonl', hospital.auditor)).split('\n')).toHaveLength(3)
})

test('each kind of trouble is found, with how much and since when', async () => {
  const { db, pool } = hospital.node.context
  const now = hospital.node.clock.now()
  await db.deleteFrom('damaged_records').execute()
  for (let one = 0; one < 50; one++)
    await recordActivity(db, { kind: 'sign-in', outcome: 'refused', by: null, at: now })
  await pool.query(
    `insert into outbox (id, channel, template, state, created_at, useful_until, ended_at)
     values ('a', 'sms', 'phone-changed', 'failed', now(), now(), now())`,
  )
  await pool.query(
    `insert into network_alarms (origin, reason, evidence, evidence_hash) values ('evil.test/log', 'fork', 'x', 'x')`,
  )
  await pool.query(`update records set stored_at = now() - interval '3 days'`)
  await pool.query(`update scrubs set finished_at = now() - interval '3 days'`)
  await pool.query(`select graphile_worker.add_job('no-such-task', '{}', max_attempts := 1)`)
  await pool.query(
    `update graphile_worker._private_jobs set attempts = 1, last_error = 'it failed' where max_attempts = 1`,
  )
  const { problems } = await listProblems(hospital.auditor)
  const found = new Map(problems.map((problem) => [problem.kind, problem]))
  expect([...found.keys()].sort()).toEqual(
    expect.arrayContaining([
      'jobs-failed',
      'messages-failed',
      'network-alarm',
      'scrub-overdue',
      'sign-ins-refused',
    ]),
  )
  expect(problems[0]).toMatchObject({ kind: 'network-alarm', severity: 'alarm', subject: 'evil.test/log' })
  expect(found.get('sign-ins-refused')?.count).toBeGreaterThanOrEqual(50)
  await pool.query(
    `update ledger_head set stopped = 'fork', stopped_reason = 'two histories', stopped_at = now()`,
  )
  expect((await listProblems(hospital.admin)).problems[0]).toMatchObject({
    kind: 'ledger-stopped',
    subject: 'fork',
    detail: 'two histories',
  })
  await pool.query(`update ledger_head set stopped = null, stopped_reason = null, stopped_at = null`)
})
