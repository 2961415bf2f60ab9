import { blockCard, findByCard, findByNumber } from '@curo/contract/cards'
import {
  attestPoints,
  findPatients,
  getPatient,
  getPatientKeys,
  type Mediation,
  publishPatientKeys,
  registerPatient,
  requestAuthorPoint,
  updatePatient,
} from '@curo/contract/patients'
import { deriveCategoryKey, deriveIdentityKey, makeAccountRoot } from '@curo/crypto/account'
import { fromBase64Url, toBase64Url } from '@curo/crypto/bytes'
import { checkMediationPoint } from '@curo/crypto/mediated'
import { signBody } from '@curo/crypto/signatures'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  inventedDemographics,
  makeAccount,
  makeCard,
  makeCardKey,
  makeCardProof,
  makePatient,
  makePatientKeys,
  makeRegistration,
  type TestAccount,
  type TestPatient,
} from '../testing/people.ts'
import { makeTestNode, type TestNode } from '../testing/test-node.ts'

let node: TestNode
let desk: TestAccount
let doctor: TestAccount
let asha: TestPatient
beforeAll(async () => {
  node = await makeTestNode()
  desk = await makeAccount(node, { role: 'staff' })
  doctor = await makeAccount(node, { role: 'doctor' })
  asha = await makePatient(node, desk, inventedDemographics({ phone: '+919812345678' }))
})
afterAll(() => node.stop())

test('a registered patient’s keys come back as she signed them, each with a point that her half confirms', async () => {
  const { status, body } = await node.call(getPatientKeys, { params: { patient: asha.id } }, desk)
  expect(status).toBe(200)
  expect(body.keys).toEqual(asha.keys)
  expect(body.card).toEqual(asha.cardKey)
  expect(body.mediation.points).toHaveLength(10)
  expect(body.attestations).toHaveLength(1)
  const { seed } = await deriveCategoryKey(asha.root, 'summary', 0)
  const summary = asha.keys.categories.find((key) => key.category === 'summary')
  const point = body.mediation.points.find(({ x }) => x === summary?.x)
  await checkMediationPoint({
    seed,
    share: fromBase64Url(point?.share ?? ''),
    point: fromBase64Url(point?.point ?? ''),
  })
})

test('the answer to a registration that was lost is given again', async () => {
  const { body } = await makeRegistration(node)
  const first = await node.call(registerPatient, { body }, desk)
  const second = await node.call(registerPatient, { body }, desk)
  expect([first.status, second.status]).toEqual([201, 201])
  expect(second.body).toEqual(first.body)
})

test('the same registration sent three times at once leaves one patient and one answer', async () => {
  const { body } = await makeRegistration(node)
  const answers = await Promise.all([1, 2, 3].map(() => node.call(registerPatient, { body }, desk)))
  expect(answers.map((answer) => answer.status)).toEqual([201, 201, 201])
  expect(new Set(answers.map((answer) => JSON.stringify(answer.body))).size).toBe(1)
})

test('a card number that is taken is a conflict', async () => {
  const { body, identity } = await makeRegistration(node)
  const card = { ...(await makeCard()), number: asha.card.number }
  const cardKey = await makeCardKey(body.id, card, identity)
  const answer = await node.call(registerPatient, { body: { ...body, cardKey } }, desk)
  expect(answer.problem).toMatchObject({ status: 409, code: 'conflict' })
})

test('attack: a small-order identity key at registration is refused', async () => {
  const { body } = await makeRegistration(node)
  const smallOrder = toBase64Url(new Uint8Array(32))
  const keys = { ...body.keys, identity: smallOrder, signer: smallOrder }
  const answer = await node.call(registerPatient, { body: { ...body, keys } }, desk)
  expect(answer.problem).toMatchObject({ status: 422, code: 'bad-key' })
})

