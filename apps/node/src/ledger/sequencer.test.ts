import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { readHead } from './head.ts'
import { SEQUENCER_STEPS, type SequencerStep } from './sequencer.ts'
import { type BareLog, makeBareLog } from './testing/bare-log.ts'
import { meetPatients, sampleEvent } from './testing/sample-events.ts'

let logs: BareLog[] = []
afterEach(async () => {
  for (const log of logs) await log.drop()
  logs = []
})

async function begin(): Promise<BareLog & { submit(count: number): Promise<string[]> }> {
  const log = await makeBareLog()
  logs.push(log)
  const [patient] = await meetPatients(log, 1)
  if (!patient) throw new Error('no patient')
  const submit = async (count: number) => {
    const events = Array.from({ length: count }, () => sampleEvent(patient.patient))
    return (await log.ledger.submitAlone(events)).map(({ leaf }) => leaf)
  }
  return { ...log, submit }
}

/** The leaves of the published log, in order, after an auditor's check of every file. */
async function auditedLeaves(log: BareLog): Promise<string[]> {
  const report = await log.verify()
  expect(report.faults).toEqual([])
  const { rows } = await log.pool.query<{ leaf_hash: Buffer }>(
    'SELECT leaf_hash FROM ledger_entries WHERE leaf_index IS NOT NULL ORDER BY leaf_index',
  )
  expect(rows.length).toBe(report.size)
  return rows.map(({ leaf_hash }) => leaf_hash.toString('base64url'))
}

class Crash extends Error {}
const crashAt = (at: SequencerStep) => ({
  onStep: (step: SequencerStep) => {
    if (step === at) throw new Crash(step)
  },
})

test('a new log publishes the checkpoint of the empty tree, and grows in the order of submission', async () => {
  const log = await begin()
  const sequencer = await log.takeOver()
  expect((await log.verify()).size).toBe(0)
  const leaves = await log.submit(5)
  expect(await sequencer.round()).toMatchObject({ placed: 5, size: 5 })
  expect(await sequencer.round()).toBeNull()
  expect(await auditedLeaves(log)).toEqual(leaves)
})

for (const step of SEQUENCER_STEPS)
  test(`a crash at “${step}” loses nothing, repeats nothing and shows nothing half done`, async () => {
    const log = await begin()
    // A full tile and a partial one stand there already, and the crash happens across the next tile's end.
    const leaves = await log.submit(300)
    await (await log.takeOver()).round()
    const before = await log.verify()
    leaves.push(...(await log.submit(250)))
    const crashing = await log.takeOver(log.pool, crashAt(step))
    await expect(crashing.round()).rejects.toThrow(Crash)
    const between = await log.verify()
    expect(between.faults).toEqual([])
    expect([before.size, 550]).toContain(between.size)

    leaves.push(...(await log.submit(10)))
    const next = await log.takeOver()
    await next.round()
    expect(await auditedLeaves(log)).toEqual(leaves)
    expect((await log.pool.query('SELECT FROM ledger_staging')).rowCount).toBe(0)
    expect((await log.pool.query('SELECT FROM ledger_pending')).rowCount).toBe(0)
  })

test('two crashes one after the other are replayed together', async () => {
  const log = await begin()
  const leaves = await log.submit(200)
  await expect((await log.takeOver(log.pool, crashAt('committed'))).round()).rejects.toThrow(Crash)
  // The second leader dies while it replays: nothing of the folder is to be relied on.
  await rm(log.folder, { recursive: true, force: true })
  leaves.push(...(await log.submit(100)))
  await expect((await log.takeOver(log.pool, crashAt('committed'))).round()).rejects.toThrow(Crash)
  await log.takeOver()
  expect(await auditedLeaves(log)).toEqual(leaves)
})

test('two sequencers at once: the compare-and-swap lets one through, the other stops', async () => {
  const log = await begin()
  let arrived = 0
  let open = () => {}
  const gate = new Promise<void>((resolve) => {
    open = resolve
  })
  // Both have computed and signed the next head before either swaps.
  const onStep = async (step: SequencerStep) => {
    if (step !== 'computed') return
    if (++arrived === 2) open()
    await gate
  }
  const [first, second] = await Promise.all([
    log.takeOver(log.pool, { onStep }),
    log.takeOver(log.pool, { onStep }),
  ])
  const leaves = await log.submit(40)
  const results = await Promise.allSettled([first.round(), second.round()])
  expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  const refused = results.find((result) => result.status === 'rejected')
  expect(refused?.reason).toMatchObject({ code: 'ledger-inconsistent' })
  expect(await auditedLeaves(log)).toEqual(leaves)
})

test('a sequencer whose log was stopped meanwhile signs nothing more', async () => {
  const log = await begin()
  const sequencer = await log.takeOver()
  await log.submit(3)
  await log.pool.query("UPDATE ledger_head SET stopped = 'fork'")
  await expect(sequencer.round()).rejects.toMatchObject({ code: 'ledger-inconsistent' })
  expect((await readHead(log.pool))?.size).toBe(0)
  await expect(log.submit(1)).rejects.toMatchObject({ code: 'unavailable' })
})

test('a folder whose tiles were altered is not built upon', async () => {
  const log = await begin()
  await log.submit(3)
  await (await log.takeOver()).round()
  await writeFile(join(log.folder, 'tile/0/000.p/3'), new Uint8Array(96))
  await expect(log.takeOver()).rejects.toMatchObject({ code: 'ledger-inconsistent' })
})

test('a database that holds another hospital’s log is not signed for', async () => {
  const log = await begin()
  await log.takeOver()
  await expect(log.takeOver(log.pool, { origin: 'other.test/log' })).rejects.toMatchObject({
    code: 'ledger-inconsistent',
  })
})

test('more than one batch of entries is placed batch by batch', async () => {
  const log = await begin()
  const sequencer = await log.takeOver(log.pool, { maxBatch: 100 })
  const leaves = [...(await log.submit(130)), ...(await log.submit(120))]
  expect((await sequencer.round())?.size).toBe(100)
  expect((await sequencer.round())?.size).toBe(200)
  expect((await sequencer.round())?.size).toBe(250)
  expect(await auditedLeaves(log)).toEqual(leaves)
})
