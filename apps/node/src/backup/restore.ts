import { chmod, mkdir, readdir, realpath, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { CuroError } from '@curo/crypto/errors'
import type pg from 'pg'
import { loadConfig } from '../config.ts'
import type { Logger } from '../context.ts'
import { openPool } from '../database.ts'
import { acquireEmbeddedPostgres } from '../embedded-postgres/server.ts'
import { loadKeys, type NodeKeys } from '../keys.ts'
import { stopLog } from '../ledger/head.ts'
import { folderBuckets } from './backup.ts'
import { copyHashed } from './copied-files.ts'
import { nodeKeyOf, openKeys, writeKeys } from './keys-backup.ts'
import { loadDatabaseSql } from './load.ts'
import { checkBackup, DATABASE, type Manifest } from './manifest.ts'

export type RestoreOptions = {
  /** The folder that backUp wrote. */
  from: string
  /** Must not exist yet, or be empty. */
  dataFolder: string
  /** The file that backUpKeys wrote, and its code. */
  keysFile: string
  code: string
  /** An empty PostgreSQL database; the embedded one where absent. */
  databaseUrl?: string
  log: Logger
}

/**
 * Makes a node's data folder and database from a backup, after checking every file of it. The log of the restored
 * node is stopped until it has compared itself with its witnesses and mirrors ([Note: behind]).
 * @throws CuroError 'conflict' where something is already; 'storage-damaged' | 'forged-signature' for a backup that is
 *   not what this node wrote; 'wrong-key' for another code
 */
export async function restoreBackup(options: RestoreOptions): Promise<Manifest> {
  const { from, keysFile, code, log } = options
  const dataFolder = resolve(options.dataFolder)
  const keyFiles = await openKeys({ file: keysFile, code })
  const { manifest, files } = await checkBackup(from, await nodeKeyOf(keyFiles))
  await refuseUsed(dataFolder)
  await mkdir(dataFolder, { recursive: true, mode: 0o700 })
  await chmod(dataFolder, 0o711)
  try {
    await writeKeys(dataFolder, keyFiles)
    const keys = await loadKeys(dataFolder)
    await withDatabase({ ...options, dataFolder, keys }, async (pool) => {
      await loadDatabaseSql(pool, join(from, DATABASE))
      await stopLog(pool, { why: 'behind', reason: `Restored from the backup of ${manifest.at}.` })
      // The copies of other hospitals' logs are not backed up; they are fetched again from the beginning.
      await pool.query('DELETE FROM network_mirrored')
    })
    const buckets = new Map(bucketPaths(dataFolder))
    for (const { path } of files) {
      const [top = '', bucket = '', ...rest] = path.split('/')
      const target = top === 'buckets' ? join(buckets.get(bucket) ?? '', ...rest) : join(dataFolder, path)
      if (top === 'ledger' || (top === 'buckets' && buckets.has(bucket)))
        await copyHashed(join(from, path), target)
    }
  } catch (error) {
    await removeHalf(dataFolder)
    throw error
  }
  log.info({ at: manifest.at, origin: manifest.origin }, 'a backup was restored')
  return manifest
}

async function refuseUsed(dataFolder: string): Promise<void> {
  const found = await readdir(dataFolder).catch(() => [])
  if (found.length > 0)
    throw new CuroError('conflict', `${dataFolder} is not empty: restore into a new folder.`)
}

function bucketPaths(dataFolder: string): [string, string][] {
  const config = loadConfig({ flags: ['--data-folder', dataFolder], workingFolder: dataFolder })
  return folderBuckets(config).map(({ name, path }) => [name, path])
}

async function withDatabase(
  {
    dataFolder,
    databaseUrl,
    keys,
    log,
  }: Pick<RestoreOptions, 'dataFolder' | 'databaseUrl' | 'log'> & { keys: NodeKeys },
  work: (pool: pg.Pool) => Promise<void>,
): Promise<void> {
  const embedded =
    databaseUrl === undefined
      ? await acquireEmbeddedPostgres({ dataFolder, password: keys.databasePassword, log })
      : null
  const connection = embedded?.connection ?? { connectionString: databaseUrl ?? '' }
  try {
    const pool = openPool({ connection, size: 2, log })
    try {
      await work(pool)
    } finally {
      await pool.end()
    }
  } finally {
    await embedded?.release()
  }
}

/** The folder was empty before: nothing but what this restore wrote is lost. */
async function removeHalf(dataFolder: string): Promise<void> {
  const cluster = await realpath(join(dataFolder, 'database')).catch(() => null)
  if (cluster !== null) await rm(cluster, { recursive: true, force: true })
  await rm(dataFolder, { recursive: true, force: true })
}
