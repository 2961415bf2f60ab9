import { execFileSync } from 'node:child_process'
import { chmod, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { LedgerReceipt } from '@curo/contract/ledger'
import { verifyLog } from '@curo/ledger/verify-log'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { NodeFrame } from '../context.ts'
import { type DatabaseConnection, openDatabase, openPool } from '../database.ts'
import { acquireEmbeddedPostgres } from '../embedded-postgres/server.ts'
import { migrateJobs } from '../jobs.ts'
import { loadKeys, makeKeys } from '../keys.ts'
import { migrate } from '../migrations.ts'
import { makeLogger, makeMetrics } from '../observability.ts'
import { makeTestDatabase } from '../testing/test-postgres.ts'
import { logNoteKey } from './log-key.ts'
import { makeSubmitter, startSequencing } from './service.ts'
import { listFiles } from './testing/bare-log.ts'
import {
  type AppenderArguments,
  bundleAppender,
  readReceipts,
  startAppender,
} from './testing/killable-process.ts'
import { meetPatients, sampleEvent, untilLogHas } from './testing/sample-events.ts'
import { TileFolder } from './tile-folder.ts'

const origin = 'crash.test/log'
const log = makeLogger({ level: 'silent' })
const cleanups: (() => unknown)[] = []
let scratch: string
beforeEach(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'curo-failover-'))
  // The embedded PostgreSQL's own user must get in, or its files would lie elsewhere and stay behind.
  await chmod(scratch, 0o711)
  cleanups.push(() => rm(scratch, { recursive: true, force: true }))
})
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

/** One process's part of a node, without HTTP. */
async function makeProcess(connection: DatabaseConnection, dataFolder: string, keysFolder = dataFolder) {
  const pool = openPool({ connection, size: 8, log })
  cleanups.push(() => pool.end())
  const keys = await loadKeys(keysFolder)
  const frame = {
    config: { origin, dataFolder },
    keys,
    pool,
    db: openDatabase(pool),
    log,
    metrics: makeMetrics({ processMetrics: false }),
  } as unknown as NodeFrame
  const ledger = makeSubmitter(frame)
  const { key } = await logNoteKey(origin, keys.logSeed)
  const folder = join(dataFolder, 'ledger')
  return {
    ...frame,
    ledger,
    async sequence() {
      const sequencing = await startSequencing({ ...frame, ledger } as Parameters<typeof startSequencing>[0])
      cleanups.push(() => sequencing.stop())
      return sequencing
    },
    verify: () =>
      verifyLog({
        read: (path) => new TileFolder(folder).read(path),
        policy: { logs: [{ key }], witnesses: [], groups: [], quorum: 'none' },
        paths: listFiles(folder),
      }),
    count: async () =>
      (await pool.query<{ n: number }>('SELECT count(*) AS n FROM ledger_entries')).rows[0]?.n ?? 0,
  }
}

/** A node in this process, and the program of another on the same database and folder. */
async function makePair() {
  const database = await makeTestDatabase()
  cleanups.push(() => database.drop())
  await makeKeys(database.folder)
  const standby = await makeProcess({ connectionString: database.url }, database.folder)
  const patients = (await meetPatients(standby, 2)).map(({ patient }) => patient)
  const program = await bundleAppender(scratch)
  const receipts = join(scratch, 'receipts.jsonl')
  const args = { databaseUrl: database.url, dataFolder: database.folder, receipts }
  return { standby, patients, start: (more: LeaderOptions) => startAppender(program, { ...args, ...more }) }
}
type LeaderOptions = Pick<AppenderArguments, 'patients' | 'timing'>

const LEADERS = "pg_locks l WHERE locktype = 'advisory' AND granted AND objid = 1818584167"

test('a leader that has nothing to do is told of the other process’s entries', async () => {
  const { standby, patients, start } = await makePair()
  // By itself it would look in an hour.
  const leader = await start({ patients: [], timing: { heartbeatMs: 3_600_000, alertMs: 200 } })
  const idleFor = `SELECT extract(epoch FROM now() - state_change) AS seconds FROM pg_stat_activity a,
    ${LEADERS} AND a.pid = l.pid AND a.state = 'idle'`
  for (let size = 1; size <= 3; size++) {
    await expect
      .poll(async () => Number((await standby.pool.query(idleFor)).rows[0]?.seconds ?? 0), {
        timeout: 60_000,
      })
      .toBeGreaterThan(1)
    await standby.ledger.submitAlone([sampleEvent(patients[0] ?? '')])
    await untilLogHas(standby, 'publishedSize', size)
  }
  await leader.kill()
})

