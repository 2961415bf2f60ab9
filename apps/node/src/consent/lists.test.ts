import { changeAccount } from '@curo/client/approvals'
import { verifyClinician } from '@curo/client/clinicians'
import {
  listConsents,
  listConsentsPage,
  listRequests,
  listRequestsPage,
  refuseRequest,
  requestConsent,
} from '@curo/client/consent'
import { grantConsent, revokeConsent } from '@curo/client/granting'
import type { Person } from '@curo/client/person'
import type { ConsentRequest, Scope } from '@curo/contract/consent'
import { requestConsent as requestRoute } from '@curo/contract/consent'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { consentByApp, consentByCode, HOUR_MS, tryOpening } from '../testing/consents.ts'
import { type CardHolder, type Hospital, makeHospital } from '../testing/hospital.ts'
import { signConsentRequest, signProof } from '../testing/statements.ts'

let hospital: Hospital
let holder: CardHolder
beforeAll(async () => {
  hospital = await makeHospital()
  holder = await hospital.makeCardHolder()
})
afterAll(() => hospital.stop())

const hence = (milliseconds: number) => new Date(hospital.node.clock.now().getTime() + milliseconds)

async function ask(
  of: CardHolder = holder,
  given: { by?: Person; scope?: Partial<Scope>; card?: CardHolder['card']; use?: 'single' | 'standing' } = {},
): Promise<ConsentRequest> {
  const {
    by = hospital.doctor,
    scope = { categories: ['laboratory', 'imaging'] },
    card,
    use = 'standing',
  } = given
  const { request } = await requestConsent(by, {
    patient: of.id,
    scope,
    purpose: { code: 'CAREMGT', text: 'Before the operation' },
    use,
    notAfter: hence(HOUR_MS),
    card,
  })
  return request
}

test('a patient reads who asks, for what, why and until when, and the doctor reads what became of it', async () => {
  await changeAccount(hospital.admin, {
    account: hospital.doctor.account.id,
    profession: { speciality: 'Surgery', department: 'Theatre', registrationNumber: 'MH-9' },
  })
  const request = await ask()
  const [hers] = await listRequests(holder.app, { state: 'pending' })
  expect(hers).toMatchObject({
    from: 'Invented doctor',
    asker: { speciality: 'Surgery', department: 'Theatre' },
    request: {
      scope: { categories: ['laboratory', 'imaging'] },
      purpose: { text: 'Before the operation' },
      notAfter: request.notAfter,
    },
    cardInHand: false,
    refusal: null,
    consentState: null,
  })
  expect(hers?.asker).not.toHaveProperty('registrationNumber')
  // Whoever only knows an id learns no name by asking.
  const [mine] = await listRequests(hospital.doctor, { state: 'pending' })
  expect(mine?.patientName).toBeNull()

  await refuseRequest(holder.app, { request: request.id, reason: 'Ask me tomorrow' })
  const [refused] = await listRequests(hospital.doctor, { state: 'refused' })
  expect(refused).toMatchObject({ state: 'refused', refusal: 'Ask me tomorrow', patientName: null })
})

test('a doctor’s list has each state: waiting, granted, refused, expired, revoked', async () => {
  const doctor = await hospital.hire('doctor')
  const her = await hospital.makeCardHolder()
  const waiting = await ask(her, { by: doctor, card: her.card })
  const granted = (await consentByCode(hospital, her, {}, doctor)).grant
  const taken = (await consentByCode(hospital, her, {}, doctor)).grant
  const [, consent] = await listConsents(her.app)
  const revoked = (await listConsents(her.app)).find(({ grant }) => grant.id === taken.id)
  if (!revoked || !consent) throw new Error('no consent')
  await revokeConsent(her.app, revoked)
  const lapsed = await ask(her, { by: doctor })
  await hospital.node.context.db
    .updateTable('consent_requests')
    .set({ expires_at: hospital.node.clock.now() })
    .where('id', '=', lapsed.id)
    .execute()
  const all = await listRequests(doctor)
  const stateOf = (id: string | undefined) => {
    const view = all.find(({ request }) => request.id === id)
    return [view?.state, view?.consentState, view?.patientName?.given]
  }
  expect(stateOf(waiting.id)).toEqual(['pending', null, 'Asha'])
  expect(stateOf(granted.request)).toEqual(['granted', 'active', 'Asha'])
  expect(stateOf(taken.request)).toEqual(['granted', 'revoked', 'Asha'])
  expect(stateOf(lapsed.id)).toEqual(['expired', null, undefined])
  const ids = async (state: 'pending' | 'expired' | 'granted') =>
    (await listRequests(doctor, { state })).map(({ request }) => request.id)
  expect(await ids('pending')).toEqual([waiting.id])
  expect(await ids('expired')).toEqual([lapsed.id])
  expect(await ids('granted')).toEqual([taken.request, granted.request])
})

