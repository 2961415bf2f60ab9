import { describe, expect, it } from 'vitest'
import { categoryOf } from './categories.ts'
import { LOINC, SNOMED } from './sensitive-codes.ts'
import { sensitivityOf } from './sensitivity.ts'
import { hasLuhnDigit, hasVerhoeffDigit } from './testing/check-digits.ts'
import { processorMs } from './testing/processor-time.ts'
import type { Resource } from './types.ts'

const resource = (resourceType: string, fields: object) =>
  ({ resourceType, ...fields }) as unknown as Resource
const condition = (system: string, code: string) =>
  resource('Condition', { code: { coding: [{ system, code }] } })
const called = (text: string) => sensitivityOf(resource('Condition', { code: { text } }))
const labelled = (system: string, code: string) =>
  sensitivityOf(resource('Condition', { code: { text: 'Asthma' }, meta: { security: [{ system, code }] } }))

const ICD10 = 'http://hl7.org/fhir/sid/icd-10'
const V3 = 'http://terminology.hl7.org/CodeSystem/v3-'

describe('the code lists', () => {
  it('hold no mistyped SNOMED CT identifier', () => {
    expect([...SNOMED.keys()].filter((id) => !hasVerhoeffDigit(id))).toEqual([])
    expect(hasVerhoeffDigit('7200003')).toBe(false)
    expect(SNOMED.size).toBeGreaterThan(80)
  })

  it('hold no mistyped LOINC', () => {
    expect([...LOINC.keys()].filter((code) => !hasLuhnDigit(code))).toEqual([])
    expect(hasLuhnDigit('44249-2')).toBe(false)
    expect(LOINC.size).toBeGreaterThan(35)
  })
})

describe('sensitive by code', () => {
  it.each([
    [ICD10, 'F32.1', 'mental-health'],
    [ICD10, 'F20', 'mental-health'],
    ['http://hl7.org/fhir/sid/icd-10-cm', 'F11.20', 'substance-use'],
    [ICD10, 'B20', 'hiv'],
    [ICD10, 'Z21', 'hiv'],
    [ICD10, 'O98.7', 'hiv'],
    [ICD10, 'O04.9', 'sexual-reproductive'],
    [ICD10, 'A54.0', 'sexual-reproductive'],
    [ICD10, 'T74.1', 'violence'],
    ['http://id.who.int/icd/release/11/mms', '6A70.1', 'mental-health'],
    ['http://id.who.int/icd/release/11/mms', '6C40.2', 'substance-use'],
    ['http://id.who.int/icd/release/11/mms', '1C62', 'hiv'],
    ['http://snomed.info/sct', '35489007', 'mental-health'],
    ['urn:oid:2.16.840.1.113883.6.96', '86406008', 'hiv'],
    ['http://loinc.org', '44261-6', 'mental-health'],
    ['http://www.whocc.no/atc', 'N05AH02', 'mental-health'],
    ['http://www.whocc.no/atc', 'J05AR13', 'hiv'],
  ])('%s %s: %s', (system, code, topic) => {
    expect(sensitivityOf(condition(system, code))).toBe(topic)
    expect(categoryOf(condition(system, code))).toBe('sensitive')
  })

  it.each([
    [ICD10, 'F03'],
    [ICD10, 'F17.2'],
    [ICD10, 'F84.0'],
    [ICD10, 'B18.1'],
    [ICD10, 'O80'],
    [ICD10, 'O98'],
    [ICD10, 'E11.9'],
    [ICD10, 'A65'],
    ['http://id.who.int/icd/release/11/mms', '6D80'],
    ['http://snomed.info/sct', '72892002'],
    ['http://www.whocc.no/atc', 'C09AA02'],
    ['http://example.org/local', 'F32.1'],
  ])('%s %s is not', (system, code) => {
    expect(sensitivityOf(condition(system, code))).toBeUndefined()
  })
})

describe('sensitive by label', () => {
  it.each([
    [`${V3}Confidentiality`, 'R'],
    [`${V3}Confidentiality`, 'V'],
    ['http://hl7.org/fhir/v3/Confidentiality', 'R'],
    ['urn:oid:2.16.840.1.113883.5.25', 'V'],
    [`${V3}ActCode`, 'PSY'],
    [`${V3}ActCode`, 'SDV'],
  ])('%s %s', (system, code) => {
    expect(labelled(system, code)).toBe('label')
  })

  it.each([
    [`${V3}Confidentiality`, 'N'],
    [`${V3}Confidentiality`, 'M'],
    ['http://example.org/colours', 'R'],
    [`${V3}ActCode`, 'AMB'],
  ])('not %s %s', (system, code) => {
    expect(labelled(system, code)).toBeUndefined()
  })

  it('a document labelled in its own element', () => {
    expect(sensitivityOf(resource('Composition', { confidentiality: 'R' }))).toBe('label')
    const securityLabel = [{ coding: [{ system: `${V3}Confidentiality`, code: 'V' }] }]
    expect(sensitivityOf(resource('DocumentReference', { securityLabel }))).toBe('label')
  })
})

