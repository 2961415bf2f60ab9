import type { ConsentView } from '@curo/contract/consent'
import { randomId } from '@curo/crypto/random'
import { signBody } from '@curo/crypto/signatures'
import { beforeEach, describe, expect, test } from 'vitest'
import { type Card, findByCard, readCard } from './cards.ts'
import { verifyClinician } from './clinicians.ts'
import { giveBackConsent } from './consent.ts'
import { grantConsent, revokeConsent } from './granting.ts'
import { verifyOwnHistory } from './ledger.ts'
import { openTimeline } from './openings.ts'
import { registerPatientAtDesk } from './patients.ts'
import type { PatientPerson, Person } from './person.ts'
import { lyingFetch } from './testing/fake-fetch.ts'
import { FakeHospital } from './testing/fake-hospital.ts'
import { whoLooked } from './who-looked.ts'

let hospital: FakeHospital
let doctor: Person
let second: Person
let card: Card
let patient: PatientPerson

beforeEach(async () => {
  hospital = await FakeHospital.make()
  doctor = await hospital.person('doctor')
  second = await hospital.person('doctor')
  const registered = await registerPatientAtDesk(await hospital.person('staff'), {
    name: { given: 'Ravi', family: 'Iyer' },
    birthDate: '1980-01-01',
    sex: 'male',
    identifiers: [],
  })
  card = await readCard(registered.card)
  patient = await hospital.patientOf(card)
})

async function allow(grantee: Person): Promise<ConsentView> {
  const consent = await grantConsent(patient, {
    doctor: await verifyClinician(patient, { account: grantee.account.id }),
    scope: { categories: ['laboratory'] },
    purpose: { code: 'CAREMGT' },
    use: 'standing',
    notAfter: new Date(Date.now() + 86_400_000),
  })
  const { grant } = consent
  const { id, grantee: to, by, scope, purpose, use, notAfter } = grant
  await hospital.ledger.submit(grant.patient, {
    kind: 'grant',
    id,
    details: { consent: id, grantee: to, by, scope, purpose, use, notAfter },
    statements: [{ kind: 'grant', document: grant }],
  })
  return consent
}

const look = (by: Person, { grant }: ConsentView) =>
  openTimeline(by, { patient: grant.patient, consent: grant.id, reader: { via: 'card', card } })

const personOf = ({ account: { id, keys } }: Person) => ({ account: id, identity: keys.identity })

test('a doctor gives a consent back: the patient sees when and who, and her history is whole', async () => {
  const consent = await allow(doctor)
  await look(doctor, consent)
  expect((await giveBackConsent(doctor, consent)).state).toBe('given-back')
  const [newest, before] = await whoLooked(patient)
  expect(newest).toMatchObject({ what: 'given-back', consent: consent.grant.id, records: [] })
  expect(newest?.by).toMatchObject([{ account: doctor.account.id, standing: 'registered' }])
  expect(newest?.at).toBe(JSON.parse(newest?.line.body ?? '').at)
  expect(before).toMatchObject({ what: 'timeline' })
  expect(await verifyOwnHistory(patient)).toMatchObject({ complete: true, faults: [] })
})

test('malicious server keeps the consent although it says thank you', async () => {
  const consent = await allow(doctor)
  const alter = (answer: { consent: object }) => ({ consent: { ...answer.consent, state: 'active' } })
  const liar = hospital.through(doctor, lyingFetch(hospital.fetch, [{ path: /give-back$/, alter }]))
  await expect(giveBackConsent(liar, consent)).rejects.toMatchObject({ code: 'tampered' })
})

test('who gave a consent back gets no new keys, even where the node still lists it as good', async () => {
  const [returned, other] = [await allow(doctor), await allow(second)]
  await giveBackConsent(doctor, returned)
  const alter = ({ consents }: { consents: ConsentView[] }) => ({ consents: [...consents, returned] })
  const liar = hospital.through(
    patient,
    lyingFetch(hospital.fetch, [{ path: /\/v1\/consents$/, method: 'GET', alter }]),
  ) as PatientPerson
  expect(await revokeConsent(liar, other)).toMatchObject({ resealed: [], notResealed: [] })
})

