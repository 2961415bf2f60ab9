import { finishRegistration } from '@curo/contract/accounts'
import { blockCard, confirmActivation, findByCard, reissueCard, startActivation } from '@curo/contract/cards'
import {
  getPatient,
  getPatientKeys,
  publishPatientKeys,
  requestAuthorPoint,
  updatePatient,
} from '@curo/contract/patients'
import { deriveIdentityKey, makeAccountRoot } from '@curo/crypto/account'
import { equalBytes, fromBase64Url, toBase64Url, utf8Bytes } from '@curo/crypto/bytes'
import { deriveCardWrapKey } from '@curo/crypto/card'
import { deriveChainKey } from '@curo/crypto/lookup'
import { randomBytes } from '@curo/crypto/random'
import { cosignBody } from '@curo/crypto/signatures'
import { unwrapSecret } from '@curo/crypto/wrap'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { OutboxMessage } from '../context.ts'
import { prepareRegistration, signIn } from '../testing/passwords.ts'
import {
  inventedDemographics,
  makeAccount,
  makeAccountKeys,
  makeCard,
  makeCardKey,
  makeCardProof,
  makePatient,
  makePatientKeys,
  type TestAccount,
  type TestPatient,
} from '../testing/people.ts'
import { makeRecordedNode } from '../testing/recorded-node.ts'
import type { TestNode } from '../testing/test-node.ts'

let node: TestNode
let sent: OutboxMessage[]
let desk: TestAccount
let doctor: TestAccount
beforeAll(async () => {
  ;({ node, sent } = await makeRecordedNode())
  desk = await makeAccount(node, { role: 'staff' })
  doctor = await makeAccount(node, { role: 'doctor' })
})
afterAll(() => node.stop())
beforeEach(() => {
  sent.length = 0
})

const proofNow = (patient: TestPatient) => makeCardProof(patient.card, { at: node.clock.now() })
const lastCode = () => String(sent.at(-1)?.values.code)
const otherCode = (code: string) => (code === '000000' ? '000001' : '000000')
const confirm = (activation: string, code: string) =>
  node.call(confirmActivation, { params: { activation }, body: { code } })

async function begin(patient: TestPatient) {
  const { status, body } = await node.call(startActivation, { body: { proof: await proofNow(patient) } })
  expect(status).toBe(201)
  return { activation: body.activation, code: lastCode(), body }
}

/** Everything a client does after the code: a new root, both signatures, a password. */
async function prepareFinish(patient: TestPatient, token: string, contact = patient.demographics.phone) {
  const root = makeAccountRoot()
  const identity = await deriveIdentityKey(root)
  const keys = await makePatientKeys({ patient: patient.id, root, revision: 1, epoch: 1 })
  const rotation = {
    v: 1 as const,
    patient: patient.id,
    from: toBase64Url(patient.identity.publicKey),
    to: toBase64Url(identity.publicKey),
    at: new Date().toISOString(),
  }
  const kind = 'rotate-identity'
  const byOld = await cosignBody({ kind, body: rotation, key: patient.identity })
  const registration = await prepareRegistration(node, {
    role: 'patient',
    root,
    ...(contact ? { contact } : {}),
  })
  const activation = {
    token,
    rotation: await cosignBody({ kind, body: byOld, key: identity }),
    keys,
    cardKey: await makeCardKey(patient.id, patient.card, identity),
    wrappedRoots: [],
    keyring: toBase64Url(randomBytes(64)),
  }
  return { body: { ...registration.body, activation }, credentials: registration.credentials, root, identity }
}

