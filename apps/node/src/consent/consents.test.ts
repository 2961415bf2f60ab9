import type { Person } from '@curo/client/person'
import {
  type ConsentRequest,
  type Grant,
  grantConsent,
  listConsents,
  listRequests,
  refuseRequest,
  requestConsent,
  resealConsent,
  revokeConsent,
} from '@curo/contract/consent'
import { toBase64Url } from '@curo/crypto/bytes'
import { randomBytes, randomId } from '@curo/crypto/random'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { consentByApp, consentByCode, ledgerLines, tryOpening } from '../testing/consents.ts'
import { type CardHolder, type Hospital, makeHospital } from '../testing/hospital.ts'
import { signConsentRequest, signGrant, signProof, signRevocation } from '../testing/statements.ts'

let hospital: Hospital
let holder: CardHolder
let neighbour: CardHolder
beforeAll(async () => {
  hospital = await makeHospital()
  holder = await hospital.makeCardHolder()
  neighbour = await hospital.makeCardHolder()
})
afterAll(() => hospital.stop())

const as = (person: Person) => ({ token: person.api.token ?? '' })
const sealedKeys = toBase64Url(randomBytes(200))
const give = (grant: Grant, by: Person = holder.app) =>
  hospital.node.call(grantConsent, { body: { grant, sealedKeys } }, as(by))
const ask = (request: ConsentRequest, by: Person = hospital.doctor) =>
  hospital.node.call(requestConsent, { body: { request } }, as(by))

describe('a grant from the app', () => {
  const grantFor = (over: Partial<Parameters<typeof signGrant>[2]> = {}, signer: Person = holder.app) =>
    signGrant(hospital, signer, { patient: holder.id, to: hospital.doctor, ...over })

  test('bug: a repeated grant, after a lost answer, was an error', async () => {
    const grant = await grantFor()
    const lines = await ledgerLines(hospital, holder.id, 'grant')
    const answers = await Promise.all([give(grant), give(grant), give(grant)])
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201])
    expect((await give(grant)).body.consent.grant).toEqual(grant)
    expect(await ledgerLines(hospital, holder.id, 'grant')).toBe(lines + 1)
  })

  test('a repeated grant does not bring a revoked consent back to life', async () => {
    const grant = await grantFor()
    await give(grant)
    const revocation = await signRevocation(hospital, holder.app, { patient: holder.id, consent: grant.id })
    const revoke = { params: { consent: grant.id }, body: { revocation } }
    expect((await hospital.node.call(revokeConsent, revoke, as(holder.app))).body.consent.state).toBe(
      'revoked',
    )
    expect((await give(grant)).body.consent.state).toBe('revoked')
    expect((await tryOpening(hospital, holder, { consent: grant.id })).status).toBe(404)
  })

  test('attack: another grant under an id used before', async () => {
    const grant = await grantFor()
    await give(grant)
    const wider = await grantFor({ id: grant.id, scope: { categories: ['sensitive'], records: [] } })
    expect((await give(wider)).problem.code).toBe('conflict')
    const hers = await signGrant(hospital, neighbour.app, {
      id: grant.id,
      patient: neighbour.id,
      to: hospital.doctor,
    })
    expect((await give(hers, neighbour.app)).problem.code).toBe('conflict')
  })

  test('attack: somebody else grants in the patient’s name', async () => {
    const forged = await grantFor({}, neighbour.app)
    expect((await give(forged)).problem.code).toBe('forged-signature')
    expect((await give(forged, neighbour.app)).status).toBe(400)
    expect((await give(await grantFor(), neighbour.app)).status).toBe(400)
    const byDesk = await grantFor({ by: 'otp' })
    expect((await give(byDesk)).status).toBe(400)
    expect((await give(await grantFor({ by: 'emergency' }))).status).toBe(400)
  })

  test('is for an approved doctor with this very key, of this hospital, from now to an end', async () => {
    const statusOf = async (over: Parameters<typeof grantFor>[0]) => (await give(await grantFor(over))).status
    expect(await statusOf({ to: hospital.staff })).toBe(404)
    const key = toBase64Url(hospital.otherDoctor.identity.publicKey)
    expect(await statusOf({ grantee: { account: hospital.doctor.account.id, identity: key } })).toBe(404)
    expect(await statusOf({ hospital: 'elsewhere.example/log' })).toBe(400)
    expect(await statusOf({ notAfter: new Date(Date.now() - 1).toISOString() })).toBe(400)
    expect(await statusOf({ notAfter: '9999-12-31T00:00:00.000Z' })).toBe(400)
    expect(await statusOf({ at: new Date(Date.now() - 6 * 60_000).toISOString() })).toBe(410)
    expect(await statusOf({ at: new Date(Date.now() + 6 * 60_000).toISOString() })).toBe(410)
    expect(await statusOf({ request: randomId() })).toBe(409)
  })

  test('answers a request once, even three times at once', async () => {
    const request = await signConsentRequest(hospital, hospital.doctor, { patient: holder.id })
    await ask(request)
    const grants = await Promise.all([1, 2, 3].map(() => grantFor({ request: request.id })))
    const statuses = (await Promise.all(grants.map((grant) => give(grant)))).map(({ status }) => status)
    expect(statuses.sort()).toEqual([201, 409, 409])
    const forOther = await signConsentRequest(hospital, hospital.otherDoctor, { patient: holder.id })
    await ask(forOther, hospital.otherDoctor)
    expect((await give(await grantFor({ request: forOther.id }))).status).toBe(409)
  })

  test('bug: a request that nobody had answered for a day could still be granted', async () => {
    const request = await signConsentRequest(hospital, hospital.doctor, {
      patient: holder.id,
      notAfter: new Date(Date.now() + 100 * 3_600_000).toISOString(),
    })
    await ask(request)
    hospital.node.clock.advance(12 * 3_600_000)
    // She looks in, or her session would have been idle for too long.
    await hospital.node.call(listRequests, {}, as(holder.app))
    hospital.node.clock.advance(12 * 3_600_000)
    try {
      expect((await give(await grantFor({ request: request.id }))).status).toBe(409)
      const { body } = await hospital.node.call(listRequests, { query: { state: 'expired' } }, as(holder.app))
      expect(body.requests.map((view) => view.request.id)).toContain(request.id)
      const refusal = await hospital.node.call(
        refuseRequest,
        { params: { request: request.id }, body: {} },
        as(holder.app),
      )
      expect(refusal.status).toBe(404)
    } finally {
      hospital.node.clock.advance(-24 * 3_600_000)
    }
  })
})

