import { beforeAll, describe, expect, test } from 'vitest'
import type { Fetch } from './api.ts'
import { findByCard, readCard } from './cards.ts'
import { openKeyring, sealKeyring } from './keyring.ts'
import { attestOwnKeys } from './own-keys.ts'
import { registerPatientAtDesk, unwrapRootByCard } from './patients.ts'
import type { PatientPerson, Person } from './person.ts'
import { recipientsFor } from './sealing.ts'
import { lyingFetch } from './testing/fake-fetch.ts'
import { FakeHospital } from './testing/fake-hospital.ts'

const DEMOGRAPHICS = {
  name: { given: 'Asha', family: 'Verma' },
  birthDate: '1990-02-03',
  sex: 'female' as const,
  identifiers: [],
}

let hospital: FakeHospital
let desk: Person
let doctor: Person

beforeAll(async () => {
  hospital = await FakeHospital.make()
  desk = await hospital.person('staff')
  doctor = await hospital.person('doctor')
})

describe('registration at the desk', () => {
  test('sends neither root nor card secret nor lookup key, in any form', async () => {
    const before = hospital.fetch.requests.length
    const { card, recoveryCode } = await registerPatientAtDesk(desk, DEMOGRAPHICS)
    const sent = JSON.stringify(hospital.fetch.requests.slice(before).map(({ body, path }) => [path, body]))
    const { payload } = await readCard(card)
    const secrets = [payload.cardSecret, payload.lookupKey]
    for (const secret of secrets)
      for (const form of ['base64url', 'base64', 'hex'] as const)
        expect(sent).not.toContain(Buffer.from(secret).toString(form).slice(0, 40))
    expect(sent).not.toContain(recoveryCode)
    expect(sent).not.toContain(card.slice(card.indexOf('#') + 1))
  })

  test('malicious server slips a key of its own in among the points: nothing is attested', async () => {
    const { points } = (await hospital.patients.values().next().value)?.published.mediation ?? { points: [] }
    const liar = hospital.through(
      desk,
      lyingFetch(hospital.fetch, [
        {
          path: /\/v1\/patients$/,
          alter: (answer: { patient: string; mediation: { points: object[] } }) => ({
            ...answer,
            mediation: {
              points: answer.mediation.points.map((one, i) => ({ ...one, point: points[i]?.point })),
            },
          }),
        },
      ]),
    )
    const before = hospital.fetch.requests.length
    await expect(registerPatientAtDesk(liar, DEMOGRAPHICS)).rejects.toMatchObject({ code: 'bad-key' })
    expect(hospital.fetch.requests.slice(before).some(({ path }) => path.endsWith('/attestations'))).toBe(
      false,
    )
  })

  test('a card is not lost when the node is, after it has registered her: her card and app attest later', async () => {
    const lost: Fetch = (url, init) =>
      /attestations/.test(url) ? Promise.reject(new TypeError('connection reset')) : hospital.fetch(url, init)
    const registered = await registerPatientAtDesk(hospital.through(desk, lost), DEMOGRAPHICS)
    expect(registered.attested).toBe(false)
    const card = await readCard(registered.card)
    const found = await findByCard(doctor, card)
    expect(recipientsFor(found.keys, 'vitals').map(({ to }) => to)).toEqual(['account', 'card'])
    const patient = await hospital.patientOf(card)
    await attestOwnKeys(patient)
    const again = await findByCard(doctor, card)
    expect(recipientsFor(again.keys, 'vitals').map(({ to }) => to)).toEqual(['account', 'category', 'card'])
    const before = hospital.fetch.requests.length
    await attestOwnKeys(patient)
    expect(hospital.fetch.requests.slice(before).map(({ method }) => method)).toEqual(['GET'])
  })
})

describe('what is kept for the patient', () => {
  test('the root opens with her card, for her only', async () => {
    const { patient, card } = await registerPatientAtDesk(desk, DEMOGRAPHICS)
    const other = await registerPatientAtDesk(desk, DEMOGRAPHICS)
    const { cardSecret } = (await readCard(card)).payload
    const wrapped = hospital.patients.get(patient)?.wrappedRoot ?? ''
    expect(await unwrapRootByCard({ wrapped, patient, cardSecret })).toHaveLength(32)
    const foreign = hospital.patients.get(other.patient)?.wrappedRoot ?? ''
    await expect(unwrapRootByCard({ wrapped: foreign, patient, cardSecret })).rejects.toMatchObject({
      code: 'wrong-key',
    })
    await expect(unwrapRootByCard({ wrapped, patient: other.patient, cardSecret })).rejects.toThrow()
  })

  test('the keyring opens with her root, for her only, and comes back as it was', async () => {
    const { card } = await registerPatientAtDesk(desk, DEMOGRAPHICS)
    const person: PatientPerson = await hospital.patientOf(await readCard(card))
    const { root, keyring } = person
    const { patient } = person.account
    const sealed = await sealKeyring({ root, patient, keyring })
    expect(await openKeyring({ root, patient, sealed })).toEqual(keyring)
    await expect(openKeyring({ root, patient: 'A'.repeat(22), sealed })).rejects.toThrow()
    await expect(openKeyring({ root: new Uint8Array(32), patient, sealed })).rejects.toMatchObject({
      code: 'wrong-key',
    })
  })
})
