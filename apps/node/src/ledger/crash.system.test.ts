import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { LedgerReceipt } from '@curo/contract/ledger'
import { verifyLog } from '@curo/ledger/verify-log'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDatabase, openPool } from '../database.ts'
import { loadKeys, makeKeys } from '../keys.ts'
import { makeLogger, makeMetrics } from '../observability.ts'
import { makeTestDatabase, type TestDatabase } from '../testing/test-postgres.ts'
import { readHead } from './head.ts'
import { logNoteKey } from './log-key.ts'
import { makeSubmitter, startSequencing } from './service.ts'
import { listFiles } from './testing/bare-log.ts'
import { bundleAppender, readReceipts, startAppender } from './testing/killable-process.ts'
import { meetPatients, untilLogHas } from './testing/sample-events.ts'
import { TileFolder } from './tile-folder.ts'

const KILLS = 50
const origin = 'crash.test/log'

let database: TestDatabase
let scratch: string
let program: string
beforeAll(async () => {
  database = await makeTestDatabase()
  scratch = await mkdtemp(join(tmpdir(), 'curo-crash-'))
  program = await bundleAppender(scratch)
})
afterAll(async () => {
  await database.drop()
  await rm(scratch, { recursive: true, force: true })
})

test(`after ${KILLS} kills at random moments every acknowledged entry is there once and the log verifies`, {
  timeout: 900_000,
}, async () => {
  const dataFolder = database.folder
  await makeKeys(dataFolder)
  const log = makeLogger({ level: 'silent' })
  const pool = openPool({ connection: { connectionString: database.url }, size: 6, log })
  const keys = await loadKeys(dataFolder)
  const config = { origin, dataFolder }
  const frame = { config, keys, pool, db: openDatabase(pool), log } as unknown as Parameters<
    typeof makeSubmitter
  >[0]
  const ledger = makeSubmitter(frame)
  const patients = (await meetPatients({ db: frame.db, ledger }, 12)).map(({ patient }) => patient)
  const { key } = await logNoteKey(origin, keys.logSeed)
  const audit = () =>
    verifyLog({
      read: (path) => new TileFolder(join(dataFolder, 'ledger')).read(path),
      policy: { logs: [{ key }], witnesses: [], groups: [], quorum: 'none' },
      paths: listFiles(join(dataFolder, 'ledger')),
    })

  // On a slow machine a process may be killed before it is given its first receipt: then there are more rounds.
  const acknowledged: LedgerReceipt[] = []
  for (let kill = 0; kill < KILLS || (acknowledged.length <= KILLS && kill < 4 * KILLS); kill++) {
    const receipts = join(scratch, `receipts-${kill}.jsonl`)
    const appender = await startAppender(program, {
      databaseUrl: database.url,
      dataFolder,
      receipts,
      patients,
    })
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 400))
    await appender.kill()
    acknowledged.push(...(await readReceipts(receipts)))
    // The first may be killed before anything is published.
    if ((await readHead(pool))?.publishedCheckpoint == null) continue
    const { faults } = await audit()
    expect(faults, `after kill ${kill}`).toEqual([])
  }
  expect(acknowledged.length).toBeGreaterThan(KILLS)

  const sequencing = await startSequencing({
    ...frame,
    ledger,
    metrics: makeMetrics({ processMetrics: false }),
  })
  const { rows: recorded } = await pool.query<{ leaf_hash: Buffer }>('SELECT leaf_hash FROM ledger_entries')
  await untilLogHas({ pool }, 'publishedSize', recorded.length)
  await sequencing.stop()

  const report = await audit()
  expect(report.faults).toEqual([])
  expect(report.size).toBe(recorded.length)
  const { rows: placed } = await pool.query<{ leaf: string; leaf_index: number }>(
    `SELECT translate(encode(leaf_hash, 'base64'), '+/=', '-_') AS leaf, leaf_index FROM ledger_entries`,
  )
  const indexes = new Map(placed.map(({ leaf, leaf_index }) => [leaf, leaf_index]))
  expect(indexes.size).toBe(report.size)
  expect(new Set(indexes.values()).size).toBe(report.size)
  for (const { leaf } of acknowledged) expect(indexes.get(leaf)).toBeTypeOf('number')
  const { rows: chains } = await pool.query<{ gaps: number }>(
    `SELECT max(seq) + 1 - count(*) AS gaps FROM ledger_events GROUP BY patient`,
  )
  expect(chains.map(({ gaps }) => gaps)).toEqual(patients.map(() => 0))
  await pool.end()
})
