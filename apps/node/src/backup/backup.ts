import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { utf8Bytes } from '@curo/crypto/bytes'
import { CuroError } from '@curo/crypto/errors'
import { partialTiles, TILE_WIDTH, tilePath } from '@curo/ledger/tiles'
import type { Config } from '../config.ts'
import type { NodeFrame } from '../context.ts'
import { VERSION } from '../hospital/service.ts'
import { type Head, readHead } from '../ledger/head.ts'
import { tileFolder } from '../ledger/service.ts'
import { TileFolder } from '../ledger/tile-folder.ts'
import { type CopiedFile, copyHashed, filesBelow, hashFile, syncFolder } from './copied-files.ts'
import { dumpDatabaseSql } from './dump.ts'
import { DATABASE, formatHashes, HASHES, MANIFEST, type Manifest, signManifest } from './manifest.ts'

/**
 * Backs a running node up into a new folder, whole or not at all: the database as SQL, then what it refers to — the
 * ledger's tiles up to the size that the database knows, and the pieces in folder buckets. What came later is left
 * out; what is in buckets of other kinds lies in several clouds already. The keys are backed up apart (backUpKeys).
 * @throws CuroError 'conflict' when the folder exists
 */
export async function backUp(
  { pool, config, keys, clock }: Pick<NodeFrame, 'pool' | 'config' | 'keys' | 'clock'>,
  to: string,
): Promise<Manifest> {
  // Before hours of copying, not after.
  if (await stat(to).catch(() => null)) throw alreadyThere(to)
  const half = `${to}.unfinished`
  await rm(half, { recursive: true, force: true })
  await mkdir(dirname(resolve(to)), { recursive: true })
  await mkdir(half, { mode: 0o700 })
  try {
    const at = clock().toISOString()
    const { result: head } = await dumpDatabaseSql(pool, join(half, DATABASE), readHead)
    const files: CopiedFile[] = [{ path: DATABASE, hash: await hashFile(join(half, DATABASE)) }]
    files.push(...(await copyLog(tileFolder(config), head ?? null, join(half, 'ledger'))))
    const buckets = folderBuckets(config)
    for (const { name, path } of buckets) files.push(...(await copyBucket(path, half, `buckets/${name}`)))
    const hashes = formatHashes(files)
    const facts = {
      origin: config.origin,
      at,
      version: VERSION,
      ledgerSize: head?.publishedSize ?? 0,
      buckets: buckets.map(({ name }) => name),
    }
    const manifest = await signManifest(facts, { hashes, key: keys.nodeSigning })
    await writeFile(join(half, HASHES), hashes, { mode: 0o600, flush: true })
    await writeFile(join(half, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`, {
      mode: 0o600,
      flush: true,
    })
    await syncFolder(half)
    await publish(half, to)
    return manifest
  } catch (error) {
    await rm(half, { recursive: true, force: true })
    throw error
  }
}

const alreadyThere = (to: string, cause?: unknown) =>
  new CuroError('conflict', `${to} exists already: name a new folder for the backup.`, { cause })

async function publish(half: string, to: string): Promise<void> {
  try {
    await rename(half, to)
  } catch (cause) {
    throw alreadyThere(to, cause)
  }
  await syncFolder(dirname(resolve(to)))
}

/** Exactly the files that a log of the published size consists of, whatever it has written since. */
async function copyLog(log: TileFolder, head: Head | null, to: string): Promise<CopiedFile[]> {
  const size = head?.publishedSize ?? 0
  const copy = new TileFolder(to)
  const paths: string[] = []
  for (
    let level = 0, hashes = size;
    hashes >= TILE_WIDTH || level === 0;
    level++, hashes = Math.floor(hashes / TILE_WIDTH)
  )
    for (let index = 0; index < Math.floor(hashes / TILE_WIDTH); index++) {
      paths.push(tilePath({ level, index, width: TILE_WIDTH }))
      if (level === 0) paths.push(tilePath({ level: 'entries', index, width: TILE_WIDTH }))
    }
  paths.push(...partialTiles(size).map(tilePath))
  for (const path of paths) {
    const bytes = await log.read(path)
    if (!bytes)
      throw new CuroError('storage-damaged', `The ledger folder lacks ${path}: take it from a mirror first.`)
    await copy.write([{ path, bytes }])
  }
  const note = head?.finalSize === size ? head.finalCheckpoint : head?.publishedCheckpoint
  if (note) {
    await copy.write([{ path: 'checkpoint', bytes: utf8Bytes(note) }])
    paths.push('checkpoint')
  }
  await rm(`${to}.unfinished`, { recursive: true, force: true })
  return Promise.all(
    paths.map(async (path) => ({ path: `ledger/${path}`, hash: await hashFile(join(to, path)) })),
  )
}

async function copyBucket(from: string, half: string, name: string): Promise<CopiedFile[]> {
  const files: CopiedFile[] = []
  for await (const path of filesBelow(from)) {
    const hash = await copyHashed(join(from, path), join(half, name, path))
    if (hash !== null) files.push({ path: `${name}/${path}`, hash })
  }
  return files
}

/** The buckets that are folders, by their number. */
export function folderBuckets(config: Config): { name: string; path: string }[] {
  const { buckets } = config.vault
  if (buckets.length === 0)
    return [1, 2, 3, 4, 5, 6].map((number) => ({
      name: String(number),
      path: join(config.dataFolder, 'buckets', String(number)),
    }))
  return buckets.flatMap((bucket, at) =>
    bucket.kind === 'folder' ? [{ name: String(at + 1), path: resolve(config.dataFolder, bucket.path) }] : [],
  )
}
