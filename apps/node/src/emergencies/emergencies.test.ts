import { findByCard } from '@curo/client/cards'
import {
  askEmergency,
  confirmEmergency,
  type EmergencyView,
  getEmergency,
  listEmergencies,
  listEmergenciesToConfirm,
  openEmergency,
  reviewEmergency,
} from '@curo/client/emergencies'
import { revokeConsent } from '@curo/client/granting'
import { findGuardian, guardianInvitation, nameGuardians } from '@curo/client/guardians'
import { verifyOwnHistory } from '@curo/client/ledger'
import { whoLooked } from '@curo/client/who-looked'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { renderTemplate } from '../messages/templates.ts'
import { ledgerLines, tryOpening } from '../testing/consents.ts'
import { type CardHolder, type Hospital, makeHospital } from '../testing/hospital.ts'

let hospital: Hospital
let holder: CardHolder
let allergy: string
let laboratory: string
let confirmed: EmergencyView
const reason = 'Unconscious after a fall'
beforeAll(async () => {
  hospital = await makeHospital()
  holder = await hospital.makeCardHolder()
  const stored = await hospital.store(holder, [
    { category: 'summary', kind: 'AllergyIntolerance' },
    { category: 'laboratory' },
    { category: 'sensitive' },
  ])
  ;[allergy, laboratory] = stored.map(({ id }) => id) as [string, string]
})
afterAll(() => hospital.stop())

const ask = (by = hospital.doctor) => askEmergency(by, { patient: holder.id, card: holder.card, reason })

test('two doctors open the summary, and nothing else, with the card in hand', async () => {
  const asked = await ask()
  expect(asked).toMatchObject({ state: 'waiting', from: 'Invented doctor', consent: null, review: null })
  const { emergencies } = await listEmergenciesToConfirm(hospital.otherDoctor)
  expect(emergencies.map(({ request }) => request.id)).toEqual([asked.request.id])
  expect(emergencies[0]?.patient.name.given).toBe('Asha')
  expect((await listEmergenciesToConfirm(hospital.doctor)).emergencies).toEqual([])

  await confirmEmergency(hospital.otherDoctor, { emergency: emergencies[0] as EmergencyView })
  confirmed = await getEmergency(hospital.doctor, asked.request.id)
  expect(confirmed).toMatchObject({
    state: 'confirmed',
    confirmedBy: 'Invented doctor',
    consent: { state: 'active', grant: { by: 'emergency', scope: { categories: ['summary'], records: [] } } },
  })
  const found = await findByCard(hospital.doctor, holder.card)
  const opened = await openEmergency(hospital.doctor, { emergency: confirmed, found })
  expect(opened.entries.map(({ id }) => id)).toEqual([allergy])
  expect(opened.records.map(({ content }) => content?.constructor.name)).toEqual(['Uint8Array'])
  const { consent } = opened
  expect((await tryOpening(hospital, holder, { consent, records: [laboratory] })).status).toBe(404)
})

test('the patient is told at once, with both names', () => {
  const message = hospital.sent.filter(({ template }) => template === 'emergency-opened').at(-1)
  expect(message).toMatchObject({ to: holder.phone, channel: 'sms' })
  expect(message?.values).toMatchObject({ doctor: 'Invented doctor', second: 'Invented doctor' })
})

test('it stands in her list of who looked with both doctors, and her history holds', async () => {
  const looks = await untilPublished()
  expect(looks.map(({ what }) => what)).toEqual(['records', 'timeline', 'emergency'])
  for (const look of looks) {
    expect(look.by.map(({ account, standing }) => [account, standing])).toEqual([
      [hospital.doctor.account.id, 'registered'],
      [hospital.otherDoctor.account.id, 'registered'],
    ])
    expect(look.emergency).toMatchObject({ id: confirmed.request.id, reason, review: null })
  }
  const report = await verifyOwnHistory(holder.app)
  expect(report.faults).toEqual([])
  expect(report.complete).toBe(true)
  const classes = report.entries.filter((entry) => entry.class === 'emergency')
  expect(classes.map(({ body }) => body?.kind)).toEqual(['emergency', 'opening', 'opening'])
})

