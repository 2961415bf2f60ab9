import { equalBytes, utf8Bytes, utf8Text } from '@curo/crypto/bytes'
import { randomBytes } from '@curo/crypto/random'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Card, type FoundPatient, findByCard, readCard } from './cards.ts'
import { verifyClinician } from './clinicians.ts'
import { openRecords, openTimeline, readWhole } from './openings.ts'
import { readOwnRecords } from './own-records.ts'
import { registerPatientAtDesk } from './patients.ts'
import type { PatientPerson, Person } from './person.ts'
import { type RecordToSeal, sealAndPutRecords } from './records.ts'
import { prepareSealing } from './sealing.ts'
import { lyingFetch } from './testing/fake-fetch.ts'
import { FakeHospital } from './testing/fake-hospital.ts'
import { ORIGIN } from './testing/published.ts'

const DEMOGRAPHICS = {
  name: { given: 'Asha', family: 'Verma' },
  birthDate: '1990-02-03',
  sex: 'female' as const,
  identifiers: [],
}

let hospital: FakeHospital
let desk: Person
let doctor: Person
let card: Card
let found: FoundPatient
let patient: PatientPerson

const record = (text: string, more: Partial<RecordToSeal> = {}): RecordToSeal => ({
  category: 'consultation',
  kind: 'Observation',
  occurred: '2026-01-02',
  content: utf8Bytes(JSON.stringify({ resourceType: 'Observation', note: text })),
  stub: { title: text },
  ...more,
})

beforeAll(async () => {
  hospital = await FakeHospital.make()
  desk = await hospital.person('staff')
  doctor = await hospital.person('doctor')
  const registered = await registerPatientAtDesk(desk, DEMOGRAPHICS)
  card = await readCard(registered.card)
  found = await findByCard(doctor, card)
  patient = await hospital.patientOf(card)
})

async function write(records: RecordToSeal[]) {
  const sealing = await prepareSealing(doctor, { keys: found.keys, stubKey: card.stubKey })
  const lookupKeys = [{ epoch: 0, key: card.payload.lookupKey }]
  return sealAndPutRecords(sealing, { authority: { by: 'card', card }, records }, { lookupKeys })
}

const openBy = (person: Person, via: 'card' | 'author', ids: readonly string[]) =>
  openRecords(person, {
    patient: found.patient,
    consent: 'A'.repeat(22),
    reader: via === 'card' ? { via, card } : { via },
    records: ids,
    keys: found.keys,
  })

async function own(person: PatientPerson) {
  const records = []
  for await (const one of readOwnRecords(person)) records.push(one)
  return records
}

