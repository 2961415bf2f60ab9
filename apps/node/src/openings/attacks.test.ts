import { blockCard } from '@curo/client/cards'
import { openRecords as openByClient } from '@curo/client/openings'
import { openRecords, openTimeline, readOpenedContent } from '@curo/contract/openings'
import { putRecords } from '@curo/contract/records'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { consentByApp, consentByCode, HOUR_MS, ledgerLines, tryOpening } from '../testing/consents.ts'
import { forgeRecord } from '../testing/envelopes.ts'
import { type CardHolder, type Hospital, makeHospital } from '../testing/hospital.ts'
import { signOpening, signProof } from '../testing/statements.ts'

let hospital: Hospital
let holder: CardHolder
let laboratory: string
let imaging: string
let old: string
beforeAll(async () => {
  hospital = await makeHospital()
  holder = await hospital.makeCardHolder()
  const stored = await hospital.store(holder, [
    { category: 'laboratory' },
    { category: 'imaging' },
    { category: 'laboratory', occurred: '2001-05-01' },
  ])
  ;[laboratory, imaging, old] = stored.map(({ id }) => id) as [string, string, string]
})
afterAll(() => hospital.stop())

const stranger = () => hospital.otherDoctor
const NOTHING = 'There is nothing here that you may open. Ask the patient for consent, then try again.'

async function mustNotOpen(attempt: Parameters<typeof tryOpening>[2]) {
  const before = await ledgerLines(hospital, holder.id, 'opening')
  const { status, problem } = await tryOpening(hospital, holder, attempt)
  expect([status, problem.detail]).toEqual([404, NOTHING])
  expect(await ledgerLines(hospital, holder.id, 'opening')).toBe(before)
}

test('attack: a photographed card, without the patient’s code, opens nothing', async () => {
  const by = stranger()
  await mustNotOpen({ by })
  await mustNotOpen({ by, records: [laboratory] })
  await mustNotOpen({ by, records: [laboratory], consent: 'A'.repeat(22) })
  await mustNotOpen({ by, records: [laboratory], via: 'category', withCard: true })
  await mustNotOpen({ by, records: [laboratory], via: 'author', withCard: true })
})

test('attack: a clerk with the card and a doctor’s request reads a record', async () => {
  const consent = (await consentByCode(hospital, holder)).grant.id
  for (const by of [hospital.staff, hospital.admin, hospital.auditor])
    expect((await tryOpening(hospital, holder, { by, consent, records: [laboratory] })).status).toBe(403)
  const request = await signOpening(hospital, hospital.doctor, {
    patient: holder.id,
    consent,
    records: [laboratory],
  })
  const proof = await signProof(hospital, holder.card, { account: hospital.doctor.account.id })
  const token = hospital.staff.api.token ?? ''
  expect((await hospital.node.call(openRecords, { body: { request, proof } }, { token })).status).toBe(403)
})

