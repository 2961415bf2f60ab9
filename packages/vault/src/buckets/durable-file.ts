// The few file operations a folder bucket is made of. On callbacks' file descriptors: half the cost of FileHandle.
import * as fs from 'node:fs'
import { promisify } from 'node:util'
import { CuroError } from '@curo/crypto/errors'
import { isPageAligned } from '../part-memory.ts'
import type { ByteRange } from './bucket.ts'

const open = promisify(fs.open)
const close = promisify(fs.close)
const writev = promisify(fs.writev)
const readv = promisify(fs.readv)
const fdatasync = promisify(fs.fdatasync)
const fsync = promisify(fs.fsync)
const fstat = promisify(fs.fstat)
const unlink = promisify(fs.unlink)

/** Never follow a link, never hang on a named pipe that someone put in an object's place. */
const READ_OBJECT = fs.constants.O_RDONLY | fs.constants.O_NOFOLLOW | fs.constants.O_NONBLOCK

/** Ranges this close together are read in one call, what lies between them into a place nobody looks at. */
const WORTH_SKIPPING_BYTES = 256 * 1024
const skipped = new Uint8Array(WORTH_SKIPPING_BYTES)

async function withFile<T>(
  path: string,
  flags: number | string,
  work: (file: number) => Promise<T>,
): Promise<T> {
  const file = await open(path, flags, 0o600)
  try {
    return await work(file)
  } finally {
    await close(file)
  }
}

export type NewFileOptions = {
  signal?: AbortSignal | undefined
  /** Runs once every byte is written, before they are made durable: a name given here costs no journal commit of its own. */
  whenWritten?: () => Promise<void>
  /** The folder of that name, made durable at the same time. */
  folder?: string
}

/**
 * Creates the file, which must not exist, with the concatenation of `pieces`, and waits until its data are durable.
 * Goes past the page cache where memory and file system allow it [Note: past the page cache].
 */
export async function writeNewFile(
  path: string,
  pieces: readonly Uint8Array[],
  options: NewFileOptions = {},
): Promise<void> {
  if (DIRECT_FLAGS !== null && pieces.every(isPageAligned)) {
    const file = await open(path, DIRECT_FLAGS, 0o600).catch(refused)
    if (file !== null && (await writeAndClose(file, pieces, options).then(() => true, refused))) return
    await unlink(path).catch(() => undefined)
  }
  await writeAndClose(await open(path, 'wx', 0o600), pieces, options)
}

const { O_CREAT, O_EXCL, O_WRONLY, O_DIRECT } = fs.constants
/** Linux only. */
const DIRECT_FLAGS = O_DIRECT ? O_CREAT | O_EXCL | O_WRONLY | O_DIRECT : null

/** The answer of file systems that have no such way (tmpfs), or want a coarser alignment. */
function refused(error: unknown): null {
  if (error instanceof Error && (error as NodeJS.ErrnoException).code === 'EINVAL') return null
  throw error
}

async function writeAndClose(
  file: number,
  pieces: readonly Uint8Array[],
  { signal, whenWritten, folder }: NewFileOptions,
): Promise<void> {
  try {
    let left = pieces.filter((piece) => piece.length > 0)
    while (left.length > 0) {
      // A disk that fills up takes part of a write; only the next write says why.
      let { bytesWritten } = await writev(file, left)
      left = left.flatMap((piece) => {
        const done = Math.min(bytesWritten, piece.length)
        bytesWritten -= done
        return done === piece.length ? [] : [piece.subarray(done)]
      })
    }
    signal?.throwIfAborted()
    await whenWritten?.()
    const syncs = [fdatasync(file), ...(folder === undefined ? [] : [syncFolder(folder)])]
    // Neither may be under way when the file is closed.
    for (const sync of await Promise.allSettled(syncs)) if (sync.status === 'rejected') throw sync.reason
  } finally {
    await close(file)
  }
}

/** Makes the names in a folder durable. */
export const syncFolder = (path: string): Promise<void> => withFile(path, 'r', fsync)

export const fileSize = (path: string): Promise<number> =>
  withFile(path, READ_OBJECT, async (file) => (await fstat(file)).size)

/**
 * The ranges, which must be in ascending order, as views of one new buffer.
 * Throws 'truncated' when the file ends before a range does.
 */
export function readRanges(path: string, ranges: readonly ByteRange[]): Promise<Uint8Array<ArrayBuffer>[]> {
  return withFile(path, READ_OBJECT, async (file) => {
    const total = ranges.reduce((sum, { length }) => sum + length, 0)
    const { buffer } = Buffer.allocUnsafeSlow(total)
    let filled = 0
    const answers = ranges.map(({ length }) => {
      filled += length
      return new Uint8Array(buffer, filled - length, length)
    })
    for (let first = 0; first < ranges.length; ) {
      const start = (ranges[first] as ByteRange).offset
      const targets: Uint8Array[] = []
      let position = start
      for (; first < ranges.length; first++) {
        const { offset, length } = ranges[first] as ByteRange
        if (offset < position || offset - position > WORTH_SKIPPING_BYTES) break
        if (offset > position) targets.push(skipped.subarray(0, offset - position))
        targets.push(answers[first] as Uint8Array)
        position = offset + length
      }
      await readFully(file, targets, start)
    }
    return answers
  })
}

async function readFully(file: number, targets: readonly Uint8Array[], start: number): Promise<void> {
  let left = targets.filter(({ length }) => length > 0)
  let position = start
  while (left.length > 0) {
    const { bytesRead } = await readv(file, left, position)
    if (bytesRead === 0) throw new CuroError('truncated', 'An object of the vault is too short: repair it.')
    position += bytesRead
    let taken = bytesRead
    left = left.flatMap((target) => {
      const done = Math.min(taken, target.length)
      taken -= done
      return done === target.length ? [] : [target.subarray(done)]
    })
  }
}