describe('sensitive by name, where codes are local or missing', () => {
  it.each([
    'HIV 1/2 ELISA',
    'AIDS',
    'एचआईवी परीक्षण',
    'Tab Dolutegravir 50 mg',
    'Major depressive disorder',
    'Depression screening',
    'Postpartum depression',
    'Sertraline 50 MG Oral Tablet',
    'Suicidal ideation',
    'Psychiatry follow-up',
    'Alcoholism',
    'Opioid use disorder',
    'Alcoholic hepatitis',
    'Methadone maintenance',
    'Induced termination of pregnancy',
    'Emergency contraceptive pill',
    'Mirena 52 MG Intrauterine System',
    'Camila 28 Day Pack',
    'Chlamydia trachomatis PCR',
    'Syphilis VDRL',
    'Domestic violence counselling',
  ])('%s', (name) => {
    expect(called(name)).toBeDefined()
  })

  it.each([
    'Hearing aids fitted',
    'HEARING AIDS',
    'ST depression on ECG',
    'Respiratory depression',
    'Bone marrow depression',
    'Depression fracture of skull',
    'Non-alcoholic fatty liver disease',
    'Nonalcoholic steatohepatitis',
    'Photophobia',
    'Chlamydia pneumoniae IgG',
    'Human papillomavirus vaccine',
    'Normal pregnancy',
    'Tobacco smoking status',
    'Alzheimer disease',
    'Methylprednisolone 4 MG Dose Pack',
    'Maniacal laughter in Angelman syndrome',
    'Hepatitis B surface antigen',
  ])('not %s', (name) => {
    expect(called(name)).toBeUndefined()
  })

  it('notes, narrative and the names of people are not searched', () => {
    const fields = {
      code: { text: 'Fever' },
      note: [{ text: 'Denies depression' }],
      text: { status: 'generated', div: '<div>HIV</div>' },
      asserter: { display: 'Dr Psychiatra of Psychiatry' },
      subject: { display: 'Miss Carriage HIV' },
    }
    expect(sensitivityOf(resource('Condition', fields))).toBeUndefined()
  })
})

describe('sensitive by what it belongs to', () => {
  const depression = condition(ICD10, 'F32.1')
  const resolve = (reference: string) => (reference === 'Condition/d' ? depression : undefined)

  it('a prescription whose reason is', () => {
    const prescription = resource('MedicationRequest', {
      medicationCodeableConcept: { text: 'Vitamin D' },
      reasonReference: [{ reference: 'Condition/d' }],
    })
    expect(sensitivityOf(prescription, resolve)).toBe('mental-health')
    expect(sensitivityOf(prescription)).toBeUndefined()
  })

  it('a contained medicine, a component, a reason by display', () => {
    const medication = { resourceType: 'Medication', id: 'm', code: { text: 'Zidovudine 300 mg' } }
    expect(sensitivityOf(resource('MedicationRequest', { contained: [medication] }))).toBe('hiv')
    const component = [{ code: { coding: [{ system: 'http://loinc.org', code: '7917-8' }] } }]
    expect(sensitivityOf(resource('Observation', { component }))).toBe('hiv')
    expect(sensitivityOf(resource('Procedure', { reasonReference: [{ display: 'Alcoholism' }] }))).toBe(
      'substance-use',
    )
  })

  it('references in a circle come to an end', () => {
    const a = resource('Condition', { code: { text: 'Asthma' }, addresses: [{ reference: 'b' }] })
    const b = resource('Condition', { code: { text: 'Asthma' }, addresses: [{ reference: 'a' }] })
    expect(sensitivityOf(a, (reference) => (reference === 'a' ? a : b))).toBeUndefined()
  })

  it('long hostile names are read in time', () => {
    const took = processorMs(() => {
      for (const part of ['depression of ', 'alcoholic ', 'a', 'HIV'.toLowerCase(), ' non- ', '28 day '])
        called(part.repeat(100_000))
    })
    expect(took).toBeLessThan(5000)
  })
})
