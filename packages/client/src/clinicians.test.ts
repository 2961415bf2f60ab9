import { makeAccountRoot } from '@curo/crypto/account'
import { randomBytes } from '@curo/crypto/random'
import { quorumPolicy } from '@curo/ledger/policy'
import { deriveNoteKey } from '@curo/ledger/signers'
import { beforeAll, describe, expect, test } from 'vitest'
import { verifyClinician } from './clinicians.ts'
import { fetchProof, verifyProof } from './ledger.ts'
import { ownPolicy } from './log.ts'
import { makeAccountKeys, type Person } from './person.ts'
import { lyingFetch } from './testing/fake-fetch.ts'
import { FakeHospital } from './testing/fake-hospital.ts'

let hospital: FakeHospital
let doctor: Person
let other: Person
let reader: Person

beforeAll(async () => {
  hospital = await FakeHospital.make()
  doctor = await hospital.person('doctor')
  other = await hospital.person('doctor')
  reader = await hospital.person('staff')
})

type Shown = { id: string; keys: object; registry: { origin: string; index: number | null } }

function lying(alter: (answer: Shown) => unknown): Person {
  return hospital.through(reader, lyingFetch(hospital.fetch, [{ path: /clinicians/, alter: alter as never }]))
}

const verify = (person: Person) => verifyClinician(person, { account: doctor.account.id })

test('a doctor’s keys are those in the ledger', async () => {
  const verified = await verify(reader)
  expect(verified.account.keys).toEqual(doctor.account.keys)
  expect(verified.index).toBe(0)
})

describe('malicious server swaps the doctor’s key', () => {
  test('with keys that she signed herself, but never entered', async () => {
    const keys = await makeAccountKeys({ account: doctor.account.id, root: makeAccountRoot() })
    await expect(verify(lying((shown) => ({ ...shown, keys })))).rejects.toMatchObject({ code: 'bad-key' })
  })

  test('with keys nobody signed', async () => {
    const liar = lying((shown) => ({ ...shown, keys: { ...shown.keys, seal: other.account.keys.seal } }))
    await expect(verify(liar)).rejects.toMatchObject({ code: 'forged-signature' })
  })

  test('with another doctor’s keys and entry', async () => {
    const index = hospital.accounts.get(other.account.id)?.index ?? null
    const registry = { origin: hospital.info.origin, index }
    const liar = lying((shown) => ({ ...shown, keys: { ...other.account.keys }, registry }))
    await expect(verify(liar)).rejects.toMatchObject({ code: 'bad-key' })
    const own = lying((shown) => ({ ...shown, registry }))
    await expect(verify(own)).rejects.toMatchObject({ code: 'bad-key' })
  })

  test('with an entry that another node signed', async () => {
    const foreign = await FakeHospital.make()
    const forged = await foreign.person('doctor')
    const liar = foreign.through({ ...reader, hospital: hospital.info }, foreign.fetch)
    await expect(verifyClinician(liar, { account: forged.account.id })).rejects.toMatchObject({
      code: 'forged-signature',
    })
  })
})

test('a doctor just approved, whose entry is not published yet, is waited for', async () => {
  const liar = lying((shown) => ({ ...shown, registry: { ...shown.registry, index: null } }))
  await expect(verify(liar)).rejects.toMatchObject({ code: 'unavailable' })
  const ahead = lying((shown) => ({ ...shown, registry: { ...shown.registry, index: 10_000 } }))
  await expect(verify(ahead)).rejects.toThrow()
})

test('bug: a doctor whose entry lacks only the others’ cosignatures was taken for a forgery', async () => {
  const { key } = await deriveNoteKey({ name: 'vida.example/witness', type: 0x04, seed: randomBytes(32) })
  const logs = ownPolicy(hospital.info).logs
  const policy = quorumPolicy({ logs, witnesses: [{ key }], threshold: 1 })
  const asked = { account: doctor.account.id, policy }
  await expect(verifyClinician(reader, asked)).rejects.toMatchObject({ code: 'unavailable' })
})

test('a proof file can be checked without any node, and not for another entry', async () => {
  const { entry, proofFile } = await fetchProof(reader, { index: 0 })
  const policy = ownPolicy(hospital.info)
  expect((await verifyProof({ entry, proofFile, policy })).index).toBe(0)
  const altered = entry.slice()
  altered[altered.length - 1] = (altered.at(-1) ?? 0) ^ 1
  await expect(verifyProof({ entry: altered, proofFile, policy })).rejects.toMatchObject({
    code: 'ledger-inconsistent',
  })
})
