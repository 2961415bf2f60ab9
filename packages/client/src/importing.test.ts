import { utf8Bytes } from '@curo/crypto/bytes'
import { isId } from '@curo/crypto/random'
import { beforeAll, expect, test } from 'vitest'
import type { Fetch } from './api.ts'
import { type Card, type FoundPatient, findByCard, readCard } from './cards.ts'
import { importId, importRecords } from './importing.ts'
import { registerPatientAtDesk } from './patients.ts'
import type { Person } from './person.ts'
import { prepareSealing } from './sealing.ts'
import { FakeHospital } from './testing/fake-hospital.ts'

let hospital: FakeHospital
let doctor: Person
let card: Card
let found: FoundPatient

beforeAll(async () => {
  hospital = await FakeHospital.make()
  doctor = await hospital.person('doctor')
  const registered = await registerPatientAtDesk(await hospital.person('staff'), {
    name: { given: 'Asha', family: 'Verma' },
    birthDate: '1990-02-03',
    sex: 'female',
    identifiers: [],
  })
  card = await readCard(registered.card)
  found = await findByCard(doctor, card)
})

const records = (count: number, label: string) =>
  Array.from({ length: count }, (_, i) => ({
    category: 'vitals' as const,
    kind: 'Observation',
    occurred: '2026-01-02',
    content: utf8Bytes(`{"n":"${label} ${i}"}`),
    stub: { i },
  }))

async function run(person: Person, what: ReturnType<typeof records>) {
  const sealing = await prepareSealing(person, { keys: found.keys, stubKey: card.stubKey })
  return importRecords(sealing, { authority: { by: 'card', card }, records: what })
}

test('importing the same twice adds nothing, and content that occurs twice is stored once', async () => {
  const first = await run(doctor, [...records(70, 'twice'), ...records(3, 'twice')])
  expect([first.stored.length, first.known.length]).toEqual([70, 0])
  const before = hospital.records.size
  const again = await run(doctor, records(72, 'twice'))
  expect([again.stored.length, again.known.length]).toEqual([2, 70])
  expect(hospital.records.size).toBe(before + 2)
})

test('a run that broke off is finished by the next', async () => {
  let left = 2
  const breaking: Fetch = (url, init) =>
    url.endsWith('/v1/records') && left-- <= 0
      ? Promise.resolve(new Response('{"code":"storage-full"}', { status: 507 }))
      : hospital.fetch(url, init)
  const all = records(140, 'broken')
  await expect(run(hospital.through(doctor, breaking), all)).rejects.toMatchObject({ code: 'storage-full' })
  const rest = await run(doctor, all)
  expect(rest.stored.length + rest.known.length).toBe(140)
  expect(rest.known.length).toBeGreaterThan(0)
})

test('an import’s id says nothing of the content to who lacks the key, and is one for each patient', async () => {
  const sealing = await prepareSealing(doctor, { keys: found.keys, stubKey: card.stubKey })
  const content = utf8Bytes('{}')
  const id = importId(sealing, content)
  expect(isId(id)).toBe(true)
  expect(importId(sealing, content)).toBe(id)
  expect(importId({ ...sealing, stubKey: new Uint8Array(32) }, content)).not.toBe(id)
  expect(importId({ ...sealing, keys: { ...found.keys, patient: 'B'.repeat(22) } }, content)).not.toBe(id)
  for (let i = 0; i < 500; i++) expect(importId(sealing, utf8Bytes(`${i}`)).startsWith('-')).toBe(false)
})