describe('a request', () => {
  test('is the doctor’s own, for this hospital, for a year at most', async () => {
    const statusOf = async (over: Partial<ConsentRequest>, by = hospital.doctor) =>
      (await ask(await signConsentRequest(hospital, by, { patient: holder.id, ...over }), hospital.doctor))
        .status
    expect(await statusOf({ account: hospital.otherDoctor.account.id })).toBe(400)
    expect(await statusOf({}, hospital.otherDoctor)).toBe(400)
    expect(await statusOf({ account: hospital.doctor.account.id }, hospital.otherDoctor)).toBe(422)
    expect(await statusOf({ hospital: 'elsewhere.example/log' })).toBe(400)
    expect(await statusOf({ notAfter: new Date(Date.now() + 400 * 86_400_000).toISOString() })).toBe(400)
    expect(await statusOf({ notAfter: new Date(Date.now() - 1000).toISOString() })).toBe(400)
    expect(await statusOf({ patient: randomId() })).toBe(404)
  })

  test('attack: a request for one patient with another’s card', async () => {
    const request = await signConsentRequest(hospital, hospital.doctor, { patient: holder.id })
    const proof = await signProof(hospital, neighbour.card, { account: hospital.doctor.account.id })
    const sent = hospital.sent.length
    const answer = await hospital.node.call(requestConsent, { body: { request, proof } }, as(hospital.doctor))
    expect([answer.status, hospital.sent.length]).toEqual([404, sent])
  })

  test('bug: a request made twice was an internal error', async () => {
    const request = await signConsentRequest(hospital, hospital.doctor, { patient: holder.id })
    expect((await ask(request)).status).toBe(201)
    expect((await ask(request)).problem.code).toBe('conflict')
  })

  test('attack: a doctor buries a patient in requests', async () => {
    const buried = await hospital.makeCardHolder()
    const sign = () => signConsentRequest(hospital, hospital.doctor, { patient: buried.id })
    const answers = await Promise.all(Array.from({ length: 40 }, async () => ask(await sign())))
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(20)
    expect(answers.filter(({ problem }) => problem.code === 'rate-limited')).toHaveLength(20)
    expect(await ledgerLines(hospital, buried.id, 'request')).toBe(20)
    const { otherDoctor } = hospital
    const other = await signConsentRequest(hospital, otherDoctor, { patient: buried.id })
    expect((await ask(other, otherDoctor)).status).toBe(201)
    const [pending] = (
      await hospital.node.call(listRequests, { query: { state: 'pending' } }, as(buried.app))
    ).body.requests
    expect(pending?.request.id).toBe(other.id)
    const grant = await signGrant(hospital, buried.app, {
      patient: buried.id,
      to: hospital.doctor,
      request: answers.find(({ status }) => status === 201)?.body.request ?? '',
    })
    expect((await give(grant, buried.app)).status).toBe(201)
    expect((await ask(await sign())).status).toBe(201)
  })

  test('refused with a reason: the doctor who asked reads it, and nobody else', async () => {
    const request = await signConsentRequest(hospital, hospital.doctor, { patient: holder.id })
    await ask(request)
    const input = { params: { request: request.id }, body: { reason: 'Ask me after my visit.' } }
    const { body } = await hospital.node.call(refuseRequest, input, as(holder.app))
    expect(body).toMatchObject({ state: 'refused', refusal: 'Ask me after my visit.' })
    const seenBy = async (by: Person) =>
      (await hospital.node.call(listRequests, {}, as(by))).body.requests.find(
        (view) => view.request.id === request.id,
      )?.refusal
    expect(await seenBy(hospital.doctor)).toBe('Ask me after my visit.')
    expect(await seenBy(hospital.otherDoctor)).toBeUndefined()
  })

  test('bug: a refusal repeated after a lost answer was not found', async () => {
    const request = await signConsentRequest(hospital, hospital.doctor, { patient: holder.id })
    await ask(request)
    const refuse = (by: Person) =>
      hospital.node.call(refuseRequest, { params: { request: request.id }, body: {} }, as(by))
    expect((await refuse(neighbour.app)).status).toBe(404)
    for (let i = 0; i < 2; i++) expect((await refuse(holder.app)).body.state).toBe('refused')
    const late = await signGrant(hospital, holder.app, {
      patient: holder.id,
      to: hospital.doctor,
      request: request.id,
    })
    expect((await give(late)).status).toBe(409)
  })
})