test('attack: a small-order category point would make the shared key known, and is refused', async () => {
  const { body, identity } = await makeRegistration(node)
  const categories = body.keys.categories.map((key, at) =>
    at === 0 ? { ...key, x: toBase64Url(new Uint8Array(32)) } : key,
  )
  const keys = await signBody({ kind: 'patient-keys', body: { ...body.keys, categories }, key: identity })
  const answer = await node.call(registerPatient, { body: { ...body, keys } }, desk)
  expect(answer.problem).toMatchObject({ status: 422, code: 'bad-key' })
})

test('attack: keys signed by another key than the identity are refused', async () => {
  const { body } = await makeRegistration(node)
  const stranger = await deriveIdentityKey(makeAccountRoot())
  const keys = await signBody({ kind: 'patient-keys', body: body.keys, key: stranger })
  const answer = await node.call(registerPatient, { body: { ...body, keys } }, desk)
  expect(answer.problem).toMatchObject({ status: 422, code: 'forged-signature' })
})

test('attack: an attestation of a point that the node never gave is refused', async () => {
  const attest = async (point: string) =>
    node.call(
      attestPoints,
      {
        params: { patient: asha.id },
        body: await signBody({
          kind: 'attestation',
          body: {
            v: 1 as const,
            patient: asha.id,
            custodian: 'node.test/log',
            points: [{ ...asha.mediation.points[0], point } as (typeof asha.mediation.points)[0]],
            at: new Date().toISOString(),
          },
          key: asha.identity,
        }),
      },
      desk,
    )
  const foreign = asha.mediation.points[1]?.point ?? ''
  expect((await attest(foreign)).problem).toMatchObject({ code: 'tampered' })
})

test('attack: a doctor attests a patient’s category point in her place', async () => {
  const body = await signBody({
    kind: 'attestation',
    body: {
      v: 1 as const,
      patient: asha.id,
      custodian: 'node.test/log',
      points: asha.mediation.points.slice(0, 1),
      at: new Date().toISOString(),
    },
    key: doctor.identity,
  })
  const answer = await node.call(attestPoints, { params: { patient: asha.id }, body }, doctor)
  expect(answer.problem).toMatchObject({ status: 403, code: 'forbidden' })
})

test('attack: a doctor uses up the attestations that a patient’s next keys will need', async () => {
  const patient = await makePatient(node, desk)
  const doctor = await makeAccount(node, { role: 'doctor' })
  const { body: own } = await node.call(requestAuthorPoint, { params: { patient: patient.id } }, doctor)
  const attest = async (points: Mediation['points'], signer: TestAccount | TestPatient, minute: number) =>
    node.call(
      attestPoints,
      {
        params: { patient: patient.id },
        body: await signBody({
          kind: 'attestation',
          body: {
            v: 1 as const,
            patient: patient.id,
            custodian: 'node.test/log',
            points,
            at: new Date(minute * 60_000).toISOString(),
          },
          key: signer.identity,
        }),
      },
      doctor,
    )
  for (let minute = 0; minute < 210; minute++)
    expect((await attest(own.points, doctor, minute)).status).toBe(204)
  const { rows } = await node.context.pool.query('select 1 from attestations where patient = $1', [
    patient.id,
  ])
  expect(rows).toHaveLength(2)
  const her = await makeAccount(node, { role: 'patient', patient: patient.id })
  const keys = await makePatientKeys({ patient: patient.id, root: patient.root, revision: 1, epoch: 1 })
  const next = await node.call(publishPatientKeys, { params: { patient: patient.id }, body: { keys } }, her)
  expect((await attest(next.body.points, patient, 0)).status).toBe(204)
  const { body } = await node.call(getPatientKeys, { params: { patient: patient.id } }, her)
  expect(body.attestations.flatMap(({ points }) => points.map(({ x }) => x))).toEqual(
    expect.arrayContaining(keys.categories.map(({ x }) => x)),
  )
})

