import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { toHex, utf8Bytes } from '@curo/crypto/bytes'
import { sha256 } from '@curo/crypto/hash'
import { randomBytes } from '@curo/crypto/random'
import pg from 'pg'
import { openPool } from '../database.ts'
import { acquireEmbeddedPostgres, type EmbeddedPostgres } from '../embedded-postgres/server.ts'
import { migrateJobs } from '../jobs.ts'
import { migrate, readMigrations } from '../migrations.ts'
import { makeLogger } from '../observability.ts'

/** Set by global-setup.ts: every process of one test run shares the server in this folder. */
export const TEST_FOLDER_VARIABLE = 'CURO_TEST_FOLDER'
const PASSWORD = 'known-to-this-run-only'
const TEMPLATE_LOCK = 0x74656d70
const log = makeLogger({ level: 'warn' })

type Server = { postgres: EmbeddedPostgres; folder: string; shared: boolean; users: number }
let server: Promise<Server> | null = null

async function startServer(): Promise<Server> {
  const runFolder = process.env[TEST_FOLDER_VARIABLE]
  const folder = runFolder ?? (await mkdtemp(join(tmpdir(), 'curo-test-')))
  const shared = runFolder !== undefined
  const postgres = await acquireEmbeddedPostgres({
    dataFolder: folder,
    password: PASSWORD,
    log,
    durable: false,
    keepRunning: shared,
  })
  return { postgres, folder, shared, users: 0 }
}

export type TestDatabase = {
  /** A connection string. */
  readonly url: string
  /** For what the test's node needs on disk; removed with the database. */
  readonly folder: string
  drop(): Promise<void>
}

/** A migrated database of its own, copied from a template in some 30 ms. */
export async function makeTestDatabase(): Promise<TestDatabase> {
  server ??= startServer()
  const running = await server
  running.users++
  const name = `test_${toHex(randomBytes(8))}`
  await withClient(running, 'postgres', async (client) => {
    await client.query('select pg_advisory_lock($1)', [TEMPLATE_LOCK])
    const template = await ensureTemplate(running, client)
    await client.query(`create database ${name} template ${template}`)
  })
  const folder = await mkdtemp(join(running.folder, 'node-'))
  return {
    url: urlOf(running, name),
    folder,
    async drop() {
      await withClient(running, 'postgres', (client) =>
        client.query(`drop database if exists ${name} with (force)`),
      )
      await rm(folder, { recursive: true, force: true })
      running.users--
      if (running.users > 0) return
      // An open connection would keep the test's process from ending.
      server = null
      await running.postgres.release()
      if (!running.shared) await rm(running.folder, { recursive: true, force: true })
    },
  }
}

async function ensureTemplate(running: Server, client: pg.Client): Promise<string> {
  const migrations = readMigrations()
  const version = toHex(sha256(utf8Bytes(migrations.map((migration) => migration.hash).join()))).slice(0, 16)
  const template = `template_${version}`
  const found = await client.query('select 1 from pg_database where datname = $1', [template])
  if (found.rowCount) return template
  const half = `${template}_half`
  await client.query(`drop database if exists ${half} with (force)`)
  await client.query(`create database ${half}`)
  const pool = openPool({ connection: { connectionString: urlOf(running, half) }, size: 2, log })
  await migrate(pool, makeLogger({ level: 'silent' }), migrations)
  await migrateJobs(pool, makeLogger({ level: 'silent' }))
  await pool.end()
  await client.query(`alter database ${half} rename to ${template}`)
  return template
}

function urlOf({ postgres: { connection } }: Server, database: string): string {
  const { user, password, host, port } = connection
  return `postgres://${user}:${password}@localhost:${port}/${database}?host=${encodeURIComponent(host)}`
}

async function withClient<T>(
  running: Server,
  database: string,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ connectionString: urlOf(running, database) })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
