import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type HospitalProcess, startHospital } from '@curo/cli/scenario/hospital-process'
import { decideAccount, registerAccount, signIn } from '@curo/client/accounts'
import { type Card, type FoundPatient, findByCard, readCard } from '@curo/client/cards'
import { type Connection, connect } from '@curo/client/connection'
import { enterOtp, requestConsent } from '@curo/client/consent'
import { registerPatientAtDesk } from '@curo/client/patients'
import type { Person } from '@curo/client/person'
import { type RecordToSeal, sealAndPutRecords } from '@curo/client/records'
import { prepareSealing } from '@curo/client/sealing'
import { utf8Bytes } from '@curo/crypto/bytes'
import { CATEGORIES } from '@curo/crypto/category'
import { randomDigits, randomId } from '@curo/crypto/random'
import { ORIGIN } from './bench-node.ts'

/** A node and the people who work there. */
export type Clinic = {
  connection: Connection
  dataFolder: string
  staff: Person
  doctor: Person
  /** As the doctor types it when she signs in. */
  doctorContact: string
}

export const PASSWORD = 'a password of invented people'
const inventPhone = () => `+9190${randomDigits(8)}`

/** Registers the administrator, a clerk and a doctor of a new node. */
export async function staffClinic(node: {
  address: string
  setupCode: string
  dataFolder: string
}): Promise<Clinic> {
  const connection = await connect({ node: node.address })
  const person = async (role: 'admin' | 'staff' | 'doctor', name: string, admin?: Person) => {
    const contact = inventPhone()
    const account = { contact, password: PASSWORD, role, name, profession: {} }
    const registered = await registerAccount(
      connection,
      admin ? account : { ...account, setupCode: node.setupCode },
    )
    if (admin) await decideAccount(admin, { account: registered.account, decision: 'approve' })
    return { contact, person: await signIn(connection, { contact, password: PASSWORD }) }
  }
  const { person: admin } = await person('admin', 'Leela Marar')
  const { person: staff } = await person('staff', 'Tenzin Bhutia', admin)
  const { person: doctor, contact } = await person('doctor', 'Dr Asha Raghavan', admin)
  return { connection, dataFolder: node.dataFolder, staff, doctor, doctorContact: contact }
}

/** A clinic whose node runs in a process of its own, as an operator starts it, without limits on calls per address. */
export async function withClinic<T>(
  work: (clinic: Clinic & { hospital: HospitalProcess }) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'curo-bench-'))
  try {
    const hospital = await startHospital({
      name: 'Bench Hospital',
      folder: join(folder, 'node'),
      logFile: join(folder, 'node.log'),
      settings: { origin: ORIGIN, limits: { callsFactor: 0 } },
    })
    try {
      return await work({ ...(await staffClinic(hospital)), hospital })
    } finally {
      await hospital.stop()
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** A patient with her card in the doctor's hand. `scanned` is what its QR says. */
export type Visitor = { scanned: string; phone: string; card: Card; found: FoundPatient }

export async function admitPatient({ staff, doctor }: Clinic): Promise<Visitor> {
  const phone = inventPhone()
  const { card: scanned } = await registerPatientAtDesk(staff, {
    name: { given: 'Kalpana', family: 'Vaidehi' },
    birthDate: '1968-04-17',
    sex: 'female',
    phone,
  })
  const card = await readCard(scanned)
  return { scanned, phone, card, found: await findByCard(doctor, card) }
}

/** Observations of about a kilobyte each, sealed and stored by the doctor with the card in hand; resolves to their ids. */
export async function writeRecords(
  { doctor }: Clinic,
  { card, found }: Visitor,
  count: number,
): Promise<string[]> {
  const sealing = await prepareSealing(doctor, { keys: found.keys, stubKey: card.stubKey })
  const records = Array.from({ length: count }, (_, at) => observation(at, found.patient))
  await sealAndPutRecords(sealing, { authority: { by: 'card', card }, records })
  return records.map(({ id }) => id)
}

export function observation(at: number, patient: string): RecordToSeal & { id: string } {
  const day = new Date(Date.UTC(2015, 0, 1) + at * 86_400_000).toISOString().slice(0, 10)
  const code = {
    system: 'http://loinc.org',
    code: '4548-4',
    display: 'Hemoglobin A1c/Hemoglobin.total in Blood',
  }
  const resource = {
    resourceType: 'Observation',
    id: randomId(),
    status: 'final',
    category: [
      {
        coding: [
          {
            system: 'http://terminology.hl7.org/CodeSystem/observation-category',
            code: 'laboratory',
            display: 'Laboratory',
          },
        ],
      },
    ],
    code: { coding: [code], text: code.display },
    subject: { reference: `Patient/${patient}` },
    effectiveDateTime: `${day}T08:00:00+05:30`,
    valueQuantity: { value: 5 + (at % 40) / 10, unit: '%', system: 'http://unitsofmeasure.org', code: '%' },
    note: [
      { text: 'Fasting since the evening before. Repeat in three months, earlier if the dose is changed.' },
    ],
  }
  const category = CATEGORIES[at % 3 === 0 ? 3 : 6] ?? 'laboratory'
  const stub = { title: code.display, day }
  return {
    id: resource.id,
    category,
    kind: 'Observation',
    occurred: day,
    content: utf8Bytes(JSON.stringify(resource)),
    stub,
  }
}

/** A standing consent by the code that went to her phone. Resolves to its id. */
export async function askConsent(
  { doctor, dataFolder }: Clinic,
  { card, found, phone }: Visitor,
): Promise<string> {
  const { request } = await requestConsent(doctor, {
    patient: found.patient,
    scope: { categories: [...CATEGORIES] },
    purpose: { code: 'CAREMGT', text: 'Review of the whole history' },
    use: 'standing',
    notAfter: new Date(Date.now() + 60 * 60_000),
    card,
  })
  const { grant } = await enterOtp(doctor, { request, code: await codeSentTo(dataFolder, phone) })
  return grant.id
}

/** The outbox is her phone. */
async function codeSentTo(dataFolder: string, phone: string): Promise<string> {
  const outbox = join(dataFolder, 'outbox')
  for (const deadline = Date.now() + 60_000; Date.now() < deadline; ) {
    for (const name of await readdir(outbox).catch(() => [])) {
      if (!name.endsWith('.json')) continue
      const message = JSON.parse(await readFile(join(outbox, name), 'utf8')) as { to: string; text: string }
      const code = message.to === phone ? message.text.match(/\b[0-9]{6}\b/)?.[0] : undefined
      if (code !== undefined) return code
    }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error('The message with the code did not arrive within a minute.')
}
