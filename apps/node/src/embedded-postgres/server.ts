import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chown, lstat, mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { CuroError } from '@curo/crypto/errors'
import pg from 'pg'
import type { Logger } from '../context.ts'
import { type PostgresBinaries, postgresBinaries } from './binaries.ts'
import { existingCluster, makeCluster, SERVER_ENVIRONMENT, SUPERUSER } from './place.ts'
import {
  isAlive,
  type Postmaster,
  runningPostmaster,
  servesFolder,
  strikeOutDefunct,
} from './postmaster-file.ts'
import { type ServerAccount, serverAccount } from './system-user.ts'

const PORT = 5432
/** Recovery after a crash replays at most `max_wal_size`. */
const START_DEADLINE_MS = 120_000
const MOST_LAUNCHES = 3
/** After a kill the old server's processes leave within seconds; until then a new one is refused. */
const MOST_LAUNCHES_AFTER_KILL = 9
const FIRST_LAUNCH_PAUSE_MS = 50
/** For about half an hour: what keeps the server from starting may pass, such as a full disk. */
const MOST_JOINS_AGAIN = 60
const FIRST_JOIN_PAUSE_MS = 500
const LONGEST_JOIN_PAUSE_MS = 30_000
const STOP_DEADLINE_MS = 30_000
/** The longest a Unix socket's path may be, everywhere, is 103 bytes; `/.s.PGSQL.5432` takes 14. */
const LONGEST_SOCKET_FOLDER = 88
/** Every Curo process on the cluster holds this advisory lock shared; who gets it alone is the last. */
const PRESENCE_LOCK = 0x6375726f
const DATABASE = 'curo'

export type EmbeddedPostgresOptions = {
  readonly dataFolder: string
  /** The superuser's password; random, kept with the node's keys. */
  readonly password: string
  readonly log: Logger
  /** Server settings beside the defaults, such as `{ shared_buffers: '512MB' }`. */
  readonly settings?: Readonly<Record<string, string>>
  /** False only in tests: no fsync. */
  readonly durable?: boolean
  /** Leave the server running when the last process leaves; somebody else stops it. */
  readonly keepRunning?: boolean
}

export type EmbeddedPostgres = {
  readonly connection: { host: string; port: number; user: string; password: string; database: string }
  /** The real folder of the cluster. */
  readonly folder: string
  /** Whether the server was running already. */
  readonly adopted: boolean
  /** Leaves the server; the last Curo process to leave stops it. */
  release(): Promise<void>
}

/** What every embedded server runs with. No error text carries values: they could be personal. */
const SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: '',
  unix_socket_permissions: '0700',
  shared_buffers: '256MB',
  max_wal_size: '2GB',
  min_wal_size: '256MB',
  max_connections: '200',
  synchronous_commit: 'on',
  jit: 'off',
  max_parallel_workers_per_gather: '0',
  random_page_cost: '1.1',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_error_verbosity: 'terse',
  log_min_error_statement: 'panic',
  log_checkpoints: 'off',
}
const NOT_DURABLE = {
  fsync: 'off',
  full_page_writes: 'off',
  synchronous_commit: 'off',
  shared_buffers: '64MB',
}

/**
 * The node's own PostgreSQL: made when the folder is empty, started when it is down, adopted when it already
 * runs (a killed node leaves it running; a second node on the same folder shares it).
 *
 * [Note: the last one stops the server] Each process keeps one connection with a shared advisory lock. Leaving
 * gives the lock back and tries to take it alone: who gets it is the last and stops the server. A process that
 * arrives in that moment waits on the lock, loses its connection and starts the server again.
 * @throws 'unavailable' with what to do
 */