test('consents are filtered by the state they are in, whichever way they ended', async () => {
  const other = await makeHospital()
  const before = hospital
  try {
    hospital = other
    const her = await other.makeCardHolder()
    const active = (await consentByApp(other, her, { notAfter: hence(50 * HOUR_MS) })).grant.id
    const single = (await consentByCode(other, her, { use: 'single', notAfter: hence(50 * HOUR_MS) })).grant
      .id
    const unused = (await consentByCode(other, her, { use: 'single', notAfter: hence(50 * HOUR_MS) })).grant
      .id
    const short = (await consentByCode(other, her)).grant.id
    expect((await tryOpening(other, her, { consent: single })).status).toBe(201)
    other.node.clock.advance(2 * HOUR_MS)
    const ids = async (state: 'active' | 'used' | 'expired' | 'revoked') =>
      (await listConsents(other.doctor, { state })).map(({ grant, state: shown }) => {
        expect(shown).toBe(state)
        return grant.id
      })
    expect(await ids('active')).toEqual([unused, active])
    expect(await ids('used')).toEqual([single])
    expect(await ids('expired')).toEqual([short])
    expect(await ids('revoked')).toEqual([])
    const [view] = await listConsents(other.doctor, { state: 'used' })
    expect(view?.patientName?.given).toBe('Asha')
  } finally {
    hospital = before
    await other.stop()
  }
})

test('lists come in pages, each entry once, newest first', async () => {
  const doctor = await hospital.hire('doctor')
  const her = await hospital.makeCardHolder()
  for (let one = 0; one < 5; one++) {
    await ask(her, { by: doctor })
    await consentByApp(hospital, her, {}, doctor)
  }
  const requests: string[] = []
  const consents: string[] = []
  for (let after: string | undefined; ; ) {
    const page = await listRequestsPage(doctor, { limit: 2, ...(after ? { after } : {}) })
    requests.push(...page.requests.map(({ request }) => request.id))
    if (page.next === null) break
    after = page.next
  }
  for (let after: string | undefined; ; ) {
    const page = await listConsentsPage(her.app, { limit: 2, ...(after ? { after } : {}) })
    consents.push(...page.consents.map(({ grant }) => grant.id))
    if (page.next === null) break
    after = page.next
  }
  expect(requests).toEqual((await listRequests(doctor)).map(({ request }) => request.id))
  expect(requests).toHaveLength(5)
  expect(consents).toEqual((await listConsents(her.app)).map(({ grant }) => grant.id))
  expect(new Set(consents).size).toBe(5)
  await expect(listRequestsPage(doctor, { after: 'x' })).rejects.toMatchObject({ code: 'invalid-input' })
})

describe('an answer narrower than the question', () => {
  async function answer(
    over: Partial<{ scope: Partial<Scope>; notAfter: Date; use: 'single' | 'standing' }> = {},
  ) {
    const request = await ask(holder, {
      scope: { categories: ['laboratory', 'imaging'], from: '2020-01-01' },
    })
    const doctor = await verifyClinician(holder.app, { account: hospital.doctor.account.id })
    return grantConsent(holder.app, {
      doctor,
      scope: { categories: ['laboratory'], from: '2021-01-01' },
      purpose: request.purpose,
      use: 'standing',
      notAfter: new Date(request.notAfter),
      request,
      ...over,
    })
  }

  test('is what the doctor may open, and no more', async () => {
    const stored = await hospital.store(holder, [
      { category: 'laboratory' },
      { category: 'imaging' },
      { category: 'laboratory', occurred: '2020-06-01' },
    ])
    const [wanted, otherCategory, tooOld] = stored.map(({ id }) => id) as [string, string, string]
    const { grant } = await answer()
    const opens = async (record: string) =>
      (await tryOpening(hospital, holder, { consent: grant.id, records: [record], via: 'category' })).status
    expect([await opens(wanted), await opens(otherCategory), await opens(tooOld)]).toEqual([201, 404, 404])
    const single = await answer({ scope: { records: [otherCategory], from: '2020-01-01' } })
    expect(
      (
        await tryOpening(hospital, holder, {
          consent: single.grant.id,
          records: [otherCategory],
          via: 'category',
        })
      ).status,
    ).toBe(201)
    const [view] = await listRequests(hospital.doctor, { state: 'granted' })
    expect(view).toMatchObject({ consentState: 'active', patientName: { given: 'Asha' } })
  })

  test('may not be wider: another category, an older day, a later end', async () => {
    const wide = { code: 'invalid-input' }
    const from = '2021-01-01'
    await expect(answer({ scope: { categories: ['laboratory', 'sensitive'], from } })).rejects.toMatchObject(
      wide,
    )
    await expect(answer({ scope: { categories: ['laboratory'] } })).rejects.toMatchObject(wide)
    await expect(answer({ notAfter: hence(100 * HOUR_MS) })).rejects.toMatchObject(wide)
    const [hidden] = await hospital.store(holder, [{ category: 'sensitive' }])
    await expect(answer({ scope: { records: [hidden?.id ?? ''], from } })).rejects.toMatchObject(wide)
  })
})

test('attack: a doctor asks about ids to learn whose they are', async () => {
  const { otherDoctor, node } = hospital
  const neighbour = await hospital.makeCardHolder()
  const token = otherDoctor.api.token ?? ''
  const request = await signConsentRequest(hospital, otherDoctor, { patient: neighbour.id })
  expect((await node.call(requestRoute, { body: { request } }, { token })).status).toBe(201)
  const [view] = await listRequests(otherDoctor)
  expect(view?.patientName).toBeNull()
  // Not with another patient's card either.
  const second = await signConsentRequest(hospital, otherDoctor, { patient: neighbour.id })
  const proof = await signProof(hospital, holder.card, { account: otherDoctor.account.id })
  expect((await node.call(requestRoute, { body: { request: second, proof } }, { token })).status).toBe(404)
})
