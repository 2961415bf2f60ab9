import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { randomBytes } from '@curo/crypto/random'
import { importSigningKey } from '@curo/crypto/signatures'
import { type LogReport, verifyLog } from '@curo/ledger/verify-log'
import type pg from 'pg'
import { openDatabase, openPool } from '../../database.ts'
import { makeLogger } from '../../observability.ts'
import { makeTestDatabase } from '../../testing/test-postgres.ts'
import { logNoteKey } from '../log-key.ts'
import { Sequencer, type SequencerOptions } from '../sequencer.ts'
import { Submitter } from '../submitter.ts'
import { TileFolder } from '../tile-folder.ts'

/** A log without a node around it: a database of its own, a folder, a submitter, and sequencers when asked. */
export async function makeBareLog(origin = 'bare.test/log') {
  const database = await makeTestDatabase()
  const pool = openPool({
    connection: { connectionString: database.url },
    size: 6,
    log: makeLogger({ level: 'silent' }),
  })
  const db = openDatabase(pool)
  const parent = await mkdtemp(join(tmpdir(), 'curo-log-'))
  const folder = join(parent, 'ledger')
  const logSeed = randomBytes(32)
  const { key, sign } = await logNoteKey(origin, logSeed)
  const signer = await importSigningKey(randomBytes(32))
  const dataKey = randomBytes(32)
  const makeSubmitter = () => new Submitter({ db, pool, dataKey, signer, origin })
  return {
    origin,
    pool,
    db,
    key,
    sign,
    dataKey,
    ledger: makeSubmitter(),
    /** What another process of the same node submits with. */
    makeSubmitter,
    folder,
    /** A process that takes over the log, without the lock around it. */
    takeOver: (client: pg.Pool | pg.PoolClient = pool, options: Partial<SequencerOptions> = {}) =>
      Sequencer.takeOver(client, {
        origin,
        sign,
        folder: new TileFolder(folder),
        maxBatch: 4096,
        ...options,
      }),
    /** Everything in the folder, checked as an auditor would. */
    verify: (): Promise<LogReport> =>
      verifyLog({
        read: (path) => new TileFolder(folder).read(path),
        policy: { logs: [{ key }], witnesses: [], groups: [], quorum: 'none' },
        paths: listFiles(folder),
      }),
    async drop() {
      await pool.end()
      await database.drop()
      await rm(parent, { recursive: true, force: true })
    },
  }
}
export type BareLog = Awaited<ReturnType<typeof makeBareLog>>

export async function* listFiles(folder: string): AsyncIterable<string> {
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true }))
    if (entry.isFile()) yield relative(folder, join(entry.parentPath, entry.name))
}
