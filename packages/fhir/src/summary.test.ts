import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readBundle } from './bundle.ts'
import type { ChartRecord } from './chart/record.ts'
import { type Summary, summaryOf } from './summary.ts'
import { LOINC, loinc, record, result, SNOMED } from './testing/chart.ts'
import { hasSharedData, SHARED_DATA, syntheaBundles } from './testing/shared-data.ts'
import { RESOURCE_TYPES } from './types.ts'

const today = '2024-06-01'
const summary = (...records: ChartRecord[]) => summaryOf(records, { today })
const status = (code: string) => ({ coding: [{ code }] })
const allergy = (text: string, fields: object = {}) =>
  record('AllergyIntolerance', { code: { text }, clinicalStatus: status('active'), ...fields })
const condition = (text: string, fields: object = {}) => record('Condition', { code: { text }, ...fields })
const order = (text: string, fields: object = {}) =>
  record('MedicationRequest', {
    status: 'active',
    intent: 'order',
    authoredOn: '2024-05-01',
    medicationCodeableConcept: { text },
    ...fields,
  })
const titles = (items: readonly { title: string }[]) => items.map(({ title }) => title)

describe('allergies', () => {
  it('"no known allergies" is not "nothing recorded"', () => {
    expect(summary().allergies.state).toBe('nothing-recorded')
    const none = record('AllergyIntolerance', {
      code: { coding: [{ system: SNOMED, code: '716186003' }] },
      recordedDate: '2024-01-05',
    })
    expect(summary(none).allergies).toMatchObject({
      state: 'none-known',
      noneKnown: ['any'],
      noneKnownOn: '2024-01-05',
    })
    expect(summary(allergy('NKDA')).allergies.noneKnown).toEqual(['drug'])
    expect(summary(allergy('कोई ज्ञात एलर्जी नहीं')).allergies.state).toBe('none-known')
    const noInfo = record('AllergyIntolerance', { code: { coding: [{ code: 'no-allergy-info' }] } })
    expect(summary(noInfo).allergies.state).toBe('nothing-recorded')
    const list = record('List', {
      code: loinc('48765-2'),
      emptyReason: { coding: [{ code: 'nilknown' }] },
      date: '2024-02-02',
    })
    expect(summary(list).allergies.state).toBe('none-known')
  })

  it('one real allergy outweighs every "none known", whichever was said last', () => {
    const { allergies } = summary(allergy('Penicillin'), allergy('No known allergies'))
    expect(allergies.state).toBe('listed')
    expect(titles(allergies.items)).toEqual(['Penicillin'])
  })

  it('the dangerous ones come first, resolved, refuted and mistaken ones not at all', () => {
    const { allergies } = summary(
      allergy('Dust', { criticality: 'low' }),
      allergy('Penicillin', {
        criticality: 'high',
        reaction: [{ manifestation: [{ text: 'Anaphylaxis' }], severity: 'severe' }],
      }),
      allergy('Old', { clinicalStatus: status('resolved') }),
      allergy('Wrong', { verificationStatus: status('entered-in-error') }),
      allergy('Not so', { verificationStatus: status('refuted') }),
      allergy('Allergy to penicillin', { criticality: 'low' }),
    )
    expect(titles(allergies.items)).toEqual(['Penicillin', 'Dust'])
    expect(allergies.items[0]).toMatchObject({
      criticality: 'high',
      reactions: ['Anaphylaxis'],
      severity: 'severe',
    })
  })
})

describe('problems', () => {
  it('the latest word on a problem counts', () => {
    const asthma = { code: { coding: [{ system: SNOMED, code: '195967001' }], text: 'Asthma' } }
    const began = {
      ...asthma,
      clinicalStatus: status('active'),
      onsetDateTime: '2010-01-01',
      recordedDate: '2010-01-01',
    }
    const ended = { ...asthma, clinicalStatus: status('resolved'), recordedDate: '2020-01-01' }
    const back = {
      ...asthma,
      clinicalStatus: status('recurrence'),
      onsetDateTime: '2022-01-01',
      recordedDate: '2022-01-01',
    }
    const entry = (fields: object) => record('Condition', fields)
    expect(titles(summary(entry(began)).problems)).toEqual(['Asthma'])
    expect(summary(entry(ended), entry(began)).problems).toEqual([])
    expect(summary(entry(began), entry(ended), entry(back)).problems).toMatchObject([
      { title: 'Asthma', since: '2022-01-01', isRecurrence: true },
    ])
  })

  it('what was never so, or is over, is not shown; what is only suspected says so', () => {
    const problems = summary(
      condition('Refuted', { verificationStatus: status('refuted') }),
      condition('Over', { abatementDateTime: '2020-01-01' }),
      condition('Will be over', { abatementDateTime: '2030-01-01' }),
      condition('Perhaps', { verificationStatus: status('provisional') }),
    ).problems
    expect(problems.map(({ title, certainty }) => [title, certainty])).toEqual([
      ['Perhaps', 'suspected'],
      ['Will be over', 'confirmed'],
    ])
  })

  it('an entry made in error does not end the problem that is real', () => {
    const real = condition('Diabetes', { recordedDate: '2020-01-01', clinicalStatus: status('active') })
    const wrong = condition('Diabetes', {
      recordedDate: '2021-01-01',
      verificationStatus: status('entered-in-error'),
    })
    expect(titles(summary(real, wrong).problems)).toEqual(['Diabetes'])
  })
})

