import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { getLedger } from '@curo/contract/ledger'
import { randomBytes, randomId } from '@curo/crypto/random'
import { signBody } from '@curo/crypto/signatures'
import { parsePolicy } from '@curo/ledger/policy-file'
import { verifyLog } from '@curo/ledger/verify-log'
import pg from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { inTransaction, openPool } from '../database.ts'
import { readHead } from '../ledger/head.ts'
import { readHistory } from '../ledger/history.ts'
import {
  meetPatients,
  type SamplePatient,
  sampleEvent,
  untilLogHas,
} from '../ledger/testing/sample-events.ts'
import { updateMirrors } from '../network/mirror.ts'
import { remoteLog } from '../network/remote-log.ts'
import { introduce, makeRegion } from '../network/testing/region.ts'
import { makeLogger } from '../observability.ts'
import { type RunningNode, startNode } from '../start.ts'
import { makeTestNode, type TestNode } from '../testing/test-node.ts'
import { backUp } from './backup.ts'
import { dumpDatabaseSql } from './dump.ts'
import { backUpKeys } from './keys-backup.ts'
import { loadDatabaseSql } from './load.ts'
import { restoreBackup } from './restore.ts'

const log = makeLogger({ level: 'silent' })
const cleanups: (() => unknown)[] = []
let scratch: string
beforeEach(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'curo-backup-'))
  // The embedded PostgreSQL's own user must get in, or its files would lie elsewhere and stay behind.
  await chmod(scratch, 0o711)
  cleanups.push(() => rm(scratch, { recursive: true, force: true }))
})
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

async function startTestNode(): Promise<TestNode> {
  const node = await makeTestNode()
  cleanups.push(() => node.stop())
  return node
}

