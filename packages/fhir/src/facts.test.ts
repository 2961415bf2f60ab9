import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readBundle } from './bundle.ts'
import { layoutOf } from './facts/layouts.ts'
import { type FactValue, factsOf, LAID_OUT_TYPES, resultRows, textSections } from './facts.ts'
import { loinc, record } from './testing/chart.ts'
import { readDefinitions } from './testing/definitions.ts'
import { hasSharedData, SHARED_DATA, syntheaBundles } from './testing/shared-data.ts'
import { isResourceType, RESOURCE_TYPES } from './types.ts'

const facts = (type: string, fields: object) =>
  Object.fromEntries(factsOf(record(type, fields).resource).map(({ label, values }) => [label, values]))

describe('what a record says', () => {
  it('a diagnosis, with its statuses to be said in any language', () => {
    const said = facts('Condition', {
      clinicalStatus: { coding: [{ code: 'active' }] },
      verificationStatus: { coding: [{ code: 'confirmed' }] },
      severity: { text: 'Severe' },
      onsetDateTime: '2020-01',
      recorder: { display: 'Dr Rao' },
      note: [{ text: 'left side' }, { text: 'left side' }],
    })
    expect(said).toEqual({
      status: [{ status: 'active' }],
      certainty: [{ status: 'confirmed' }],
      severity: [{ text: 'Severe' }],
      began: [{ date: '2020-01' }],
      by: [{ text: 'Dr Rao' }],
      note: [{ text: 'left side' }],
    })
  })

  it('a prescription, with its dosage in phrases', () => {
    const said = facts('MedicationRequest', {
      status: 'active',
      dosageInstruction: [{ timing: { repeat: { frequency: 2, period: 1, periodUnit: 'd' } } }],
      dispenseRequest: { quantity: { value: 10, unit: 'tablets' } },
    })
    expect(said.instruction).toEqual([{ phrases: [{ key: 'times-per-day', values: { count: 2 } }] }])
    expect(said.amount).toEqual([{ text: '10 tablets' }])
  })

  it('a lot number of digits is no date', () => {
    expect(facts('Immunization', { lotNumber: '2020' }).lot).toEqual([{ text: '2020' }])
  })

  it('a stay and a day', () => {
    const when = (period: object) => facts('Encounter', { period }).when
    expect(when({ start: '2020-01-01T10:00:00Z', end: '2020-01-01T10:30:00Z' })).toEqual([
      { date: '2020-01-01T10:00:00Z' },
    ])
    expect(when({ start: '2020-01-01', end: '2020-01-04' })).toEqual([
      { from: '2020-01-01', to: '2020-01-04' },
    ])
  })

  it('a type without a layout shows its own elements', () => {
    const [first] = factsOf(record('Slot', { status: 'busy', comment: 'x' }).resource)
    expect(first).toEqual({ label: 'Status', isKnown: false, values: [{ status: 'busy' }] })
  })
})