describe('a record', () => {
  test('is read again by card, by its author and by the patient, and by nobody else', async () => {
    const [stored] = await write([record('fever')])
    const ids = [stored?.id ?? '']
    for (const opened of [await openBy(doctor, 'card', ids), await openBy(doctor, 'author', ids)]) {
      expect(opened[0]?.fault).toBeUndefined()
      expect(utf8Text(opened[0]?.content ?? new Uint8Array())).toContain('fever')
    }
    const mine = (await own(patient)).find(({ record: id }) => id === ids[0])
    expect(utf8Text(mine?.content ?? new Uint8Array())).toContain('fever')
    const [other] = await openBy(await hospital.person('doctor'), 'author', ids)
    expect(other?.fault?.code).toBe('wrong-key')
  })

  test('shows its stub on the timeline, and who wrote it as the ledger knows her', async () => {
    const [stored] = await write([record('cough')])
    const timeline = await openTimeline(doctor, {
      patient: found.patient,
      consent: 'A'.repeat(22),
      reader: { via: 'card', card },
    })
    expect(timeline.entries.find(({ id }) => id === stored?.id)?.stub).toEqual({ title: 'cough' })
    const [opened] = await openBy(doctor, 'card', [stored?.id ?? ''])
    expect(opened).toMatchObject({
      author: { standing: 'registered', name: 'A doctor' },
    })
    expect(opened?.fault === undefined && (await opened?.stub())).toEqual({ title: 'cough' })
  })

  test('bug: what a doctor wrote opened for nobody once she was suspended', async () => {
    const leaving = await hospital.person('doctor')
    const sealing = await prepareSealing(leaving, { keys: found.keys, stubKey: card.stubKey })
    const authority = { by: 'card' as const, card }
    const [stored] = await sealAndPutRecords(sealing, { authority, records: [record('farewell')] })
    const { id, keys } = leaving.account
    const account = hospital.accounts.get(id)
    const index = await hospital.ledger.enterDoctor(
      { id, identity: keys.identity, seal: keys.seal },
      'withdrawn',
    )
    if (account) hospital.accounts.set(id, { ...account, index, registry: { origin: ORIGIN, index } })
    const [opened] = await openBy(doctor, 'card', [stored?.id ?? ''])
    expect(opened?.fault).toBeUndefined()
    expect(opened).toMatchObject({ author: { standing: 'registered', account: id } })
    const mine = (await own(patient)).find(({ record: one }) => one === stored?.id)
    expect(mine?.fault).toBeUndefined()
    await expect(verifyClinician(patient, { account: id })).rejects.toMatchObject({ code: 'bad-key' })
  })

  test('of many, each has its own receipt in the order given, whatever the batches', async () => {
    const progress: number[] = []
    const sealing = await prepareSealing(doctor, { keys: found.keys, stubKey: card.stubKey })
    const records = Array.from({ length: 150 }, (_, i) => record(`number ${i}`))
    const stored = await sealAndPutRecords(
      sealing,
      { authority: { by: 'card', card }, records },
      { onProgress: (done) => progress.push(done) },
    )
    expect(progress.at(-1)).toBe(150)
    expect(hospital.fetch.requests.filter(({ path }) => path === '/v1/records').length).toBeLessThan(10)
    const opened = await openRecords(
      doctor,
      {
        patient: found.patient,
        consent: 'A'.repeat(22),
        reader: { via: 'card', card },
        records: stored.map(({ id }) => id),
      },
      { batch: 40 },
    )
    expect(opened.map(({ content }) => JSON.parse(utf8Text(content ?? utf8Bytes('{}'))).note)).toEqual(
      records.map((_, i) => `number ${i}`),
    )
  })

  test('that is large goes through an upload and comes back piece by piece', async () => {
    const content = randomBytes(300_000)
    const [stored] = await write([record('scan', { kind: 'File', category: 'imaging', content })])
    const [opened] = await openBy(doctor, 'card', [stored?.id ?? ''])
    if (!opened || opened.fault) throw opened?.fault
    expect(opened.content).toBeNull()
    expect(equalBytes(await readWhole(opened), content)).toBe(true)
  })

  test('is sealed to account and author alone while no point is attested', async () => {
    const { card: paper } = await registerPatientAtDesk(desk, DEMOGRAPHICS)
    const other = await readCard(paper)
    const { patient: id, keys } = await findByCard(doctor, other)
    const stored = hospital.patients.get(id)
    if (stored) stored.published.attestations = []
    const again = await findByCard(doctor, other)
    expect(again.keys.card?.publicKey).not.toBeNull()
    expect([...again.keys.categories.values()].every(({ publicKey }) => publicKey === null)).toBe(true)
    expect(keys.categories.get('vitals')?.publicKey).not.toBeNull()
  })
})

