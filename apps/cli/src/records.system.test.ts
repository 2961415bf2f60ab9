import { finishActivation, startActivation } from '@curo/client/activation'
import type { Fetch } from '@curo/client/api'
import { type Card, type FoundPatient, findByCard, readCard } from '@curo/client/cards'
import { verifyClinician } from '@curo/client/clinicians'
import { enterOtp, listConsents, listRequests, requestConsent } from '@curo/client/consent'
import { sealFile } from '@curo/client/files'
import { openGrantedKeys } from '@curo/client/granted-keys'
import { grantConsent, revokeConsent } from '@curo/client/granting'
import { verifyOwnHistory } from '@curo/client/ledger'
import { openRecords, openTimeline, readWhole } from '@curo/client/openings'
import { readOwnRecords } from '@curo/client/own-records'
import { registerPatientAtDesk } from '@curo/client/patients'
import type { PatientPerson, Person } from '@curo/client/person'
import { type RecordToSeal, sealAndPutRecords } from '@curo/client/records'
import { reissueCard } from '@curo/client/reissue'
import { rewrapRecords } from '@curo/client/rewrapping'
import { prepareSealing } from '@curo/client/sealing'
import { lyingFetch } from '@curo/client/testing/fake-fetch'
import { equalBytes, utf8Bytes, utf8Text } from '@curo/crypto/bytes'
import { randomBytes } from '@curo/crypto/random'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  inventPhone,
  makeTestHospital,
  PASSWORD,
  type TestHospital,
  whenPublished,
} from './testing/hospital.ts'

let hospital: TestHospital
let desk: Person
let doctor: Person
let second: Person

beforeAll(async () => {
  hospital = await makeTestHospital()
  desk = await hospital.hire('staff')
  doctor = await hospital.hire('doctor', 'Dr Meera Rao')
  second = await hospital.hire('doctor', 'Dr Arun Das')
})
afterAll(() => hospital?.stop())

const anHour = () => new Date(Date.now() + 3_600_000)

const record = (text: string, more: Partial<RecordToSeal> = {}): RecordToSeal => ({
  category: 'consultation',
  kind: 'Observation',
  occurred: '2026-01-02',
  content: utf8Bytes(JSON.stringify({ resourceType: 'Observation', note: text })),
  stub: { type: 'Observation', title: text },
  ...more,
})

type Visit = { card: Card; found: FoundPatient; phone: string }

async function newPatient(): Promise<Visit> {
  const phone = inventPhone()
  const registered = await registerPatientAtDesk(desk, {
    name: { given: 'Asha', family: 'Invented' },
    birthDate: '1984-05-06',
    sex: 'female',
    phone,
  })
  const card = await readCard(registered.card)
  return { card, found: await findByCard(doctor, card), phone }
}

async function write({ card, found }: Visit, records: RecordToSeal[]): Promise<string[]> {
  const sealing = await prepareSealing(doctor, { keys: found.keys, stubKey: card.stubKey })
  const lookupKeys = [{ epoch: card.payload.lookupEpoch, key: card.payload.lookupKey }]
  const stored = await sealAndPutRecords(
    sealing,
    { authority: { by: 'card', card }, records },
    { lookupKeys },
  )
  return stored.map(({ id }) => id)
}

async function consentByCode(
  { card, found }: Visit,
  more: Partial<Parameters<typeof requestConsent>[1]> = {},
) {
  const asked = await requestConsent(doctor, {
    patient: found.patient,
    scope: { categories: ['consultation', 'laboratory', 'imaging'] },
    purpose: { code: 'CAREMGT', text: 'Visit' },
    use: 'standing',
    notAfter: anHour(),
    card,
    ...more,
  })
  const { grant } = await enterOtp(doctor, { request: asked.request, code: hospital.lastCode() })
  return grant.id
}

const openByCard = ({ card, found }: Visit, consent: string, records: readonly string[], person = doctor) =>
  openRecords(person, {
    patient: found.patient,
    consent,
    reader: { via: 'card', card },
    records,
    keys: found.keys,
  })

