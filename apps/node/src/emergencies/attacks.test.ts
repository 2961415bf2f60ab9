import { decideAccount } from '@curo/client/accounts'
import { blockCard } from '@curo/client/cards'
import type { Person } from '@curo/client/person'
import {
  askEmergency,
  confirmEmergency,
  type EmergencyRequest,
  reviewEmergency,
} from '@curo/contract/emergencies'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { HOUR_MS, ledgerLines, tryOpening } from '../testing/consents.ts'
import { type CardHolder, type Hospital, makeHospital } from '../testing/hospital.ts'
import { signEmergencyConfirmation, signEmergencyRequest, signProof } from '../testing/statements.ts'

const MINUTE_MS = 60_000
let hospital: Hospital
let holder: CardHolder
let allergy: string
let imaging: string
beforeAll(async () => {
  hospital = await makeHospital()
  holder = await hospital.makeCardHolder()
  const stored = await hospital.store(holder, [{ category: 'summary' }, { category: 'imaging' }])
  ;[allergy, imaging] = stored.map(({ id }) => id) as [string, string]
})
afterAll(() => hospital.stop())

const as = (person: Person) => ({ token: person.api.token ?? '' })

async function ask(
  by: Person = hospital.doctor,
  given: { request?: EmergencyRequest; card?: CardHolder['card']; of?: CardHolder } = {},
) {
  const { of = holder, card = of.card } = given
  const request = given.request ?? (await signEmergencyRequest(hospital, by, { patient: of.id }))
  const proof = await signProof(hospital, card, { account: by.account.id })
  const answer = await hospital.node.call(askEmergency, { body: { request, proof } }, as(by))
  return { request, answer }
}

async function confirm(request: EmergencyRequest, by: Person = hospital.otherDoctor, fields = {}) {
  const confirmation = await signEmergencyConfirmation(hospital, by, request, fields)
  return send(request, confirmation, by)
}
const send = (
  request: EmergencyRequest,
  confirmation: Awaited<ReturnType<typeof signEmergencyConfirmation>>,
  by: Person,
) =>
  hospital.node.call(confirmEmergency, { params: { emergency: request.id }, body: { confirmation } }, as(by))

const consentsOfEmergencies = async () =>
  (
    await hospital.node.context.db
      .selectFrom('consents')
      .select('id')
      .where('given_by', '=', 'emergency')
      .execute()
  ).length

/** Nothing may have come of what `attempt` did. */
async function withoutEffect(attempt: () => Promise<void>) {
  const before = [await consentsOfEmergencies(), await ledgerLines(hospital, holder.id, 'emergency')]
  const messages = hospital.sent.filter(({ template }) => template === 'emergency-opened').length
  await attempt()
  expect([await consentsOfEmergencies(), await ledgerLines(hospital, holder.id, 'emergency')]).toEqual(before)
  expect(hospital.sent.filter(({ template }) => template === 'emergency-opened')).toHaveLength(messages)
}

describe('attack: an emergency without the card in hand', () => {
  test('the card of another patient, another account’s proof, an old one, a forged one', () =>
    withoutEffect(async () => {
      const neighbour = await hospital.makeCardHolder()
      const { doctor, otherDoctor, node } = hospital
      const request = await signEmergencyRequest(hospital, doctor, { patient: holder.id })
      const old = new Date(node.clock.now().getTime() - 6 * MINUTE_MS).toISOString()
      const proofs = [
        [404, await signProof(hospital, neighbour.card, { account: doctor.account.id })],
        [404, await signProof(hospital, holder.card, { account: otherDoctor.account.id })],
        [404, await signProof(hospital, holder.card)],
        [410, await signProof(hospital, holder.card, { account: doctor.account.id, at: old })],
        [
          404,
          await signProof(
            hospital,
            { ...holder.card, signing: neighbour.card.signing },
            { account: doctor.account.id },
          ),
        ],
      ] as const
      for (const [status, proof] of proofs)
        expect((await node.call(askEmergency, { body: { request, proof } }, as(doctor))).status).toBe(status)
      const bare = await node.call(askEmergency, { body: { request } as never }, as(doctor))
      expect(bare.status).toBe(400)
      expect((await confirm(request)).status).toBe(404)
    }))

  test('confirmed, and then opened without it', async () => {
    const { request } = await ask()
    const consent = (await confirm(request)).body.emergency.consent?.grant.id
    for (const attempt of [
      { consent, via: 'category' as const, records: [allergy] },
      { consent, via: 'card' as const, withCard: false, records: [allergy] },
      { consent, via: 'card' as const, withCard: false },
    ])
      expect((await tryOpening(hospital, holder, attempt)).status).toBe(404)
    expect((await tryOpening(hospital, holder, { consent, records: [allergy] })).status).toBe(201)
  })

  test('a card that was blocked before the second doctor came, or after', async () => {
    const her = await hospital.makeCardHolder()
    const [stored] = await hospital.store(her, [{ category: 'summary' }])
    const first = await ask(hospital.doctor, { of: her })
    const second = await ask(hospital.doctor, { of: her })
    const consent = (await confirm(first.request)).body.emergency.consent?.grant.id
    await blockCard(hospital.staff, { card: her.card.number })
    expect((await confirm(second.request)).problem).toMatchObject({ status: 403 })
    const records = [stored?.id ?? '']
    expect((await tryOpening(hospital, her, { consent, records })).status).toBe(403)
  })
})