export async function acquireEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  if (process.platform === 'win32')
    throw new CuroError(
      'unavailable',
      'The embedded PostgreSQL needs Unix sockets: set database.url on Windows.',
    )
  const { dataFolder, log } = options
  const found = await existingCluster(dataFolder)
  const account = await serverAccount(found)
  const binaries = await postgresBinaries(account, log)
  const folder = found ?? (await makeCluster({ durable: true, ...options, account, binaries }))

  const server: Server = { options, account, binaries, folder }
  let { presence, postmaster, adopted } = await joinServer(server)
  let leaving = false
  const guard = (client: pg.Client) => {
    client.on('error', () => undefined)
    client.on('end', () => {
      if (leaving) return
      log.error('the database server went away; starting it again')
      void joinAgain()
    })
  }
  const joinAgain = async () => {
    for (let attempt = 1; !leaving; attempt++) {
      try {
        ;({ presence, postmaster } = await joinServer(server))
        return guard(presence)
      } catch (err) {
        if (attempt === MOST_JOINS_AGAIN)
          return log.fatal({ err }, 'the database server could not be started again')
        log.error({ err }, 'the database server could not be started again yet')
      }
      await pause(Math.min(FIRST_JOIN_PAUSE_MS * 2 ** attempt, LONGEST_JOIN_PAUSE_MS))
    }
  }
  guard(presence)
  await ensureDatabase(presence)
  return {
    connection: connectionTo(postmaster, options.password, DATABASE),
    folder,
    adopted,
    async release() {
      if (leaving) return
      leaving = true
      await (options.keepRunning ? presence.end() : leaveServer(presence, folder, log))
    },
  }
}

type Server = {
  options: EmbeddedPostgresOptions
  account: ServerAccount
  binaries: PostgresBinaries
  folder: string
}