/** An empty database on the server where the test's node has its own. */
async function emptyDatabase({ databaseUrl }: TestNode): Promise<string> {
  const name = `restored_${Date.now()}_${Math.floor(Math.random() * 1e9)}`
  const url = new URL(databaseUrl)
  const withDatabase = (database: string) => databaseUrl.replace(url.pathname, `/${database}`)
  const run = async (statement: string) => {
    const client = new pg.Client({ connectionString: withDatabase('postgres') })
    await client.connect()
    await client.query(statement)
    await client.end()
  }
  await run(`CREATE DATABASE ${name}`)
  cleanups.push(() => run(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`))
  return withDatabase(name)
}

async function meetOne(node: TestNode): Promise<SamplePatient> {
  const [patient] = await meetPatients(node.context, 1)
  if (!patient) throw new Error('no patient')
  return patient
}
const append = (node: Pick<TestNode, 'context'>, { patient }: SamplePatient, count = 1) =>
  node.context.ledger.submitAlone(Array.from({ length: count }, () => sampleEvent(patient)))
const historyOf = ({ context }: Pick<TestNode, 'context'>, { patient }: SamplePatient) =>
  readHistory(context.pool, { patient, dataKey: context.keys.dataKey, limit: 1000 })

/** Backs up node and keys, and returns what restoring them takes. */
async function backUpAll({ context }: TestNode) {
  const name = randomId()
  const from = join(scratch, `backup-${name}`)
  const keysFile = join(scratch, `keys-${name}`)
  const { code } = await backUpKeys({ dataFolder: context.config.dataFolder, file: keysFile })
  await backUp(context, from)
  return { from, keysFile, code, dataFolder: join(scratch, `restored-${name}`), log }
}

async function run(
  dataFolder: string,
  options: { origin: string; databaseUrl?: string; port?: number },
): Promise<RunningNode> {
  const node = await startNode({
    dataFolder,
    origin: options.origin,
    port: options.port ?? 0,
    log: { level: 'silent' },
    jobs: { run: false, concurrency: 1 },
    ...(options.databaseUrl ? { database: { url: options.databaseUrl } } : {}),
  } as Parameters<typeof startNode>[0])
  cleanups.push(() => node.stop())
  return node
}

/** A restored log is stopped until it has compared itself with its witnesses. */
const untilItGoesOn = ({ context }: RunningNode) =>
  expect.poll(async () => (await readHead(context.pool))?.stopped, { timeout: 90_000 }).toBeNull()

async function tableContents(pool: pg.Pool): Promise<Record<string, string[]>> {
  const { rows } = await pool.query<{ name: string }>(
    "SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY 1",
  )
  const contents: Record<string, string[]> = {}
  for (const { name } of rows)
    contents[name] = (await pool.query<{ row: string }>(`SELECT t::text AS row FROM "${name}" t`)).rows
      .map(({ row }) => row)
      .sort()
  return contents
}

async function withOddRows(node: TestNode): Promise<void> {
  const patient = await meetOne(node)
  await append(node, patient, 300)
  await untilLogHas(node.context, 'publishedSize', 300)
  await inTransaction(node.context.db, (trx) =>
    node.context.outbox.enqueue(trx, {
      to: '+919812345678',
      channel: 'sms',
      template: 'activation-otp',
      values: { code: '123456', hospital: 'Asha' },
    }),
  )
  await node.context.pool.query('UPDATE outbox SET last_fault = $1', [
    '\\.\n\t\u2028\u2029\r \\N "quoted" {x} अ 🩺',
  ])
}

test('a dump restores row for row, whatever the rows hold, and sequences go on', async () => {
  const node = await startTestNode()
  await withOddRows(node)
  const file = join(scratch, 'database.sql')
  await dumpDatabaseSql(node.context.pool, file)
  const pool = openPool({ connection: { connectionString: await emptyDatabase(node) }, size: 2, log })
  await loadDatabaseSql(pool, file)
  const restored = await tableContents(pool)
  expect(restored).toEqual(await tableContents(node.context.pool))
  expect(restored.ledger_entries?.length).toBe(300)
  await pool.query("INSERT INTO ledger_entries (entry, leaf_hash) VALUES ('x', 'y')")
  const constraints =
    "SELECT conname, pg_get_constraintdef(oid) AS definition FROM pg_constraint WHERE connamespace = 'public'::regnamespace ORDER BY 1, 2"
  expect((await pool.query(constraints)).rows).toEqual((await node.context.pool.query(constraints)).rows)
  await expect(loadDatabaseSql(pool, file)).rejects.toMatchObject({ code: 'conflict' })
  await pool.end()
})

test('psql restores the dump', async ({ skip }) => {
  if (!existsSync('/usr/bin/psql')) skip('psql is not installed: apt-get install postgresql-client')
  const node = await startTestNode()
  await withOddRows(node)
  const file = join(scratch, 'database.sql')
  await dumpDatabaseSql(node.context.pool, file)
  const url = await emptyDatabase(node)
  await promisify(execFile)('/usr/bin/psql', [
    '--no-psqlrc',
    '--set',
    'ON_ERROR_STOP=1',
    '--quiet',
    '--file',
    file,
    url,
  ])
  const pool = openPool({ connection: { connectionString: url }, size: 1, log })
  expect(await tableContents(pool)).toEqual(await tableContents(node.context.pool))
  await pool.end()
})

test('a dump that was cut off anywhere restores nothing', async () => {
  const node = await startTestNode()
  await withOddRows(node)
  const file = join(scratch, 'database.sql')
  await dumpDatabaseSql(node.context.pool, file)
  const whole = await readFile(file)
  const pool = openPool({ connection: { connectionString: await emptyDatabase(node) }, size: 2, log })
  for (const part of [0.2, 0.5, 0.9, 0.9999]) {
    await writeFile(file, whole.subarray(0, Math.floor(whole.length * part)))
    await expect(loadDatabaseSql(pool, file), String(part)).rejects.toThrow()
    expect(Object.keys(await tableContents(pool)), String(part)).toEqual([])
  }
  await pool.end()
})

test('a node is restored into an empty folder with an embedded database, runs, and its log goes on', async () => {
  const node = await startTestNode()
  const patient = await meetOne(node)
  await append(node, patient, 20)
  await untilLogHas(node.context, 'publishedSize', 20)
  const piece = randomBytes(300_000)
  await mkdir(join(node.context.config.dataFolder, 'buckets/3/ab'), { recursive: true })
  await writeFile(join(node.context.config.dataFolder, 'buckets/3/ab/piece'), piece)
  const before = await historyOf(node, patient)
  const backup = await backUpAll(node)
  const names = ['buckets', 'database.sql', 'files.sha256', 'ledger', 'manifest.json']
  expect((await readdir(backup.from)).sort()).toEqual(names)
  await promisify(execFile)('sha256sum', ['--check', '--quiet', 'files.sha256'], { cwd: backup.from })

  await restoreBackup(backup)
  expect(await readFile(join(backup.dataFolder, 'buckets/3/ab/piece'))).toEqual(Buffer.from(piece))
  const restored = await run(backup.dataFolder, { origin: 'node.test/log' })
  expect(await historyOf(restored, patient)).toEqual(before)
  await untilItGoesOn(restored)
  const [receipt] = await append(restored, patient)
  expect(receipt?.seq).toBe(20)
  await untilLogHas(restored.context, 'publishedSize', 21)
  await expect(restoreBackup(backup)).rejects.toMatchObject({ code: 'conflict' })
})

test('a backup taken while entries are appended is whole', async () => {
  const node = await startTestNode()
  const patients = await meetPatients(node.context, 8)
  let going = true
  const appending = patients.map(async (patient) => {
    while (going) await append(node, patient, 5)
  })
  await untilLogHas(node.context, 'publishedSize', 100)
  const backup = await backUpAll(node)
  going = false
  await Promise.all(appending)
  const databaseUrl = await emptyDatabase(node)
  await restoreBackup({ ...backup, databaseUrl })
  const restored = await run(backup.dataFolder, { origin: 'node.test/log', databaseUrl })
  const { rows } = await restored.context.pool.query<{ count: number }>(
    'SELECT count(*) AS count FROM ledger_entries',
  )
  await untilLogHas(restored.context, 'publishedSize', rows[0]?.count ?? 0)
  const { key } = { key: parsePolicy(`log ${(await getLogKey(restored)) ?? ''}\nquorum none\n`) }
  const report = await verifyLog({ read: remoteLog(`${restored.address}/log`), policy: key })
  expect(report).toMatchObject({ faults: [], size: rows[0]?.count })
})

async function getLogKey({ address }: RunningNode): Promise<string> {
  return ((await (await fetch(`${address}${getLedger.path}`)).json()) as { key: string }).key
}

test('a backup holds neither keys nor plaintext, and is refused when anything in it was changed', async () => {
  const node = await startTestNode()
  const patient = await meetOne(node)
  await node.context.ledger.submitAlone([
    sampleEvent(patient.patient, { details: { reason: 'planted-plaintext-51c9' } }),
  ])
  await untilLogHas(node.context, 'publishedSize', 1)
  const backup = await backUpAll(node)
  const secrets = [Buffer.from('planted-plaintext-51c9'), Buffer.from(node.context.keys.dataKey)]
  for (const path of ['database.sql', 'manifest.json', 'files.sha256']) {
    const bytes = await readFile(join(backup.from, path))
    for (const secret of secrets) {
      expect(bytes.includes(secret), path).toBe(false)
      expect(bytes.includes(secret.toString('hex')), path).toBe(false)
      expect(bytes.includes(secret.toString('base64url')), path).toBe(false)
    }
  }
  await expect(restoreBackup({ ...backup, code: 'AAAA-BBBB' })).rejects.toMatchObject({ code: 'malformed' })
  const other = await backUpAll(node)
  await expect(restoreBackup({ ...backup, code: other.code })).rejects.toMatchObject({ code: 'wrong-key' })

  const altered = join(scratch, 'altered')
  for (const change of ['database.sql', 'ledger/checkpoint', 'manifest.json', 'files.sha256']) {
    await rm(altered, { recursive: true, force: true })
    await cp(backup.from, altered, { recursive: true })
    const path = join(altered, change)
    const text = await readFile(path, 'utf8')
    await writeFile(
      path,
      text.replace(/[a-f]/, (digit) => (digit === 'a' ? 'b' : 'a')),
    )
    await expect(restoreBackup({ ...backup, from: altered }), change).rejects.toMatchObject({
      code: expect.stringMatching(/storage-damaged|forged-signature/),
    })
  }
  expect(existsSync(backup.dataFolder)).toBe(false)
})

test('attack: a backup made up by somebody else is not restored', async () => {
  const node = await startTestNode()
  const backup = await backUpAll(node)
  const other = await startTestNode()
  const path = join(backup.from, 'manifest.json')
  const { signer, signature, ...body } = JSON.parse(await readFile(path, 'utf8'))
  await writeFile(
    path,
    JSON.stringify(await signBody({ kind: 'backup', body, key: other.context.keys.nodeSigning })),
  )
  await expect(restoreBackup(backup)).rejects.toMatchObject({ code: 'forged-signature' })
  expect([signer, signature]).toHaveLength(2)
})

async function region(): Promise<TestNode[]> {
  const nodes = await makeRegion(3, 2)
  cleanups.push(() => Promise.all(nodes.slice(1).map((node) => node.stop())))
  return nodes
}

test('a node restored from an old backup takes what it forgot from its mirrors before it signs anything', async () => {
  const nodes = await region()
  const [own, ...others] = nodes as [TestNode, ...TestNode[]]
  const patient = await meetOne(own)
  await append(own, patient, 10)
  await untilLogHas(own.context, 'finalSize', 10)
  const backup = await backUpAll(own)
  const later = await meetOne(own)
  const lost = [...(await append(own, patient, 4)), ...(await append(own, later, 2))]
  await untilLogHas(own.context, 'finalSize', 16)
  await updateMirrors((others[0] as TestNode).context)
  const databaseUrl = await emptyDatabase(own)
  const port = Number(new URL(own.address).port)
  await own.stop()

  await restoreBackup({ ...backup, databaseUrl })
  const restored = await run(backup.dataFolder, { origin: 'h0.test/log', databaseUrl, port })
  await untilLogHas(restored.context, 'publishedSize', 16)
  await untilItGoesOn(restored)
  const history = await historyOf(restored, patient)
  expect(history.map(({ withheld }) => withheld)).toEqual([...Array(10).fill(false), ...Array(4).fill(true)])
  expect(history.map(({ leaf }) => leaf).slice(10)).toEqual(lost.slice(0, 4).map(({ leaf }) => leaf))
  const [receipt] = await append(restored, patient)
  expect(receipt?.seq).toBe(14)
  expect(JSON.parse(receipt?.body ?? '').prev).toBe(lost[3]?.leaf)
  // Her chain was begun after the backup: begun again, it goes on behind what the log holds.
  await inTransaction(restored.context.db, (trx) => restored.context.ledger.openChain(trx, later))
  expect((await append(restored, later))[0]?.seq).toBe(2)
  await untilLogHas(restored.context, 'finalSize', 18)
  for (const other of others)
    expect((await other.context.pool.query('SELECT FROM network_alarms')).rowCount).toBe(0)
})

test('a restored node whose witnesses do not all answer stays read-only', async () => {
  const nodes = await region()
  const [own] = nodes as [TestNode, ...TestNode[]]
  const patient = await meetOne(own)
  await append(own, patient, 3)
  await untilLogHas(own.context, 'finalSize', 3)
  await introduce(nodes, 2, { addresses: { 2: 'http://127.0.0.1:9' } })
  const backup = await backUpAll(own)
  const databaseUrl = await emptyDatabase(own)
  await own.stop()
  await restoreBackup({ ...backup, databaseUrl })
  const restored = await run(backup.dataFolder, { origin: 'h0.test/log', databaseUrl })
  await expect(append(restored, patient)).rejects.toMatchObject({ code: 'unavailable' })
  expect((await readHead(restored.context.pool))?.stopped).toMatchObject({ why: 'behind' })
})