describe('attack: one doctor alone', () => {
  test('confirms her own emergency, in her own name or another’s', () =>
    withoutEffect(async () => {
      const { doctor, otherDoctor } = hospital
      const { request } = await ask()
      expect((await confirm(request, doctor)).problem).toMatchObject({ status: 403 })
      const claimed = { account: otherDoctor.account.id }
      expect((await confirm(request, doctor, claimed)).status).toBe(403)
      // In the colleague's session, left open, but without her key.
      const forged = await signEmergencyConfirmation(hospital, doctor, request, claimed)
      expect((await send(request, forged, otherDoctor)).problem.code).toBe('forged-signature')
      const foreign = await signEmergencyConfirmation(hospital, doctor, request)
      expect((await send(request, foreign, otherDoctor)).status).toBe(400)
    }))

  test('with a request that a colleague did not make', () =>
    withoutEffect(async () => {
      const { doctor, otherDoctor } = hospital
      const named = await signEmergencyRequest(hospital, doctor, {
        patient: holder.id,
        account: otherDoctor.account.id,
      })
      expect((await ask(doctor, { request: named })).answer.status).toBe(400)
      expect((await ask(otherDoctor, { request: named })).answer.problem.code).toBe('forged-signature')
    }))

  test('with the right but the opening in a third one’s name', async () => {
    const { request } = await ask()
    const consent = (await confirm(request)).body.emergency.consent?.grant.id
    const third = await hospital.hire('doctor')
    for (const by of [hospital.otherDoctor, third])
      expect((await tryOpening(hospital, holder, { by, consent, records: [allergy] })).status).toBe(404)
  })
})

test('attack: staff, an administrator, an auditor or the patient confirms', () =>
  withoutEffect(async () => {
    const { request } = await ask()
    for (const by of [hospital.staff, hospital.admin, hospital.auditor, holder.app])
      expect((await confirm(request, by)).status).toBe(403)
    const review = { outcome: 'justified' as const, reason: 'Fine by me' }
    for (const by of [hospital.doctor, hospital.otherDoctor, hospital.staff])
      expect(
        (
          await hospital.node.call(
            reviewEmergency,
            { params: { emergency: request.id }, body: review },
            as(by),
          )
        ).status,
      ).toBe(403)
    // And nobody has confirmed it, so there is nothing to review.
    const early = await hospital.node.call(
      reviewEmergency,
      { params: { emergency: request.id }, body: review },
      as(hospital.admin),
    )
    expect(early.status).toBe(409)
  }))

describe('attack: a suspended doctor', () => {
  test('confirms', () =>
    withoutEffect(async () => {
      const second = await hospital.hire('doctor')
      const { request } = await ask()
      await decideAccount(hospital.admin, {
        account: second.account.id,
        decision: 'suspend',
        reason: 'Invented',
      })
      expect((await confirm(request, second)).status).toBe(401)
    }))

  test('asked before, and a colleague confirms', () =>
    withoutEffect(async () => {
      const asker = await hospital.hire('doctor')
      const { request } = await ask(asker)
      await decideAccount(hospital.admin, {
        account: asker.account.id,
        decision: 'suspend',
        reason: 'Invented',
      })
      expect((await confirm(request)).problem).toMatchObject({ status: 403 })
    }))

  test('is suspended at the very moment: never both', async () => {
    for (let round = 0; round < 8; round++) {
      const asker = await hospital.hire('doctor')
      const { request } = await ask(asker)
      const [answer] = await Promise.all([
        confirm(request),
        decideAccount(hospital.admin, { account: asker.account.id, decision: 'suspend', reason: 'Invented' }),
      ])
      expect([201, 403]).toContain(answer.status)
      const consent = answer.status === 201 ? answer.body.emergency.consent?.grant.id : undefined
      expect((await tryOpening(hospital, holder, { by: asker, consent, records: [allergy] })).status).toBe(
        401,
      )
    }
  }, 60_000)
})