describe('a lying server', () => {
  const lie = (path: RegExp, alter: (answer: never) => unknown) =>
    lyingFetch(hospital.fetch, [{ path, alter }])
  type Opened = { records: { envelope: object; wrap: object; content: string; authorKey: string }[] }

  test('malicious server swaps the patient’s keys for those of another', async () => {
    const { card: paper } = await registerPatientAtDesk(desk, DEMOGRAPHICS)
    const other = await readCard(paper)
    const { patient: otherId } = await findByCard(doctor, other)
    const liar = hospital.through(
      doctor,
      lie(/cards\/find/, (answer: { patient: object; keys: object }) => ({
        ...answer,
        keys: { ...hospital.patients.get(otherId)?.published, patient: found.patient },
      })),
    )
    await expect(findByCard(liar, card)).rejects.toMatchObject({ code: 'bad-key' })
  })

  test('malicious server offers the author a point of its own making', async () => {
    const elsewhere = hospital.patients.get(found.patient)
    const fetch = lie(/author-point/, (answer: { points: { x: string }[] }) => ({
      points: answer.points.map((point) => ({
        ...point,
        point: elsewhere?.published.mediation.points[0]?.point,
      })),
    }))
    await expect(
      prepareSealing(hospital.through(doctor, fetch), { keys: found.keys, stubKey: card.stubKey }),
    ).rejects.toMatchObject({ code: 'bad-key' })
  })

  test('malicious server gives a receipt for another record', async () => {
    const fetch = lie(/\/v1\/records$/, (answer: { records: { id: string; receipt: object }[] }) => {
      const [first, second] = answer.records
      return {
        records: [
          { ...first, receipt: second?.receipt },
          { ...second, receipt: first?.receipt },
        ],
      }
    })
    const sealing = await prepareSealing(hospital.through(doctor, fetch), {
      keys: found.keys,
      stubKey: card.stubKey,
    })
    await expect(
      sealAndPutRecords(sealing, { authority: { by: 'card', card }, records: [record('a'), record('b')] }),
    ).rejects.toMatchObject({ code: 'tampered' })
  })

  test('malicious server gives a receipt that it did not enter in the patient’s chain', async () => {
    const fetch = lie(/\/v1\/records$/, (answer: { records: { id: string; receipt: object }[] }) => ({
      records: answer.records.map((one) => ({ ...one, receipt: { ...one.receipt, leaf: 'A'.repeat(43) } })),
    }))
    const sealing = await prepareSealing(hospital.through(doctor, fetch), {
      keys: found.keys,
      stubKey: card.stubKey,
    })
    const lookupKeys = [{ epoch: 0, key: card.payload.lookupKey }]
    await expect(
      sealAndPutRecords(sealing, { authority: { by: 'card', card }, records: [record('a')] }, { lookupKeys }),
    ).rejects.toMatchObject({ code: 'tampered' })
  })

  async function openThrough(alter: (answer: Opened) => unknown) {
    const stored = await write([record('one'), record('two'), record('three')])
    const liar = hospital.through(doctor, lie(/\/v1\/openings$/, alter as never))
    return openBy(
      liar,
      'card',
      stored.map(({ id }) => id),
    )
  }

  test('one record that was tampered with does not stop the others', async () => {
    const opened = await openThrough((answer) => {
      const [first, second, third] = answer.records
      const altered = second?.content.replace(
        /(.)(.{8})$/,
        (_, one, tail) => `${one === 'A' ? 'B' : 'A'}${tail}`,
      )
      return { ...answer, records: [first, { ...second, content: altered }, third] }
    })
    expect(opened.map(({ fault }) => fault?.code)).toEqual([undefined, 'tampered', undefined])
  })

  test('malicious server exchanges two records’ contents', async () => {
    const opened = await openThrough((answer) => {
      const [first, second, third] = answer.records
      return {
        ...answer,
        records: [{ ...first, content: second?.content }, { ...second, content: first?.content }, third],
      }
    })
    expect(opened.map(({ fault }) => fault?.code)).toEqual(['tampered', 'tampered', undefined])
  })

  test('malicious server alters an envelope', async () => {
    const opened = await openThrough((answer) => {
      const [first, ...rest] = answer.records
      return {
        ...answer,
        records: [{ ...first, envelope: { ...first?.envelope, occurred: '1999-01-01' } }, ...rest],
      }
    })
    expect(opened[0]?.fault?.code).toBe('forged-signature')
    expect(opened[2]?.fault).toBeUndefined()
  })

  test('malicious server withholds a record it wrote an opening for', async () => {
    const opened = await openThrough((answer) => ({ ...answer, records: answer.records.slice(1) }))
    expect(opened[0]?.fault?.code).toBe('not-found')
  })

  test('malicious server writes a record in the name of a registered doctor', async () => {
    // It makes a key, and a whole record with it that verifies; only the ledger knows that the doctor has another.
    const forger = await hospital.person('doctor')
    const inHerName = { ...forger, account: { ...forger.account, id: doctor.account.id } }
    const sealing = await prepareSealing(forger, { keys: found.keys, stubKey: card.stubKey })
    const [forged] = await sealAndPutRecords(
      { ...sealing, person: inHerName },
      { authority: { by: 'card', card }, records: [record('forged')] },
    )
    const liar = hospital.through(
      doctor,
      lie(/\/v1\/openings$/, (answer: Opened) => ({
        ...answer,
        records: answer.records.map((one) => ({ ...one, authorKey: forger.account.keys.identity })),
      })),
    )
    const [opened] = await openBy(liar, 'card', [forged?.id ?? ''])
    expect(opened?.fault?.code).toBe('bad-key')
  })

  test('malicious server takes a wrong step', async () => {
    const opened = await openThrough((answer) => ({
      ...answer,
      records: answer.records.map((one, i) => ({
        ...one,
        step: (answer.records[(i + 1) % 3] as { step?: string }).step,
      })),
    }))
    expect(opened.every(({ fault }) => fault?.code === 'wrong-key')).toBe(true)
  })

  test('malicious server puts a stranger’s record into the patient’s history', async () => {
    const { card: paper } = await registerPatientAtDesk(desk, DEMOGRAPHICS)
    const other = await readCard(paper)
    const { patient: id, keys } = await findByCard(doctor, other)
    const sealing = await prepareSealing(doctor, { keys, stubKey: other.stubKey })
    const [theirs] = await sealAndPutRecords(sealing, {
      authority: { by: 'card', card: other },
      records: [record('not hers')],
    })
    const foreign = hospital.records.get(theirs?.id ?? '')
    const liar = hospital.through(
      patient,
      lie(/records\/mine/, (answer: { records: object[] }) => ({
        ...answer,
        records: [{ ...foreign, rewraps: [], authorKey: doctor.account.keys.identity }],
      })),
    ) as PatientPerson
    const [first] = await own(liar)
    expect(first?.fault?.code).toBe('tampered')
    expect(id).not.toBe(found.patient)
  })
})
