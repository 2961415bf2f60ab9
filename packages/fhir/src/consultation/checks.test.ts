import { describe, expect, it } from 'vitest'
import {
  type Consultation,
  consultationProblems,
  newConsultation,
  newDiagnosis,
  newPrescription,
  VITAL_FIELD_NAMES,
  VITAL_FIELDS,
} from '../consultation.ts'
import { amoxicillin, fullForm, newId } from '../testing/consultation-form.ts'

describe('what must be put right', () => {
  const keys = (form: Consultation) => consultationProblems(form).map(({ path, key }) => `${path}:${key}`)

  it('nothing in a whole form', () => {
    expect(consultationProblems(fullForm())).toEqual([])
  })

  it('each fault at its field', () => {
    expect(keys(newConsultation({ newId, started: '2024-06-01T10:00:00Z' }))).toEqual([':empty'])
    expect(keys(fullForm({ vitals: { systolic: 120 } }))).toEqual(['vitals.diastolic:half-a-pressure'])
    expect(keys(fullForm({ vitals: { systolic: 80, diastolic: 120 } }))).toEqual([
      'vitals.diastolic:pressure-reversed',
    ])
    expect(keys(fullForm({ vitals: { temperature: 98.6, weight: Number.NaN } }))).toEqual([
      'vitals.temperature:out-of-range',
      'vitals.weight:out-of-range',
    ])
    expect(keys(fullForm({ prescriptions: [newPrescription(newId())] }))).toEqual([
      'prescriptions.0.drug:required',
      'prescriptions.0.dose:required',
      'prescriptions.0.frequency:required',
    ])
    expect(keys(fullForm({ prescriptions: [amoxicillin({ dose: -1, frequency: 'constructor' })] }))).toEqual([
      'prescriptions.0.dose:not-positive',
      'prescriptions.0.frequency:unknown-frequency',
    ])
    expect(keys(fullForm({ diagnoses: [newDiagnosis(newId())] }))).toEqual(['diagnoses.0.text:required'])
    expect(keys(fullForm({ followUp: { on: '2024-02-31', note: '' } }))).toEqual(['followUp.on:no-such-day'])
    expect(keys(fullForm({ followUp: { on: '2024-05-31', note: '' } }))).toEqual(['followUp.on:in-the-past'])
    expect(keys(fullForm({ plan: 'x'.repeat(100_000) }))).toEqual(['plan:too-long'])
  })
})

it('every vital sign of the form has a unit and a range that makes sense', () => {
  for (const name of VITAL_FIELD_NAMES)
    expect(VITAL_FIELDS[name].most).toBeGreaterThan(VITAL_FIELDS[name].least)
})