/** What was written a moment ago is published a fraction of a second later. */
async function untilPublished() {
  for (;;) {
    const looks = await whoLooked(holder.app)
    if (looks.every(({ line }) => line.state !== 'recorded')) return looks
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

test('the hospital reviews it once, and the patient reads the outcome', async () => {
  const emergency = confirmed.request.id
  const open = await listEmergencies(hospital.admin, { review: 'open' })
  expect(open.emergencies.map(({ request }) => request.id)).toEqual([emergency])
  const reviewed = await reviewEmergency(hospital.admin, {
    emergency,
    outcome: 'justified',
    reason: 'Ambulance report seen',
  })
  expect(reviewed.review).toMatchObject({ outcome: 'justified', by: 'Invented admin' })
  await expect(
    reviewEmergency(hospital.admin, { emergency, outcome: 'not-justified', reason: 'No' }),
  ).rejects.toMatchObject({ code: 'invalid-input' })
  await expect(
    reviewEmergency(hospital.admin, { emergency, outcome: 'not-justified', reason: 'After all' }),
  ).rejects.toMatchObject({ code: 'conflict' })
  expect((await listEmergencies(hospital.admin, { review: 'open' })).emergencies).toEqual([])
  const [look] = await whoLooked(holder.app)
  expect(look?.emergency?.review).toMatchObject({ outcome: 'justified', reason: 'Ambulance report seen' })
})

test('the second opens as the first did, with an entry of its own; confirmed twice it counts once', async () => {
  const before = await ledgerLines(hospital, holder.id, 'emergency')
  const asked = await ask()
  await confirmEmergency(hospital.otherDoctor, { emergency: asked })
  const third = await hospital.hire('doctor')
  await expect(confirmEmergency(third, { emergency: asked })).rejects.toMatchObject({ code: 'conflict' })
  expect(await ledgerLines(hospital, holder.id, 'emergency')).toBe(before + 1)
  const found = await findByCard(hospital.doctor, holder.card)
  const emergency = await getEmergency(hospital.doctor, asked.request.id)
  expect((await openEmergency(hospital.doctor, { emergency, found })).records).toHaveLength(1)
})

test('the patient takes it back, and the next opening is refused', async () => {
  const asked = await ask()
  const emergency = await confirmEmergency(hospital.otherDoctor, { emergency: asked })
  if (!emergency.consent) throw new Error('no consent')
  await revokeConsent(holder.app, emergency.consent)
  const consent = emergency.consent.grant.id
  expect((await tryOpening(hospital, holder, { consent, records: [allergy] })).status).toBe(404)
  const hers = await listEmergencies(holder.app)
  expect(hers.emergencies.map(({ consent }) => consent?.state)).toEqual(['revoked', 'active', 'active'])
})

test('those she named as guardians are told too, each in her own way', async () => {
  const guardians = [hospital.staff, hospital.auditor, hospital.admin]
  const candidates = await Promise.all(
    guardians.map((guardian) => findGuardian(holder.app, guardianInvitation(guardian))),
  )
  await nameGuardians(holder.app, candidates)
  const asked = await ask()
  const before = hospital.sent.length
  await confirmEmergency(hospital.otherDoctor, { emergency: asked })
  const told = hospital.sent.slice(before).filter(({ template }) => template === 'emergency-of-ward')
  expect(told.map(({ to }) => to).sort()).toEqual(guardians.map(({ account }) => account.contact).sort())
  expect(told[0]?.values).toMatchObject({ patient: 'Asha Invented', doctor: 'Invented doctor' })
  for (const { template, values } of told)
    for (const language of ['en', 'hi'] as const)
      expect(
        renderTemplate(template, { ...values, hospital: 'Asha' }, { language, timeZone: 'UTC' }).text,
      ).toContain('Asha Invented')
})

test('a list in pages shows each once; others see nothing of it', async () => {
  const ids: string[] = []
  for (let after: string | undefined; ; ) {
    const page = await listEmergencies(hospital.doctor, { limit: 1, ...(after ? { after } : {}) })
    ids.push(...page.emergencies.map(({ request }) => request.id))
    if (page.next === null) break
    after = page.next
  }
  expect(new Set(ids).size).toBe(4)
  const neighbour = await hospital.makeCardHolder()
  expect((await listEmergencies(neighbour.app)).emergencies).toEqual([])
  await expect(getEmergency(neighbour.app, ids[0] ?? '')).rejects.toMatchObject({ code: 'not-found' })
  const third = await hospital.hire('doctor')
  await expect(getEmergency(third, ids[0] ?? '')).rejects.toMatchObject({ code: 'not-found' })
})