test('a patient activates her app: card, code, a root that no desk knew, a password', async () => {
  const patient = await makePatient(node, desk, inventedDemographics({ phone: '+919800011122' }))
  const { activation, code, body } = await begin(patient)
  expect(body.sentTo).toBe('•••••••••••22')
  expect(sent).toMatchObject([{ to: '+919800011122', channel: 'sms', template: 'activation-otp' }])
  const confirmed = await confirm(activation, code)
  const root = await unwrapSecret({
    wrappingKey: await deriveCardWrapKey(patient.card.secret),
    wrapped: fromBase64Url(confirmed.body.wrappedRoot),
    context: 'account root by card',
    aad: utf8Bytes(patient.id),
  })
  expect(equalBytes(root, patient.root)).toBe(true)

  const finish = await prepareFinish(patient, confirmed.body.token)
  const finished = await node.call(finishRegistration, { body: finish.body })
  expect(finished.problem).toMatchObject({ status: 'active', account: finish.body.id })
  expect(finished.body.mediation?.points.map(({ x }) => x).sort()).toEqual(
    [...finish.body.activation.keys.categories.map(({ x }) => x), patient.cardKey.x].sort(),
  )
  const her = await signIn(node, finish.credentials)
  expect(her.finished?.body).toMatchObject({
    account: { role: 'patient', status: 'active', patient: patient.id },
    keyring: finish.body.activation.keyring,
  })
  const published = await node.call(getPatientKeys, { params: { patient: patient.id } }, her)
  expect(published.body.keys.identity).toBe(toBase64Url(finish.identity.publicKey))
  expect(published.body.rotations).toEqual([finish.body.activation.rotation])
  expect((await node.call(getPatient, { params: { patient: patient.id } }, desk)).body.activated).toBe(true)
  const again = await node.call(startActivation, { body: { proof: await proofNow(patient) } })
  expect(again.problem).toMatchObject({ status: 409, code: 'conflict' })
})

test('attack: one activation makes two accounts', async () => {
  const patient = await makePatient(node, desk)
  const { activation, code } = await begin(patient)
  const { body } = await confirm(activation, code)
  const finishes = await Promise.all([prepareFinish(patient, body.token), prepareFinish(patient, body.token)])
  const answers = await Promise.all(finishes.map((one) => node.call(finishRegistration, { body: one.body })))
  expect(answers.map((answer) => answer.status).sort()).toEqual([201, 401])
})

test('many activations at once on a small pool do not wait for each other', async () => {
  const small = await makeRecordedNode({ database: { poolSize: 2 } })
  const before = { node, sent }
  try {
    ;({ node, sent } = small)
    const staff = await makeAccount(node, { role: 'staff' })
    const ready = []
    for (let one = 0; one < 4; one++) {
      const patient = await makePatient(node, staff)
      const { activation, code } = await begin(patient)
      ready.push(await prepareFinish(patient, (await confirm(activation, code)).body.token))
    }
    // Once each held one connection and waited ten seconds for a second.
    const answers = await Promise.all(ready.map(({ body }) => node.call(finishRegistration, { body })))
    expect(answers.map((answer) => answer.status)).toEqual([201, 201, 201, 201])
  } finally {
    ;({ node, sent } = before)
    await small.node.stop()
  }
})

test('attack: who has an activation keeps the desk’s keys, swaps the card or claims another number', async () => {
  const patient = await makePatient(node, desk)
  const { activation, code } = await begin(patient)
  const { token } = (await confirm(activation, code)).body
  const finish = await prepareFinish(patient, token)
  const attempt = async (changes: Partial<typeof finish.body.activation>) =>
    (
      await node.call(finishRegistration, {
        body: { ...finish.body, activation: { ...finish.body.activation, ...changes } },
      })
    ).problem
  expect(await attempt({ keys: { ...finish.body.activation.keys, revision: 5 } })).toMatchObject({
    code: 'conflict',
  })
  const oneSigner = finish.body.activation.rotation.signatures[0]
  if (!oneSigner) throw new Error('no signature')
  const rotation = { ...finish.body.activation.rotation, signatures: [oneSigner, oneSigner] }
  expect(await attempt({ rotation })).toMatchObject({ code: 'forged-signature' })
  const swapped = await makeCardKey(
    patient.id,
    { ...(await makeCard()), number: patient.card.number },
    finish.identity,
  )
  expect(await attempt({ cardKey: swapped })).toMatchObject({ status: 400 })
  const sameEpoch = await makePatientKeys({ patient: patient.id, root: finish.root, revision: 1, epoch: 0 })
  expect(await attempt({ keys: sameEpoch })).toMatchObject({ status: 400 })
  expect(await attempt({ token: toBase64Url(randomBytes(32)) })).toMatchObject({ status: 401 })
  const otherNumber = await prepareFinish(patient, token, '+919000000001')
  expect((await node.call(finishRegistration, { body: otherNumber.body })).problem).toMatchObject({
    status: 400,
  })
  expect((await node.call(finishRegistration, { body: finish.body })).status).toBe(201)
})

