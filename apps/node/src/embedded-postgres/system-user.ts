import { execFile } from 'node:child_process'
import { stat } from 'node:fs/promises'
import { promisify } from 'node:util'
import { CuroError } from '@curo/crypto/errors'

const run = promisify(execFile)

/** Who the database server runs as: nothing to change for an ordinary user, another account for root. */
export type ServerAccount = { readonly uid: number; readonly gid: number } | null

/** The ways to make a system account: Debian and Red Hat, then BusyBox. */
const ACCOUNT_MAKERS: readonly (readonly [string, readonly string[]])[][] = [
  [
    ['groupadd', ['--system', 'postgres']],
    [
      'useradd',
      ['--system', '--gid', 'postgres', '--no-create-home', '--shell', '/usr/sbin/nologin', 'postgres'],
    ],
  ],
  [
    ['addgroup', ['-S', 'postgres']],
    ['adduser', ['-S', '-D', '-H', '-G', 'postgres', 'postgres']],
  ],
]

/**
 * PostgreSQL refuses to run as root, so root hands the server to the system account `postgres` and makes that
 * account when it is missing. An existing database folder decides: its owner runs it.
 * @throws 'unavailable' when root has no account to hand the server to
 */
export async function serverAccount(existingFolder?: string): Promise<ServerAccount> {
  if (process.getuid?.() !== 0) return null
  if (existingFolder !== undefined) {
    const owner = await stat(existingFolder)
    if (owner.uid !== 0) return { uid: owner.uid, gid: owner.gid }
  }
  const existing = await accountNamed('postgres')
  if (existing) return existing
  for (const commands of ACCOUNT_MAKERS) {
    for (const [command, args] of commands) await run(command, [...args]).catch(() => undefined)
    const made = await accountNamed('postgres')
    if (made) return made
  }
  throw new CuroError(
    'unavailable',
    'PostgreSQL does not run as root and no system account could be made for it: start Curo as an ordinary user, add a user called postgres, or set database.url.',
  )
}

async function accountNamed(name: string): Promise<ServerAccount> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])])
    const account = { uid: Number.parseInt(uid.stdout, 10), gid: Number.parseInt(gid.stdout, 10) }
    return account.uid > 0 ? account : null
  } catch {
    return null
  }
}

/** Whether the account can enter and list this folder, asked of the kernel as that account. */
export async function canReach(account: ServerAccount, folder: string): Promise<boolean> {
  try {
    await run('/bin/sh', ['-c', 'cd "$1" && test -r .', 'sh', folder], { cwd: '/', ...account })
    return true
  } catch {
    return false
  }
}