test('of two processes one sequences; when it is killed amid the work the other takes over', async () => {
  const { standby, patients, start } = await makePair()
  const [hers = '', patient = ''] = patients
  const leader = await start({ patients: [hers] })
  await untilLogHas(standby, 'publishedSize', 1)
  await standby.sequence()
  await standby.ledger.submitAlone([sampleEvent(patient)])
  await untilLogHas(standby, 'publishedSize', await standby.count())
  expect((await standby.pool.query(`SELECT FROM ${LEADERS}`)).rowCount).toBe(1)

  await leader.kill()
  await standby.ledger.submitAlone([sampleEvent(patient)])
  await untilLogHas(standby, 'publishedSize', await standby.count())
  const given = await readReceipts(join(scratch, 'receipts.jsonl'))
  const report = await standby.verify()
  expect(report).toMatchObject({ faults: [], size: await standby.count() })
  expect(report.size).toBeGreaterThanOrEqual(given.length + 2)
})

test('PostgreSQL killed again and again while entries are appended: what was acknowledged is there, once', {
  timeout: 900_000,
}, async () => {
  const dataFolder = join(scratch, 'node')
  await mkdir(dataFolder, { mode: 0o711 })
  await makeKeys(dataFolder)
  const keys = await loadKeys(dataFolder)
  const postgres = await acquireEmbeddedPostgres({ dataFolder, password: keys.databasePassword, log })
  cleanups.push(() => postgres.release())
  const node = await makeProcess(postgres.connection, dataFolder)
  await migrate(node.pool, log)
  await migrateJobs(node.pool, log)
  await node.sequence()
  const patients = (await meetPatients(node, 6)).map(({ patient }) => patient)
  const acknowledged: LedgerReceipt[] = []
  let going = true
  const appending = patients.map(async (patient) => {
    while (going)
      await node.ledger.submitAlone([sampleEvent(patient)]).then(
        (receipts) => acknowledged.push(...receipts),
        () => new Promise((resolve) => setTimeout(resolve, 20)),
      )
  })
  const untilAcknowledged = async (count: number) => {
    for (const deadline = Date.now() + 120_000; acknowledged.length < count; ) {
      if (Date.now() > deadline) throw new Error(`only ${acknowledged.length} of ${count} were acknowledged`)
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
  }
  for (let kill = 1; kill <= 5; kill++) {
    await untilAcknowledged(acknowledged.length + 100)
    const [pid] = (await readFile(join(postgres.folder, 'postmaster.pid'), 'utf8')).split('\n')
    process.kill(Number(pid), 'SIGKILL')
  }
  await untilAcknowledged(acknowledged.length + 100)
  going = false
  await Promise.all(appending)
  await untilLogHas(node, 'publishedSize', await node.count())
  const report = await node.verify()
  expect(report).toMatchObject({ faults: [], size: await node.count() })
  const { rows } = await node.pool.query<{ leaf: string }>(
    `SELECT translate(encode(leaf_hash, 'base64'), '+/=', '-_') AS leaf FROM ledger_entries`,
  )
  const leaves = new Set(rows.map(({ leaf }) => leaf))
  expect(leaves.size).toBe(report.size)
  for (const { leaf } of acknowledged) expect(leaves.has(leaf)).toBe(true)
})

/** A file system of its own, so small that a log fills it; null where that is not allowed. */
function smallDisk(folder: string, size: string): { resize(size: string): void } | null {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder], { stdio: 'ignore' })
  } catch {
    return null
  }
  cleanups.push(() => execFileSync('umount', ['--lazy', folder]))
  return { resize: (larger) => void execFileSync('mount', ['-o', `remount,size=${larger}`, folder]) }
}

test('while the ledger folder’s disk is full entries are recorded, and published once there is space', async ({
  skip,
}) => {
  const database = await makeTestDatabase()
  cleanups.push(() => database.drop())
  await makeKeys(database.folder)
  const dataFolder = join(scratch, 'small')
  await mkdir(dataFolder)
  const disk = smallDisk(dataFolder, '160k')
  if (!disk) return skip('only root may mount a small file system')
  const node = await makeProcess({ connectionString: database.url }, dataFolder, database.folder)
  await node.sequence()
  const patients = await meetPatients(node, 16)
  const fill = () =>
    Promise.all(
      patients.map(({ patient }) =>
        node.ledger.submitAlone(Array.from({ length: 64 }, () => sampleEvent(patient))),
      ),
    )
  // First something that fits: a fast machine records in one interval more than the whole disk holds.
  await node.ledger.submitAlone([sampleEvent(patients[0]?.patient ?? '')])
  await untilLogHas(node, 'publishedSize', 1)
  for (let round = 0; round < 5; round++) await fill()
  const count = await node.count()
  expect(count).toBe(1 + 5 * 16 * 64)
  // The disk holds some 1,500 entries with their tiles: it is full by now, and what it shows is whole.
  const report = await node.verify()
  expect(report.faults).toEqual([])
  expect(report.size).toBeGreaterThanOrEqual(1)
  expect(report.size).toBeLessThan(count)
  await fill()

  disk.resize('64m')
  await untilLogHas(node, 'publishedSize', 1 + 6 * 16 * 64)
  expect(await node.verify()).toMatchObject({ faults: [], size: 1 + 6 * 16 * 64 })
})
