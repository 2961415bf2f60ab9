import type { ConsentRequest, Grant } from '@curo/contract/consent'
import { toBase64Url } from '@curo/crypto/bytes'
import { randomId } from '@curo/crypto/random'
import { signBody } from '@curo/crypto/signatures'
import { beforeAll, describe, expect, test } from 'vitest'
import { enterOtp, readScope, requestConsent } from './consent.ts'
import type { Person } from './person.ts'
import { fakeFetch } from './testing/fake-fetch.ts'
import { FakeHospital } from './testing/fake-hospital.ts'

let hospital: FakeHospital
let doctor: Person
let other: Person
let request: ConsentRequest

beforeAll(async () => {
  hospital = await FakeHospital.make()
  doctor = await hospital.person('doctor')
  other = await hospital.person('doctor')
  const asking = hospital.through(
    doctor,
    fakeFetch({
      'POST /v1/consents/requests': () => ({
        status: 201,
        json: { request: randomId(), otp: null, expiresAt: new Date().toISOString() },
      }),
    }),
  )
  const asked = await requestConsent(asking, {
    patient: randomId(),
    scope: { categories: ['vitals'] },
    purpose: { code: 'CAREMGT', text: ' A visit ' },
    use: 'single',
    notAfter: new Date(Date.now() + 3_600_000),
  })
  request = asked.request
})

/** What the node answers to the right code: the consent that was asked for, but for `changes`. */
async function answer(changes: Partial<Grant>, key = hospital.ledger.nodeKey) {
  const body = {
    v: 1 as const,
    id: randomId(),
    patient: request.patient,
    grantee: { account: doctor.account.id, identity: toBase64Url(doctor.identity.publicKey) },
    hospital: request.hospital,
    scope: request.scope,
    purpose: request.purpose,
    use: request.use,
    notAfter: request.notAfter,
    by: 'otp' as const,
    request: request.id,
    at: new Date().toISOString(),
    ...changes,
  }
  const grant = await signBody({ kind: 'grant', body, key })
  const consent = { grant, state: 'active', granteeName: 'A doctor', sealedKeys: null, revokedAt: null }
  const fetch = fakeFetch({ 'POST /v1/consents/requests/*/otp': () => ({ status: 201, json: { consent } }) })
  return enterOtp(hospital.through(doctor, fetch), { request, code: '123456' })
}

test('what is signed is complete: the node would add defaults, and the signature would not hold', () => {
  expect(request.scope).toEqual({ categories: ['vitals'], records: [] })
  expect(request.purpose.text).toBe('A visit')
  expect(() => readScope({})).toThrow(expect.objectContaining({ code: 'invalid-input' }))
  expect(() => readScope({ categories: ['vitals'], from: 'yesterday' })).toThrow()
})

describe('a code entered', () => {
  test('gives the consent that was asked for', async () => {
    expect((await answer({})).grant.request).toBe(request.id)
    const shorter = new Date(Date.now() + 60_000).toISOString()
    expect((await answer({ notAfter: shorter })).grant.notAfter).toBe(shorter)
  })

  test.each<[string, () => Partial<Grant>]>([
    ['for another patient', () => ({ patient: randomId() })],
    [
      'for another doctor',
      () => ({ grantee: { account: other.account.id, identity: other.account.keys.identity } }),
    ],
    ['for more than was asked', () => ({ scope: { categories: ['vitals', 'sensitive'], records: [] } })],
    ['for longer than was asked', () => ({ notAfter: new Date(Date.now() + 9e9).toISOString() })],
    ['for standing use', () => ({ use: 'standing' })],
    ['for another purpose', () => ({ purpose: { code: 'DSRCH' } })],
    ['in another hospital', () => ({ hospital: 'other.example/log' })],
    ['to another request', () => ({ request: randomId() })],
  ])('malicious server grants %s', async (_, changes) => {
    await expect(answer(changes())).rejects.toMatchObject({ code: 'tampered' })
  })

  test('malicious server lets somebody else sign', async () => {
    await expect(answer({}, other.identity)).rejects.toMatchObject({ code: 'forged-signature' })
  })
})
