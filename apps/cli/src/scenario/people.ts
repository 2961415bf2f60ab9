import { decideAccount, listAccounts, registerAccount, signIn } from '@curo/client/accounts'
import type { Fetch } from '@curo/client/api'
import { type Connection, connect } from '@curo/client/connection'
import type { Person } from '@curo/client/person'
import { toBase64Url, utf8Bytes } from '@curo/crypto/bytes'
import { randomBytes, randomDigits } from '@curo/crypto/random'
import type { HospitalProcess } from './hospital-process.ts'
import type { Needle } from './plaintext-search.ts'
import { must, mustRefuse } from './step-table.ts'

export type Worker = { person: Person; password: string; contact: string }

/** An invented telephone number that nobody else in this run has. */
export const inventPhone = () => `+9190${randomDigits(8)}`
export const inventPassword = () => `walk ${toBase64Url(randomBytes(12))} home`

export async function connectTo(hospital: HospitalProcess, fetch: Fetch): Promise<Connection> {
  return await connect({ node: hospital.address, fetch })
}

/** The first administrator, with the code that was printed when the node was prepared. */
export async function setUpAdmin(connection: Connection, setupCode: string): Promise<Worker> {
  const [contact, password] = [inventPhone(), inventPassword()]
  await mustRefuse('A wrong setup code', ['unauthorized', 'forbidden'], () =>
    registerAccount(connection, {
      contact,
      password,
      role: 'admin',
      name: 'Leela Marar',
      setupCode: 'not-the-code',
    }),
  )
  const registered = await registerAccount(connection, {
    contact,
    password,
    role: 'admin',
    name: 'Leela Marar',
    setupCode,
  })
  must(registered.status === 'active', 'The first administrator is active at once.')
  return { person: await signIn(connection, { contact, password }), password, contact }
}

/** Registers, is refused while waiting, is approved, and signs in. */
export async function hire(
  connection: Connection,
  { admin, role, name }: { admin: Person; role: 'doctor' | 'staff'; name: string },
): Promise<Worker> {
  const [contact, password] = [inventPhone(), inventPassword()]
  const profession =
    role === 'doctor' ? { registrationNumber: `KMC-${randomDigits(6)}`, speciality: 'Medicine' } : {}
  const { account, status } = await registerAccount(connection, { contact, password, role, name, profession })
  must(status === 'pending', `${name} waits for approval.`)
  await mustRefuse(`${name} before approval`, ['forbidden'], async () => {
    const person = await signIn(connection, { contact, password })
    await listAccounts(person)
  })
  const decided = await decideAccount(admin, { account, decision: 'approve' })
  must(decided.status === 'active', `${name} is approved.`)
  return { person: await signIn(connection, { contact, password }), password, contact }
}

/** What of these people must never be found anywhere but in their own clients. */
export function secretsOf(workers: readonly Worker[]): Needle[] {
  return workers.flatMap(({ person, password }) => [
    { what: `password of the ${person.account.role}`, bytes: utf8Bytes(password) },
    { what: `account root of the ${person.account.role}`, bytes: person.root },
  ])
}
