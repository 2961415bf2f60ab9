import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmod,
  chown,
  mkdir,
  readdir,
  readlink,
  realpath,
  rename,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join, resolve, sep } from 'node:path'
import { promisify } from 'node:util'
import { CuroError } from '@curo/crypto/errors'
import { randomId } from '@curo/crypto/random'
import type { Logger } from '../context.ts'
import { type PostgresBinaries, REACHABLE_PARENTS } from './binaries.ts'
import { canReach, type ServerAccount } from './system-user.ts'

const run = promisify(execFile)

export const SUPERUSER = 'curo'
/** The server needs no more of the environment, and must not see PGDATA, PGPORT and their like. */
export const SERVER_ENVIRONMENT = { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' }

/** The cluster's real folder when there is one: `<data>/database`, or where that link points. */
export async function existingCluster(dataFolder: string): Promise<string | undefined> {
  const folder = await realpath(join(dataFolder, 'database')).catch(() => undefined)
  if (folder === undefined) return undefined
  const initialised = await stat(join(folder, 'PG_VERSION')).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EACCES')
      throw new CuroError(
        'unavailable',
        `The database folder ${folder} belongs to another user: start Curo as that user, or as root.`,
      )
    return null
  })
  return initialised ? folder : undefined
}

/**
 * Makes the cluster, whole or not at all: it is built beside its place and renamed into it, so that a crash
 * leaves nothing half made and of two processes starting at once one wins and the other uses its work.
 * @returns the real folder
 */
export async function makeCluster(options: {
  dataFolder: string
  account: ServerAccount
  binaries: PostgresBinaries
  password: string
  durable: boolean
  log: Logger
}): Promise<string> {
  const place = await choosePlace(options)
  const half = `${place}.new-${randomId()}`
  const passwordFile = `${place}.password-${randomId()}`
  try {
    await mkdir(half, { mode: 0o700 })
    await writeFile(passwordFile, `${options.password}\n`, { mode: 0o600, flag: 'wx' })
    await give(options.account, half, passwordFile)
    await run(options.binaries.initdb, initdbArguments(half, passwordFile), serverOptions(options.account))
    // One pass over the finished files instead of an fsync of each as it is written.
    if (options.durable)
      await run(options.binaries.initdb, ['-D', half, '--sync-only'], serverOptions(options.account))
    await rename(half, place)
    await removeHalfMade(place)
  } catch (cause) {
    const winner = await existingCluster(options.dataFolder)
    if (winner !== undefined) return winner
    throw new CuroError('unavailable', `PostgreSQL could not prepare ${place}: ${lastLine(cause)}`, { cause })
  } finally {
    await rm(passwordFile, { force: true })
    await rm(half, { recursive: true, force: true })
  }
  return realpath(place)
}

const serverOptions = (account: ServerAccount) => ({ cwd: '/', env: SERVER_ENVIRONMENT, ...account })

function initdbArguments(folder: string, passwordFile: string): string[] {
  const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
  const access = [`--username=${SUPERUSER}`, '--auth=scram-sha-256', `--pwfile=${passwordFile}`]
  return ['-D', folder, ...access, ...locale, '--no-sync', '--no-instructions']
}

/**
 * `<data>/database`, unless the server's account cannot get there (root's home is 0700): then a folder of its
 * own, to which `<data>/database` becomes a link.
 */
async function choosePlace(options: {
  dataFolder: string
  account: ServerAccount
  log: Logger
}): Promise<string> {
  const { dataFolder, account, log } = options
  const place = join(dataFolder, 'database')
  if (account === null) return place
  // Entering is enough; what is private in the data folder is private by itself.
  for (const folder of [dataFolder, ...temporaryFoldersAbove(dataFolder)]) await letIn(folder)
  const linked = await readlink(place).catch(() => undefined)
  if (linked !== undefined) return linked
  if (await canOwn(account, dataFolder)) return place
  const name = `curo-${createHash('sha256').update(dataFolder).digest('hex').slice(0, 12)}-${randomId()}`
  for (const parent of REACHABLE_PARENTS) {
    if (!(await canOwn(account, parent))) continue
    const elsewhere = join(parent, name, 'database')
    await mkdir(dirname(elsewhere), { mode: 0o711 })
    const taken = await symlink(elsewhere, place).then(
      () => false,
      () => true,
    )
    if (taken) {
      // Another process was faster by a moment; its choice stands.
      await rm(dirname(elsewhere), { recursive: true })
      return readlink(place)
    }
    log.warn(
      { folder: elsewhere },
      `the database server cannot enter ${dataFolder}, so its files are in another folder; back up that one too`,
    )
    return elsewhere
  }
  throw new CuroError(
    'unavailable',
    `The database server's account cannot enter ${dataFolder}: choose a data folder outside a private home folder.`,
  )
}

/** Others may pass through a folder of ours; what is in it stays as closed as it is. */
async function letIn(folder: string): Promise<void> {
  const { mode, uid } = await stat(folder)
  if (uid === process.getuid?.()) await chmod(folder, (mode & 0o777) | 0o011)
}

/** What a script made with mkdtemp, which closes it: no reason to keep the database apart from it. */
function temporaryFoldersAbove(dataFolder: string): string[] {
  const temporary = resolve(tmpdir())
  const between: string[] = []
  for (let folder = dirname(dataFolder); folder.startsWith(`${temporary}${sep}`); folder = dirname(folder))
    between.push(folder)
  return between
}

/** Whether the account can reach a folder made here and be its owner (some mounts ignore owners). */
async function canOwn(account: ServerAccount, parent: string): Promise<boolean> {
  const probe = join(parent, `.curo-probe-${randomId()}`)
  try {
    await mkdir(probe, { mode: 0o700 })
    await give(account, probe)
    return await canReach(account, probe)
  } catch {
    return false
  } finally {
    await rm(probe, { recursive: true, force: true })
  }
}

async function give(account: ServerAccount, ...paths: string[]): Promise<void> {
  if (account === null) return
  for (const path of paths) await chown(path, account.uid, account.gid)
}

/** What an earlier start left when it was killed. */
async function removeHalfMade(place: string): Promise<void> {
  const parent = dirname(place)
  for (const name of await readdir(parent))
    if (name.startsWith(`${basename(place)}.new-`))
      await rm(join(parent, name), { recursive: true, force: true })
}

function lastLine(cause: unknown): string {
  const text = String((cause as { stderr?: string }).stderr ?? cause).trim()
  return text.split('\n').at(-1) ?? ''
}