/** Finds the running server or starts one; bounded in time and in launches. */
async function joinServer(server: Server) {
  const { folder, options } = server
  const deadline = Date.now() + START_DEADLINE_MS
  const launches: { exited(): boolean }[] = []
  while (Date.now() < deadline) {
    const postmaster = await runningPostmaster(folder)
    if (postmaster) {
      const presence = await enter(postmaster, options.password)
      if (presence) return { presence, postmaster, adopted: launches.length === 0 }
      if (!(await servesFolder(postmaster.pid, folder))) {
        options.log.warn('removing the lock file of a database server that is gone')
        await rm(join(folder, 'postmaster.pid'), { force: true })
      }
    } else if (launches.at(-1)?.exited() ?? true) {
      if (await strikeOutDefunct(folder))
        options.log.warn('a database server that has ended stood in its lock file still')
      const isAfterKill = (await lastLogLine(options.dataFolder)).includes('still in use')
      if (launches.length === (isAfterKill ? MOST_LAUNCHES_AFTER_KILL : MOST_LAUNCHES)) break
      if (launches.length > 0 && isAfterKill) await pause(FIRST_LAUNCH_PAUSE_MS * 2 ** launches.length)
      launches.push(await launch(server))
    }
    await pause(10)
  }
  throw new CuroError(
    'unavailable',
    `The database server in ${folder} did not start: ${await lastLogLine(options.dataFolder)}`,
  )
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

/** A connection that holds the presence lock, or null while the server is starting or stopping. */
async function enter(postmaster: Postmaster, password: string): Promise<pg.Client | null> {
  if (postmaster.socketFolder === '') return null
  const client = new pg.Client({
    ...connectionTo(postmaster, password, 'postgres'),
    application_name: 'curo presence',
    connectionTimeoutMillis: 10_000,
  })
  client.on('error', () => undefined)
  try {
    await client.connect()
    await client.query('select pg_advisory_lock_shared($1)', [PRESENCE_LOCK])
    client.removeAllListeners('error')
    return client
  } catch (cause) {
    await client.end().catch(() => undefined)
    if ((cause as { code?: string }).code === '28P01')
      throw new CuroError(
        'unavailable',
        'The database server does not accept the password in keys/database.key: restore the keys folder that belongs to this data folder.',
      )
    return null
  }
}

const connectionTo = (postmaster: Postmaster, password: string, database: string) => ({
  host: postmaster.socketFolder,
  port: postmaster.port,
  user: SUPERUSER,
  password,
  database,
})

async function launch({ options, account, binaries, folder }: Server): Promise<{ exited(): boolean }> {
  const socketFolder = await socketFolderFor(folder, account)
  const settings = {
    ...SETTINGS,
    ...(options.durable === false ? NOT_DURABLE : {}),
    ...options.settings,
    unix_socket_directories: socketFolder,
  }
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const logFile = await openLog(options.dataFolder)
  // Its own session: Ctrl-C must reach the node only, which then stops the server in order.
  const child = spawn(binaries.postgres, ['-D', folder, '-p', String(PORT), ...flags], {
    ...account,
    cwd: '/',
    env: SERVER_ENVIRONMENT,
    detached: true,
    stdio: ['ignore', logFile.fd, logFile.fd],
  })
  let exited = false
  child.on('error', () => {
    exited = true
  })
  child.on('exit', () => {
    exited = true
  })
  child.unref()
  await logFile.close()
  return { exited: () => exited }
}

async function socketFolderFor(folder: string, account: ServerAccount): Promise<string> {
  if (Buffer.byteLength(folder) <= LONGEST_SOCKET_FOLDER) return folder
  const owner = account?.uid ?? process.getuid?.() ?? 0
  const short = `/tmp/curo-${createHash('sha256').update(folder).digest('hex').slice(0, 16)}`
  await mkdir(short, { mode: 0o700 }).then(
    () => (account ? chown(short, account.uid, account.gid) : undefined),
    () => undefined,
  )
  const found = await lstat(short)
  if (!found.isDirectory() || found.uid !== owner || (found.mode & 0o077) !== 0)
    throw new CuroError(
      'unavailable',
      `${short} belongs to somebody else: choose a data folder with a shorter path.`,
    )
  return short
}

const LOG_LIMIT = 8 * 1024 * 1024

async function openLog(dataFolder: string) {
  const path = join(dataFolder, 'logs', 'postgres.log')
  await mkdir(join(dataFolder, 'logs'), { recursive: true, mode: 0o700 })
  const size = await stat(path).then(
    (found) => found.size,
    () => 0,
  )
  if (size > LOG_LIMIT) await rename(path, `${path}.1`)
  return open(path, 'a', 0o600)
}

async function lastLogLine(dataFolder: string): Promise<string> {
  const text = await readFile(join(dataFolder, 'logs', 'postgres.log'), 'utf8').catch(() => '')
  return text.trim().split('\n').at(-1) ?? ''
}

async function ensureDatabase(presence: pg.Client): Promise<void> {
  const found = await presence.query('select 1 from pg_database where datname = $1', [DATABASE])
  if (found.rowCount) return
  await presence.query(`create database ${DATABASE}`).catch((error: { code?: string }) => {
    // Another process was faster: duplicate_database, or the unique index on its name.
    if (error.code !== '42P04' && error.code !== '23505') throw error
  })
}

async function leaveServer(presence: pg.Client, folder: string, log: Logger): Promise<void> {
  try {
    await presence.query('select pg_advisory_unlock_shared($1)', [PRESENCE_LOCK])
    const alone = await presence.query<{ last: boolean }>('select pg_try_advisory_lock($1) as last', [
      PRESENCE_LOCK,
    ])
    if (alone.rows[0]?.last) await stopServer(folder)
  } catch (err) {
    log.warn({ err }, 'the database server was not reached while leaving it')
  } finally {
    await presence.end().catch(() => undefined)
  }
}

/** Stops the server of this folder, whoever uses it. SIGINT is the fast shutdown: roll back, checkpoint, exit. */
export async function stopServer(folder: string): Promise<void> {
  const postmaster = await runningPostmaster(folder)
  if (postmaster === null || !(await servesFolder(postmaster.pid, folder))) return
  process.kill(postmaster.pid, 'SIGINT')
  await gone(postmaster.pid)
}

async function gone(pid: number): Promise<void> {
  const deadline = Date.now() + STOP_DEADLINE_MS
  while (isAlive(pid) && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 10))
}
