import { decideAccount } from '@curo/client/accounts'
import { type Card, type FoundPatient, findByCard, readCard } from '@curo/client/cards'
import { verifyClinician } from '@curo/client/clinicians'
import { type Connection, connect } from '@curo/client/connection'
import { openKeyring } from '@curo/client/keyring'
import { registerPatientAtDesk, unwrapRootByCard } from '@curo/client/patients'
import { asPatient, makePerson, type PatientPerson, type Person } from '@curo/client/person'
import { type RecordToSeal, type StoredRecord, sealAndPutRecords } from '@curo/client/records'
import { prepareSealing, type Sealing } from '@curo/client/sealing'
import { getOwnAccount } from '@curo/contract/accounts'
import type { Role } from '@curo/contract/route'
import { toBase64Url, utf8Bytes } from '@curo/crypto/bytes'
import { isCuroError } from '@curo/crypto/errors'
import { randomId } from '@curo/crypto/random'
import type { OutboxMessage } from '../context.ts'
import { inventedDemographics, makeAccount, type TestAccount } from './people.ts'
import { makeRecordedNode } from './recorded-node.ts'
import type { TestNode, TestNodeOptions } from './test-node.ts'

/** A patient with her card, found by it, and her app. */
export type CardHolder = {
  readonly id: string
  readonly phone: string
  readonly card: Card
  /** As her doctor found her, with verified keys. */
  readonly found: FoundPatient
  /** She herself, signed in. */
  readonly app: PatientPerson
}

export type Hospital = {
  readonly node: TestNode
  readonly connection: Connection
  readonly admin: Person
  readonly auditor: Person
  readonly staff: Person
  readonly doctor: Person
  readonly otherDoctor: Person
  /** Messages to people, oldest first. */
  readonly sent: readonly OutboxMessage[]
  /** The code in the newest message. */
  lastCode(): string
  /** Somebody approved, in the registry if she is a doctor. */
  hire(role: Exclude<Role, 'patient'>): Promise<Person>
  makeCardHolder(): Promise<CardHolder>
  /** A doctor's keys for writing about a patient. */
  sealingFor(person: Person, holder: CardHolder): Promise<Sealing>
  /** Records that the doctor seals and stores with the card in hand. */
  store(holder: CardHolder, records: readonly Partial<RecordToSeal>[], by?: Person): Promise<StoredRecord[]>
  stop(): Promise<void>
}

/**
 * A real node on its own database, with a person in every role, all through the typed client. Nobody chooses a
 * password: two rounds of Argon2id for each would take most of the time, and how one signs in is tested with the accounts.
 */
export async function makeHospital(options: TestNodeOptions = {}): Promise<Hospital> {
  const { node, sent } = await makeRecordedNode({
    session: { idleMinutes: 24 * 60, longestHours: 24 * 30 },
    ...options,
  })
  try {
    const connection = await connect({ node: node.address })
    const admin = await personOf(connection, await makeAccount(node, { role: 'admin' }))
    const hire = async (role: Exclude<Role, 'patient'>) => {
      const account = await makeAccount(node, { role, status: 'pending' })
      await decideAccount(admin, { account: account.id, decision: 'approve' })
      const person = await personOf(connection, account)
      if (role === 'doctor') await untilInRegistry(person)
      return person
    }
    const [auditor, staff, doctor, otherDoctor] = await Promise.all([
      hire('auditor'),
      hire('staff'),
      hire('doctor'),
      hire('doctor'),
    ])
    const makeCardHolder = () => registerHolder({ node, connection, staff, doctor })
    const sealingFor = async (person: Person, { card, found }: CardHolder) =>
      prepareSealing(person, { keys: found.keys, stubKey: card.stubKey })
    return {
      node,
      connection,
      admin,
      auditor,
      staff,
      doctor,
      otherDoctor,
      sent,
      lastCode: () => codeIn(sent.at(-1)),
      hire,
      makeCardHolder,
      sealingFor,
      async store(holder, records, by = doctor) {
        const sealing = await sealingFor(by, holder)
        const authority = { by: 'card' as const, card: holder.card }
        return sealAndPutRecords(sealing, { authority, records: records.map(inventRecord) })
      },
      stop: () => node.stop(),
    }
  } catch (error) {
    await node.stop()
    throw error
  }
}

const PUBLISHED_WITHIN_MS = 50_000

/** Readers look an author up in the published registry; it follows an approval by a fraction of a second. */
async function untilInRegistry(doctor: Person): Promise<void> {
  for (const deadline = Date.now() + PUBLISHED_WITHIN_MS; ; ) {
    try {
      await verifyClinician(doctor, { account: doctor.account.id })
      return
    } catch (error) {
      if (!isCuroError(error, 'unavailable') || Date.now() > deadline) throw error
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
}

function codeIn(message: OutboxMessage | undefined): string {
  const { code } = message?.values ?? {}
  if (typeof code !== 'string') throw new Error('The newest message has no code.')
  return code
}

/** A small record about nobody. */
export function inventRecord(over: Partial<RecordToSeal> = {}): RecordToSeal {
  return {
    id: randomId(),
    category: 'laboratory',
    kind: 'Observation',
    occurred: '2024-03-12',
    content: utf8Bytes(JSON.stringify({ resourceType: 'Observation', note: `invented ${randomId()}` })),
    stub: { title: 'Haemoglobin' },
    ...over,
  }
}

export async function personOf(connection: Connection, account: TestAccount): Promise<Person> {
  const api = connection.api.withToken(account.token)
  return makePerson({
    api,
    hospital: connection.hospital,
    account: await api.call(getOwnAccount, {}),
    root: account.root,
    keyring: null,
    expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
  })
}

async function registerHolder(given: {
  node: TestNode
  connection: Connection
  staff: Person
  doctor: Person
}): Promise<CardHolder> {
  const { node, connection, staff, doctor } = given
  const demographics = inventedDemographics()
  const { patient, card: scanned } = await registerPatientAtDesk(staff, demographics)
  const card = await readCard(scanned)
  const found = await findByCard(doctor, card)
  return {
    id: patient,
    phone: demographics.phone ?? '',
    card,
    found,
    app: await appOf({ node, connection, patient, card }),
  }
}

/** The patient with the root that the desk made: how an app is activated is tested with the cards. */
async function appOf(given: {
  node: TestNode
  connection: Connection
  patient: string
  card: Card
}): Promise<PatientPerson> {
  const { node, connection, patient, card } = given
  const { db } = node.context
  const { wrapped } = await db
    .selectFrom('patient_wrapped_roots')
    .select('wrapped')
    .where('patient', '=', patient)
    .where('wrapped_by', '=', 'card')
    .executeTakeFirstOrThrow()
  const { keyring } = await db
    .selectFrom('patients')
    .select('keyring')
    .where('id', '=', patient)
    .executeTakeFirstOrThrow()
  const { cardSecret } = card.payload
  const root = await unwrapRootByCard({ wrapped: toBase64Url(wrapped), patient, cardSecret })
  const account = await makeAccount(node, { role: 'patient', patient, root })
  const person = await personOf(connection, account)
  return asPatient({ ...person, keyring: await openKeyring({ root, patient, sealed: toBase64Url(keyring) }) })
}
