import { resumeSession, type SavedSession, saveSession } from '@curo/client/accounts'
import { type Card, readCard } from '@curo/client/cards'
import { type Connection, connect } from '@curo/client/connection'
import { asPatient, type PatientPerson, type Person } from '@curo/client/person'
import { CuroError } from '@curo/crypto/errors'
import { UsageError } from './exit-codes.ts'
import { type Profile, ProfileFile, profilePath } from './profile.ts'
import { readSecret } from './secrets.ts'
import type { Surroundings } from './surroundings.ts'
import { Terminal } from './terminal.ts'

/** Options that every command understands. */
export type GlobalOptions = { json?: boolean; quiet?: boolean; profile?: string; node?: string }

/** One run: the terminal, the profile, and ways to the node. */
export class Cli {
  readonly surroundings: Surroundings
  readonly terminal: Terminal
  readonly #options: GlobalOptions

  constructor(surroundings: Surroundings, options: GlobalOptions) {
    this.surroundings = surroundings
    this.#options = options
    this.terminal = new Terminal(surroundings, { json: options.json === true, quiet: options.quiet === true })
  }

  get signal(): AbortSignal {
    return this.surroundings.signal
  }

  get profileFile(): ProfileFile {
    return new ProfileFile(profilePath(this.#options.profile, this.surroundings.environment))
  }

  /** The node named now, in the environment, or in the profile. @throws UsageError when none is */
  async connect(): Promise<Connection & { profile: Profile | null }> {
    const profile = await this.profileFile.read()
    const node = this.#options.node ?? this.surroundings.environment.CURO_NODE ?? profile?.node
    if (node === undefined)
      throw new UsageError('Which node? Give --node <address>, or sign in with curo login first.')
    const known = profile && sameAddress(profile.node, node) ? profile : null
    const connection = await connect({ node, fetch: this.surroundings.fetch, pinned: known?.hospital })
    return { ...connection, profile: known }
  }

  /** Whoever is signed in. @throws CuroError 'unauthorized' with what to do */
  async person(): Promise<Person> {
    const { profile, ...connection } = await this.connect()
    if (!profile?.session)
      throw new CuroError('unauthorized', 'Nobody is signed in here. Run curo login first.')
    return resumeSession(connection, profile.session, { signal: this.signal })
  }

  async patient(): Promise<PatientPerson> {
    return asPatient(await this.person())
  }

  /** Keeps a session for the commands that follow. */
  async remember(connection: Connection, person: Person | null): Promise<void> {
    const { origin, nodeKey, logKey, name } = connection.hospital
    const session: SavedSession | null = person && (await saveSession(person))
    await this.profileFile.write({
      v: 1,
      node: connection.api.node,
      hospital: { origin, nodeKey, logKey, name },
      account: person && { id: person.account.id, role: person.account.role, name: person.account.name },
      session,
    })
  }

  /** The card in hand: from a file with what its QR shows, the environment, or a scanner that types. */
  async card(file: string | undefined): Promise<Card> {
    const scanned = await readSecret(this.surroundings, {
      what: 'Card (scan or type what its QR shows)',
      file,
      option: '--card',
      variable: 'CURO_CARD',
    })
    return readCard(scanned)
  }

  /** Whether a card was named without asking for one. */
  hasCard(file: string | undefined): boolean {
    return file !== undefined || this.surroundings.environment.CURO_CARD !== undefined
  }
}

function sameAddress(a: string, b: string): boolean {
  return a.replace(/\/+$/, '') === b.replace(/\/+$/, '')
}
