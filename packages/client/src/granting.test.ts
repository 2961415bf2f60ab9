import { utf8Bytes, utf8Text } from '@curo/crypto/bytes'
import { randomId } from '@curo/crypto/random'
import { signBody } from '@curo/crypto/signatures'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Card, type FoundPatient, findByCard, readCard } from './cards.ts'
import { verifyClinician } from './clinicians.ts'
import { verifyConsent, verifyRequest } from './consent.ts'
import { openGrantedKeys } from './granted-keys.ts'
import { grantConsent, revokeConsent } from './granting.ts'
import { verifyOwnHistory } from './ledger.ts'
import { openRecords, openTimeline } from './openings.ts'
import { registerPatientAtDesk } from './patients.ts'
import type { PatientPerson, Person } from './person.ts'
import { sealAndPutRecords } from './records.ts'
import { prepareSealing } from './sealing.ts'
import { lyingFetch } from './testing/fake-fetch.ts'
import { FakeHospital } from './testing/fake-hospital.ts'
import type { FakeEvent } from './testing/fake-ledger.ts'

let hospital: FakeHospital
let doctor: Person
let second: Person
let card: Card
let found: FoundPatient
let patient: PatientPerson

beforeAll(async () => {
  hospital = await FakeHospital.make()
  const desk = await hospital.person('staff')
  doctor = await hospital.person('doctor')
  second = await hospital.person('doctor')
  const registered = await registerPatientAtDesk(desk, {
    name: { given: 'Ravi', family: 'Iyer' },
    birthDate: '1980-01-01',
    sex: 'male',
    identifiers: [],
  })
  card = await readCard(registered.card)
  found = await findByCard(doctor, card)
  patient = await hospital.patientOf(card)
})

async function write(category: 'laboratory' | 'vitals' | 'sensitive') {
  const { keys } = await findByCard(doctor, card)
  const sealing = await prepareSealing(doctor, { keys, stubKey: card.stubKey })
  const [stored] = await sealAndPutRecords(sealing, {
    authority: { by: 'card', card },
    records: [{ category, kind: 'Observation', occurred: '2026-01-02', content: utf8Bytes('{}'), stub: {} }],
  })
  return stored?.id ?? ''
}

async function allow(grantee: Person, categories: ('laboratory' | 'vitals')[]) {
  return grantConsent(patient, {
    doctor: await verifyClinician(patient, { account: grantee.account.id }),
    scope: { categories },
    purpose: { code: 'CAREMGT' },
    use: 'standing',
    notAfter: new Date(Date.now() + 86_400_000),
  })
}

async function read(grantee: Person, consentId: string, record: string) {
  const consent = hospital.consents.get(consentId)
  if (!consent) throw new Error('no such consent')
  const granted = await openGrantedKeys(grantee, { consent })
  const [opened] = await openRecords(grantee, {
    patient: found.patient,
    consent: consentId,
    reader: { via: 'category', granted },
    records: [record],
    keys: found.keys,
  })
  return opened
}

describe('a consent given in the app', () => {
  test('lets the doctor read without the card, what it covers and nothing else', async () => {
    const [lab, vitals] = [await write('laboratory'), await write('vitals')]
    const consent = await allow(doctor, ['laboratory'])
    await verifyConsent(doctor, { consent, identities: found.keys.identities })
    const opened = await read(doctor, consent.grant.id, lab)
    expect(utf8Text(opened?.content ?? new Uint8Array())).toBe('{}')
    expect((await read(doctor, consent.grant.id, vitals))?.fault?.code).toBe('wrong-key')
  })

  test('keys sealed to one doctor open for no other, and for no other consent', async () => {
    const [consent, other] = [await allow(doctor, ['laboratory']), await allow(second, ['laboratory'])]
    await expect(openGrantedKeys(second, { consent })).rejects.toMatchObject({ code: 'tampered' })
    for (const person of [doctor, second]) {
      const [own, foreign] = person === doctor ? [consent, other] : [other, consent]
      const exchanged = { ...own, sealedKeys: foreign.sealedKeys }
      await expect(openGrantedKeys(person, { consent: exchanged })).rejects.toMatchObject({
        code: 'wrong-key',
      })
    }
    const again = { ...(await allow(doctor, ['laboratory'])), sealedKeys: consent.sealedKeys }
    await expect(openGrantedKeys(doctor, { consent: again })).rejects.toMatchObject({ code: 'wrong-key' })
  })

  test('malicious server invents a consent, or shows another doctor’s', async () => {
    const consent = await allow(second, ['laboratory'])
    await expect(verifyConsent(doctor, { consent })).rejects.toMatchObject({ code: 'tampered' })
    const altered = {
      ...consent,
      grant: { ...consent.grant, scope: { categories: ['sensitive'], records: [] } },
    }
    await expect(verifyConsent(second, { consent: altered as never })).rejects.toMatchObject({
      code: 'forged-signature',
    })
  })
})

