import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { utf8Bytes } from '@curo/crypto/bytes'
import { CuroError } from '@curo/crypto/errors'
import { randomId } from '@curo/crypto/random'
import { takeEntries } from '@curo/ledger/bundles'
import type { LogResource } from '@curo/ledger/tile-log'
import { HASH_BYTES, parseTilePath, TILE_WIDTH, tilePath } from '@curo/ledger/tiles'

/** No file takes this long to write. */
const ABANDONED_MS = 10 * 60_000

/**
 * The folder that holds the log's files under their C2SP names. A file appears whole or not at all: it is
 * written beside its name, flushed, and renamed.
 */
export class TileFolder {
  readonly #folder: string
  /** On the same file system, but not among the log's files: whoever lists those finds nothing else. */
  readonly #unfinished: string
  readonly #madeFolders = new Set<string>()
  #checkpointSize = 0
  #writingCheckpoint: Promise<void> = Promise.resolve()

  constructor(folder: string) {
    this.#folder = folder
    this.#unfinished = `${folder}.unfinished`
  }

  /**
   * Writes files and returns when all of them are durable. Writing the same files again is harmless.
   * @throws CuroError 'storage-full'
   */
  async write(files: readonly LogResource[]): Promise<void> {
    try {
      const folders = new Set(files.map((file) => dirname(join(this.#folder, file.path))))
      for (const folder of [this.#unfinished, ...folders]) await this.#makeFolder(folder)
      const written = await Promise.allSettled(files.map((file) => this.#writeOne(file)))
      for (const result of written) if (result.status === 'rejected') throw result.reason
      await Promise.all([...folders].map(syncFolder))
    } catch (error) {
      this.#madeFolders.clear()
      if (!isFull(error)) throw error
      throw new CuroError(
        'storage-full',
        'The disk of the ledger folder is full. Free some space; it goes on by itself.',
        {
          cause: error,
        },
      )
    }
  }

  /** Writes `checkpoint` unless a larger one stands there already: publishing and cosigning run side by side. */
  writeCheckpoint({ size, note }: { size: number; note: string }): Promise<void> {
    const write = async () => {
      if (size < this.#checkpointSize) return
      await this.write([{ path: 'checkpoint', bytes: utf8Bytes(note) }])
      this.#checkpointSize = size
    }
    this.#writingCheckpoint = this.#writingCheckpoint.then(write, write)
    return this.#writingCheckpoint
  }

  /** Removes what a process left behind that died while writing; not what another one writes just now. */
  async dropUnfinished(): Promise<void> {
    for (const name of await readdir(this.#unfinished).catch(() => [])) {
      const path = join(this.#unfinished, name)
      const found = await stat(path).catch(() => null)
      if (found && Date.now() - found.mtimeMs > ABANDONED_MS) await rm(path, { force: true })
    }
  }

  /** Deletes the partial versions of tiles that are now full (tlog-tiles § Partial Tiles). */
  async dropPartials(files: readonly LogResource[]): Promise<void> {
    const full = files.filter((file) => parseTilePath(file.path)?.width === TILE_WIDTH)
    await Promise.all(
      full.map(async (file) => {
        const partials = join(this.#folder, `${file.path}.p`)
        this.#madeFolders.delete(partials)
        await rm(partials, { recursive: true, force: true })
      }),
    )
  }

  /**
   * Reads a tile, a bundle or the checkpoint; a partial tile that is no longer there is cut from the full one.
   * @returns undefined for what the log does not have
   */
  async read(path: string): Promise<Uint8Array | undefined> {
    if (path === 'checkpoint') return this.#readIfPresent(path)
    const tile = parseTilePath(path)
    if (!tile) return undefined
    const exact = await this.#readIfPresent(path)
    if (exact || tile.width === TILE_WIDTH) return exact
    const full = await this.#readIfPresent(tilePath({ ...tile, width: TILE_WIDTH }))
    if (!full) return undefined
    const end = tile.level === 'entries' ? takeEntries(full, tile.width).end : tile.width * HASH_BYTES
    return full.subarray(0, end)
  }

  async #writeOne({ path, bytes }: LogResource): Promise<void> {
    const name = join(this.#folder, path)
    const unfinished = join(this.#unfinished, randomId())
    try {
      const file = await open(unfinished, 'w', 0o644)
      try {
        await file.writeFile(bytes)
        await file.datasync()
      } finally {
        await file.close()
      }
      await rename(unfinished, name)
    } catch (error) {
      await rm(unfinished, { force: true })
      throw error
    }
  }

  async #makeFolder(folder: string): Promise<void> {
    if (this.#madeFolders.has(folder)) return
    const first = await mkdir(folder, { recursive: true })
    // A new folder is durable only once the list of names above it is.
    for (let made = folder; first !== undefined && made.length >= first.length; made = dirname(made))
      await syncFolder(dirname(made))
    this.#madeFolders.add(folder)
  }

  async #readIfPresent(path: string): Promise<Uint8Array | undefined> {
    try {
      return await readFile(join(this.#folder, path))
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
      throw error
    }
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

function isFull(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException
  return code === 'ENOSPC' || code === 'EDQUOT'
}
