import { signIn } from '@curo/client/accounts'
import { finishActivation, startActivation } from '@curo/client/activation'
import { readCard } from '@curo/client/cards'
import { findClinicians, verifyClinician } from '@curo/client/clinicians'
import type { Connection } from '@curo/client/connection'
import { listConsents } from '@curo/client/consent'
import { openGrantedKeys } from '@curo/client/granted-keys'
import { grantConsent } from '@curo/client/granting'
import { readHistory } from '@curo/client/history-lines'
import { verifyOwnHistory } from '@curo/client/ledger'
import { openTimeline, streamRecords } from '@curo/client/openings'
import { readOwnRecords } from '@curo/client/own-records'
import { asPatient, type PatientPerson, type Person } from '@curo/client/person'
import { rewrapRecords } from '@curo/client/rewrapping'
import { CATEGORIES } from '@curo/crypto/category'
import { isCuroError } from '@curo/crypto/errors'
import type { Policy } from '@curo/ledger/policy'
import { compareAll, type Expected } from './expected.ts'
import { codeIn, type HospitalProcess, messagesTo } from './hospital-process.ts'
import { inventPassword } from './people.ts'
import { must, mustRefuse } from './step-table.ts'

export type PatientWithApp = { person: PatientPerson; password: string; contact: string }

/** Turns the card into an account of her own and gives her earlier records wraps for her new keys. */
export async function activateApp(
  connection: Connection,
  given: { hospital: HospitalProcess; phone: string; scanned: string; name: string; records: number },
): Promise<PatientWithApp> {
  const { hospital, phone, scanned, name, records } = given
  const card = await readCard(scanned)
  const before = (await messagesTo(hospital, phone, 0)).length
  const { activation } = await startActivation(connection, card)
  const code = codeIn((await messagesTo(hospital, phone, before + 1)).at(-1))
  const [contact, password] = [phone, inventPassword()]
  const { person } = await finishActivation(connection, { card, activation, code, contact, password, name })
  const rewrapped = await rewrapRecords(person)
  must(
    rewrapped.faults.length === 0 && rewrapped.rewrapped === records,
    `${rewrapped.rewrapped} of ${records} records got wraps for her new keys.`,
  )
  await mustRefuse('A wrong password', ['unauthorized'], () =>
    signIn(connection, { contact, password: `${password}!` }),
  )
  return { person: asPatient(await signIn(connection, { contact, password })), password, contact }
}

export async function readOwn(patient: PatientPerson, expected: Expected): Promise<number> {
  return await compareAll(readOwnRecords(patient), expected)
}

/** She sees every opening, and proves by herself that nothing is missing or altered. */
export async function checkHistory(
  patient: PatientPerson,
  given: { openings: number; records: number; policy: Policy },
): Promise<{ entries: number; openings: number }> {
  const history = await readHistory(patient)
  const openings = history.filter((line) => line.kind === 'opening').length
  must(openings === given.openings, `She sees ${openings} openings; there were ${given.openings}.`)
  const anchors = history.filter((line) => line.kind === 'anchor').length
  must(anchors === given.records, `She sees ${anchors} anchored records; there are ${given.records}.`)
  const report = await publishedHistory(patient, given.policy)
  must(report.complete, `Her history is not complete: ${faultsInWords(report.faults)}`)
  must(
    report.faults.length === 0,
    `Her history has faults: ${report.faults.map((fault) => fault.kind).join(', ')}`,
  )
  must(report.recordsWithheld.length + report.recordsNotAnchored.length === 0, 'Records and anchors agree.')
  return { entries: report.entries.length, openings }
}

/** Entries are published within moments of being recorded; this waits for that, not longer than ten seconds. */
async function publishedHistory(patient: PatientPerson, policy: Policy) {
  const deadline = Date.now() + 10_000
  for (;;) {
    const report = await verifyOwnHistory(patient, { policy })
    if (report.pending.length === 0 || Date.now() > deadline) return report
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

/** Allows one doctor for a month, once the doctor's key is proved by the ledger. */
export async function allowDoctor(
  patient: PatientPerson,
  { name, policy }: { name: string; policy: Policy },
) {
  const { clinicians } = await findClinicians(patient, { search: name })
  const match = clinicians.find((one) => one.name === name)
  must(match, `${name} is not found among the doctors.`)
  const doctor = await whenPublished(() => verifyClinician(patient, { account: match.id, policy }))
  return await grantConsent(patient, {
    doctor,
    scope: { categories: [...CATEGORIES] },
    purpose: { code: 'CAREMGT' },
    use: 'standing',
    notAfter: new Date(Date.now() + 30 * 24 * 60 * 60_000),
  })
}

async function whenPublished<T>(work: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + 10_000
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (!isCuroError(error, 'unavailable') || Date.now() > deadline) throw error
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
  }
}

/** A doctor on the allowed list opens everything without the card. */
export async function openWithoutCard(
  doctor: Person,
  { patient, expected }: { patient: string; expected: Expected },
) {
  const [consent] = await listConsents(doctor, { state: 'active', patient })
  must(consent?.sealedKeys, 'The allowed doctor has a consent with keys sealed to her.')
  const granted = await openGrantedKeys(doctor, { consent })
  const reader = { via: 'category' as const, granted }
  const ask = { patient, consent: consent.grant.id, reader }
  const timeline = await openTimeline(doctor, ask)
  const records = timeline.entries.map((entry) => entry.id)
  const openings = new Set([timeline.opening])
  async function* opened() {
    for await (const record of streamRecords(doctor, { ...ask, records })) {
      if (!record.fault) openings.add(record.opening)
      yield record
    }
  }
  const count = await compareAll(opened(), expected)
  return { ask, records, count, openings: openings.size }
}

/** After the revocation neither the timeline nor a single known record, if there is one, opens. */
export async function mustBeRefused(
  doctor: Person,
  opened: Awaited<ReturnType<typeof openWithoutCard>>,
): Promise<void> {
  const { ask, records } = opened
  await mustRefuse('The timeline after revocation', ['not-found'], () => openTimeline(doctor, ask))
  if (records.length === 0) return
  await mustRefuse('A record after revocation', ['not-found'], async () => {
    for await (const _ of streamRecords(doctor, { ...ask, records: records.slice(0, 1) }))
      must(false, 'A record opened.')
  })
}

/** The first few faults, each once. */
function faultsInWords(faults: readonly { kind: string; sentence: string }[]): string {
  return [...new Set(faults.map((fault) => `${fault.kind}: ${fault.sentence}`))].slice(0, 3).join(' ')
}