describe('results and sections', () => {
  const pressure = {
    status: 'final',
    code: loinc('85354-9', 'Blood pressure'),
    component: [
      { code: loinc('8480-6', 'Systolic'), valueQuantity: { value: 120, unit: 'mmHg' } },
      {
        code: loinc('8462-4', 'Diastolic'),
        valueQuantity: { value: 95, unit: 'mmHg' },
        interpretation: [{ coding: [{ code: 'H' }] }],
      },
    ],
  }

  it('each number of a result, and of the results of a report', () => {
    const observation = record('Observation', pressure).resource
    const rows = resultRows(observation, () => undefined)
    expect(rows).toEqual([
      { title: 'Systolic', value: '120 mmHg', measurement: 'systolic' },
      { title: 'Diastolic', value: '95 mmHg', measurement: 'diastolic', flag: 'high' },
    ])
    const report = record('DiagnosticReport', {
      result: [{ reference: 'Observation/1' }, { reference: 'Observation/2', display: 'Elsewhere' }],
    }).resource
    const resolved = resultRows(report, (reference) => (reference.endsWith('1') ? observation : undefined))
    expect(resolved.map(({ title }) => title)).toEqual(['Systolic', 'Diastolic', 'Elsewhere'])
  })

  it('a note shows what its parts say, not only what they are called', () => {
    const dosage = { timing: { repeat: { frequency: 2, period: 1, periodUnit: 'd' } } }
    const order = record('MedicationRequest', {
      medicationCodeableConcept: { text: 'Amoxicillin' },
      dosageInstruction: [dosage],
    }).resource
    const section = (code: string, text: string) => ({
      code: loinc(code),
      text: { div: `<div>${text}</div>` },
      entry: [{ reference: 'X/1' }],
    })
    const note = record('Composition', {
      section: [section('57828-6', 'Amoxicillin'), section('29548-5', 'Cough')],
    }).resource
    const line = [{ key: 'times-per-day', values: { count: 2 } }]
    expect(textSections(note, () => order)).toMatchObject([
      { key: 'prescriptions', text: '', entries: [{ title: 'Amoxicillin', line }] },
      { key: 'diagnoses', text: 'Cough' },
    ])
    expect(textSections(note, () => undefined)).toMatchObject([{ text: 'Amoxicillin' }, { text: 'Cough' }])
  })

  it('sections within sections, and answers within answers', () => {
    const note = record('Composition', {
      section: [
        {
          title: 'Plan',
          text: { div: '<div><p>Rest &amp; water</p></div>' },
          section: [{ title: 'Later', entry: [{ display: 'Come back' }] }],
        },
      ],
    }).resource
    expect(textSections(note, () => undefined)).toEqual([
      { title: 'Plan', text: 'Rest & water', level: 0 },
      { title: 'Later', text: '', level: 1, entries: [{ title: 'Come back', line: [] }] },
    ])
    const form = record('QuestionnaireResponse', {
      item: [
        {
          linkId: '1',
          text: 'Smoker?',
          answer: [{ valueBoolean: false }],
          item: [{ linkId: '2', text: 'Since', answer: [{ valueDecimal: 2.5 }] }],
        },
      ],
    }).resource
    expect(textSections(form, () => undefined)).toEqual([
      { title: 'Smoker?', text: 'no', level: 0 },
      { title: 'Since', text: '2.5', level: 1 },
    ])
  })
})

it('every path of every layout exists in R4', () => {
  const definitions = readDefinitions()
  for (const type of LAID_OUT_TYPES) {
    expect(isResourceType(type), type).toBe(true)
    const structure = definitions.structures.find(({ name }) => name === type)
    const names = new Set((structure?.elements ?? []).map(([path]) => path))
    for (const { paths, label } of layoutOf(type) ?? [])
      for (const path of paths) {
        const known = path.some((_, index) => names.has(path.slice(0, index + 1).join('.')))
        expect(known && names.has(path[0] as string), `${type}.${path.join('.')} (${label})`).toBe(true)
      }
  }
})

it('any content gives facts, never an exception', () => {
  const value = fc.jsonValue({ maxDepth: 4 })
  const names = [
    ...new Set(
      LAID_OUT_TYPES.flatMap((type) =>
        (layoutOf(type) ?? []).flatMap(({ paths }) =>
          paths.map(([name]) => (name as string).replace('[x]', 'DateTime')),
        ),
      ),
    ),
  ]
  fc.assert(
    fc.property(
      fc.constantFrom(...RESOURCE_TYPES),
      fc.dictionary(fc.constantFrom(...names, 'section', 'item', 'result', 'entry', 'contained'), value),
      (type, fields) => {
        const { resource } = record(type, fields)
        factsOf(resource)
        resultRows(resource, () => undefined)
        textSections(resource, () => undefined)
      },
    ),
    { numRuns: 500 },
  )
})

describe.skipIf(!hasSharedData)(`real records (${SHARED_DATA})`, () => {
  it('every clinical record says something', () => {
    for (const { text } of syntheaBundles()) {
      const { clinical, resolve } = readBundle(text)
      for (const { resource } of clinical) {
        const all = factsOf(resource, resolve)
        expect(all.length, resource.resourceType).toBeGreaterThan(0)
        const texts = all
          .flatMap(({ values }) => values)
          .filter((value: FactValue): value is { text: string } => 'text' in value)
        for (const { text: words } of texts) expect(words).not.toMatch(/\[object|undefined|urn:uuid/)
        if (resource.resourceType === 'Observation')
          expect(resultRows(resource, resolve).length).toBeGreaterThan(0)
      }
    }
  })
})
