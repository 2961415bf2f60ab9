import type { ConsentRequest, Scope } from '@curo/contract/consent'
import type { DoctorKey } from '@curo/fhir/demo/people/staff'
import { blockCard, findByCard } from '../cards.ts'
import { verifyClinician } from '../clinicians.ts'
import {
  DEFAULT_CATEGORIES,
  enterOtp,
  listConsents,
  listRequests,
  refuseRequest,
  requestConsent,
  resendOtp,
} from '../consent.ts'
import { askEmergency, confirmEmergency, openEmergency } from '../emergencies.ts'
import { openGrantedKeys } from '../granted-keys.ts'
import { grantConsent, revokeConsent } from '../granting.ts'
import { openRecords, openTimeline, type Reader } from '../openings.ts'
import type { PatientPerson, Person } from '../person.ts'
import { type DemoKeeper, once } from './keeper.ts'
import { patiently } from './patience.ts'
import type { Admitted } from './patients.ts'
import type { DemoTeam } from './team.ts'

export type Stage = {
  team: DemoTeam
  keeper: DemoKeeper
  /** Telephone of the patient, where codes go. */
  phone: string
  key: string
  admitted: Admitted
  app: PatientPerson
  signal?: AbortSignal | undefined
}

const DAY_MS = 86_400_000
const inDays = (days: number) => new Date(Date.now() + days * DAY_MS)

/**
 * What the patient finds done around her record, so that every screen has something; each is done once.
 * @returns false where somebody who has a part in it is not at work
 */
export async function playScenes(stage: Stage): Promise<boolean> {
  const { keeper, key, team } = stage
  const scenes: [string, DoctorKey[], (stage: Stage) => Promise<void>][] = [
    ['a standing consent', ['cardiology'], standingConsent],
    ['a visit with a code', ['medicine'], visitWithCode],
    ['a request refused', ['dermatology'], refusedRequest],
    ['a consent taken back', ['pulmonology'], revokedConsent],
    ['an emergency', ['medicine', 'cardiology'], emergency],
  ]
  let isWhole = true
  for (const [name, doctors, play] of scenes) {
    const isPlayed = await once(keeper, `${key}: ${name}`, async () => {
      for (const doctor of doctors) if (!(await team.isAtWork(doctor))) return false
      await play(stage)
      return true
    })
    if (!isPlayed) isWhole = false
  }
  await openRequest(stage)
  return isWhole
}

/** The cardiologist may look for half a year, and has looked. */
async function standingConsent(stage: Stage): Promise<void> {
  const doctor = await stage.team.doctor('cardiology')
  const categories: Scope['categories'] = [
    'summary',
    'vitals',
    'laboratory',
    'imaging',
    'consultation',
    'prescription',
  ]
  await allow(stage, { by: 'cardiology', categories, text: 'Care of heart and blood pressure', days: 180 })
  const [consent] = await listConsents(doctor, { state: 'active', patient: stage.admitted.patient })
  if (!consent?.sealedKeys) return
  const { id } = consent.grant
  const granted = await openGrantedKeys(doctor, { consent })
  await look(stage, doctor, { consent: id, reader: { via: 'category', granted }, records: 12 })
}

async function allow(
  stage: Stage,
  given: { by: DoctorKey; categories: Scope['categories']; text: string; days: number },
): Promise<void> {
  const { app, team, signal } = stage
  const { account } = await team.doctor(given.by)
  const before = await listConsents(app, { state: 'active' }, { signal })
  if (before.some(({ grant }) => grant.grantee.account === account.id && grant.by === 'app')) return
  await grantConsent(
    app,
    {
      doctor: await patiently(() => verifyClinician(app, { account: account.id }, { signal }), signal),
      scope: { categories: given.categories },
      purpose: { code: 'CAREMGT', text: given.text },
      use: 'standing',
      notAfter: inDays(given.days),
    },
    { signal },
  )
}

/** Opens the timeline and the newest records: two lines in the ledger. */
async function look(
  { admitted, signal }: Stage,
  doctor: Person,
  given: { consent: string; reader: Extract<Reader, { via: 'card' | 'category' }>; records: number },
): Promise<void> {
  const { patient } = admitted
  const { consent, reader } = given
  const { entries } = await openTimeline(doctor, { patient, consent, reader }, { signal })
  const records = entries.slice(0, given.records).map(({ id }) => id)
  if (records.length > 0) await openRecords(doctor, { patient, consent, reader, records }, { signal })
}