test('the card in hand attests its own point and no other', async () => {
  const points = asha.mediation.points
  const own = points.filter(({ x }) => x === asha.cardKey.x)
  const attest = async (chosen: typeof points) =>
    node.call(
      attestPoints,
      {
        params: { patient: asha.id },
        body: await signBody({
          kind: 'attestation',
          body: {
            v: 1 as const,
            patient: asha.id,
            custodian: 'node.test/log',
            points: chosen,
            at: new Date().toISOString(),
          },
          key: asha.card.signing,
        }),
      },
      doctor,
    )
  expect((await attest(own)).status).toBe(204)
  expect((await attest(points)).status).toBe(403)
})

test('a patient is found by the beginnings of her name, telephone, birth date, identifier and card', async () => {
  const meera = await makePatient(
    node,
    desk,
    inventedDemographics({
      name: { given: 'Meera', family: 'Krishnamurthy-Iyer' },
      birthDate: '1975-11-02',
      phone: '+919777700012',
      identifiers: [{ system: 'invented', value: 'MRN-00-4711' }],
    }),
  )
  const find = async (search: string) => {
    const { body } = await node.call(findPatients, { body: { search } }, desk)
    return body.patients.map((patient) => patient.id)
  }
  for (const typed of [
    'me',
    'MEERA',
    'krish me',
    'iyer',
    'krishnamurthy',
    '9777700012',
    '97777 000',
    '+91 97777-00012',
    '1975-11-02',
    '02/11/1975 meera',
    'mrn004711',
    'MRN-00-4711',
    meera.card.number,
    meera.card.number.replace(/(.{4})/g, '$1 '),
  ])
    expect(await find(typed), typed).toEqual([meera.id])
  for (const typed of ['meerab', 'asha krish', 'm', '977', '1975-11-03', '%', '   x'])
    expect(await find(typed), typed).toEqual([])
})

test('names in other scripts are found with their vowel signs, and Latin ones without their accents', async () => {
  const patient = await makePatient(
    node,
    desk,
    inventedDemographics({ name: { given: 'José', family: 'मीरा' }, phone: '+34600111222' }),
  )
  for (const search of ['jose', 'JOSÉ', 'मीर', 'मीरा', '600111', '+34 600 111'])
    expect(
      (await node.call(findPatients, { body: { search } }, desk)).body.patients.map(({ id }) => id),
    ).toEqual([patient.id])
  const wrongSign = await node.call(findPatients, { body: { search: 'मिर' } }, desk)
  expect(wrongSign.body.patients).toEqual([])
})

test('a corrected name is found, the old one no longer', async () => {
  const patient = await makePatient(
    node,
    desk,
    inventedDemographics({ name: { given: 'Wrongly', family: 'Spelt' }, phone: '+919111111111' }),
  )
  const demographics = { ...patient.demographics, name: { given: 'Rightly', family: 'Spelt' } }
  const corrected = await node.call(
    updatePatient,
    { params: { patient: patient.id }, body: { demographics } },
    desk,
  )
  expect(corrected.body.demographics.name.given).toBe('Rightly')
  const find = async (search: string) =>
    (await node.call(findPatients, { body: { search } }, desk)).body.patients.length
  expect([await find('wrongly'), await find('rightly spelt'), await find(patient.card.number)]).toEqual([
    0, 1, 1,
  ])
})

test('bug: of two who correct at once the last one won, and the other’s correction was gone', async () => {
  const patient = await makePatient(node, desk, inventedDemographics({ phone: '+919111111112' }))
  const { demographics: before } = patient
  const correct = (demographics: typeof before) =>
    node.call(updatePatient, { params: { patient: patient.id }, body: { demographics, before } }, desk)
  const answers = await Promise.all([
    correct({ ...before, name: { ...before.name, given: 'First' } }),
    correct({ ...before, email: 'second@example.org' }),
  ])
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
  const winner = answers.find(({ status }) => status === 200)?.body.demographics
  const now = await node.call(getPatient, { params: { patient: patient.id } }, desk)
  expect(now.body.demographics).toEqual(winner)
  expect(now.body.demographics.name.given === 'First' && now.body.demographics.email).not.toBe(
    'second@example.org',
  )
})