test('attack: an activation under the patient’s own id leaves no line in the ledger', async () => {
  const patient = await makePatient(node, desk)
  const { activation, code } = await begin(patient)
  const finish = await prepareFinish(patient, (await confirm(activation, code)).body.token)
  const body = { ...finish.body, id: patient.id, keys: await makeAccountKeys(patient.id, finish.root) }
  expect((await node.call(finishRegistration, { body })).problem.code).toBe('conflict')
  expect((await node.call(finishRegistration, { body: finish.body })).status).toBe(201)
  const { rows } = await node.context.pool.query(
    `select id from ledger_events where patient = $1 and kind = 'register'`,
    [patient.id],
  )
  expect(rows.map(({ id }) => id).sort()).toEqual([patient.id, finish.body.id].sort())
})

test('attack: a thief enters the code after the card was blocked', async () => {
  const patient = await makePatient(node, desk)
  const { activation, code } = await begin(patient)
  await node.call(blockCard, { body: { card: patient.card.number } }, desk)
  const answer = await confirm(activation, code)
  expect(answer.problem).toMatchObject({ status: 403, code: 'forbidden' })
  expect(JSON.stringify(answer.problem)).not.toContain('wrappedRoot')
})

test('attack: somebody registers a patient’s number before she activates her app', async () => {
  const patient = await makePatient(node, desk)
  const { body: squatter } = await prepareRegistration(node, {
    role: 'staff',
    contact: patient.demographics.phone ?? '',
  })
  expect((await node.call(finishRegistration, { body: squatter })).status).toBe(201)
  const { activation, code } = await begin(patient)
  const finish = await prepareFinish(patient, (await confirm(activation, code)).body.token)
  expect((await node.call(finishRegistration, { body: finish.body })).status).toBe(201)
  const signedIn = await signIn(node, finish.credentials)
  expect(signedIn.finished?.body).toMatchObject({ account: { patient: patient.id } })
})

test('attack: a clerk sends a patient’s codes to another telephone without her noticing', async () => {
  const patient = await makePatient(node, desk)
  const change = (demographics: typeof patient.demographics) =>
    node.call(updatePatient, { params: { patient: patient.id }, body: { demographics } }, desk)
  expect((await change({ ...patient.demographics, sex: 'other' })).status).toBe(200)
  expect(sent).toEqual([])
  expect((await change({ ...patient.demographics, phone: '+919800000099' })).status).toBe(200)
  expect(sent).toMatchObject([{ to: patient.demographics.phone, template: 'phone-changed' }])
  expect(JSON.stringify(sent[0]?.values)).not.toContain('99')
})

test('OTP: a wrong code, then the right one, then the right one again', async () => {
  const { activation, code } = await begin(await makePatient(node, desk))
  expect((await confirm(activation, otherCode(code))).problem).toMatchObject({
    status: 401,
    code: 'unauthorized',
  })
  expect((await confirm(activation, code)).status).toBe(200)
  expect((await confirm(activation, code)).problem).toMatchObject({ status: 409, code: 'conflict' })
})

test('OTP: after five minutes the right code is over', async () => {
  const { activation, code } = await begin(await makePatient(node, desk))
  node.clock.advance(300_001)
  expect((await confirm(activation, code)).problem).toMatchObject({ status: 410, code: 'expired' })
})

test('OTP: the sixth try fails, though it is right', async () => {
  const { activation, code } = await begin(await makePatient(node, desk))
  for (let tries = 0; tries < 5; tries++)
    expect((await confirm(activation, otherCode(code))).problem.code).toBe('unauthorized')
  expect((await confirm(activation, code)).problem).toMatchObject({ status: 429, code: 'attempts-exhausted' })
})

