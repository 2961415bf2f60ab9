import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  consultationProblems,
  consultationRecords,
  isEmptyConsultation,
  newConsultation,
  parseDraft,
  serializeDraft,
} from '../consultation.ts'
import { context, fullForm, newId } from '../testing/consultation-form.ts'

describe('the draft', () => {
  it('comes back as it was', () => {
    const form = fullForm()
    expect(parseDraft(serializeDraft(form))).toEqual(form)
    expect(isEmptyConsultation(newConsultation({ newId, started: '2024-06-01T10:00:00Z' }))).toBe(true)
    expect(isEmptyConsultation(form)).toBe(false)
  })

  it('from something else is none, and never a form with fields of a wrong type', () => {
    for (const bad of ['', 'null', '{}', '[]', '{"format":"curo-consultation-draft","version":2,"form":{}}'])
      expect(parseDraft(bad)).toBeUndefined()
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom(...Object.keys(fullForm())), fc.jsonValue({ maxDepth: 3 })),
        (fields) => {
          const form = { id: 'a', visit: 'b', series: 'c', started: 'd', ...fields }
          const parsed = parseDraft(JSON.stringify({ format: 'curo-consultation-draft', version: 1, form }))
          if (!parsed) return
          expect(parseDraft(serializeDraft(parsed))).toEqual(parsed)
          consultationProblems(parsed)
          consultationRecords(parsed, context)
        },
      ),
    )
  })
})