test('the list goes on where the page before ended, without repeating or leaving out anybody', async () => {
  const seen: string[] = []
  let after: string | undefined
  do {
    const { body } = await node.call(findPatients, { body: { limit: 2, after } }, desk)
    seen.push(...body.patients.map((patient) => patient.id))
    after = body.next ?? undefined
  } while (after !== undefined)
  const all = await node.context.db.selectFrom('patients').select('id').orderBy('no', 'desc').execute()
  expect(seen).toEqual(all.map((row) => row.id))
})

test('attack: a patient looks another one up', async () => {
  const other = await makePatient(node, desk)
  const account = await makeAccount(node, { role: 'patient', patient: other.id })
  for (const route of [getPatient, getPatientKeys]) {
    const own = await node.call(route, { params: { patient: other.id } }, account)
    const strangers = await node.call(route, { params: { patient: asha.id } }, account)
    const nobodys = await node.call(route, { params: { patient: 'A'.repeat(22) } }, account)
    expect([own.status, strangers.status, nobodys.status]).toEqual([200, 404, 404])
    expect(strangers.problem).toEqual(nobodys.problem)
  }
})

test('the card in hand finds the patient; a number alone, an old proof and another’s proof find nothing', async () => {
  const find = async (proof: unknown, who = doctor) =>
    node.call(findByCard, { body: { proof: proof as never } }, who)
  const found = await find(await makeCardProof(asha.card, { account: doctor.id }))
  expect(found.body.patient.id).toBe(asha.id)
  const stranger = await makeCard()
  const photographed = { ...stranger, number: asha.card.number }
  expect((await find(await makeCardProof(photographed, { account: doctor.id }))).status).toBe(404)
  expect((await find(await makeCardProof(asha.card, { account: doctor.id }), desk)).status).toBe(404)
  expect((await find(await makeCardProof(asha.card))).status).toBe(404)
  const old = await makeCardProof(asha.card, { account: doctor.id, at: new Date(Date.now() - 301_000) })
  expect((await find(old)).problem.code).toBe('expired')
  const early = await makeCardProof(asha.card, { account: doctor.id, at: new Date(Date.now() + 90_000) })
  expect((await find(early)).problem.code).toBe('expired')
})

test('a doctor with only the number learns whom to ask and nothing else; a blocked card’s number is no number', async () => {
  const patient = await makePatient(node, desk)
  const find = (card: string, who = doctor) => node.call(findByNumber, { body: { card } }, who)
  const found = await find(patient.card.number)
  expect(found.body).toEqual({ patient: patient.id })
  expect((await find(patient.card.number, desk)).status).toBe(403)
  const unknown = await find('8000000000000000')
  await node.call(blockCard, { body: { card: patient.card.number } }, desk)
  const blocked = await find(patient.card.number)
  expect([unknown.status, blocked.status]).toEqual([404, 404])
  expect(blocked.problem).toEqual(unknown.problem)
})

test('nothing personal about a patient lies readable in the database', async () => {
  const planted = inventedDemographics({
    name: { given: 'Plantedgiven', family: 'Plantedfamily' },
    birthDate: '1931-07-29',
    phone: '+919355512345',
    email: 'planted@curo.example',
    identifiers: [{ system: 'planted', value: 'PLANTED-ID-77' }],
  })
  const patient = await makePatient(node, desk, planted)
  const { rows } = await node.context.pool.query(
    `select string_agg(t::text, ' ') as everything from (
      select p::text as t from patients p union all select c::text from cards c union all
      select k::text from patient_keys k union all select a::text from attestations a union all
      select m::text from mediation_points m union all select s::text from patient_search s) all_rows`,
  )
  const everything: string = rows[0].everything
  const hex = (text: string) => Buffer.from(text).toString('hex')
  for (const text of [
    'Plantedgiven',
    'Plantedfamily',
    '1931-07-29',
    '9355512345',
    'planted@curo.example',
    'PLANTED-ID-77',
    patient.card.number,
  ]) {
    expect(everything.includes(text), text).toBe(false)
    expect(everything.includes(hex(text)), text).toBe(false)
  }
})