test('taking back what was given back changes the keys all the same', async () => {
  const consent = await allow(doctor)
  await giveBackConsent(doctor, consent)
  const alter = (answer: { consent: object }) => ({ consent: { ...answer.consent, state: 'given-back' } })
  const late = hospital.through(
    patient,
    lyingFetch(hospital.fetch, [{ path: /revocation$/, alter }]),
  ) as PatientPerson
  const epoch = async () => (await findByCard(doctor, card)).keys.categories.get('laboratory')?.epoch
  const before = (await epoch()) ?? 0
  const { consent: ended } = await revokeConsent(late, consent)
  expect([ended.state, await epoch()]).toEqual(['given-back', before + 1])
})

describe('attack: the hospital writes down an end, or what came after it, that cannot be', () => {
  const faultsOf = async () => (await verifyOwnHistory(patient)).faults.map(({ kind }) => kind)

  async function writeGiveBack(
    consent: ConsentView,
    { by, signer, kind = 'give-back' }: { by: Person | null; signer: Person; kind?: string },
  ) {
    const { id, patient: whose } = consent.grant
    const at = new Date().toISOString()
    const said = {
      v: 1 as const,
      id: randomId(),
      patient: whose,
      account: signer.account.id,
      consent: id,
      at,
    }
    const document = await signBody({ kind, body: said, key: signer.identity })
    const details = { consent: id, ...(by && { by: personOf(by) }) }
    await hospital.ledger.submit(whose, {
      ...{ kind: 'revoke', id: said.id, details },
      statements: [{ kind, document }],
    })
  }

  test('given back by a doctor to whom it was not given', async () => {
    await writeGiveBack(await allow(doctor), { by: second, signer: second })
    expect(await faultsOf()).toEqual(['signer-unknown'])
  })

  test('given back in the name of one who did not sign', async () => {
    await writeGiveBack(await allow(doctor), { by: doctor, signer: second })
    expect(await faultsOf()).toEqual(['signer-unknown'])
  })

  test('given back without a statement, or with one for something else', async () => {
    const consent = await allow(doctor)
    const details = { consent: consent.grant.id, by: personOf(doctor) }
    await hospital.ledger.submit(consent.grant.patient, { kind: 'revoke', id: randomId(), details })
    await writeGiveBack(consent, { by: doctor, signer: doctor, kind: 'opening-request' })
    expect(await faultsOf()).toEqual(['signer-unknown', 'signer-unknown'])
  })

  test('said to be taken back by the patient, where the doctor gave it back', async () => {
    await writeGiveBack(await allow(doctor), { by: null, signer: doctor })
    expect(await faultsOf()).toEqual(['signer-unknown'])
  })

  test.each([
    ['given back', (consent: ConsentView) => giveBackConsent(doctor, consent)],
    ['taken back', (consent: ConsentView) => revokeConsent(patient, consent)],
  ])('an opening long after the consent was %s; one that met its end is no fault', async (_, end) => {
    const consent = await allow(doctor)
    const write = async (later: number) => {
      const { id, patient: whose } = consent.grant
      const account = doctor.account.id
      const at = new Date(Date.now() + later).toISOString()
      const asked = { v: 1 as const, id: randomId(), patient: whose, account, consent: id, via: 'card', at }
      const document = await signBody({ kind: 'opening-request', body: asked, key: doctor.identity })
      const details = { at, opening: asked.id, by: personOf(doctor), consent: id, via: 'card', records: [] }
      const statements = [{ kind: 'opening-request', document }]
      await hospital.ledger.submit(whose, { kind: 'opening', id: asked.id, details, statements })
    }
    await write(0)
    await end(consent)
    await write(1000)
    expect(await faultsOf()).toEqual([])
    await write(5 * 60_000)
    expect(await faultsOf()).toEqual(['signer-unknown'])
  })
})