describe('a request', () => {
  const ask = (person: Person) =>
    signBody({
      kind: 'consent-request',
      body: {
        v: 1 as const,
        id: randomId(),
        patient: found.patient,
        account: person.account.id,
        hospital: hospital.info.origin,
        scope: { categories: ['laboratory' as const], records: [] },
        purpose: { code: 'CAREMGT' as const },
        use: 'single' as const,
        notAfter: new Date(Date.now() + 3_600_000).toISOString(),
        at: new Date().toISOString(),
      },
      key: person.identity,
    })

  test('is answered when the doctor it names signed it', async () => {
    const request = await ask(doctor)
    const verified = await verifyClinician(patient, { account: doctor.account.id })
    const { scope, purpose, use } = request
    const consent = await grantConsent(patient, {
      ...{ doctor: verified, request, scope, purpose, use },
      notAfter: new Date(request.notAfter),
    })
    expect(consent.grant.request).toBe(request.id)
  })

  test('malicious server asks in a doctor’s name, or widens what she asked for', async () => {
    const verified = await verifyClinician(patient, { account: doctor.account.id })
    const forged = { ...(await ask(second)), account: doctor.account.id }
    await expect(verifyRequest(patient, { request: forged, doctor: verified })).rejects.toMatchObject({
      code: 'forged-signature',
    })
    const genuine = await ask(doctor)
    const wider = { ...genuine, scope: { categories: ['sensitive' as const], records: [] } }
    await expect(verifyRequest(patient, { request: wider, doctor: verified })).rejects.toMatchObject({
      code: 'forged-signature',
    })
    const other = await verifyClinician(patient, { account: second.account.id })
    await expect(verifyRequest(patient, { request: await ask(doctor), doctor: other })).rejects.toMatchObject(
      {
        code: 'forged-signature',
      },
    )
  })
})

