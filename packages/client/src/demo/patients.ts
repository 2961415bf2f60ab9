import { isCuroError } from '@curo/crypto/errors'
import type { CastMember } from '@curo/fhir/demo/cast/cast'
import { type DemoPerson, fullName, nameAtDesk } from '@curo/fhir/demo/people/person'
import { signIn } from '../accounts.ts'
import { finishActivation, startActivation } from '../activation.ts'
import { type Card, readCard } from '../cards.ts'
import type { Connection } from '../connection.ts'
import { attestOwnKeys } from '../own-keys.ts'
import { findPatients, registerPatientAtDesk } from '../patients.ts'
import { asPatient, type PatientPerson, type Person } from '../person.ts'
import type { DemoKeeper } from './keeper.ts'
import { patiently } from './patience.ts'

type Demographics = Parameters<typeof registerPatientAtDesk>[1]

function demographicsOf(person: DemoPerson): Demographics {
  const { address } = person
  return {
    name: nameAtDesk(person),
    birthDate: person.birthDate,
    sex: person.sex,
    phone: person.phone,
    address: { ...address, lines: [...address.lines] },
    language: person.language,
    identifiers: [],
  }
}

export type Admitted = { patient: string; card: Card; hasApp: boolean }

/**
 * The patient as the desk has her, registered first where she is not. Null for one whose card was lost with its file: she
 * stays as she is.
 */
export async function admit(
  desk: Person,
  { keeper, person, signal }: { keeper: DemoKeeper; person: DemoPerson; signal?: AbortSignal | undefined },
): Promise<Admitted | null> {
  const found = (await findPatients(desk, { search: person.phone }, { signal })).patients[0]
  if (!found)
    await registerPatientAtDesk(desk, demographicsOf(person), {
      signal,
      beforeSending: (secrets) => keeper.keepCard(person.key, secrets),
    })
  const registered = found ?? (await findPatients(desk, { search: person.phone }, { signal })).patients[0]
  const kept = await keeper.cardOf(person.key)
  if (!registered || kept === null) return null
  const card = await readCard(kept)
  return { patient: registered.id, card, hasApp: registered.activated }
}

/**
 * The patient in her app: activated with her card and the code on her telephone, or signed in. Null where no code can be
 * read, and where somebody tried the app out and gave it another password.
 */
export async function openApp(
  connection: Connection,
  given: {
    member: CastMember
    admitted: Admitted
    keeper: DemoKeeper
    password: string
    signal?: AbortSignal | undefined
  },
): Promise<PatientPerson | null> {
  const { member, admitted, keeper, password, signal } = given
  const { phone, key } = member.person
  if (admitted.hasApp) {
    const person = await patiently(
      () => signIn(connection, { contact: phone, password }, { signal }),
      signal,
    ).catch((error) => {
      if (isCuroError(error, 'unauthorized')) return null
      throw error
    })
    if (!person) return null
    const app = asPatient(person)
    // An activation that was cut short may have left keys that nobody would seal to.
    await attestOwnKeys(app, { card: admitted.card }, { signal })
    return app
  }
  const { codeSentTo } = keeper
  if (!codeSentTo) return null
  const { card } = admitted
  const since = new Date()
  const { activation } = await patiently(() => startActivation(connection, card, { signal }), signal)
  const code = await codeSentTo.call(keeper, phone, since)
  const activated = await patiently(
    () =>
      finishActivation(
        connection,
        { card, activation, code, contact: phone, password, name: fullName(nameAtDesk(member.person)) },
        { signal },
      ),
    signal,
  )
  const text = await keeper.cardOf(key)
  if (text !== null) await keeper.keepCard(key, { card: text, recoveryCode: activated.recoveryCode })
  return activated.person
}