describe('attack: a doctor who was once allowed', () => {
  test('opens outside the scope: category, clinical day, single record', async () => {
    const byCategory = (await consentByCode(hospital, holder)).grant.id
    expect(
      (await tryOpening(hospital, holder, { consent: byCategory, records: [laboratory, old] })).status,
    ).toBe(201)
    await mustNotOpen({ consent: byCategory, records: [imaging] })
    await mustNotOpen({ consent: byCategory, records: [laboratory, imaging] })
    const byDay = (
      await consentByCode(hospital, holder, { scope: { categories: ['laboratory'], from: '2020-01-01' } })
    ).grant.id
    expect((await tryOpening(hospital, holder, { consent: byDay, records: [laboratory] })).status).toBe(201)
    await mustNotOpen({ consent: byDay, records: [old] })
    const single = (await consentByCode(hospital, holder, { scope: { records: [imaging] } })).grant.id
    expect((await tryOpening(hospital, holder, { consent: single, records: [imaging] })).status).toBe(201)
    await mustNotOpen({ consent: single, records: [laboratory] })
  })

  test('finds the records out of scope in the timeline', async () => {
    const consent = (await consentByCode(hospital, holder, { scope: { records: [imaging] } })).grant.id
    const { body } = await tryOpening(hospital, holder, { consent })
    expect(body.records.map((entry) => ('id' in entry ? entry.id : ''))).toEqual([imaging])
  })

  test('opens the next record, written after her consent by code had ended', async () => {
    const other = await makeHospital()
    try {
      const her = await other.makeCardHolder()
      const [first] = await other.store(her, [{}])
      const consent = (await consentByCode(other, her)).grant.id
      expect((await tryOpening(other, her, { consent, records: [first?.id ?? ''] })).status).toBe(201)
      other.node.clock.advance(HOUR_MS + 1)
      for (const records of [[first?.id ?? ''], undefined]) {
        const { status, problem } = await tryOpening(other, her, { consent, ...(records ? { records } : {}) })
        expect([status, problem.detail]).toEqual([404, NOTHING])
      }
    } finally {
      await other.stop()
    }
  })

  test('uses a single visit after it is over', async () => {
    const other = await makeHospital()
    try {
      const her = await other.makeCardHolder()
      const [first] = await other.store(her, [{}])
      const notAfter = new Date(Date.now() + 100 * HOUR_MS)
      const consent = (await consentByCode(other, her, { use: 'single', notAfter })).grant.id
      other.node.clock.advance(5 * HOUR_MS)
      const records = [first?.id ?? '']
      expect((await tryOpening(other, her, { consent })).status).toBe(201)
      other.node.clock.advance(HOUR_MS - 1000)
      expect((await tryOpening(other, her, { consent, records })).status).toBe(201)
      other.node.clock.advance(1001)
      expect((await tryOpening(other, her, { consent, records })).status).toBe(404)
      expect((await tryOpening(other, her, { consent })).status).toBe(404)
    } finally {
      await other.stop()
    }
  })
})

test('attack: one doctor uses another’s consent', async () => {
  const byCode = (await consentByCode(hospital, holder)).grant.id
  const byApp = (await consentByApp(hospital, holder)).grant.id
  for (const consent of [byCode, byApp])
    for (const via of ['card', 'category'] as const)
      await mustNotOpen({ by: stranger(), consent, records: [laboratory], via, withCard: true })
})

test('attack: a request that names another account, or is signed by somebody else', async () => {
  const consent = (await consentByCode(hospital, holder)).grant.id
  const { doctor } = hospital
  const proof = await signProof(hospital, holder.card, { account: stranger().account.id })
  const send = (request: Awaited<ReturnType<typeof signOpening>>) =>
    hospital.node.call(openRecords, { body: { request, proof } }, { token: stranger().api.token ?? '' })
  const fields = { patient: holder.id, consent, records: [laboratory] }
  expect((await send(await signOpening(hospital, doctor, fields))).status).toBe(404)
  const claimed = { ...fields, account: stranger().account.id }
  expect((await send(await signOpening(hospital, doctor, claimed))).problem.code).toBe('forged-signature')
})

test('a consent by code is good only with the card in hand, of this patient, for this account', async () => {
  const consent = (await consentByCode(hospital, holder)).grant.id
  await mustNotOpen({ consent, records: [laboratory], via: 'category' })
  const neighbour = await hospital.makeCardHolder()
  const request = await signOpening(hospital, hospital.doctor, {
    patient: holder.id,
    consent,
    records: [laboratory],
  })
  const wrongProofs = [
    await signProof(hospital, neighbour.card, { account: hospital.doctor.account.id }),
    await signProof(hospital, holder.card, { account: stranger().account.id }),
    await signProof(hospital, holder.card),
    await signProof(
      hospital,
      { ...holder.card, signing: neighbour.card.signing },
      { account: hospital.doctor.account.id },
    ),
  ]
  const token = hospital.doctor.api.token ?? ''
  for (const proof of wrongProofs)
    expect((await hospital.node.call(openRecords, { body: { request, proof } }, { token })).status).toBe(404)
  const stale = await signProof(hospital, holder.card, {
    account: hospital.doctor.account.id,
    at: new Date(Date.now() - 6 * 60_000).toISOString(),
  })
  expect((await hospital.node.call(openRecords, { body: { request, proof: stale } }, { token })).status).toBe(
    410,
  )
})

