import type { PublishedKeys } from '@curo/contract/patients'
import { fingerprintOf } from '@curo/crypto/account'
import { equalBytes, toBase64Url } from '@curo/crypto/bytes'
import { makeMediationScalar } from '@curo/crypto/mediated'
import { beforeAll, describe, expect, test } from 'vitest'
import { type VerifyKeysOptions, verifyPublishedKeys } from './keys.ts'
import { attest } from './patient-keys.ts'
import { recipientsFor } from './sealing.ts'
import {
  activateTestPatient,
  makeTestPatient,
  mediate,
  ORIGIN,
  type TestPatient,
} from './testing/published.ts'

let desk: TestPatient
let active: Awaited<ReturnType<typeof activateTestPatient>>
let stranger: TestPatient

beforeAll(async () => {
  desk = await makeTestPatient()
  active = await activateTestPatient(desk)
  stranger = await makeTestPatient(desk.patient)
})

const byCard = (patient: TestPatient) => ({ fingerprint: fingerprintOf(patient.identity.publicKey) })

function verify(published: PublishedKeys, more: Partial<VerifyKeysOptions> = {}) {
  return verifyPublishedKeys({ published, custodian: ORIGIN, trust: byCard(desk), ...more })
}

describe('keys that hold', () => {
  test('a record may be sealed to account, category and card', async () => {
    const keys = await verify(desk.published)
    expect(recipientsFor(keys, 'laboratory').map(({ to }) => to)).toEqual(['account', 'category', 'card'])
    expect(keys.card?.number).toBe(desk.published.card?.card)
  })

  test('the card of before activation leads to the keys of after', async () => {
    const keys = await verify(active.published)
    expect(keys.identities).toHaveLength(2)
    expect(equalBytes(keys.identity, active.identity.publicKey)).toBe(true)
    expect(recipientsFor(keys, 'vitals')).toHaveLength(3)
  })

  test('a card printed after activation does not need the rotation before it', async () => {
    const keys = await verify(active.published, { trust: byCard(active) })
    expect(keys.identities).toHaveLength(1)
  })
})

describe('a server that swaps a key is caught', () => {
  test('malicious server puts another patient’s keys in place', async () => {
    await expect(verify(stranger.published)).rejects.toMatchObject({ code: 'bad-key' })
    await expect(verify(desk.published, { patient: 'someone-else' })).rejects.toMatchObject({
      code: 'bad-key',
    })
  })

  test('malicious server swaps the account key', async () => {
    const keys = { ...desk.published.keys, seal: stranger.published.keys.seal }
    await expect(verify({ ...desk.published, keys })).rejects.toMatchObject({ code: 'bad-key' })
  })

  test('malicious server swaps the card key', async () => {
    await expect(verify({ ...desk.published, card: stranger.published.card })).rejects.toMatchObject({
      code: 'bad-key',
    })
  })

  test('malicious server invents a rotation that only the new key signed', async () => {
    const [own] = active.published.rotations
    const forged = {
      ...active.published,
      rotations: [{ ...own, signatures: [own?.signatures[1], own?.signatures[1]] }],
    }
    await expect(verify(forged as PublishedKeys)).rejects.toMatchObject({ code: 'bad-key' })
    await expect(verify({ ...active.published, rotations: [] })).rejects.toMatchObject({ code: 'bad-key' })
  })

  test('malicious server shows an older revision than was seen', async () => {
    await expect(verify(desk.published, { atLeast: 1 })).rejects.toMatchObject({ code: 'bad-key' })
  })

  test('malicious server publishes another point than the attested one', async () => {
    const holders = desk.holders
    const mediation = await mediate(makeMediationScalar(), holders)
    await expect(verify({ ...desk.published, mediation })).rejects.toMatchObject({ code: 'bad-key' })
  })
})

describe('nothing is sealed to an unattested point', () => {
  const onlyAccount = async (published: PublishedKeys, more: Partial<VerifyKeysOptions> = {}) =>
    expect(recipientsFor(await verify(published, more), 'laboratory').map(({ to }) => to)).toEqual([
      'account',
    ])

  test('without any attestation', async () => {
    await onlyAccount({ ...desk.published, attestations: [] })
  })

  test('when somebody else attested it', async () => {
    await onlyAccount({ ...desk.published, attestations: stranger.published.attestations })
  })

  test('when it was attested for another hospital', async () => {
    await onlyAccount(desk.published, { custodian: 'other.test/log' })
  })

  test('when a signature on the attestation does not hold', async () => {
    const [attestation] = desk.published.attestations
    const altered = { ...attestation, at: new Date(0).toISOString() }
    await onlyAccount({ ...desk.published, attestations: [altered] } as PublishedKeys)
  })

  test('when the identity before, which a desk has known, attests a key of the one in force', async () => {
    const mediation = await mediate(desk.scalar, active.holders)
    const byOld = await attest({
      patient: desk.patient,
      custodian: ORIGIN,
      mediation,
      holders: active.holders,
      key: desk.identity,
    })
    await onlyAccount({ ...active.published, attestations: [byOld] })
  })

  test('the card’s own key attests the card, and nothing else', async () => {
    const byCardKey = await attest({
      patient: desk.patient,
      custodian: ORIGIN,
      mediation: desk.published.mediation,
      holders: desk.holders,
      key: desk.cardSigning,
    })
    const keys = await verify({ ...desk.published, attestations: [byCardKey] })
    expect(recipientsFor(keys, 'laboratory').map(({ to }) => to)).toEqual(['account', 'card'])
  })
})

describe('attest', () => {
  const attestWith = (mediation: PublishedKeys['mediation']) =>
    attest({
      patient: desk.patient,
      custodian: ORIGIN,
      mediation,
      holders: desk.holders,
      key: desk.identity,
    })

  test('malicious custodian offers a point that it alone can use', async () => {
    const [first, ...rest] = desk.published.mediation.points
    const [other] = (await mediate(makeMediationScalar(), desk.holders)).points
    const swapped = { points: [{ ...first, point: other?.point }, ...rest] } as PublishedKeys['mediation']
    await expect(attestWith(swapped)).rejects.toMatchObject({ code: 'bad-key' })
  })

  test('malicious custodian leaves a key out', async () => {
    const points = desk.published.mediation.points.slice(1)
    await expect(attestWith({ points })).rejects.toMatchObject({ code: 'bad-key' })
  })

  test('a small-order point is refused', async () => {
    const [first, ...rest] = desk.published.mediation.points
    const zero = toBase64Url(new Uint8Array(32))
    const weak = { points: [{ ...first, share: zero, point: zero }, ...rest] } as PublishedKeys['mediation']
    await expect(attestWith(weak)).rejects.toMatchObject({ code: 'bad-key' })
  })
})
