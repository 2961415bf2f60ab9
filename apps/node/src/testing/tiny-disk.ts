import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export type TinyDisk = { readonly path: string; remove(): void }

/** A file system of that many MiB; null where one may not mount (not root, or a container that forbids it). */
export function mountTinyDisk(mebibytes: number): TinyDisk | null {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return null
  const path = mkdtempSync(join(tmpdir(), 'curo-tiny-disk-'))
  const remove = () => rmSync(path, { recursive: true, force: true })
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${mebibytes}m`, 'tmpfs', path], { stdio: 'ignore' })
  } catch {
    remove()
    return null
  }
  return {
    path,
    remove() {
      execFileSync('umount', ['--lazy', path])
      remove()
    },
  }
}
