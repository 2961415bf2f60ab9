import { randomUUID } from 'node:crypto'
import { mkdir, readFile, rename, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { CuroError } from '@curo/crypto/errors'
import { syncFolder, writeNewFile } from './durable-file.ts'

/** Says that a folder is the bucket of this name, and not the empty mount point of a disk that is missing. */
const MARKER = 'curo-bucket'

/** Where objects are until they are complete. */
export const UNFINISHED = 'unfinished'
/** Objects are spread over these, so that no folder grows long. */
export const SHARDS = Array.from({ length: 256 }, (_, i) => i.toString(16).padStart(2, '0'))

/** Keys are random hex, so their first two characters spread evenly; other keys go by the first two code units. */
export function shardOf(key: string): string {
  const start = key.slice(0, 2)
  if (/^[0-9a-f]{2}$/.test(start)) return start
  return SHARDS[(key.charCodeAt(0) * 31 + key.charCodeAt(1)) & 0xff] as string
}

export interface FolderLayout {
  /** Makes sure that the folder is this bucket's, laying it out if need be. Throws 'unavailable' when it is not. */
  prepare(): Promise<void>
  /** Makes again what was deleted inside the folder. */
  layOut(): Promise<void>
}

/** The layout of one bucket's folder. With `create: false` only a folder that already carries the marker is used. */
export function makeFolderLayout(options: { name: string; path: string; create: boolean }): FolderLayout {
  const { name, path, create } = options
  const marker = join(path, MARKER)
  let known: { dev: number; ino: number } | undefined
  let checking: Promise<void> | undefined

  async function check(): Promise<void> {
    const owner = await readFile(marker, 'utf8').catch((error) =>
      isAbsence(error) ? null : Promise.reject(error),
    )
    if (owner !== null && owner.trim() !== name)
      throw new CuroError(
        'unavailable',
        `The folder of bucket ${name} belongs to another bucket: check the mounts.`,
      )
    if (owner === null && !create)
      throw new CuroError(
        'unavailable',
        `The folder of bucket ${name} has no marker “${MARKER}”: mount its disk.`,
      )
    if (owner === null) await layOut()
    const { dev, ino } = await stat(marker)
    known = { dev, ino }
  }

  /** The marker comes last, so that a folder with one is complete. */
  async function layOut(): Promise<void> {
    const firstMade = await mkdir(path, { recursive: true, mode: 0o700 })
    for (const folder of [UNFINISHED, ...SHARDS])
      await mkdir(join(path, folder), { recursive: true, mode: 0o700 })
    const temporary = `${marker}.${randomUUID()}`
    await writeNewFile(temporary, [Buffer.from(`${name}\n`)])
    await rename(temporary, marker)
    await syncFolder(path)
    if (firstMade === undefined) return
    for (let made = path; made.length >= firstMade.length; made = dirname(made))
      await syncFolder(dirname(made))
  }

  return {
    layOut,
    async prepare() {
      if (known) {
        // A folder that we may create is laid out again when a write fails for want of it. One that we may not is
        // looked at each time: a disk that was unmounted or exchanged took its marker along.
        if (create) return
        const now = await stat(marker).catch((error) => (isAbsence(error) ? null : Promise.reject(error)))
        if (now && now.dev === known.dev && now.ino === known.ino) return
        known = undefined
      }
      checking ??= check().finally(() => {
        checking = undefined
      })
      await checking
    },
  }
}

export const hasCode = (error: unknown, ...codes: string[]): boolean =>
  error instanceof Error && codes.includes((error as NodeJS.ErrnoException).code ?? '')

/** ELOOP: a link stands where an object should; ENXIO: a socket. */
export const isAbsence = (error: unknown): boolean => hasCode(error, 'ENOENT', 'ENOTDIR', 'ELOOP', 'ENXIO')
