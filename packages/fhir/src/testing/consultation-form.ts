import type { ChartRecord } from '../chart/record.ts'
import {
  type Consultation,
  consultationRecords,
  newConsultation,
  newDiagnosis,
  newOrder,
  newPrescription,
  type PrescriptionEntry,
} from '../consultation.ts'

export const newId = () => globalThis.crypto.randomUUID()
/** Who signs, of whom, and when. */
export const context = {
  patient: 'Patient/p1',
  doctor: { reference: 'Practitioner/d1', name: 'Dr Asha Rao' },
  hospital: { name: 'City Hospital' },
  signed: '2024-06-01T10:20:00Z',
}
export const amoxicillin = (given: Partial<PrescriptionEntry> = {}) =>
  newPrescription(newId(), {
    drug: 'Amoxicillin',
    form: 'capsule',
    strength: '500 mg',
    dose: 1,
    doseUnit: 'capsule',
    frequency: 'three-times-daily',
    food: 'after-food',
    duration: 5,
    ...given,
  })

/** A form with something in every part. */
export function fullForm(given: Partial<Consultation> = {}): Consultation {
  return {
    ...newConsultation({ newId, started: '2024-06-01T10:00:00Z' }),
    complaint: 'Cough and fever for 3 days',
    history: 'No travel.\nNon-smoker <never>.\n\nBrother had "flu" & recovered.',
    findings: 'गले में लालिमा',
    vitals: { systolic: 122, diastolic: 78, temperature: 38.4, oxygenSaturation: 97, glucose: 110 },
    diagnoses: [
      newDiagnosis(newId(), {
        text: 'Acute bronchitis, unspecified',
        code: {
          system: 'http://hl7.org/fhir/sid/icd-10-cm',
          code: 'J20.9',
          display: 'Acute bronchitis, unspecified',
        },
        note: 'left base',
      }),
      newDiagnosis(newId(), { text: 'Asthma', certainty: 'differential' }),
    ],
    plan: 'Rest, fluids.',
    orders: [
      newOrder(newId(), { text: 'Chest X-ray', kind: 'imaging', isUrgent: true }),
      newOrder(newId(), { text: 'To chest clinic', kind: 'referral', note: 'if no better' }),
    ],
    prescriptions: [
      amoxicillin({ instruction: 'Finish all of it' }),
      newPrescription(newId(), {
        drug: 'Paracetamol',
        form: 'tablet',
        strength: '500 mg',
        dose: 1,
        doseUnit: 'tablet',
        isAsNeeded: true,
      }),
    ],
    followUp: { on: '2024-06-08', note: 'with the X-ray' },
    ...given,
  }
}

export const chartOf = (form: Consultation): ChartRecord[] =>
  consultationRecords(form, context).map(({ resource }) => ({ id: `rec-${resource.id}`, resource }))
export const noteOf = (records: readonly ChartRecord[]) =>
  records.find(({ resource }) => resource.resourceType === 'Composition') as ChartRecord
