import { type Card, type FoundPatient, findByCard, readCard } from '@curo/client/cards'
import { enterOtp, requestConsent } from '@curo/client/consent'
import { findEntries } from '@curo/client/ledger'
import { openTimeline, streamRecords } from '@curo/client/openings'
import type { Person } from '@curo/client/person'
import { CATEGORIES } from '@curo/crypto/category'
import { compareAll, type Expected } from './expected.ts'
import { codeIn, type HospitalProcess, messagesTo } from './hospital-process.ts'
import { must, mustRefuse } from './step-table.ts'

export type Visit = { card: Card; found: FoundPatient; consent: string; openings: number }

const inAnHour = () => new Date(Date.now() + 60 * 60_000)
const TREATMENT = { code: 'CAREMGT' as const, text: 'Second opinion on the whole history' }

/** With nothing but the card: who she is, and how many entries there are about her. */
export async function findHistory(doctor: Person, scanned: string, atLeast: number) {
  const card = await readCard(scanned)
  const found = await findByCard(doctor, card)
  const { lookupEpoch, lookupKey } = card.payload
  const { entries, gaps } = await findEntries(doctor, [{ epoch: lookupEpoch, key: lookupKey }])
  must(gaps.length === 0, `${gaps.length} entries are missing from her chain.`)
  must(entries.length >= atLeast, `Only ${entries.length} entries are found instead of ${atLeast} or more.`)
  return { card, found, entries }
}

/** Asks, enters the code that went to her phone, and refuses to believe that anything else would have done. */
export async function askAndEnterCode(
  doctor: Person,
  given: {
    hospital: HospitalProcess
    phone: string
    card: Card
    found: FoundPatient
    strangers: readonly Person[]
  },
): Promise<string> {
  const { hospital, phone, card, found, strangers } = given
  const { patient } = found
  const before = (await messagesTo(hospital, phone, 0)).length
  const ask = {
    patient,
    scope: { categories: [...CATEGORIES] },
    purpose: TREATMENT,
    use: 'standing' as const,
  }
  const asked = await requestConsent(doctor, { ...ask, notAfter: inAnHour(), card })
  must(asked.otp?.sentTo.endsWith(phone.slice(-2)), 'The code went to the phone that the desk registered.')
  const sent = await messagesTo(hospital, phone, before + 1)
  const message = sent.at(-1)
  must(message?.text.includes(doctor.account.name), 'The message names the doctor who asks.')
  const code = codeIn(message)
  const wrong = code === '000000' ? '000001' : '000000'
  const { request } = asked
  await mustRefuse('A wrong code', ['unauthorized'], () => enterOtp(doctor, { request, code: wrong }))
  for (const stranger of strangers)
    await mustRefuse('The right code from another doctor', ['not-found'], () =>
      enterOtp(stranger, { request, code }),
    )
  const consent = await enterOtp(doctor, { request, code })
  await mustRefuse('A code used twice', ['conflict'], () => enterOtp(doctor, { request, code }))
  return consent.grant.id
}

/** Without consent nothing opens, card or not. */
export async function mustNotOpen(
  doctor: Person,
  { card, patient }: { card: Card; patient: string },
): Promise<void> {
  await mustRefuse('Opening without consent', ['not-found'], () =>
    openTimeline(doctor, { patient, consent: 'AAAAAAAAAAAAAAAAAAAAAA', reader: { via: 'card', card } }),
  )
}

/** The timeline, then every record, compared byte for byte. Answers how many openings that took. */
export async function openAll(
  doctor: Person,
  given: { card: Card; found: FoundPatient; consent: string; expected: Expected },
): Promise<{ records: number; openings: number }> {
  const { card, found, consent, expected } = given
  const reader = { via: 'card' as const, card }
  const { patient } = found
  const timeline = await openTimeline(doctor, { patient, consent, reader })
  const ids = timeline.entries.map((entry) => entry.id)
  must(
    timeline.entries.every((entry) => entry.stub !== null),
    'Every line of the timeline can be read with the card.',
  )
  const openings = new Set<string>([timeline.opening])
  async function* opened() {
    for await (const record of streamRecords(doctor, {
      patient,
      consent,
      reader,
      records: ids,
      keys: found.keys,
    })) {
      if (!record.fault) openings.add(record.opening)
      yield record
    }
  }
  const records = await compareAll(opened(), expected)
  return { records, openings: openings.size }
}
