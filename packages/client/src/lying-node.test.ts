import { type ConsentView, sealedKeys } from '@curo/contract/consent'
import type { Envelope } from '@curo/contract/records'
import { toBase64Url, utf8Bytes } from '@curo/crypto/bytes'
import { canonicalBytes } from '@curo/crypto/canonical-json'
import { CATEGORIES } from '@curo/crypto/category'
import { isCuroError } from '@curo/crypto/errors'
import { randomBytes, randomId } from '@curo/crypto/random'
import { makeEnvelope } from '@curo/crypto/record'
import { sealTo } from '@curo/crypto/seal-to'
import { importSigningKey, signBody } from '@curo/crypto/signatures'
import { sealBytes } from '@curo/crypto/stream'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Card, findByCard, readCard } from './cards.ts'
import { verifyClinician } from './clinicians.ts'
import { openGrantedKeys, sealGrantedKeys } from './granted-keys.ts'
import { grantConsent, revokeConsent } from './granting.ts'
import { verifyOwnHistory } from './ledger.ts'
import { openTimeline } from './openings.ts'
import { readOwnRecords } from './own-records.ts'
import type { CategoryEpochs } from './patient-keys.ts'
import { registerPatientAtDesk } from './patients.ts'
import type { PatientPerson, Person } from './person.ts'
import { sealAndPutRecords } from './records.ts'
import { prepareSealing, recipientsFor } from './sealing.ts'
import { lyingFetch } from './testing/fake-fetch.ts'
import { FakeHospital } from './testing/fake-hospital.ts'

let hospital: FakeHospital
let doctor: Person
let card: Card
let patient: PatientPerson
let record: string

beforeAll(async () => {
  hospital = await FakeHospital.make()
  const registered = await registerPatientAtDesk(await hospital.person('staff'), {
    name: { given: 'Ravi', family: 'Iyer' },
    birthDate: '1980-01-01',
    sex: 'male',
    identifiers: [],
  })
  doctor = await hospital.person('doctor')
  card = await readCard(registered.card)
  patient = await hospital.patientOf(card)
  const { keys } = await findByCard(doctor, card)
  const sealing = await prepareSealing(doctor, { keys, stubKey: card.stubKey })
  const [stored] = await sealAndPutRecords(sealing, {
    authority: { by: 'card', card },
    records: [
      {
        ...{ category: 'laboratory', kind: 'Observation', occurred: '2026-01-02' },
        ...{ content: utf8Bytes('{}'), stub: {} },
      },
    ],
  })
  record = stored?.id ?? ''
})

type Lie = Parameters<typeof lyingFetch>[1][number]
const lying = (...lies: Lie[]) => hospital.through(patient, lyingFetch(hospital.fetch, lies)) as PatientPerson

/** What a node can make by itself: sealed to her public keys, signed by a key of its own, under the id of another. */
async function forgedRecord(id: string) {
  const { keys } = await findByCard(doctor, card)
  const authorKey = await importSigningKey(randomBytes(32))
  const dek = randomBytes(32)
  const { sealed, ...sizes } = await sealBytes({ dek, plaintext: utf8Bytes('{"forged":true}') })
  const envelope: Envelope = await makeEnvelope({
    ...{ id, custodian: keys.custodian, patient: keys.patient, category: 'laboratory', epoch: 0 },
    ...{ kind: 'Observation', occurred: '2026-01-02', created: new Date().toISOString() },
    ...{ author: randomId(), size: sizes.plainBytes, sealedSize: sizes.sealedBytes, root: sizes.root },
    ...{ dek, recipients: recipientsFor(keys, 'laboratory'), stub: {}, stubKey: randomBytes(32), authorKey },
  })
  return { envelope, rewraps: [], authorKey: toBase64Url(authorKey.publicKey), content: toBase64Url(sealed) }
}

