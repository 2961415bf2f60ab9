import { afterEach, beforeEach, expect, test } from 'vitest'
import { inTransaction } from '../database.ts'
import { stopLog } from './head.ts'
import { type BareLog, makeBareLog } from './testing/bare-log.ts'
import { meetPatients, sampleEvent } from './testing/sample-events.ts'

let log: BareLog
let patient: string
beforeEach(async () => {
  log = await makeBareLog()
  patient = (await meetPatients(log, 1))[0]?.patient ?? ''
})
afterEach(() => log.drop())

/** Each event once, without a gap, each naming the leaf before it. */
async function checkChain(length: number): Promise<void> {
  const { rows } = await log.pool.query('SELECT seq, id FROM ledger_events ORDER BY seq')
  expect(rows.map(({ seq }) => seq)).toEqual(Array.from({ length }, (_, at) => at))
  expect(new Set(rows.map(({ id }) => id)).size).toBe(length)
  const { rows: chains } = await log.pool.query('SELECT counter FROM ledger_chains')
  expect(chains[0].counter).toBe(length)
}

/** How many transactions were begun while `work` ran. */
async function countTransactions(work: () => Promise<unknown>): Promise<number> {
  let begun = 0
  const connected = (client: { query(...args: unknown[]): unknown }) => {
    const query = client.query.bind(client)
    client.query = (...args: unknown[]) => {
      if (String((args[0] as { text?: string })?.text ?? args[0]).startsWith('begin')) begun++
      return query(...args)
    }
  }
  log.pool.on('acquire', connected as never)
  await work()
  log.pool.off('acquire', connected as never)
  return begun
}

test('a chain that nobody else moved is written to in one statement; the first time asks where it stands', async () => {
  expect(await countTransactions(() => log.ledger.submitAlone([sampleEvent(patient)]))).toBe(1)
  expect(await countTransactions(() => log.ledger.submitAlone([sampleEvent(patient)]))).toBe(0)
  await checkChain(2)
})

test('two processes write to one chain at once: every event stands there once, in one order', async () => {
  const both = [log.ledger, log.makeSubmitter()]
  for (let round = 0; round < 12; round++) {
    const receipts = await Promise.all(
      Array.from({ length: 8 }, (_, at) => both[at % 2]?.submitAlone([sampleEvent(patient)])),
    )
    expect(new Set(receipts.map((given) => given?.[0]?.seq)).size).toBe(8)
  }
  await checkChain(96)
})

test('each receipt names the leaf before its own', async () => {
  const other = log.makeSubmitter()
  let before: string | null = null
  for (const ledger of [log.ledger, log.ledger, other, log.ledger, other, other]) {
    const [receipt] = await ledger.submitAlone([sampleEvent(patient)])
    expect(JSON.parse(receipt?.body ?? '{}').prev).toBe(before)
    before = receipt?.leaf ?? null
  }
})

test('an id that was recorded before gives its first receipt, alone and beside new ones', async () => {
  const event = sampleEvent(patient)
  const [first] = await log.ledger.submitAlone([event])
  const again = await Promise.all([
    log.ledger.submitAlone([event]),
    log.ledger.submitAlone([sampleEvent(patient)]),
    log.ledger.submitAlone([event]),
  ])
  expect(again[0]).toEqual([first])
  expect(again[2]).toEqual([first])
  await checkChain(2)
})

test('a connection that breaks after the commit: asking again finds what was recorded', async () => {
  await log.ledger.submitAlone([sampleEvent(patient)])
  const query = log.pool.query.bind(log.pool)
  let broken = 0
  log.pool.query = (async (...args: Parameters<typeof query>) => {
    const result = await query(...args)
    if ((args[0] as { name?: string }).name !== 'store-ledger-events') return result
    broken++
    throw new Error('Connection terminated unexpectedly')
  }) as typeof log.pool.query
  const event = sampleEvent(patient)
  const [receipt] = await log.ledger.submitAlone([event])
  expect(broken).toBe(1)
  expect(receipt).toMatchObject({ id: event.id, seq: 1 })
  await checkChain(2)
})

test('a log that was stopped meanwhile records nothing', async () => {
  await log.takeOver()
  await log.ledger.submitAlone([sampleEvent(patient)])
  await stopLog(log.pool, { why: 'fork', reason: 'a test' })
  await expect(log.ledger.submitAlone([sampleEvent(patient)])).rejects.toMatchObject({ code: 'unavailable' })
  await checkChain(1)
})

test('a chain that was closed meanwhile takes nothing more; its successor does', async () => {
  await log.ledger.submitAlone([sampleEvent(patient)])
  await inTransaction(log.db, (trx) => log.makeSubmitter().closeChain(trx, { patient, epoch: 0 }))
  await expect(log.ledger.submitAlone([sampleEvent(patient)])).rejects.toMatchObject({ code: 'not-found' })
  await inTransaction(log.db, (trx) =>
    log.ledger.openChain(trx, { patient, epoch: 1, chainKey: new Uint8Array(32).fill(7) }),
  )
  const [receipt] = await log.ledger.submitAlone([sampleEvent(patient)])
  expect(receipt).toMatchObject({ epoch: 1, seq: 0 })
})

test('a transaction that moves the chain and rolls back leaves the remembered place right', async () => {
  await log.ledger.submitAlone([sampleEvent(patient)])
  await inTransaction(log.db, async (trx) => {
    await log.ledger.submit(trx, [sampleEvent(patient)])
    throw new Error('changed its mind')
  }).catch(() => undefined)
  expect(await countTransactions(() => log.ledger.submitAlone([sampleEvent(patient)]))).toBe(0)
  await checkChain(2)
})
