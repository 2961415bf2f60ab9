import { CATEGORIES } from '@curo/crypto/category'
import { describe, expect, it } from 'vitest'
import { readBundle } from './bundle.ts'
import { categoryOf, plainCategoryOf } from './categories.ts'
import { groupOf, typesOfGroup } from './resource-groups.ts'
import { hasSharedData, SHARED_DATA, syntheaBundles } from './testing/shared-data.ts'
import { RESOURCE_TYPES, type Resource } from './types.ts'

const LOINC = 'http://loinc.org'
const SNOMED = 'http://snomed.info/sct'
const TERMINOLOGY = 'http://terminology.hl7.org/CodeSystem'
const concept = (system: string, code: string, text?: string) => ({
  coding: [{ system, code }],
  ...(text && { text }),
})
const resource = (resourceType: string, fields: object = {}) =>
  ({ resourceType, ...fields }) as unknown as Resource
const observation = (fields: object) =>
  resource('Observation', { status: 'final', code: { text: 'x' }, ...fields })
const underCategory = (code: string) =>
  observation({ category: [concept(`${TERMINOLOGY}/observation-category`, code)] })
const report = (fields: object) =>
  resource('DiagnosticReport', { status: 'final', code: { text: 'x' }, ...fields })
const section = (code: string) => report({ category: [concept(`${TERMINOLOGY}/v2-0074`, code)] })

describe('each kind of record has its category', () => {
  it.each<[string, Resource]>([
    ['summary', resource('AllergyIntolerance')],
    ['summary', resource('Condition', { code: { text: 'Asthma' } })],
    ['summary', resource('MedicationStatement')],
    [
      'summary',
      observation({
        code: concept(LOINC, '883-9'),
        category: [concept(`${TERMINOLOGY}/observation-category`, 'laboratory')],
      }),
    ],
    ['summary', underCategory('social-history')],
    ['prescription', resource('MedicationRequest')],
    ['prescription', resource('MedicationDispense')],
    ['immunization', resource('Immunization')],
    ['imaging', resource('ImagingStudy')],
    ['consultation', resource('Encounter')],
    ['consultation', resource('Procedure')],
    ['consultation', resource('CarePlan')],
    ['vitals', underCategory('vital-signs')],
    ['vitals', underCategory('vital-sign')],
    ['vitals', observation({ code: concept(LOINC, '8867-4') })],
    ['laboratory', underCategory('laboratory')],
    ['laboratory', observation({ code: concept(LOINC, '2093-3'), valueQuantity: { value: 1 } })],
    ['imaging', underCategory('imaging')],
    ['consultation', underCategory('survey')],
    ['consultation', observation({ code: { text: 'looks well' } })],
    ['laboratory', section('LAB')],
    ['laboratory', section('HM')],
    ['laboratory', section('MB')],
    ['imaging', section('RAD')],
    ['imaging', section('CUS')],
    ['imaging', report({ category: [concept(LOINC, 'LP29684-5')] })],
    ['consultation', section('EC')],
    ['laboratory', report({ result: [{ reference: 'Observation/1' }] })],
    ['document', report({})],
    ['laboratory', resource('ServiceRequest', { category: [concept(SNOMED, '108252007')] })],
    [
      'imaging',
      resource('DocumentReference', { content: [{ attachment: { contentType: 'application/dicom' } }] }),
    ],
    ['consultation', resource('DocumentReference', { type: concept(LOINC, '18842-5') })],
    ['laboratory', resource('DocumentReference', { type: concept(LOINC, '11502-2') })],
    ['document', resource('DocumentReference', { content: [{ attachment: {} }] })],
    ['prescription', resource('Composition', { type: concept(SNOMED, '440545006') })],
    [
      'summary',
      resource('Bundle', {
        type: 'document',
        entry: [{ resource: resource('Composition', { type: concept(LOINC, '60591-5') }) }],
      }),
    ],
    ['document', resource('Consent')],
    ['document', resource('Invoice')],
  ])('%s', (category, record) => {
    expect(categoryOf(record)).toBe(category)
  })

  it('every type of R4 has a category and a group, and none is listed in two groups', () => {
    for (const type of RESOURCE_TYPES) {
      expect(CATEGORIES).toContain(plainCategoryOf(resource(type)))
      expect(['clinical', 'administrative', 'financial', 'knowledge']).toContain(groupOf(type))
    }
    const listed = (['clinical', 'administrative', 'financial'] as const).flatMap(typesOfGroup)
    expect(new Set(listed).size).toBe(listed.length)
    for (const type of listed) expect(RESOURCE_TYPES).toContain(type)
  })

  it('odd content gets a category, not an exception', () => {
    for (const odd of [null, 7, 'x', [], [null], {}, [{ coding: [null, 7] }], { coding: 'x' }])
      for (const type of RESOURCE_TYPES)
        expect(CATEGORIES).toContain(
          categoryOf(
            resource(type, {
              category: odd,
              code: odd,
              type: odd,
              content: odd,
              entry: odd,
              modality: odd,
              meta: odd,
            }),
          ),
        )
  })
})

describe.skipIf(!hasSharedData)(`real records (${SHARED_DATA})`, () => {
  it('sorts a whole population as its authors labelled it', () => {
    const counts = new Map<string, number>()
    for (const { text } of syntheaBundles()) {
      const { clinical, resolve } = readBundle(text)
      for (const { resource: record } of clinical) {
        const category = categoryOf(record, resolve)
        counts.set(category, (counts.get(category) ?? 0) + 1)
      }
    }
    expect(Object.fromEntries(counts)).toMatchObject({
      vitals: 385,
      laboratory: 1013,
      imaging: 9,
      immunization: 117,
    })
    expect(counts.get('document')).toBeUndefined()
    expect(counts.get('sensitive')).toBe(57)
  })
})