describe('taking a consent back', () => {
  test('malicious server lists a consent that she never gave: nothing is sealed to that doctor', async () => {
    const [gone, stays] = [await allow(doctor, ['laboratory']), await allow(second, ['laboratory'])]
    const forger = await hospital.person('doctor')
    const { signer: _, signature: __, ...body } = stays.grant
    const grantee = { account: forger.account.id, identity: forger.account.keys.identity }
    const invented = await signBody({ kind: 'grant', body: { ...body, grantee }, key: forger.identity })
    const inHerName = { ...stays.grant, id: randomId(), grantee }
    const late = { ...stays, grant: { ...stays.grant, notAfter: new Date(0).toISOString() } }
    const liar = hospital.through(
      patient,
      lyingFetch(hospital.fetch, [
        {
          path: /\/v1\/consents$/,
          method: 'GET',
          alter: ({ consents }: { consents: object[] }) => ({
            consents: [...consents, { ...stays, grant: invented }, { ...stays, grant: inHerName }, late],
          }),
        },
      ]),
    ) as PatientPerson
    const { resealed, notResealed } = await revokeConsent(liar, gone)
    expect(resealed).toContain(second.account.id)
    expect(resealed).not.toContain(forger.account.id)
    expect(notResealed).toEqual([])
  })

  test('malicious server keeps the consent although it says thank you', async () => {
    const consent = await allow(doctor, ['laboratory'])
    const liar = hospital.through(
      patient,
      lyingFetch(hospital.fetch, [
        {
          path: /revocation$/,
          alter: (answer: { consent: object }) => ({ consent: { ...answer.consent, state: 'active' } }),
        },
      ]),
    ) as PatientPerson
    await expect(revokeConsent(liar, consent)).rejects.toMatchObject({ code: 'tampered' })
  })

  test('changes the key of what is written later; the doctor still allowed reads on, the other cannot', async () => {
    const [gone, stays] = [await allow(doctor, ['vitals']), await allow(second, ['vitals'])]
    const before = await write('vitals')
    const revoked = await revokeConsent(patient, gone)
    expect(revoked.consent.state).toBe('revoked')
    expect(revoked.resealed).toEqual([second.account.id])
    const after = await write('vitals')
    expect(hospital.records.get(after)?.envelope.epoch).toBe(1)
    for (const record of [before, after])
      expect((await read(second, stays.grant.id, record))?.fault).toBeUndefined()
    expect((await read(doctor, gone.grant.id, after))?.fault?.code).toBe('wrong-key')
  })

  test('bug: a doctor of one record got the keys of every category when another’s consent was taken back', async () => {
    const own = await hospital.person('doctor')
    const record = await write('vitals')
    const single = await grantConsent(patient, {
      doctor: await verifyClinician(patient, { account: own.account.id }),
      scope: { records: [record] },
      purpose: { code: 'CAREMGT' },
      use: 'standing',
      notAfter: new Date(Date.now() + 86_400_000),
    })
    const held = async () => {
      const consent = hospital.consents.get(single.grant.id) ?? single
      const opened = await openGrantedKeys(own, { consent })
      return new Set(opened.categories.map(({ category }) => category))
    }
    expect(await held()).toEqual(new Set(['vitals']))
    const revoked = await revokeConsent(patient, await allow(doctor, ['laboratory', 'vitals']))
    expect(revoked.resealed).toContain(own.account.id)
    expect(await held()).toEqual(new Set(['vitals']))
    expect((await read(own, single.grant.id, record))?.fault).toBeUndefined()
  })

  test('bug: a consent for one sensitive record, taken back, left the key of its category as it was', async () => {
    const record = await write('sensitive')
    const consent = await grantConsent(patient, {
      doctor: await verifyClinician(patient, { account: doctor.account.id }),
      scope: { records: [record] },
      purpose: { code: 'CAREMGT' },
      use: 'standing',
      notAfter: new Date(Date.now() + 86_400_000),
    })
    expect((await read(doctor, consent.grant.id, record))?.fault).toBeUndefined()
    const epochs = async () => {
      const { keys } = await findByCard(doctor, card)
      return Object.fromEntries([...keys.categories].map(([category, { epoch }]) => [category, epoch]))
    }
    const before = await epochs()
    await revokeConsent(patient, consent)
    expect(await epochs()).toEqual({ ...before, sensitive: (before.sensitive ?? 0) + 1 })
  })

  test('goes on when one doctor’s keys cannot be verified, and says whose', async () => {
    const [gone, stays] = [await allow(doctor, ['laboratory']), await allow(second, ['laboratory'])]
    const liar = hospital.through(
      patient,
      lyingFetch(hospital.fetch, [
        {
          path: new RegExp(`clinicians/${second.account.id}`),
          alter: (shown: { keys: object }) => ({ ...shown, keys: doctor.account.keys }),
        },
      ]),
    ) as PatientPerson
    const { resealed, notResealed } = await revokeConsent(liar, gone)
    expect(resealed).not.toContain(second.account.id)
    expect(notResealed.find(({ consent }) => consent === stays.grant.id)?.fault.code).toBe('bad-key')
  })
})

