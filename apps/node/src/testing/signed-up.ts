import { registerAccount, signIn } from '@curo/client/accounts'
import { finishActivation, startActivation } from '@curo/client/activation'
import { readCard } from '@curo/client/cards'
import { type Connection, connect } from '@curo/client/connection'
import { registerPatientAtDesk } from '@curo/client/patients'
import type { PatientPerson, Person } from '@curo/client/person'
import type { Role } from '@curo/contract/route'
import { randomId } from '@curo/crypto/random'
import type { OutboxMessage } from '../context.ts'
import { personOf } from './hospital.ts'
import { inventedDemographics, inventedPhone, makeAccount } from './people.ts'
import type { TestNode } from './test-node.ts'

/** Somebody who chose a password, through the client, as people do; each costs two rounds of Argon2id or more. */
export type SignedUp<P extends Person = Person> = {
  readonly person: P
  readonly contact: string
  readonly password: string
}

const choose = () => `correct horse ${randomId()}`

export async function signUp(
  node: TestNode,
  role: Exclude<Role, 'patient'>,
): Promise<SignedUp & { connection: Connection }> {
  const connection = await connect({ node: node.address })
  const [contact, password] = [inventedPhone(), choose()]
  const { account } = await registerAccount(connection, {
    contact,
    password,
    role,
    name: `Invented ${role}`,
  })
  await node.context.db.updateTable('accounts').set({ status: 'active' }).where('id', '=', account).execute()
  return { connection, contact, password, person: await signIn(connection, { contact, password }) }
}

/** A patient from the desk to her app; `sent` is where the node's messages end up. */
export async function signUpPatient(
  node: TestNode,
  sent: readonly OutboxMessage[],
  demographics = inventedDemographics(),
): Promise<SignedUp<PatientPerson> & { connection: Connection; recoveryCode: string }> {
  const connection = await connect({ node: node.address })
  const desk = await personOf(connection, await makeAccount(node, { role: 'staff' }))
  const registered = await registerPatientAtDesk(desk, demographics)
  const card = await readCard(registered.card)
  const { activation } = await startActivation(connection, card)
  const code = String(sent.at(-1)?.values.code)
  const [contact, password] = [demographics.phone ?? '', choose()]
  const { person, recoveryCode } = await finishActivation(connection, {
    ...{ card, activation, code, contact, password },
    name: 'Invented patient',
  })
  return { connection, contact, password, person, recoveryCode }
}
