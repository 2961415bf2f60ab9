import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { open, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** What a running server says about itself in `postmaster.pid` (PostgreSQL's miscadmin.h, LOCK_FILE_LINE_*). */
export type Postmaster = { readonly pid: number; readonly port: number; readonly socketFolder: string }

/** The server that holds this folder, or null when none is alive. */
export async function runningPostmaster(folder: string): Promise<Postmaster | null> {
  const text = await readFile(join(folder, 'postmaster.pid'), 'utf8').catch(() => '')
  const lines = text.split('\n')
  const pid = Number.parseInt(lines[0] ?? '', 10)
  if (!Number.isInteger(pid) || pid <= 1 || !isAlive(pid)) return null
  return { pid, port: Number.parseInt(lines[3] ?? '', 10), socketFolder: lines[4] ?? '' }
}

/**
 * Whether a process of this number runs. One that has ended keeps its number until its parent asks for it, which in a
 * container without an init may be never.
 */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false
  }
  return !isDefunct(pid)
}

function isDefunct(pid: number): boolean {
  try {
    // `pid (command) state …`; the command may have parentheses itself (proc(5)).
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return /^[ZX]/.test(text.slice(text.lastIndexOf(')') + 2))
  } catch {
    return false
  }
}

/** No process ever has this number (Linux's largest is 2^22). */
const NOBODY = 2 ** 31 - 1

/**
 * PostgreSQL takes a server that ended without being asked for by its parent for a living one, and does not start beside
 * it. So that one's number goes out of the lock file; the rest stays, by which PostgreSQL sees whether processes of that
 * server still use its memory.
 */
export async function strikeOutDefunct(folder: string): Promise<boolean> {
  const path = join(folder, 'postmaster.pid')
  const text = await readFile(path, 'utf8').catch(() => '')
  const pid = Number.parseInt(text.split('\n')[0] ?? '', 10)
  if (!Number.isInteger(pid) || pid <= 1 || !isDefunct(pid)) return false
  const file = await open(path, 'r+')
  try {
    // Longer than what stood there: one write, and never a file cut short.
    await file.write(Buffer.from(text.replace(/^\d+/, String(NOBODY))), 0, undefined, 0)
  } finally {
    await file.close()
  }
  return true
}

/**
 * Whether that process is a PostgreSQL server of this folder. After a container restart a stale file may name
 * a process number that something else has now.
 */
export async function servesFolder(pid: number, folder: string): Promise<boolean> {
  const fromProc = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => undefined)
  const command =
    fromProc ??
    (await promisify(execFile)('ps', ['-o', 'command=', '-p', String(pid)]).then(
      (result) => result.stdout,
      () => '',
    ))
  return command.includes('postgres') && command.includes(folder)
}
