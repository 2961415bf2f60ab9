import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  addendumRecord,
  consultationRecords,
  FREQUENCIES,
  narrativeText,
  newDiagnosis,
  signedConsultationOf,
} from '../consultation.ts'
import { summaryOf } from '../summary.ts'
import { amoxicillin, chartOf, context, fullForm, newId, noteOf } from '../testing/consultation-form.ts'
import { readDefinitions } from '../testing/definitions.ts'
import { timelineEntryOf } from '../timeline.ts'
import type { Composition } from '../types.ts'
import { makeValidator, type Validator } from '../validate.ts'

let validator: Validator
beforeAll(async () => {
  validator = makeValidator(readDefinitions())
})

describe('what is signed is FHIR R4', () => {
  it('every resource is valid, has an id of its own, and nothing is lost on the way back', () => {
    const form = fullForm()
    const records = consultationRecords(form, context)
    for (const { resource } of records)
      expect(validator.validateResource(resource).filter(({ severity }) => severity === 'error')).toEqual([])
    expect(new Set(records.map(({ resource }) => resource.id)).size).toBe(records.length)
    const chart = chartOf(form)
    expect(signedConsultationOf(noteOf(chart), chart)?.form).toEqual({ ...form, series: expect.any(String) })
  })

  it('whatever is written, in any order of records', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 60 }).map((one) => one.replace(/\s+/g, ' ').trim())
    const line = text.filter((one) => /\p{L}/u.test(one) && !/[\p{C}\p{M}\ufffe\uffff]/u.test(one))
    fc.assert(
      fc.property(
        text,
        line,
        line,
        fc.constantFrom(...Object.keys(FREQUENCIES)),
        fc.integer({ min: 1, max: 40 }),
        (complaint, diagnosis, drug, frequency, duration) => {
          const form = fullForm({
            complaint,
            diagnoses: [newDiagnosis(newId(), { text: diagnosis })],
            prescriptions: [amoxicillin({ drug: 'Amoxicillin', frequency, duration, instruction: drug })],
          })
          const chart = chartOf(form).reverse()
          for (const { resource } of chart)
            expect(
              validator.validateResource(resource).filter(({ severity }) => severity === 'error'),
            ).toEqual([])
          const back = signedConsultationOf(noteOf(chart), chart)?.form
          expect(back?.prescriptions[0]).toMatchObject({ frequency, duration, food: 'after-food' })
          expect(back?.complaint).toBe(
            complaint.replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '').trim(),
          )
        },
      ),
      { numRuns: 40 },
    )
  })

  it('what it becomes is what the summary and the timeline show', () => {
    const chart = chartOf(fullForm())
    const summary = summaryOf(chart, { today: '2024-06-02' })
    expect(summary.problems.map(({ title, certainty }) => [title, certainty])).toEqual([
      ['Acute bronchitis, unspecified', 'confirmed'],
      ['Asthma', 'suspected'],
    ])
    expect(summary.medications.map(({ title }) => title)).toEqual([
      'Amoxicillin 500 mg capsule',
      'Paracetamol 500 mg tablet',
    ])
    expect(summary.vitals.find(({ key }) => key === 'blood-pressure')?.value).toBe('122/78')
    expect(summary.visits[0]).toMatchObject({ clinician: 'Dr Asha Rao', place: 'City Hospital' })
    expect(timelineEntryOf({ record: 'x', resource: noteOf(chart).resource }).kind).toBe('consultation-note')
    expect(summaryOf(chart, { today: '2024-07-01' }).medications.map(({ title }) => title)).toEqual([
      'Paracetamol 500 mg tablet',
    ])
  })

  it('half a blood pressure and an empty plan make no half resources', () => {
    const form = fullForm({ vitals: { systolic: 120 }, plan: '', followUp: { note: '' } })
    const types = consultationRecords(form, context).map(({ resource }) => resource.resourceType)
    expect(types.filter((type) => type === 'Observation')).toHaveLength(1)
    expect(types).not.toContain('CarePlan')
  })
})

describe('attacks and accidents', () => {
  it('a sensitive diagnosis takes the note, the visit and the plan with it, and leaves the rest', () => {
    const form = fullForm({
      diagnoses: [
        newDiagnosis(newId(), {
          text: 'HIV disease',
          code: { system: 'http://hl7.org/fhir/sid/icd-10-cm', code: 'B20' },
        }),
      ],
    })
    const categories = Object.fromEntries(
      consultationRecords(form, context).map(({ resource, category }) => [resource.resourceType, category]),
    )
    expect(categories).toMatchObject({
      Condition: 'sensitive',
      Composition: 'sensitive',
      Encounter: 'sensitive',
      CarePlan: 'sensitive',
      MedicationRequest: 'prescription',
    })
    const all = consultationRecords(fullForm({ isSensitive: true }), context)
    expect(new Set(all.map(({ category }) => category))).toEqual(new Set(['sensitive']))
  })

  it('what the doctor types is text, never markup', () => {
    const form = fullForm({ complaint: '</p></div><script>alert(1)</script><img src=x onerror=alert(1)>' })
    const chart = chartOf(form)
    const div = (noteOf(chart).resource as Composition).section?.[0]?.text?.div ?? ''
    expect(div).not.toMatch(/<script|<img/)
    expect(signedConsultationOf(noteOf(chart), chart)?.form.complaint).toBe(form.complaint)
  })

  it('a narrative of another system is read as its words', () => {
    const div =
      '<div><style>p{}</style><h2>Plan</h2><ul><li>Rest</li><li>Water &#38; salt</li></ul><script>x()</script><!-- no --></div>'
    expect(narrativeText({ status: 'generated', div })).toBe('Plan\n\n• Rest\n• Water & salt')
    expect(narrativeText({ status: 'generated', div: '&#xd800;&#x110000;&nope;a' }).trim()).toBe('a')
  })

  it('a signed note is added to, not changed', () => {
    const chart = chartOf(fullForm())
    const first = noteOf(chart).resource as Composition
    const addendum = addendumRecord(first, {
      id: newId(),
      text: 'X-ray clear.',
      context: { ...context, signed: '2024-06-03T09:00:00Z' },
    })
    expect(
      validator.validateResource(addendum.resource).filter(({ severity }) => severity === 'error'),
    ).toEqual([])
    const read = signedConsultationOf(noteOf(chart), [...chart, { id: 'add', resource: addendum.resource }])
    expect(read?.addenda).toEqual([
      { record: 'add', text: 'X-ray clear.', author: 'Dr Asha Rao', signed: '2024-06-03T09:00:00Z' },
    ])
    expect(timelineEntryOf({ record: 'x', resource: addendum.resource }).kind).toBe('addendum')
    expect(() => addendumRecord(first, { id: newId(), text: ' ', context })).toThrow(RangeError)
    expect(() =>
      addendumRecord({ ...first, status: 'preliminary' }, { id: newId(), text: 'x', context }),
    ).toThrow(RangeError)
  })
})