/** A request of this doctor that a run which was cut short left without an answer. */
async function unanswered({ admitted }: Stage, doctor: Person): Promise<ConsentRequest | undefined> {
  const pending = await listRequests(doctor, { state: 'pending' })
  return pending.map(({ request }) => request).find(({ patient }) => patient === admitted.patient)
}

/** A consultation: card in hand, a code by telephone, one visit. */
async function visitWithCode(stage: Stage): Promise<void> {
  const { admitted, keeper, phone, signal, team } = stage
  if (!keeper.codeSentTo) return
  const doctor = await team.doctor('medicine')
  const { card, patient } = admitted
  const since = new Date()
  const left = await unanswered(stage, doctor)
  if (left) await resendOtp(doctor, left.id, { signal })
  const asked = left
    ? { request: left }
    : await requestConsent(doctor, {
        patient,
        card,
        scope: { categories: [...DEFAULT_CATEGORIES] },
        purpose: { code: 'CAREMGT', text: 'Consultation today' },
        use: 'single',
        notAfter: inDays(1),
      })
  const code = await keeper.codeSentTo(phone, since)
  const { grant } = await enterOtp(doctor, { request: asked.request, code }, { signal })
  await look(stage, doctor, { consent: grant.id, reader: { via: 'card', card }, records: 20 })
}

/** A doctor who asked for more than she needed. */
async function refusedRequest(stage: Stage): Promise<void> {
  const { admitted, app, team } = stage
  const doctor = await team.doctor('dermatology')
  const left = await unanswered(stage, doctor)
  const { request } = left
    ? { request: left }
    : await requestConsent(doctor, {
        patient: admitted.patient,
        scope: { categories: [...DEFAULT_CATEGORIES, 'sensitive'] },
        purpose: { code: 'CAREMGT', text: 'Rash on the forearm' },
        use: 'standing',
        notAfter: inDays(365),
      })
  await refuseRequest(app, { request: request.id, reason: 'A rash does not need my whole record.' })
}

/** The chest clinic was allowed after the pneumonia, and is no more. */
async function revokedConsent(stage: Stage): Promise<void> {
  const { app, team, signal } = stage
  await allow(stage, {
    by: 'pulmonology',
    categories: ['imaging', 'document'],
    text: 'Chest clinic',
    days: 60,
  })
  const { account } = await team.doctor('pulmonology')
  const given = await listConsents(app, { state: 'active' }, { signal })
  for (const consent of given)
    if (consent.grant.grantee.account === account.id) await revokeConsent(app, consent, { signal })
}

/** Found unconscious in the waiting room: two doctors opened her summary. Nobody has reviewed it yet. */
async function emergency(stage: Stage): Promise<void> {
  const { admitted, team, signal } = stage
  const [asking, confirming] = [await team.doctor('medicine'), await team.doctor('cardiology')]
  const { card, patient } = admitted
  const reason = 'Fainted in the waiting room, does not answer; sugar being measured.'
  const asked = await askEmergency(asking, { patient, card, reason }, { signal })
  const confirmed = await patiently(
    () => confirmEmergency(confirming, { emergency: asked }, { signal }),
    signal,
  )
  const found = await findByCard(asking, card, { signal })
  await openEmergency(asking, { emergency: confirmed, found }, { signal })
}

/**
 * A request that waits for her answer. It lapses after a day, so that a demo started on another day asks again; one that
 * she has answered is not repeated.
 */
async function openRequest({ admitted, team }: Pick<Stage, 'admitted' | 'team'>): Promise<void> {
  if (!(await team.isAtWork('orthopaedics'))) return
  const doctor = await team.doctor('orthopaedics')
  const earlier = (await listRequests(doctor)).filter(({ request }) => request.patient === admitted.patient)
  if (earlier.some(({ state }) => state !== 'expired')) return
  await requestConsent(doctor, {
    patient: admitted.patient,
    scope: { categories: ['summary', 'imaging', 'prescription'], from: '2020-01-01' },
    purpose: { code: 'CAREMGT', text: 'Second opinion about your knee' },
    use: 'standing',
    notAfter: inDays(30),
  })
}

/** Asks again where the request has lapsed: for every later start of a demo. */
export const renewRequest = openRequest

/** A card that was left on a bus. */
export async function loseCard(team: DemoTeam, { card }: Admitted): Promise<void> {
  await blockCard(await team.desk(), { card: card.number, reason: 'Left on the bus by her mother' })
}
