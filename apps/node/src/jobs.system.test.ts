import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { acquireEmbeddedPostgres } from './embedded-postgres/server.ts'
import { initNode } from './init.ts'
import { loadKeys } from './keys.ts'
import { makeLogger } from './observability.ts'
import { startNodeProcess } from './testing/node-process.ts'

const cleanups: (() => unknown)[] = []
let dataFolder: string
beforeEach(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'curo-jobs-'))
  cleanups.push(() => rm(dataFolder, { recursive: true, force: true }))
})
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

/** Somebody else on the node's own database. */
async function connect(): Promise<pg.Client> {
  const { databasePassword: password } = await loadKeys(dataFolder)
  const log = makeLogger({ level: 'silent' })
  const server = await acquireEmbeddedPostgres({ dataFolder, password, log })
  cleanups.push(() => server.release())
  const client = new pg.Client(server.connection)
  await client.connect()
  cleanups.push(() => client.end())
  return client
}

test('bug: a job that ended while the database was away ended the whole node', async () => {
  await initNode({ dataFolder, settings: { origin: 'jobs.test/log' } })
  const node = await startNodeProcess({ dataFolder })
  cleanups.push(() => node.end('SIGTERM'))
  const [operator, holder] = await Promise.all([connect(), connect()])
  /** Ends the node's connection that waits for this table, as a database that restarts does. */
  const endWaiting = async (table: string) =>
    (
      await operator.query(
        `SELECT pg_terminate_backend(pid) FROM pg_locks WHERE NOT granted AND relation = $1::regclass`,
        [table],
      )
    ).rowCount
  const jobs = 'graphile_worker._private_jobs'

  await holder.query('BEGIN; LOCK TABLE outbox')
  await operator.query(`SELECT graphile_worker.add_job('messages.deliver', '{"message": "nobody"}')`)
  const waits = async () =>
    (await operator.query(`SELECT FROM pg_locks WHERE NOT granted AND relation = 'outbox'::regclass`))
      .rowCount
  await expect.poll(waits, { timeout: 60_000 }).toBeGreaterThan(0)
  // The job fails, and that cannot be written down either.
  await holder.query(`LOCK TABLE ${jobs} IN SHARE MODE`)
  await endWaiting('outbox')
  await expect.poll(() => endWaiting(jobs), { timeout: 60_000 }).toBeGreaterThan(0)
  await holder.query('ROLLBACK')

  await expect.poll(node.output, { timeout: 60_000 }).toContain('could not be written down')
  expect(node.child.exitCode).toBeNull()
  expect((await fetch(`${node.address}/readyz`)).status).toBe(200)
  // The queue goes on with the next.
  await operator.query(`SELECT graphile_worker.add_job('messages.deliver', '{"message": "nobody else"}')`)
  const left = async () => (await operator.query(`SELECT FROM ${jobs} WHERE locked_at IS NULL`)).rowCount
  await expect.poll(left, { timeout: 60_000 }).toBe(0)
})