test('OTP: twenty guesses at the same moment are five', async () => {
  const { activation, code } = await begin(await makePatient(node, desk))
  const answers = await Promise.all(Array.from({ length: 20 }, () => confirm(activation, otherCode(code))))
  expect(answers.filter((answer) => answer.problem.code === 'unauthorized')).toHaveLength(5)
  expect(answers.filter((answer) => answer.problem.code === 'attempts-exhausted')).toHaveLength(15)
})

test('OTP: the right code entered twice at the same moment counts once', async () => {
  const { activation, code } = await begin(await makePatient(node, desk))
  const answers = await Promise.all([1, 2, 3, 4].map(() => confirm(activation, code)))
  expect(answers.filter((answer) => answer.status === 200)).toHaveLength(1)
})

test('OTP: one patient’s code does not confirm another’s activation', async () => {
  const first = await begin(await makePatient(node, desk))
  let second = await begin(await makePatient(node, desk))
  while (second.code === first.code) second = await begin(await makePatient(node, desk))
  expect((await confirm(second.activation, first.code)).problem.code).toBe('unauthorized')
  expect((await confirm('A'.repeat(22), first.code)).problem.code).toBe('not-found')
})

test('attack: a proof that was overheard starts a second activation', async () => {
  const proof = await proofNow(await makePatient(node, desk))
  expect((await node.call(startActivation, { body: { proof } })).status).toBe(201)
  expect((await node.call(startActivation, { body: { proof } })).problem.code).toBe('expired')
})

test('attack: a found card buys guesses by starting activations over and over', async () => {
  const patient = await makePatient(node, desk)
  for (let start = 0; start < 5; start++) await begin(patient)
  const sixth = await node.call(startActivation, { body: { proof: await proofNow(patient) } })
  expect(sixth.problem).toMatchObject({ status: 429, code: 'rate-limited' })
})

test('a patient without a telephone is sent to the desk', async () => {
  const demographics = inventedDemographics()
  delete demographics.phone
  const patient = await makePatient(node, desk, demographics)
  const answer = await node.call(startActivation, { body: { proof: await proofNow(patient) } })
  expect(answer.problem).toMatchObject({ status: 409, detail: expect.stringContaining('desk') })
})

test('a blocked card proves nothing from the next request on', async () => {
  const patient = await makePatient(node, desk)
  const stranger = await makePatient(node, desk)
  const her = await makeAccount(node, { role: 'patient', patient: patient.id })
  const foreign = await node.call(blockCard, { body: { card: stranger.card.number } }, her)
  expect(foreign.problem.code).toBe('not-found')
  expect(
    (await node.call(blockCard, { body: { card: patient.card.number, reason: 'lost' } }, her)).status,
  ).toBe(204)
  expect((await node.call(blockCard, { body: { card: patient.card.number } }, desk)).status).toBe(204)
  const proof = await makeCardProof(patient.card, { account: doctor.id, at: node.clock.now() })
  expect((await node.call(findByCard, { body: { proof } }, doctor)).problem).toMatchObject({ status: 403 })
  const start = await node.call(startActivation, { body: { proof: await proofNow(patient) } })
  expect(start.status).toBe(403)
})

async function reissue(patient: TestPatient, lookupEpoch = 1, identity = patient.identity) {
  const card = await makeCard(lookupEpoch)
  const { origin } = node.context.config
  const chainKey = deriveChainKey({ lookupKey: card.lookupKey, origin, epoch: lookupEpoch })
  const body = {
    cardKey: await makeCardKey(patient.id, card, identity),
    chain: { epoch: lookupEpoch, chainKey: toBase64Url(chainKey) },
    wrappedRoots: [],
    keyring: toBase64Url(randomBytes(64)),
  }
  return { card, call: () => node.call(reissueCard, { params: { patient: patient.id }, body }, desk) }
}

