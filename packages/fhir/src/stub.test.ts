import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readBundle } from './bundle.ts'
import { categoryOf } from './categories.ts'
import { occurredOn, stubOf } from './stub.ts'
import { hasSharedData, SHARED_DATA, syntheaBundles } from './testing/shared-data.ts'
import { RESOURCE_TYPES, type Resource } from './types.ts'
import { numberWords } from './values.ts'

const LOINC = 'http://loinc.org'
const loinc = (code: string, text: string) => ({ coding: [{ system: LOINC, code }], text })
const resource = (resourceType: string, fields: object) =>
  ({ resourceType, ...fields }) as unknown as Resource
const titleOf = (resourceType: string, fields: object) => stubOf(resource(resourceType, fields)).title
const resultOf = (fields: object) => stubOf(resource('Observation', { code: { text: 'x' }, ...fields })).value

describe('titles are what a person would write', () => {
  it.each<[string, string, object]>([
    ['Fracture of ankle', 'Condition', { code: { coding: [{ display: 'Fracture of ankle (disorder)' }] } }],
    ['Peanuts', 'AllergyIntolerance', { code: { text: 'Peanuts' } }],
    ['Metformin 500 mg', 'MedicationRequest', { medicationCodeableConcept: { text: 'Metformin 500 mg' } }],
    [
      'Aspirin',
      'MedicationRequest',
      {
        medicationReference: { reference: '#m' },
        contained: [{ resourceType: 'Medication', id: 'm', code: { text: 'Aspirin' } }],
      },
    ],
    [
      'Amoxicillin + Clavulanate',
      'Medication',
      {
        ingredient: [
          { itemCodeableConcept: { text: 'Amoxicillin' } },
          { itemCodeableConcept: { text: 'Clavulanate' } },
        ],
      },
    ],
    ['MMR', 'Immunization', { vaccineCode: { coding: [{ display: 'MMR' }] } }],
    ['Check-up – Asthma', 'Encounter', { type: [{ text: 'Check-up' }], reasonCode: [{ text: 'Asthma' }] }],
    ['Visit', 'Encounter', { class: { code: 'AMB' } }],
    [
      'Digital Radiography, Wrist',
      'ImagingStudy',
      { series: [{ modality: { display: 'Digital Radiography' }, bodySite: { display: 'Wrist' } }] },
    ],
    [
      'Father: Diabetes',
      'FamilyMemberHistory',
      { relationship: { text: 'Father' }, condition: [{ code: { text: 'Diabetes' } }] },
    ],
    ['Knee implant', 'Device', { deviceName: [{ name: 'Knee implant' }] }],
    [
      'Discharge summary',
      'DocumentReference',
      { type: { text: 'Discharge summary' }, content: [{ attachment: {} }] },
    ],
    ['Keep below 140/90', 'Goal', { description: { text: 'Keep below 140/90' } }],
    ['Consultation of 3 May', 'Composition', { title: 'Consultation of 3 May' }],
    ['Diabetes care', 'CarePlan', { title: 'Diabetes care' }],
    ['Asha Rao', 'Practitioner', { name: [{ given: ['Asha'], family: 'Rao' }] }],
    ['Claim: Check-up', 'Claim', { item: [{ productOrService: { text: 'Check-up' } }] }],
    ['Questionnaire response', 'QuestionnaireResponse', {}],
    [
      'Chosen by the user',
      'Procedure',
      { code: { coding: [{ display: 'other' }, { display: 'Chosen by the user', userSelected: true }] } },
    ],
  ])('%s', (title, type, fields) => {
    expect(titleOf(type, fields)).toBe(title)
  })

  it('a line is cut at a word, and characters that disguise it are taken out', () => {
    expect(titleOf('Condition', { code: { text: 'word '.repeat(100) } })).toMatch(/^(word )+word…$/)
    expect(titleOf('Condition', { code: { text: 'safe\u202egpj.exe\u0000\n\tx' } })).toBe('safe gpj.exe x')
    expect(titleOf('Condition', { code: { text: 'क्‍ष 👩‍⚕️' } })).toBe('क्‍ष 👩‍⚕️')
  })
})

