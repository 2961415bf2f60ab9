import type { Person } from '@curo/client/person'
import { revokeConsent } from '@curo/contract/consent'
import { type OpeningRequest, openRecords, openTimeline } from '@curo/contract/openings'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { consentByApp, consentByCode, ledgerLines, tryOpening } from '../testing/consents.ts'
import { type CardHolder, type Hospital, makeHospital } from '../testing/hospital.ts'
import { signOpening, signProof, signRevocation } from '../testing/statements.ts'

let hospital: Hospital
let holder: CardHolder
let first: string
let second: string
beforeAll(async () => {
  hospital = await makeHospital()
  holder = await hospital.makeCardHolder()
  const stored = await hospital.store(holder, [{}, {}])
  ;[first, second] = stored.map(({ id }) => id) as [string, string]
})
afterAll(() => hospital.stop())

async function send(request: OpeningRequest, by: Person = hospital.doctor) {
  const proof = await signProof(hospital, holder.card, { account: by.account.id })
  const route = request.records ? openRecords : openTimeline
  return hospital.node.call(route, { body: { request, proof } }, { token: by.api.token ?? '' })
}
const linesOf = () => ledgerLines(hospital, holder.id, 'opening')

test('bug: an opening under an id used before was released without a line of its own in the ledger', async () => {
  const consent = (await consentByCode(hospital, holder)).grant.id
  const request = await signOpening(hospital, hospital.doctor, {
    patient: holder.id,
    consent,
    records: [first],
  })
  expect((await send(request)).status).toBe(201)
  const lines = await linesOf()
  const silent = await signOpening(hospital, hospital.doctor, { ...fieldsOf(request), records: [second] })
  expect((await send(silent)).problem.code).toBe('conflict')
  const look = await signOpening(hospital, hospital.doctor, { id: request.id, patient: holder.id, consent })
  expect((await send(look)).problem.code).toBe('conflict')
  expect(await linesOf()).toBe(lines)
})

test('attack: many openings at once under one id, in one batch of the ledger: one is released', async () => {
  const consent = (await consentByCode(hospital, holder)).grant.id
  const shared = await signOpening(hospital, hospital.doctor, {
    patient: holder.id,
    consent,
    records: [first],
  })
  const requests = await Promise.all(
    Array.from({ length: 12 }, (_, i) =>
      signOpening(hospital, hospital.doctor, {
        ...fieldsOf(shared),
        records: [i % 2 ? first : second],
        at: new Date(Date.now() - i).toISOString(),
      }),
    ),
  )
  const lines = await linesOf()
  const answers = await Promise.all(requests.map((request) => send(request)))
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
  expect(await linesOf()).toBe(lines + 1)
})

test('attack: another account repeats a doctor’s request, with its own name or with hers', async () => {
  const consent = (await consentByCode(hospital, holder)).grant.id
  const request = await signOpening(hospital, hospital.doctor, {
    patient: holder.id,
    consent,
    records: [first],
  })
  expect((await send(request)).status).toBe(201)
  const { otherDoctor } = hospital
  expect((await send(request, otherDoctor)).status).toBe(404)
  const renamed = await signOpening(hospital, otherDoctor, {
    ...fieldsOf(request),
    account: otherDoctor.account.id,
  })
  expect((await send(renamed, otherDoctor)).status).toBe(404)
  // With a consent of her own, the id is still the other’s.
  const own = (await consentByCode(hospital, holder, {}, otherDoctor)).grant.id
  const taken = await signOpening(hospital, otherDoctor, {
    ...fieldsOf(request),
    account: otherDoctor.account.id,
    consent: own,
  })
  expect((await send(taken, otherDoctor)).problem.code).toBe('conflict')
})

test('attack: the id of another patient’s opening', async () => {
  const neighbour = await hospital.makeCardHolder()
  const [hers] = await hospital.store(neighbour, [{}])
  const consent = (await consentByCode(hospital, neighbour)).grant.id
  const opened = await tryOpening(hospital, neighbour, { consent, records: [hers?.id ?? ''] })
  const mine = (await consentByCode(hospital, holder)).grant.id
  const request = await signOpening(hospital, hospital.doctor, {
    id: opened.body.opening,
    patient: holder.id,
    consent: mine,
    records: [first],
  })
  expect((await send(request)).problem.code).toBe('conflict')
})

test('the very same request again, after a lost answer, gives the same under the same line', async () => {
  const consent = (await consentByCode(hospital, holder)).grant.id
  const request = await signOpening(hospital, hospital.doctor, {
    patient: holder.id,
    consent,
    records: [first],
  })
  const once = await send(request)
  const lines = await linesOf()
  const again = await send(request)
  expect([again.status, again.body.receipt]).toEqual([201, once.body.receipt])
  expect(await linesOf()).toBe(lines)
})

test('attack: the same request again after the consent was revoked, or ten minutes later, or without the card', async () => {
  const { grant } = await consentByApp(hospital, holder)
  const request = await signOpening(hospital, hospital.doctor, {
    patient: holder.id,
    consent: grant.id,
    records: [first],
  })
  expect((await send(request)).status).toBe(201)
  const token = hospital.doctor.api.token ?? ''
  expect((await hospital.node.call(openRecords, { body: { request } }, { token })).status).toBe(404)
  const revocation = await signRevocation(hospital, holder.app, { patient: holder.id, consent: grant.id })
  const revoke = { params: { consent: grant.id }, body: { revocation } }
  expect(
    (await hospital.node.call(revokeConsent, revoke, { token: holder.app.api.token ?? '' })).status,
  ).toBe(200)
  expect((await send(request)).status).toBe(404)
  hospital.node.clock.advance(10 * 60_000)
  expect((await send(request)).problem.code).toBe('expired')
  hospital.node.clock.advance(-10 * 60_000)
})

function fieldsOf({ signature: _s, signer: _k, ...fields }: OpeningRequest) {
  return fields
}
