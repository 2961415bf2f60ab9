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

const DESK = DEMO_WORKERS.filter(({ role, isWaiting }) => role === 'staff' && !isWaiting)

function doctorOf(key: DoctorKey): DemoWorker {
  const worker = DEMO_WORKERS.find((one) => one.key === key)
  if (!worker) throw new CuroError('internal', 'The demo has nobody for this.')
  return worker
}

/** The demo's workers: hired as they are needed, signed in when they have something to do. */
export class DemoTeam {
  readonly connection: Connection
  readonly #admin: Person
  readonly #password: string
  readonly #signal: AbortSignal | undefined
  readonly #signedIn = new Map<string, { person: Promise<Person>; since: number }>()
  readonly #away = new Set<string>()

  constructor({ connection, admin, password, signal }: Given) {
    this.connection = connection
    this.#admin = admin
    this.#password = password
    this.#signal = signal
  }

  /**
   * Registers and approves; who is there already, from a run that was cut short, is left as she is.
   * @returns when the first clerk registered
   */
  async hire(workers: readonly DemoWorker[]): Promise<{ deskCreatedAt: string }> {
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
    const accounts = await this.#accounts()
    for (const { id, contact, status } of accounts)
      if (status === 'pending' && wanted.has(contact))
        await decideAccount(this.#admin, { account: id, decision: 'approve' })
    const desk = accounts.find(({ contact }) => contact === DESK[0]?.contact)
    if (!desk) throw new CuroError('internal', 'The demo has no desk.')
    return { deskCreatedAt: desk.createdAt }
  }

  async #accounts() {
    return (await listAccounts(this.#admin, { limit: 500 })).accounts
  }

  /** Names of doctors who had something to do and were not at work. */
  get away(): string[] {
    return [...this.#away]
  }

  /** False for a doctor whom the password no longer lets in: she has another, a second factor, or was suspended. */
  async isAtWork(key: DoctorKey): Promise<boolean> {
    const worker = doctorOf(key)
    const isIn = (await this.#signInIfLet(worker)) !== null
    if (!isIn) this.#away.add(worker.name)
    return isIn
  }

  /** @throws CuroError 'unauthorized' or 'forbidden' for one who is not at work */
  doctor(key: DoctorKey): Promise<Person> {
    return this.#signIn(doctorOf(key))
  }

  /** The first clerk who is at work. @throws CuroError 'conflict' where none is */
  async desk(): Promise<Person> {
    for (const clerk of DESK) {
      const person = await this.#signInIfLet(clerk)
      if (person) return person
    }
    throw new CuroError(
      'conflict',
      'No invented clerk can be signed in as with the first password: give one of them that password again.',
    )
  }

  #signInIfLet(worker: DemoWorker): Promise<Person | null> {
    return this.#signIn(worker).catch((error) => {
      if (isCuroError(error, 'unauthorized', 'forbidden')) return null
      throw error
    })
  }

  #signIn({ contact }: DemoWorker): Promise<Person> {
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