describe('results', () => {
  it.each<[string | undefined, object]>([
    ['71.5 kg', { valueQuantity: { value: 71.5, unit: 'kg' } }],
    ['<5 mg/L', { valueQuantity: { value: 5, comparator: '<', code: 'mg/L' } }],
    ['98%', { valueQuantity: { value: 98, unit: '%' } }],
    ['4.1 10⁶/µL', { valueQuantity: { value: 4.1, unit: '10*6/uL' } }],
    ['22 kg/m²', { valueQuantity: { value: 22, unit: 'kg/m2' } }],
    ['5 units', { valueQuantity: { value: 5, unit: 'units' } }],
    ['37.2 °C', { valueQuantity: { value: 37.2, code: 'Cel' } }],
    ['7', { valueQuantity: { value: 7, unit: '{score}' } }],
    ['Never smoker', { valueCodeableConcept: { text: 'Never smoker' } }],
    ['yes', { valueBoolean: true }],
    ['no', { valueBoolean: false }],
    ['0', { valueInteger: 0 }],
    ['1 mg – 2 mg', { valueRange: { low: { value: 1, unit: 'mg' }, high: { value: 2, unit: 'mg' } } }],
    ['1 : 128', { valueRatio: { numerator: { value: 1 }, denominator: { value: 128 } } }],
    [undefined, { dataAbsentReason: { text: 'unknown' } }],
  ])('%s', (words, fields) => {
    expect(resultOf(fields)).toBe(words)
  })

  it('blood pressure as people write it, with its numbers for the chart', () => {
    const part = (code: string, value: number) => ({
      code: loinc(code, code),
      valueQuantity: { value, unit: 'mm[Hg]' },
    })
    const stub = stubOf(
      resource('Observation', {
        code: loinc('85354-9', 'Blood pressure'),
        component: [part('8462-4', 80), part('8480-6', 120)],
        interpretation: [{ coding: [{ code: 'H' }] }],
      }),
    )
    expect(stub).toMatchObject({
      value: '120/80 mmHg',
      flag: 'high',
      code: { system: LOINC, code: '85354-9' },
    })
    expect(stub.measures).toEqual([
      { code: '8462-4', value: 80, unit: 'mmHg' },
      { code: '8480-6', value: 120, unit: 'mmHg' },
    ])
  })

  it('rounds decimals that nobody measured and no others', () => {
    expect(numberWords(171.8502438021171)).toBe('171.85')
    expect(numberWords(0.00123456)).toBe('0.00123')
    expect(numberWords(7.1234)).toBe('7.1234')
    expect(numberWords(123456789)).toBe('123456789')
    fc.assert(
      fc.property(fc.double({ min: -1e6, max: 1e6, noNaN: true }), (value) => {
        expect(Math.abs(Number(numberWords(value)) - value)).toBeLessThanOrEqual(
          Math.max(0.0051, Math.abs(value) * 0.01),
        )
      }),
    )
  })
})

describe('the clinical day', () => {
  it.each<[string | undefined, string, object]>([
    [
      '2020-01-02',
      'Observation',
      { effectiveDateTime: '2020-01-02T23:30:00-05:00', issued: '2020-01-05T00:00:00Z' },
    ],
    ['2020-01-02', 'Procedure', { performedPeriod: { start: '2020-01-02T10:00:00Z' } }],
    ['2019-05-01', 'Condition', { onsetDateTime: '2019-05', recordedDate: '2020-01-01' }],
    ['2013-01-01', 'Condition', { onsetDateTime: '2013' }],
    ['2020-01-02', 'Immunization', { occurrenceDateTime: '2020-01-02', recorded: '2021-01-01' }],
    ['2020-01-02', 'Encounter', { period: { start: '2020-01-02T08:00:00Z' } }],
    ['2020-01-02', 'MedicationRequest', { authoredOn: '2020-01-02' }],
    ['2020-01-02', 'ImagingStudy', { started: '2020-01-02T08:00:00Z' }],
    [
      '2020-01-02',
      'Specimen',
      { collection: { collectedDateTime: '2020-01-02' }, receivedTime: '2020-01-03' },
    ],
    [
      '2020-01-02',
      'DocumentReference',
      { date: '2021-01-01T00:00:00Z', context: { period: { start: '2020-01-02' } } },
    ],
    [
      '2020-01-02',
      'Bundle',
      {
        timestamp: '2021-01-01T00:00:00Z',
        entry: [{ resource: { resourceType: 'Composition', date: '2020-01-02' } }],
      },
    ],
    [undefined, 'Patient', { birthDate: '1980-01-01' }],
    [undefined, 'Medication', {}],
    [undefined, 'Observation', { effectiveDateTime: 'yesterday' }],
    ['2020-01-03', 'Observation', { effectiveDateTime: '2020-02-31', issued: '2020-01-03T00:00:00Z' }],
  ])('%s', (day, type, fields) => {
    expect(occurredOn(resource(type, fields))).toBe(day)
  })

  it('of what is planned, the day that it was asked for', () => {
    const planned = { authoredOn: '2026-01-02', occurrenceDateTime: '2027-05-05' }
    expect(occurredOn(resource('ServiceRequest', planned), '2026-11-30')).toBe('2026-01-02')
    expect(
      occurredOn(resource('CarePlan', { period: { start: '2027-05-05' } }), '2026-11-30'),
    ).toBeUndefined()
  })
})