describe('a revocation', () => {
  test('is the patient’s own, of her own consent, and repeating it is harmless', async () => {
    const { grant } = await consentByCode(hospital, holder)
    const send = async (by: Person, over: { patient?: string; consent?: string } = {}, signer = by) => {
      const revocation = await signRevocation(hospital, signer, {
        patient: holder.id,
        consent: grant.id,
        ...over,
      })
      return hospital.node.call(
        revokeConsent,
        { params: { consent: grant.id }, body: { revocation } },
        as(by),
      )
    }
    expect((await send(neighbour.app)).status).toBe(404)
    expect((await send(neighbour.app, { patient: neighbour.id })).status).toBe(404)
    expect((await send(holder.app, {}, neighbour.app)).problem.code).toBe('forged-signature')
    expect((await send(holder.app, { consent: randomId() })).status).toBe(404)
    const lines = await ledgerLines(hospital, holder.id, 'revoke')
    const answers = await Promise.all([send(holder.app), send(holder.app)])
    expect(answers.map(({ body }) => body.consent.state)).toEqual(['revoked', 'revoked'])
    expect(await ledgerLines(hospital, holder.id, 'revoke')).toBe(lines + 1)
  })

  test('bug: a revocation under an id used before was not written in the ledger', async () => {
    const [one, two] = [await consentByApp(hospital, holder), await consentByApp(hospital, holder)]
    const id = randomId()
    const send = async (consent: string) => {
      const revocation = await signRevocation(hospital, holder.app, { id, patient: holder.id, consent })
      return hospital.node.call(revokeConsent, { params: { consent }, body: { revocation } }, as(holder.app))
    }
    expect((await send(one.grant.id)).status).toBe(200)
    expect((await send(two.grant.id)).problem.code).toBe('conflict')
    const { body } = await hospital.node.call(listConsents, { query: { state: 'active' } }, as(holder.app))
    expect(body.consents.map(({ grant }) => grant.id)).toContain(two.grant.id)
  })
})

test('bug: a standing consent behind five hundred that had ended was on no list', async () => {
  const her = await hospital.makeCardHolder()
  const { grant } = await consentByApp(hospital, her)
  await hospital.node.context.pool.query(
    `insert into consents (id, patient, account, identity, given_by, scope, single_use, not_after, statement, created_at)
     select rpad('ended' || n, 22, 'A'), patient, account, identity, given_by, scope, false, created_at, statement,
       created_at + n * interval '1 second' from consents, generate_series(1, 500) n where id = $1`,
    [grant.id],
  )
  const { body } = await hospital.node.call(listConsents, { query: { state: 'active' } }, as(her.app))
  expect(body.consents.map((view) => view.grant.id)).toEqual([grant.id])
})

test('keys are sealed anew by the patient only, for a consent that stands', async () => {
  const { grant } = await consentByApp(hospital, holder)
  const reseal = (by: Person) =>
    hospital.node.call(resealConsent, { params: { consent: grant.id }, body: { sealedKeys } }, as(by))
  expect((await reseal(neighbour.app)).status).toBe(404)
  expect((await reseal(hospital.doctor)).status).toBe(403)
  expect((await reseal(holder.app)).status).toBe(204)
})
