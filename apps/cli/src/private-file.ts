import { randomBytes } from 'node:crypto'
import { open, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { CuroError } from '@curo/crypto/errors'

/** Replaces a file in one step with one that only its owner can read. */
export async function writePrivateFile(path: string, text: string): Promise<void> {
  const temporary = join(dirname(path), `.${randomBytes(8).toString('hex')}.tmp`)
  const file = await open(temporary, 'wx', 0o600)
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
  try {
    await rename(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
}

/** Writes a new file that only its owner can read. @throws CuroError 'conflict' rather than overwrite one */
export async function writeNewPrivateFile(path: string, text: string): Promise<void> {
  let file: Awaited<ReturnType<typeof open>>
  try {
    file = await open(path, 'wx', 0o600)
  } catch (cause) {
    const exists = (cause as NodeJS.ErrnoException).code === 'EEXIST'
    throw new CuroError(
      exists ? 'conflict' : 'invalid-input',
      exists ? `${path} exists already; nothing was overwritten.` : `${path} cannot be written.`,
      { cause },
    )
  }
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
}

/**
 * Claims new files before `work` makes the secrets that go into them: what cannot be written down would be lost. Files
 * that are still empty when it fails are removed again.
 * @throws CuroError 'conflict' rather than overwrite one
 */
export async function withNewFiles<T>(
  paths: readonly string[],
  work: (fill: (path: string, text: string) => Promise<void>) => Promise<T>,
): Promise<T> {
  const empty = new Set<string>()
  try {
    for (const path of paths) {
      await writeNewPrivateFile(path, '')
      empty.add(path)
    }
    return await work(async (path, text) => {
      await writeFile(path, `${text}\n`, { mode: 0o600 })
      empty.delete(path)
    })
  } catch (error) {
    await Promise.all([...empty].map((path) => rm(path, { force: true })))
    throw error
  }
}