describe('medication', () => {
  const days = (value: number) => [{ timing: { repeat: { boundsDuration: { value, code: 'd' } } } }]

  it('an order ends with its duration, or when it is stopped', () => {
    expect(titles(summary(order('A', { dosageInstruction: days(5) }), order('B')).medications)).toEqual(['B'])
    expect(
      summary(order('A', { authoredOn: '2024-05-30', dosageInstruction: days(5) })).medications[0]?.until,
    ).toBe('2024-06-03')
    const stop = order('B', { status: 'stopped', authoredOn: '2024-05-20' })
    expect(summary(stop, order('B')).medications).toEqual([])
    expect(titles(summary(stop, order('B', { authoredOn: '2024-05-25' })).medications)).toEqual(['B'])
  })

  it('drafts, proposals and "do not give" are not taken', () => {
    const orders = [
      order('A', { status: 'draft' }),
      order('B', { intent: 'proposal' }),
      order('C', { doNotPerform: true }),
      order('D', { status: 'completed' }),
      record('MedicationStatement', { status: 'not-taken', medicationCodeableConcept: { text: 'E' } }),
    ]
    expect(summary(...orders).medications).toEqual([])
  })

  it('each medicine once, with the latest dosage and since when', () => {
    const dose = (value: number) => [{ doseAndRate: [{ doseQuantity: { value, unit: 'mg' } }] }]
    const { medications } = summary(
      order('Metformin 500 mg', { authoredOn: '2024-03-01', dosageInstruction: dose(500) }),
      order('METFORMIN 500 mg ', { authoredOn: '2023-01-01', dosageInstruction: dose(250) }),
    )
    expect(medications).toHaveLength(1)
    expect(medications[0]).toMatchObject({
      since: '2023-01-01',
      isOld: false,
      dosage: { phrases: [{ key: 'dose', values: { amount: '500 mg' } }] },
    })
  })

  it('says which orders are old and without an end, and finds a medicine behind a reference', () => {
    const old = order('Digoxin', { authoredOn: '1995-09-02' })
    const medication = record('Medication', {
      id: '0b6f0d3e-1111-4222-8333-444455556666',
      code: { text: 'Warfarin 5 mg' },
    })
    const behind = record('MedicationRequest', {
      status: 'active',
      intent: 'order',
      authoredOn: '2024-05-01',
      medicationReference: { reference: 'urn:uuid:0b6f0d3e-1111-4222-8333-444455556666' },
    })
    expect(summary(old, medication, behind).medications.map(({ title, isOld }) => [title, isOld])).toEqual([
      ['Warfarin 5 mg', false],
      ['Digoxin', true],
    ])
  })
})

describe('results', () => {
  it('the latest of each, with the one before and its range', () => {
    const referenceRange = [{ high: { value: 5.7, unit: '%' } }]
    const { labs } = summary(
      result('4548-4', 7.9, '%', { effectiveDateTime: '2023-01-01', referenceRange }),
      result('4548-4', 7.2, '%', { effectiveDateTime: '2024-01-01', referenceRange }),
    )
    expect(labs).toMatchObject([
      {
        key: 'hba1c',
        value: '7.2',
        unit: '%',
        flag: 'high',
        range: { high: 5.7 },
        previous: { value: '7.9' },
      },
    ])
  })

  it('blood pressure is one value, and words are results too', () => {
    const part = (code: string, value: number) => ({
      code: loinc(code),
      valueQuantity: { value, unit: 'mm[Hg]' },
    })
    const pressure = record('Observation', {
      status: 'final',
      code: loinc('85354-9'),
      effectiveDateTime: '2024-05-01',
      component: [part('8480-6', 128.4), part('8462-4', 81.7)],
    })
    const test = record('Observation', {
      status: 'final',
      category: [{ coding: [{ code: 'laboratory' }] }],
      code: { coding: [{ system: LOINC, code: '94500-6' }], text: 'SARS-CoV-2 RNA' },
      effectiveDateTime: '2024-05-01',
      valueCodeableConcept: { text: 'Not detected' },
    })
    const { vitals, labs } = summary(pressure, test)
    expect(vitals).toMatchObject([{ key: 'blood-pressure', value: '128/82', unit: 'mm[Hg]' }])
    expect(labs).toMatchObject([{ title: 'SARS-CoV-2 RNA', value: 'Not detected' }])
  })

  it('the blood group with its rhesus factor is preferred to half of it', () => {
    const group = (code: string, text: string, date: string) =>
      record('Observation', {
        status: 'final',
        code: loinc(code),
        valueCodeableConcept: { text },
        effectiveDateTime: date,
      })
    const { bloodGroup } = summary(
      group('882-1', 'B positive', '2020-01-01'),
      group('883-9', 'B', '2023-01-01'),
    )
    expect(bloodGroup?.value).toBe('B positive')
  })
})