async function activate({ card, phone }: Visit): Promise<PatientPerson> {
  const { activation } = await startActivation(hospital.connection, card)
  const { person } = await finishActivation(hospital.connection, {
    card,
    activation,
    code: hospital.lastCode(),
    contact: phone,
    password: PASSWORD,
    name: 'Asha Invented',
  })
  return person
}

async function readOwn(person: PatientPerson): Promise<Map<string, string>> {
  const texts = new Map<string, string>()
  for await (const one of readOwnRecords(person, { pageSize: 7 }))
    texts.set(one.record, one.fault ? one.fault.code : utf8Text(one.content ?? new Uint8Array()))
  return texts
}

async function settledHistory(person: PatientPerson) {
  for (const deadline = Date.now() + 60_000; ; ) {
    const report = await verifyOwnHistory(person)
    if (report.pending.length === 0 || Date.now() > deadline) return report
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

describe('with the card in hand', () => {
  test('a doctor writes, asks, enters the code and reads; the author reads without asking', async () => {
    const visit = await newPatient()
    const ids = await write(visit, [record('fever'), record('cough', { category: 'laboratory' })])
    await expect(openByCard(visit, 'A'.repeat(22), ids)).rejects.toMatchObject({ code: 'not-found' })
    const consent = await consentByCode(visit)
    const timeline = await openTimeline(doctor, {
      patient: visit.found.patient,
      consent,
      reader: { via: 'card', card: visit.card },
    })
    expect(timeline.entries.map(({ stub }) => (stub as { title: string }).title).sort()).toEqual([
      'cough',
      'fever',
    ])
    const opened = await openByCard(visit, consent, ids)
    expect(opened.map(({ fault }) => fault)).toEqual([undefined, undefined])
    expect(utf8Text(opened[0]?.content ?? new Uint8Array())).toContain('fever')
    const own = await openRecords(doctor, {
      patient: visit.found.patient,
      reader: { via: 'author' },
      records: ids,
    })
    expect(own.every(({ fault }) => fault === undefined)).toBe(true)
    expect(own[0]).toMatchObject({ author: { standing: 'registered', name: 'Dr Meera Rao' } })
  })

  test('a file larger than memory wants goes through the vault and comes back byte for byte', async () => {
    const visit = await newPatient()
    const sealing = await prepareSealing(doctor, { keys: visit.found.keys, stubKey: visit.card.stubKey })
    const content = randomBytes(9 * 1024 * 1024 + 17)
    const { file, reference } = await sealFile(sealing, {
      authority: { by: 'card', card: visit.card },
      file: {
        source: new Blob([content]),
        size: content.length,
        fileName: 'scan.dcm',
        occurred: '2026-01-02',
        category: 'imaging',
      },
    })
    const consent = await consentByCode(visit)
    const [opened, described] = await openByCard(visit, consent, [file.id, reference.id])
    if (!opened || opened.fault || !described?.content) throw opened?.fault ?? described?.fault
    expect(equalBytes(await readWhole(opened), content)).toBe(true)
    expect(JSON.parse(utf8Text(described.content)).masterIdentifier.value).toBe(file.id)
  })

  test('storing the same batch again after a lost answer is harmless', async () => {
    const visit = await newPatient()
    let lost = 0
    const flaky: Fetch = async (url, init) => {
      const answer = await fetch(url, init)
      if (!url.endsWith('/v1/records') || lost++ > 0) return answer
      await answer.arrayBuffer()
      throw new TypeError('connection reset')
    }
    const person = { ...doctor, api: (await hospital.connect(flaky)).api.withToken(doctor.api.token) }
    const sealing = await prepareSealing(person, { keys: visit.found.keys, stubKey: visit.card.stubKey })
    const [stored] = await sealAndPutRecords(sealing, {
      authority: { by: 'card', card: visit.card },
      records: [record('once')],
    })
    expect(lost).toBe(2)
    const timeline = await openTimeline(doctor, {
      patient: visit.found.patient,
      consent: await consentByCode(visit),
      reader: { via: 'card', card: visit.card },
    })
    expect(timeline.entries.map(({ id }) => id)).toEqual([stored?.id])
  })
})

describe('the patient with her app', () => {
  test('reads everything that was ever written, also from before, and so does the card', async () => {
    const visit = await newPatient()
    const ids = await write(
      visit,
      Array.from({ length: 20 }, (_, i) => record(`before ${i}`)),
    )
    const person = await activate(visit)
    expect((await readOwn(person)).size).toBe(20)
    const first = await rewrapRecords(person)
    expect(first).toMatchObject({ seen: 20, rewrapped: 20, faults: [] })
    expect(await rewrapRecords(person)).toMatchObject({ seen: 20, rewrapped: 0 })
    const found = await findByCard(doctor, visit.card)
    ids.push(...(await write({ ...visit, found }, [record('after')])))
    expect([...(await readOwn(person)).values()].filter((text) => text.includes('after'))).toHaveLength(1)
    const consent = await consentByCode({ ...visit, found })
    const opened = await openByCard({ ...visit, found }, consent, ids)
    expect(opened.map(({ fault }) => fault?.message)).toEqual(ids.map(() => undefined))
  })

  test('allows a doctor without any card, takes it back, and the very next opening is refused', async () => {
    const visit = await newPatient()
    await write(visit, [record('before')])
    const person = await activate(visit)
    await rewrapRecords(person)
    const allow = async (who: Person) =>
      grantConsent(person, {
        doctor: await whenPublished(() => verifyClinician(person, { account: who.account.id })),
        scope: { categories: ['consultation'] },
        purpose: { code: 'CAREMGT' },
        use: 'standing',
        notAfter: anHour(),
      })
    const [gone, stays] = [await allow(doctor), await allow(second)]
    const read = async (who: Person) => {
      const [consent] = await listConsents(who, { state: 'active', patient: visit.found.patient })
      if (!consent?.sealedKeys) throw new Error('no consent')
      const granted = await openGrantedKeys(who, { consent, identities: [person.identity.publicKey] })
      const ask = {
        patient: visit.found.patient,
        consent: consent.grant.id,
        reader: { via: 'category' as const, granted },
      }
      const { entries } = await openTimeline(who, ask)
      expect(entries.every(({ stub }) => stub !== null)).toBe(true)
      return openRecords(who, { ...ask, records: entries.map(({ id }) => id) })
    }
    for (const who of [doctor, second])
      expect((await read(who)).map(({ fault }) => fault)).toEqual([undefined])
    const revoked = await revokeConsent(person, gone)
    expect(revoked).toMatchObject({ resealed: [second.account.id], notResealed: [] })
    const reader = { via: 'card' as const, card: visit.card }
    await expect(
      openTimeline(doctor, { patient: visit.found.patient, consent: gone.grant.id, reader }),
    ).rejects.toMatchObject({ code: 'not-found' })
    const found = await findByCard(doctor, visit.card)
    expect(found.keys.categories.get('consultation')?.epoch).toBe(2)
    await write({ ...visit, found }, [record('later')])
    expect((await read(second)).map(({ fault }) => fault?.message)).toEqual([undefined, undefined])
    expect(stays.grant.id).not.toBe(gone.grant.id)
  })

  test('answers a request that a doctor made without the card', async () => {
    const visit = await newPatient()
    await write(visit, [record('one')])
    const person = await activate(visit)
    await rewrapRecords(person)
    const { otp } = await requestConsent(second, {
      patient: visit.found.patient,
      scope: { categories: ['consultation'] },
      purpose: { code: 'CAREMGT' },
      use: 'single',
      notAfter: anHour(),
    })
    expect(otp).toBeNull()
    const [asked] = await listRequests(person, { state: 'pending' })
    if (!asked) throw new Error('no request')
    const { request } = asked
    await grantConsent(person, {
      doctor: await whenPublished(() => verifyClinician(person, { account: request.account })),
      scope: request.scope,
      purpose: request.purpose,
      use: request.use,
      notAfter: new Date(request.notAfter),
      request,
    })
    expect((await listRequests(second, { state: 'granted' })).map(({ request: { id } }) => id)).toContain(
      request.id,
    )
  })

  test('proves her history complete, through a new card too, and the old card opens nothing', async () => {
    const visit = await newPatient()
    const ids = await write(visit, [record('one'), record('two')])
    const consent = await consentByCode(visit)
    await openByCard(visit, consent, ids)
    const before = await activate(visit)
    await rewrapRecords(before)
    const report = await settledHistory(before)
    expect(report.faults).toEqual([])
    expect(report.complete).toBe(true)
    expect(report.recordsWithheld).toEqual([])
    expect(report.recordsNotAnchored).toEqual([])
    const { card: paper, person } = await reissueCard(before)
    await expect(findByCard(doctor, visit.card)).rejects.toMatchObject({ code: 'forbidden' })
    expect(await rewrapRecords(person)).toMatchObject({ rewrapped: 2, faults: [] })
    const card = await readCard(paper)
    const again = { ...visit, card, found: await findByCard(doctor, card) }
    const opened = await openByCard(again, await consentByCode(again), ids)
    expect(opened.map(({ fault }) => fault?.message)).toEqual([undefined, undefined])
    const after = await settledHistory(person)
    expect(after.faults).toEqual([])
    expect(new Set(after.entries.map(({ epoch }) => epoch))).toEqual(new Set([0, 1]))
  })
})

describe('a hospital that goes on writing while she verifies', () => {
  test('is not said to withhold what it wrote meanwhile', async () => {
    const visit = await newPatient()
    await write(visit, [record('before')])
    const person = await activate(visit)
    const found = await findByCard(doctor, visit.card)
    const isPublished = async () => {
      const { rows } = await hospital.node.context.pool.query(
        'SELECT published_size = (SELECT count(*) FROM ledger_entries) AS whole FROM ledger_head',
      )
      return rows[0]?.whole
    }
    // After each of the first answers one more record is stored, and its anchor published.
    let written = 0
    const busy: Fetch = async (url, init) => {
      const answer = await fetch(url, init)
      if (written < 50) {
        await write({ ...visit, found }, [record(`meanwhile ${written++}`)])
        await expect.poll(isPublished, { timeout: 30_000 }).toBe(true)
      }
      return answer
    }
    const api = (await hospital.connect(busy)).api.withToken(person.api.token)
    const report = await verifyOwnHistory({ ...person, api })
    expect(written).toBeGreaterThan(5)
    expect(report.faults).toEqual([])
    expect([report.recordsWithheld, report.recordsNotAnchored]).toEqual([[], []])
  })
})

describe('a real node that lies', () => {
  async function liar(path: RegExp, alter: (answer: never) => unknown, person: Person): Promise<Person> {
    const lying = lyingFetch((url, init) => fetch(url, init), [{ path, alter }])
    return { ...person, api: (await hospital.connect(lying)).api.withToken(person.api.token) }
  }

  test('malicious server hides an opening from the patient', async () => {
    const visit = await newPatient()
    const ids = await write(visit, [record('one')])
    await openByCard(visit, await consentByCode(visit), ids)
    const person = await activate(visit)
    await settledHistory(person)
    const hide = (answer: { entries: { kind: string }[] }) => ({
      ...answer,
      entries: answer.entries.filter(({ kind }) => kind !== 'opening'),
    })
    const report = await verifyOwnHistory((await liar(/ledger\/history/, hide, person)) as PatientPerson)
    expect(report.faults.map(({ kind }) => kind)).toEqual(['unopened'])
    const drop = (answer: { entries: object[] }) => ({ ...answer, entries: answer.entries.slice(1) })
    const dropped = await verifyOwnHistory((await liar(/ledger\/find/, drop, person)) as PatientPerson)
    expect(dropped.complete).toBe(false)
  })

  test('malicious server swaps two records in an opening', async () => {
    const visit = await newPatient()
    const ids = await write(visit, [record('one'), record('two'), record('three')])
    const consent = await consentByCode(visit)
    const swap = (answer: { records: { content: string }[] }) => {
      const [a, b, c] = answer.records
      return { ...answer, records: [{ ...a, content: b?.content }, { ...b, content: a?.content }, c] }
    }
    const opened = await openByCard(visit, consent, ids, await liar(/\/v1\/openings$/, swap, doctor))
    expect(opened.map(({ fault }) => fault?.code).sort()).toEqual(['tampered', 'tampered', undefined])
  })
})