test('a reissued card ends the old one and its chain; repeating it changes nothing', async () => {
  const patient = await makePatient(node, desk)
  const next = await reissue(patient)
  const answer = await next.call()
  expect(answer.status).toBe(201)
  expect(answer.body.points).toHaveLength(1)
  expect((await next.call()).body).toEqual(answer.body)
  const find = async (card: typeof next.card) =>
    node.call(
      findByCard,
      { body: { proof: await makeCardProof(card, { account: doctor.id, at: node.clock.now() }) } },
      doctor,
    )
  expect((await find(patient.card)).status).toBe(403)
  expect((await find(next.card)).body).toMatchObject({ patient: { id: patient.id }, lookupEpoch: 1 })
  const { rows } = await node.context.pool.query(
    'select epoch, counter, closed from ledger_chains where patient = $1 order by epoch',
    [patient.id],
  )
  expect(rows).toEqual([
    { epoch: 0, counter: 2, closed: true },
    { epoch: 1, counter: 0, closed: false },
  ])
})

test('two cards issued at the same moment: one is in use', async () => {
  const patient = await makePatient(node, desk)
  const cards = await Promise.all([reissue(patient), reissue(patient), reissue(patient)])
  const answers = await Promise.all(cards.map((card) => card.call()))
  expect(answers.map((answer) => answer.status).sort()).toEqual([201, 409, 409])
  const inUse = await node.context.db
    .selectFrom('cards')
    .select('lookup_epoch')
    .where('patient', '=', patient.id)
    .where('status', '=', 'active')
    .execute()
  expect(inUse).toEqual([{ lookup_epoch: 1 }])
})

test('attack: a desk issues a card without the patient’s root', async () => {
  const patient = await makePatient(node, desk)
  const forged = await reissue(patient, 1, await deriveIdentityKey(makeAccountRoot()))
  expect((await forged.call()).problem).toMatchObject({ status: 422, code: 'forged-signature' })
  const skipping = await reissue(patient, 2)
  expect((await skipping.call()).problem.code).toBe('conflict')
})

test('the next revision of the keys is published once, by the patient, and never goes back', async () => {
  const patient = await makePatient(node, desk)
  const her = await makeAccount(node, { role: 'patient', patient: patient.id, root: patient.root })
  const publish = async (revision: number, epoch: number, who = her, root = patient.root) => {
    const keys = await makePatientKeys({ patient: patient.id, root, revision, epoch })
    return node.call(publishPatientKeys, { params: { patient: patient.id }, body: { keys } }, who)
  }
  // Once the second of two revisions was told that the patient does not exist.
  const both = await Promise.all([publish(1, 1), publish(1, 2)])
  expect(both.map((answer) => answer.status).sort()).toEqual([200, 409])
  expect(both.find((answer) => answer.status === 200)?.body.points).toHaveLength(9)
  expect((await publish(2, 0)).problem).toMatchObject({
    status: 400,
    detail: expect.stringContaining('back'),
  })
  expect((await publish(2, 2, her, makeAccountRoot())).problem.status).toBe(400)
  const other = await makeAccount(node, { role: 'patient', patient: (await makePatient(node, desk)).id })
  expect((await publish(2, 2, other)).problem.status).toBe(404)
  const keys = await makePatientKeys({ patient: patient.id, root: patient.root, revision: 2, epoch: 3 })
  const send = () => node.call(publishPatientKeys, { params: { patient: patient.id }, body: { keys } }, her)
  const [first, repeated] = [await send(), await send()]
  expect(first.status).toBe(200)
  expect(repeated.body).toEqual(first.body)
})

test('a doctor gets the point of her own key for a patient, the same each time', async () => {
  const patient = await makePatient(node, desk)
  const ask = () => node.call(requestAuthorPoint, { params: { patient: patient.id } }, doctor)
  const [first, second] = await Promise.all([ask(), ask()])
  expect(first.body).toEqual(second.body)
  expect(first.body.points[0]?.x).toBe(toBase64Url(fromBase64Url(doctor.keys.seal).slice(1184)))
  const absent = await node.call(requestAuthorPoint, { params: { patient: 'A'.repeat(22) } }, doctor)
  expect(absent.status).toBe(404)
})