describe('visits and vaccines', () => {
  it('counts the doses of a vaccine and leaves out those not given', () => {
    const dose = (date: string, given = 'completed') =>
      record('Immunization', { status: given, vaccineCode: { text: 'MMR' }, occurrenceDateTime: date })
    expect(
      summary(dose('2020-01-01'), dose('2021-01-01'), dose('2022-01-01', 'not-done')).immunizations,
    ).toMatchObject([{ title: 'MMR', doses: 2, date: '2021-01-01' }])
  })

  it('finds the clinician and the place by their references', () => {
    const visit = record('Encounter', {
      status: 'in-progress',
      class: { code: 'AMB' },
      period: { start: '2024-05-01T10:00:00+05:30' },
      participant: [{ individual: { reference: 'Practitioner/p1' } }],
      serviceProvider: { display: 'City Hospital' },
    })
    const doctor = record('Practitioner', { id: 'p1', name: [{ given: ['Asha'], family: 'Rao' }] })
    expect(summary(visit, doctor).visits).toMatchObject([
      { kind: 'ambulatory', clinician: 'Asha Rao', place: 'City Hospital', isOpen: true, date: '2024-05-01' },
    ])
  })
})

it('a document bundle counts for what is in it', () => {
  const inner = allergy('Latex').resource
  const bundle = record(
    'Bundle',
    { type: 'document', entry: [{ resource: inner }, { resource: null }, {}] },
    { id: 'doc' },
  )
  expect(summary(bundle).allergies.items).toMatchObject([{ title: 'Latex', record: 'doc' }])
})

it('any content gives a summary, never an exception', () => {
  const value = fc.oneof(fc.jsonValue({ maxDepth: 3 }), fc.constantFrom('active', 'final', '2024-01-01'))
  const names =
    'id status code clinicalStatus verificationStatus category reaction component dosageInstruction dosage medicationCodeableConcept medicationReference valueQuantity effectiveDateTime authoredOn intent period participant vaccineCode type class entry section emptyReason abatementDateTime meta'.split(
      ' ',
    )
  fc.assert(
    fc.property(
      fc.array(
        fc.tuple(fc.constantFrom(...RESOURCE_TYPES), fc.dictionary(fc.constantFrom(...names), value)),
        { maxLength: 5 },
      ),
      (entries) => {
        summaryOf(entries.map(([type, fields]) => record(type, fields)))
      },
    ),
    { numRuns: 400 },
  )
})

describe.skipIf(!hasSharedData)(`real records (${SHARED_DATA})`, () => {
  const summaries = (): [string, Summary][] =>
    syntheaBundles().map(({ name, text }) => {
      const bundle = readBundle(text)
      const records = [...bundle.clinical, ...bundle.administrative].map(({ resource }, index) => ({
        id: `${index}`,
        resource,
      }))
      return [name, summaryOf(records, { today: '2021-06-01' })]
    })

  it('gives each patient what a clinician would expect', () => {
    for (const [name, one] of summaries()) {
      expect(one.vitals.map(({ key }) => key)).toEqual(
        expect.arrayContaining(['blood-pressure', 'height', 'weight']),
      )
      expect(one.visits.length).toBeGreaterThan(5)
      expect(one.visits[0]?.clinician).toMatch(/\p{L}/u)
      for (const { value, key } of one.vitals)
        if (!key.includes(':')) expect(value).toMatch(/^\d+(\.\d)?(\/\d+)?$/)
      for (const { title } of [...one.problems, ...one.medications]) expect(title).toMatch(/\p{L}{2}/u)
      if (name.startsWith('Sherron')) {
        expect(one.allergies.items.length).toBe(5)
        expect(titles(one.problems)).toContain('Childhood asthma')
      }
    }
  })
})
