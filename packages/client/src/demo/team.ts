import { CuroError, isCuroError } from '@curo/crypto/errors'
import type { DoctorKey } from '@curo/fhir/demo/people/staff'
import { decideAccount, listAccounts, registerAccount, signIn } from '../accounts.ts'
import type { Connection } from '../connection.ts'
import type { Person } from '../person.ts'
import { patiently } from './patience.ts'
import { DEMO_WORKERS, type DemoWorker } from './workers.ts'

/** A session that nobody uses ends after half an hour, and a doctor may have nothing to write for long. */
const SIGNED_IN_FOR_MS = 15 * 60_000

type Given = { connection: Connection; admin: Person; password: string; signal?: AbortSignal | undefined }

/** The demo's workers: hired as they are needed, signed in when they have something to do. */
export class DemoTeam {
  readonly connection: Connection
  readonly #admin: Person
  readonly #password: string
  readonly #signal: AbortSignal | undefined
  readonly #signedIn = new Map<string, { person: Promise<Person>; since: number }>()

  constructor({ connection, admin, password, signal }: Given) {
    this.connection = connection
    this.#admin = admin
    this.#password = password
    this.#signal = signal
  }

  /** Registers and approves; who is there already, from a run that was cut short, is left as she is. */
  async hire(workers: readonly DemoWorker[]): Promise<void> {
    const known = new Map((await this.#accounts()).map((account) => [account.contact, account]))
    const missing = workers.filter(({ contact }) => !known.has(contact))
    // Each registration stretches a password for a quarter of a second: one after another leaves the node to others.
    for (const { contact, role, name, profession } of missing) {
      const account = { contact, role, name, profession, password: this.#password }
      await patiently(() => registerAccount(this.connection, account), this.#signal).catch((error) => {
        if (!isCuroError(error, 'conflict')) throw error
      })
    }
    const wanted = new Set(workers.filter(({ isWaiting }) => !isWaiting).map(({ contact }) => contact))
    for (const { id, contact, status } of await this.#accounts())
      if (status === 'pending' && wanted.has(contact))
        await decideAccount(this.#admin, { account: id, decision: 'approve' })
  }

  async #accounts() {
    return (await listAccounts(this.#admin, { limit: 500 })).accounts
  }

  doctor(key: DoctorKey): Promise<Person> {
    return this.#signIn(DEMO_WORKERS.find((worker) => worker.key === key))
  }

  desk(): Promise<Person> {
    return this.#signIn(DEMO_WORKERS.find(({ role }) => role === 'staff'))
  }

  #signIn(worker: DemoWorker | undefined): Promise<Person> {
    if (!worker) throw new CuroError('internal', 'The demo has nobody for this.')
    const { contact } = worker
    const known = this.#signedIn.get(contact)
    if (known && Date.now() - known.since < SIGNED_IN_FOR_MS) return known.person
    const person = patiently(
      () => signIn(this.connection, { contact, password: this.#password }),
      this.#signal,
    )
    this.#signedIn.set(contact, { person, since: Date.now() })
    return person
  }
}