test('attack: two colleagues confirm at the same moment, or one after the other', async () => {
  const third = await hospital.hire('doctor')
  const { request } = await ask()
  const before = await consentsOfEmergencies()
  const both = await Promise.all([confirm(request), confirm(request, third)])
  expect(both.map(({ status }) => status).sort()).toEqual([201, 409])
  expect((await confirm(request, third)).status).toBe(409)
  expect(await consentsOfEmergencies()).toBe(before + 1)
})

test('a confirmation that is sent again answers as before', async () => {
  const { request } = await ask()
  const confirmation = await signEmergencyConfirmation(hospital, hospital.otherDoctor, request)
  const answers = await Promise.all([1, 2, 3].map(() => send(request, confirmation, hospital.otherDoctor)))
  expect(answers.map(({ status }) => status)).toEqual([201, 201, 201])
  const grants = answers.map(({ body }) => body.emergency.consent?.grant.id)
  expect(new Set(grants).size).toBe(1)
  expect(new Set(answers.map(({ body }) => body.receipt.leaf)).size).toBe(1)
})

test('attack: a confirmation of another emergency, patient, hospital or time', () =>
  withoutEffect(async () => {
    const { request } = await ask()
    const other = await ask()
    const neighbour = await hospital.makeCardHolder()
    const old = new Date(hospital.node.clock.now().getTime() - 6 * MINUTE_MS).toISOString()
    for (const fields of [
      { id: other.request.id },
      { request: 'A'.repeat(43) },
      { patient: neighbour.id },
      { hospital: 'elsewhere.example/log' },
    ])
      expect((await confirm(request, hospital.otherDoctor, fields)).status).toBe(400)
    expect((await confirm(request, hospital.otherDoctor, { at: old })).status).toBe(410)
    const swapped = await signEmergencyConfirmation(hospital, hospital.otherDoctor, other.request)
    expect((await send(request, swapped, hospital.otherDoctor)).status).toBe(400)
  }))

test('attack: an id that was used before, for something else', async () => {
  const { request } = await ask()
  const another = await signEmergencyRequest(hospital, hospital.doctor, {
    patient: holder.id,
    id: request.id,
    reason: 'Another reason',
  })
  expect((await ask(hospital.doctor, { request: another })).answer.status).toBe(409)
  const theirs = await signEmergencyRequest(hospital, hospital.otherDoctor, {
    patient: holder.id,
    id: request.id,
  })
  expect((await ask(hospital.otherDoctor, { request: theirs })).answer.status).toBe(409)
})

test('attack: without a reason, or with blanks for one', async () => {
  for (const reason of ['', '  ', '   ok   ', 'no', 'x'.repeat(401)]) {
    const request = await signEmergencyRequest(hospital, hospital.doctor, { patient: holder.id, reason })
    expect((await ask(hospital.doctor, { request })).answer.status).toBe(400)
  }
})

test('attack: after its time', async () => {
  const other = await makeHospital()
  const before = hospital
  try {
    hospital = other
    const her = await other.makeCardHolder()
    const [stored] = await other.store(her, [{ category: 'summary' }])
    const records = [stored?.id ?? '']
    const late = await ask(other.doctor, { of: her })
    other.node.clock.advance(15 * MINUTE_MS)
    expect((await confirm(late.request)).problem).toMatchObject({ status: 410 })
    const { request } = await ask(other.doctor, { of: her })
    const consent = (await confirm(request)).body.emergency.consent?.grant.id
    other.node.clock.advance(HOUR_MS - 1000)
    expect((await tryOpening(other, her, { consent, records })).status).toBe(201)
    other.node.clock.advance(1000)
    expect((await tryOpening(other, her, { consent, records })).status).toBe(404)
    expect((await tryOpening(other, her, { consent })).status).toBe(404)
  } finally {
    hospital = before
    await other.stop()
  }
})

test('attack: beyond the summary', async () => {
  const { request } = await ask()
  const consent = (await confirm(request)).body.emergency.consent?.grant.id
  expect((await tryOpening(hospital, holder, { consent, records: [imaging] })).status).toBe(404)
  expect((await tryOpening(hospital, holder, { consent, records: [allergy, imaging] })).status).toBe(404)
  const { body } = await tryOpening(hospital, holder, { consent })
  expect(body.records.map((entry) => ('id' in entry ? entry.id : ''))).toEqual([allergy])
})

test('attack: a doctor asks all day', async () => {
  const eager = await hospital.hire('doctor')
  const statuses: number[] = []
  for (let one = 0; one < 31; one++) statuses.push((await ask(eager)).answer.status)
  expect(statuses.filter((status) => status === 201)).toHaveLength(30)
  expect(statuses.at(-1)).toBe(429)
})