describe('attacks', () => {
  it('the stub of a sensitive record tells nothing but that it is there', () => {
    const secret = resource('Observation', {
      status: 'final',
      code: loinc('7917-8', 'HIV 1 antibody'),
      valueCodeableConcept: { text: 'Reactive' },
      effectiveDateTime: '2020-01-02',
    })
    expect(stubOf(secret)).toEqual({ type: 'Observation', title: 'Sensitive record', date: '2020-01-02' })
    const chosen = stubOf(resource('Condition', { code: { text: 'Asthma' } }), { category: 'sensitive' })
    expect(chosen).toEqual({ type: 'Condition', title: 'Sensitive record' })
    const file = stubOf(
      { fileName: 'hiv-result.pdf', contentType: 'application/pdf' },
      { category: 'sensitive' },
    )
    expect(JSON.stringify(file)).not.toMatch(/hiv|pdf/)
  })

  it('any content gives a stub of at most 2 KB, never an exception', () => {
    const value = fc.oneof(fc.jsonValue({ maxDepth: 3 }), fc.string({ minLength: 2000, maxLength: 3000 }))
    const names =
      'code type category description title name status class content series item component valueQuantity coding text reasonCode modality deviceName relationship condition dosageInstruction conclusion medicationReference contained entry'.split(
        ' ',
      )
    fc.assert(
      fc.property(
        fc.constantFrom(...RESOURCE_TYPES),
        fc.dictionary(fc.constantFrom(...names), value),
        (type, fields) => {
          const stub = stubOf(resource(type, fields))
          expect(stub.title.length).toBeGreaterThan(0)
          expect(JSON.stringify(stub).length).toBeLessThan(2048)
        },
      ),
      { numRuns: 500 },
    )
  })
})

it('a file is called by its name', () => {
  const stub = stubOf({
    fileName: 'C:\\scans\\blood_test 2020.pdf',
    contentType: 'application/pdf',
    date: '2020-01-02',
  })
  expect(stub).toEqual({
    type: 'File',
    title: 'blood test 2020',
    date: '2020-01-02',
    subtype: 'application/pdf',
  })
  expect(stubOf({ fileName: '.pdf', contentType: 'application/pdf' }).title).toBe('File')
})

describe.skipIf(!hasSharedData)(`real records (${SHARED_DATA})`, () => {
  it('gives every clinical record a readable title, and a day to all but goals', () => {
    for (const { text } of syntheaBundles()) {
      const { clinical, resolve } = readBundle(text)
      for (const { resource: record } of clinical) {
        const stub = stubOf(record, { resolve, category: categoryOf(record, resolve) })
        expect(stub.title).toMatch(/\p{L}{2}/u)
        expect(stub.title).not.toMatch(/\((disorder|procedure|finding)\)/)
        if (record.resourceType !== 'Goal') expect(stub.date).toMatch(/^\d{4}-\d\d-\d\d$/)
      }
    }
  })
})
