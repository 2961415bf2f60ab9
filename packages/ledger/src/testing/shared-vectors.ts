import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe } from 'vitest'
import type { ReadResource } from '../tile-reader.ts'

const folder = fileURLToPath(new URL('../../../../../shared/vectors/ledger', import.meta.url))

/** A block of tests over vectors that stand beside the repository; where they are absent its title says so. */
export function describeVectors(title: string, block: () => void): void {
  const present = existsSync(folder)
  describe.skipIf(!present)(present ? title : `${title} (skipped: ../shared/vectors/ledger is absent)`, block)
}

export function vectorPath(path: string): string {
  return join(folder, path)
}

export function readVectorText(path: string): string {
  return readFileSync(vectorPath(path), 'utf8')
}

/** A reader over a log in a folder of the vectors. */
export function vectorLog(path: string): ReadResource {
  return async (resource) => {
    const file = join(folder, path, resource)
    return existsSync(file) ? new Uint8Array(readFileSync(file)) : undefined
  }
}

/** Every file of a log folder, as paths within it. */
export function vectorLogPaths(path: string): string[] {
  const root = join(folder, path)
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
}
