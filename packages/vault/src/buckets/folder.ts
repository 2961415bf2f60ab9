import { randomUUID } from 'node:crypto'
import { opendir, rename, stat, statfs, unlink } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { CuroError, isCuroError } from '@curo/crypto/errors'
import { isBucketName } from '../manifest.ts'
import { type Bucket, checkKey, type ListedObject, problemOf } from './bucket.ts'
import { fileSize, readRanges, writeNewFile } from './durable-file.ts'
import { hasCode, isAbsence, makeFolderLayout, SHARDS, shardOf, UNFINISHED } from './folder-layout.ts'

/**
 * A bucket in a folder: `<path>/<2 hex>/<key>`. An object is written under a temporary name and renamed; bytes and name
 * are then made durable together. Whoever was told of an object finds it complete after any crash; a torn one can only
 * bear a name that nobody was told, and is an orphan.
 * `create: false` refuses to work until the folder carries the bucket's marker: for disks that may not be mounted.
 */
export function makeFolderBucket(options: { name: string; path: string; create?: boolean }): Bucket {
  const { name, create = true } = options
  const path = resolve(options.path)
  if (!isBucketName(name))
    throw new CuroError('invalid-input', 'A bucket name is up to 63 of a–z, 0–9 and “-”.')
  const layout = makeFolderLayout({ name, path, create })
  const objectPath = (key: string) => join(path, shardOf(key), key)

  async function put(key: string, pieces: readonly Uint8Array[], signal?: AbortSignal): Promise<void> {
    await layout.prepare()
    try {
      await write(key, pieces, signal)
    } catch (error) {
      if (!hasCode(error, 'ENOENT')) throw error
      await layout.layOut()
      await write(key, pieces, signal)
    }
  }

  async function write(key: string, pieces: readonly Uint8Array[], signal?: AbortSignal): Promise<void> {
    const temporary = join(path, UNFINISHED, `${key}.${randomUUID()}`)
    try {
      await writeNewFile(temporary, pieces, {
        signal,
        // Before the sync, which then covers the name as well. Were the power to fail now, a torn object could bear its
        // final name: nobody was told of it, so it is an orphan like an unfinished one.
        whenWritten: () => rename(temporary, objectPath(key)),
        folder: join(path, shardOf(key)),
      })
    } catch (error) {
      await unlink(temporary).catch(() => undefined)
      throw error
    }
  }

  /** Reads an object; one that is missing in a folder that is not there is a missing bucket, not a missing object. */
  async function read<T>(key: string, work: (path: string) => Promise<T>): Promise<T> {
    try {
      return await work(objectPath(key))
    } catch (error) {
      if (!isAbsence(error)) throw error
      await layout.prepare()
      throw new CuroError('not-found', `Bucket ${name} does not have the object.`, { cause: error })
    }
  }

  async function remove(key: string): Promise<void> {
    await unlink(objectPath(key)).catch((error) => (isAbsence(error) ? undefined : Promise.reject(error)))
  }

  async function* list(prefix: string, signal?: AbortSignal): AsyncGenerator<ListedObject> {
    await layout.prepare()
    for (const shard of SHARDS)
      for await (const file of filesIn(join(path, shard))) {
        signal?.throwIfAborted()
        if (file.key.startsWith(prefix)) yield file
      }
  }

  async function removeUnfinished(olderThan: Date): Promise<number> {
    await layout.prepare()
    let removed = 0
    for await (const file of filesIn(join(path, UNFINISHED))) {
      if (file.modified >= olderThan) continue
      await unlink(join(path, UNFINISHED, file.key))
      removed++
    }
    return removed
  }

  const translate = <T>(work: Promise<T>): Promise<T> =>
    work.catch((error) => Promise.reject(asCuroError(error, name)))

  return {
    name,
    kind: 'folder',
    // A folder that hangs (a dead network mount) keeps up to twice as many threads of the pool, so it must not be many.
    concurrency: 2,
    async put(key, pieces, { signal } = {}) {
      checkKey(key)
      await translate(put(key, pieces, signal))
    },
    async get(key, ranges) {
      checkKey(key)
      return translate(read(key, (object) => readRanges(object, ranges)))
    },
    async size(key) {
      checkKey(key)
      return translate(read(key, fileSize))
    },
    async remove(key) {
      checkKey(key)
      await translate(remove(key))
    },
    async *list(prefix = '', { signal } = {}) {
      try {
        yield* list(prefix, signal)
      } catch (error) {
        throw asCuroError(error, name)
      }
    },
    async removeUnfinished({ olderThan }) {
      return translate(removeUnfinished(olderThan))
    },
    async probe() {
      const key = `probe-${randomUUID()}`
      try {
        await translate(put(key, [Uint8Array.of(1)]))
        await translate(remove(key))
        const { bavail, bsize } = await statfs(path)
        return { writable: true, freeBytes: bavail * bsize }
      } catch (error) {
        return problemOf(asCuroError(error, name))
      }
    },
  }
}

/** The plain files of a folder; none when there is no such folder. */
async function* filesIn(folder: string): AsyncGenerator<ListedObject> {
  const entries = await opendir(folder).catch((error) => (isAbsence(error) ? [] : Promise.reject(error)))
  for await (const entry of entries) {
    if (!entry.isFile()) continue
    try {
      const { size, mtime } = await stat(join(folder, entry.name))
      yield { key: entry.name, size, modified: mtime }
    } catch (error) {
      if (!isAbsence(error)) throw error // removed while we listed
    }
  }
}

function asCuroError(cause: unknown, name: string): CuroError {
  if (isCuroError(cause)) return cause
  if (hasCode(cause, 'ENOSPC', 'EDQUOT', 'EFBIG'))
    return new CuroError('storage-full', `Bucket ${name} is full: free or add space.`, { cause })
  if (hasCode(cause, 'EIO', 'EISDIR'))
    return new CuroError('storage-damaged', `Bucket ${name} cannot read the object.`, { cause })
  if (hasCode(cause, 'EROFS', 'EACCES', 'EPERM'))
    return new CuroError('unavailable', `Bucket ${name} may not be written to: check its mount and rights.`, {
      cause,
    })
  return new CuroError('unavailable', `Bucket ${name} does not answer as a folder should.`, { cause })
}