test('attack: records of another patient under a consent of this one', async () => {
  const neighbour = await hospital.makeCardHolder()
  const [hers] = await hospital.store(neighbour, [{ category: 'laboratory' }])
  const consent = (await consentByCode(hospital, holder)).grant.id
  await mustNotOpen({ consent, records: [laboratory, hers?.id ?? ''] })
  expect((await tryOpening(hospital, neighbour, { consent, records: [hers?.id ?? ''] })).status).toBe(404)
})

test('attack: content of a large record through another’s opening, or one that did not name it', async () => {
  const [large] = await hospital.store(holder, [{ content: new Uint8Array(200_000) }])
  const record = large?.id ?? ''
  const consent = (await consentByCode(hospital, holder)).grant.id
  const { body } = await tryOpening(hospital, holder, { consent, records: [record] })
  const small = await tryOpening(hospital, holder, { consent, records: [laboratory] })
  const read = (opening: string, by = hospital.doctor) =>
    hospital.node.call(readOpenedContent, { params: { opening, record } }, { token: by.api.token ?? '' })
  expect((await read(body.opening)).status).toBe(200)
  expect((await read(body.opening, stranger())).status).toBe(404)
  expect((await read(small.body.opening)).status).toBe(404)
  expect((await read('A'.repeat(22))).status).toBe(404)
})

test('an author opens what she wrote, and nobody’s else', async () => {
  const [mine] = await hospital.store(holder, [{ category: 'imaging' }], stranger())
  const records = [mine?.id ?? '']
  const own = await openByClient(stranger(), { patient: holder.id, reader: { via: 'author' }, records })
  expect(own[0]?.content).toBeInstanceOf(Uint8Array)
  await mustNotOpen({ by: stranger(), records: [imaging], via: 'author' })
  await mustNotOpen({ by: stranger(), records: [...records, imaging], via: 'author' })
  const timeline = await signOpening(hospital, stranger(), { patient: holder.id, via: 'author' })
  const answer = await hospital.node.call(
    openTimeline,
    { body: { request: timeline } },
    { token: stranger().api.token ?? '' },
  )
  expect(answer.status).toBe(404)
})

test('attack: a record sealed to the patient alone stops the others from being opened', async () => {
  const sealing = await hospital.sealingFor(stranger(), holder)
  const hidden = await forgeRecord(sealing, { recipients: (all) => all.filter(({ to }) => to === 'account') })
  const proof = await signProof(hospital, holder.card, { account: stranger().account.id })
  const body = { patient: holder.id, authority: { by: 'card' as const, proof }, records: [hidden] }
  const token = stranger().api.token ?? ''
  expect((await hospital.node.call(putRecords, { body }, { token })).status).toBe(201)
  const consent = (await consentByCode(hospital, holder)).grant.id
  const records = [hidden.envelope.id, laboratory]
  const answer = await tryOpening(hospital, holder, { consent, records })
  expect(answer.status).toBe(201)
  const opened = await openByClient(hospital.doctor, {
    patient: holder.id,
    consent,
    reader: { via: 'card', card: holder.card },
    records,
  })
  expect(opened.map(({ fault }) => fault?.code)).toEqual(['not-found', undefined])
})

test('attack: a stolen card after it was blocked, with a consent by code that still runs', async () => {
  const her = await hospital.makeCardHolder()
  const [stored] = await hospital.store(her, [{}])
  const consent = (await consentByCode(hospital, her)).grant.id
  const records = [stored?.id ?? '']
  expect((await tryOpening(hospital, her, { consent, records })).status).toBe(201)
  await blockCard(hospital.staff, { card: her.card.number })
  for (const via of ['card', 'category'] as const)
    expect((await tryOpening(hospital, her, { consent, records, via, withCard: true })).status).toBe(403)
  await expect(hospital.store(her, [{}])).rejects.toMatchObject({ code: 'forbidden' })
})
