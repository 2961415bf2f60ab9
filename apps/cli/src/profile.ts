import { mkdir, readFile, rm, stat } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, isAbsolute, join, resolve } from 'node:path'
import type { SavedSession } from '@curo/client/accounts'
import type { PinnedHospital } from '@curo/client/connection'
import { CuroError } from '@curo/crypto/errors'
import { writePrivateFile } from './private-file.ts'

/** What is kept between two commands: which hospital, and who is signed in there with which keys. */
export type Profile = {
  v: 1
  node: string
  /** As the first visit showed it; other keys are refused from then on. */
  hospital: PinnedHospital & { name: string }
  account: { id: string; role: string; name: string } | null
  session: SavedSession | null
}

/** A name under the user's configuration folder, or a path. */
export function profilePath(named: string | undefined, environment: NodeJS.ProcessEnv): string {
  const name = named ?? environment.CURO_PROFILE ?? 'default'
  if (name.includes('/') || isAbsolute(name)) return resolve(name)
  if (!/^[\w.-]{1,64}$/.test(name) || name.startsWith('.'))
    throw new CuroError('invalid-input', 'A profile is a plain name, or a path with a slash.')
  return join(environment.XDG_CONFIG_HOME ?? join(homedir(), '.config'), 'curo', `${name}.json`)
}

export class ProfileFile {
  readonly path: string

  constructor(path: string) {
    this.path = path
  }

  /** @throws CuroError 'forbidden' when others could read it, 'malformed' when it is damaged */
  async read(): Promise<Profile | null> {
    const text = await readFile(this.path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return null
      throw error
    })
    if (text === null) return null
    const { mode } = await stat(this.path)
    if (process.platform !== 'win32' && (mode & 0o077) !== 0)
      throw new CuroError(
        'forbidden',
        `Others can read ${this.path}, which holds your keys. Run: chmod 600 ${this.path}`,
      )
    try {
      const profile = JSON.parse(text) as Profile
      if (profile.v === 1 && typeof profile.node === 'string') return profile
    } catch {}
    throw new CuroError('malformed', `${this.path} is damaged. Remove it and sign in again.`)
  }

  async write(profile: Profile): Promise<void> {
    await mkdir(dirname(this.path), { recursive: true, mode: 0o700 })
    await writePrivateFile(this.path, `${JSON.stringify(profile, null, 2)}\n`)
  }

  async remove(): Promise<void> {
    await rm(this.path, { force: true })
  }
}