describe('the check of her history', () => {
  test('bug: a record exchanged for another under the same id passed as the one anchored', async () => {
    const forged = await forgedRecord(record)
    const report = await verifyOwnHistory(
      lying({ path: /records\/mine/, alter: () => ({ records: [forged], next: null }) }),
    )
    expect(report.recordsWithheld).toEqual([record])
    expect(report.recordsNotAnchored).toEqual([record])
  })

  test('bug: an envelope that has no canonical form stopped the reading of all the others', async () => {
    const unspeakable = lying({
      path: /records\/mine/,
      alter: ({ records: [first] }: { records: { envelope: object }[] }) => ({
        records: [first, { ...first, envelope: { ...first?.envelope, id: randomId(), custodian: '\ud800' } }],
        next: null,
      }),
    })
    const read: string[] = []
    for await (const { record: id, fault } of readOwnRecords(unspeakable)) read.push(fault?.code ?? id)
    expect(read).toEqual([record, 'tampered'])
  })

  test('bug: the last openings of a chain could be hidden from her', async () => {
    const ask = { patient: patient.account.patient, consent: 'A'.repeat(22) }
    await openTimeline(doctor, { ...ask, reader: { via: 'card', card } })
    const last = hospital.ledger.lines.at(-1)
    const report = await verifyOwnHistory(
      lying(
        {
          path: /ledger\/find/,
          alter: (answer: { entries: { index: number }[] }) => ({
            ...answer,
            entries: answer.entries.filter(({ index }) => index !== last?.index),
          }),
        },
        {
          path: /ledger\/history/,
          alter: (answer: { entries: object[] }) => ({ ...answer, entries: answer.entries.slice(0, -1) }),
        },
      ),
    )
    expect(report.complete).toBe(false)
    expect(report.faults).toEqual([expect.objectContaining({ kind: 'missing', index: last?.index })])
    expect((await verifyOwnHistory(patient)).faults).toEqual([])
  })

  test.each(['no JSON', 'null', '[]', '{"statements":{}}', '{"statements":[null]}'])(
    'bug: the body %s from the node stopped the check instead of being reported',
    async (body) => {
      const report = await verifyOwnHistory(
        lying({
          path: /ledger\/history/,
          alter: (answer: { entries: object[] }) => ({
            ...answer,
            entries: answer.entries.map((one, i) => (i === 1 ? { ...one, body } : one)),
          }),
        }),
      )
      expect(report.complete).toBe(false)
    },
  )
})

async function allow(to: Person): Promise<ConsentView> {
  return grantConsent(patient, {
    doctor: await verifyClinician(patient, { account: to.account.id }),
    scope: { categories: ['laboratory', 'vitals'] },
    ...{ purpose: { code: 'CAREMGT' }, use: 'standing', notAfter: new Date(Date.now() + 86_400_000) },
  })
}

describe('taking a consent back', () => {
  test('bug: a doctor just refused got the new keys when the node still listed her as allowed', async () => {
    const consent = await allow(doctor)
    const stillListed = {
      path: /\/v1\/consents$/,
      method: 'GET',
      alter: ({ consents }: { consents: ConsentView[] }) => ({ consents: [...consents, consent] }),
    }
    expect((await revokeConsent(lying(stillListed), consent)).resealed).toEqual([])
    const later = await allow(await hospital.person('doctor'))
    expect((await revokeConsent(lying(stillListed), later)).resealed).toEqual([])
  })

  test('bug: a node that showed less than was allowed kept the keys of the rest from being changed', async () => {
    const consent = await allow(await hospital.person('doctor'))
    const epochOf = async () => (await findByCard(doctor, card)).keys.categories.get('vitals')?.epoch ?? 0
    const before = await epochOf()
    const less = { ...consent.grant, scope: { categories: ['laboratory' as const], records: [] } }
    await revokeConsent(patient, { ...consent, grant: less })
    expect(await epochOf()).toBe(before + 1)
  })
})

describe('keys that came with a consent', () => {
  test('bug: after some ninety consents taken back, no doctor could be allowed any more', async () => {
    const categories = CATEGORIES.filter((category) => category !== 'sensitive')
    const epochs = Object.fromEntries(CATEGORIES.map((category) => [category, 400])) as CategoryEpochs
    const sealed = await sealGrantedKeys(patient, {
      ...{ consent: randomId(), to: doctor.seal.publicKey, categories, epochs },
    })
    expect(sealedKeys.safeParse(sealed).success).toBe(true)
  })

  test('open for the doctor they were sealed to', async () => {
    const consent = await allow(doctor)
    expect((await openGrantedKeys(doctor, { consent })).stubKeys).toEqual([card.stubKey])
  })

  test.each<[string, (consent: string) => Promise<object> | object]>([
    ['nobody signed', (consent) => ({ v: 1, consent, ...planted })],
    [
      'the node signed',
      (consent) =>
        signBody({ kind: 'granted-keys', body: { v: 1, consent, ...planted }, key: hospital.ledger.nodeKey }),
    ],
    [
      'the patient signed for another consent',
      () =>
        signBody({
          kind: 'granted-keys',
          body: { v: 1, consent: randomId(), ...planted },
          key: patient.identity,
        }),
    ],
  ])('bug: a node could plant keys that %s, and read the stubs sealed with them', async (_, content) => {
    const consent = await allow(doctor)
    const sealed = await sealTo({
      publicKey: doctor.seal.publicKey,
      plaintext: canonicalBytes(await content(consent.grant.id)),
      info: 'curo/v1/granted-keys',
      aad: utf8Bytes(consent.grant.id),
    })
    const opened = openGrantedKeys(doctor, { consent: { ...consent, sealedKeys: toBase64Url(sealed) } })
    await expect(opened).rejects.toSatisfy((error) => isCuroError(error, 'forged-signature', 'malformed'))
  })
})

const planted = { stubKeys: [toBase64Url(randomBytes(32))], categories: [] }