describe('the history', () => {
  test('is complete and unaltered, with every record the hospital anchored', async () => {
    await write('laboratory')
    const report = await verifyOwnHistory(patient)
    expect(report.faults).toEqual([])
    expect(report.complete).toBe(true)
    expect(report.recordsWithheld).toEqual([])
    expect(report.recordsNotAnchored).toEqual([])
    expect(new Set(report.entries.map(({ body }) => body?.kind))).toEqual(
      new Set(['register', 'anchor', 'opening', 'revoke']),
    )
  })

  const verifyThrough = (path: RegExp, alter: (answer: never) => unknown) =>
    verifyOwnHistory(
      hospital.through(patient, lyingFetch(hospital.fetch, [{ path, alter }])) as PatientPerson,
    )

  describe('attack: hospital and doctor write down what the patient never gave', () => {
    /** A history with an opening by a doctor, and with what they write beside it. */
    async function historyWith(conspire: (doctor: Person, patient: string) => Promise<FakeEvent>) {
      const own = await FakeHospital.make()
      const registered = await registerPatientAtDesk(await own.person('staff'), {
        name: { given: 'Ravi', family: 'Iyer' },
        birthDate: '1980-01-01',
        sex: 'male',
        identifiers: [],
      })
      const { patient: id } = registered
      const herCard = await readCard(registered.card)
      const asking = await own.person('doctor')
      await openTimeline(asking, {
        patient: id,
        consent: 'A'.repeat(22),
        reader: { via: 'card', card: herCard },
      })
      await own.ledger.submit(id, await conspire(asking, id))
      const { faults } = await verifyOwnHistory(await own.patientOf(herCard))
      return faults.map(({ kind }) => kind)
    }
    const consent = (by: Person, given: object = {}) => ({
      id: randomId(),
      grantee: { account: by.account.id, identity: by.account.keys.identity },
      scope: { categories: ['sensitive'], records: [] },
      purpose: { code: 'CAREMGT' },
      use: 'standing',
      notAfter: new Date(Date.now() + 86_400_000).toISOString(),
      by: 'app',
      ...given,
    })

    test('a consent that the doctor signed', async () => {
      const faults = await historyWith(async (by, patient) => {
        const said = consent(by)
        const body = { v: 1 as const, patient, ...said }
        const document = await signBody({ kind: 'grant', body, key: by.identity })
        const { id, ...details } = said
        const statements = [{ kind: 'grant', document }]
        return { kind: 'grant', id, details: { consent: id, ...details }, statements }
      })
      expect(faults).toEqual(['signer-unknown'])
    })

    test('a consent that nobody signed', async () => {
      const faults = await historyWith(async (by) => {
        const { id, ...details } = consent(by)
        return { kind: 'grant', id, details: { consent: id, ...details } }
      })
      expect(faults).toEqual(['signer-unknown'])
    })

    test('an opening in another doctor’s name', async () => {
      const faults = await historyWith(async (by, patient) => {
        const at = new Date().toISOString()
        const account = by.account.id
        const body = { v: 1 as const, id: randomId(), patient, account, via: 'card', at }
        const document = await signBody({ kind: 'opening-request', body, key: by.identity })
        const blamed = { account: second.account.id, identity: second.account.keys.identity }
        const details = { opening: body.id, by: blamed, via: 'card', records: [] }
        return { kind: 'opening', id: body.id, details, statements: [{ kind: 'opening-request', document }] }
      })
      expect(faults).toEqual(['signer-unknown'])
    })
  })

  test('malicious server hides an opening', async () => {
    const hidden = hospital.ledger.lines.findLast(({ receipt }) => receipt.kind === 'opening')
    const report = await verifyThrough(/ledger\/find/, (answer: { entries: { index: number }[] }) => ({
      ...answer,
      entries: answer.entries.filter(({ index }) => index !== hidden?.index),
    }))
    expect(report.complete).toBe(false)
    expect(report.faults.map(({ kind }) => kind)).toContain('missing')
  })

  test('malicious server hides a record that it anchored', async () => {
    const report = await verifyThrough(/records\/mine/, (answer: { records: object[] }) => ({
      ...answer,
      records: answer.records.slice(1),
    }))
    expect(report.recordsWithheld).toHaveLength(1)
  })

  test('malicious server rewrites an entry', async () => {
    const report = await verifyThrough(/ledger\/find/, (answer: { entries: { entry: string }[] }) => ({
      ...answer,
      entries: answer.entries.map((one, i) =>
        i === 1 ? { ...one, entry: one.entry.replace(/.$/, (last) => (last === 'A' ? 'Q' : 'A')) } : one,
      ),
    }))
    expect(report.complete).toBe(false)
  })

  test('malicious server withholds a body: it is named, and the rest still holds', async () => {
    const report = await verifyThrough(/ledger\/history/, (answer: { entries: { withheld: boolean }[] }) => ({
      ...answer,
      entries: answer.entries.map((one, i) => (i === 2 ? { ...one, withheld: true } : one)),
    }))
    expect(report.faults.map(({ kind }) => kind)).toEqual(['unopened'])
  })
})
