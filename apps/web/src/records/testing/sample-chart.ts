import { readBundle } from '@curo/fhir/bundle'
import { categoryOf } from '@curo/fhir/categories'
import {
  consultationRecords,
  newConsultation,
  newDiagnosis,
  newOrder,
  newPrescription,
} from '@curo/fhir/consultation'
import { occurredOn } from '@curo/fhir/stub'
import type { TimelineSource } from '@curo/fhir/timeline'
import type { Resource } from '@curo/fhir/types'

const AUTHORS = [
  { id: 'dr-rao', name: 'Dr Asha Rao' },
  { id: 'dr-khan', name: 'Dr Imran Khan' },
  { id: 'self', name: 'Meera Sharma' },
]

/** A chart made of a bundle, repeated until it has `count` records; some of them altered or closed. */
export function chartOf(
  text: string,
  count?: number,
): { sources: TimelineSource[]; birthDate?: string; today: string } {
  const bundle = readBundle(text)
  const clinical: TimelineSource[] = [...bundle.clinical, ...bundle.administrative].map(
    ({ resource }, index) => {
      const occurred = occurredOn(resource)
      const author = AUTHORS[index % AUTHORS.length] as (typeof AUTHORS)[number]
      return {
        record: `r${index}`,
        category: categoryOf(resource, bundle.resolve),
        kind: resource.resourceType,
        ...(occurred !== undefined && { occurred }),
        created: `${occurred ?? '2021-01-01'}T12:00:00Z`,
        author,
        resource,
      }
    },
  )
  const people = new Set(['Practitioner', 'Organization'])
  const shown = clinical.filter(({ kind }) => !people.has(kind ?? ''))
  const wanted = count ?? shown.length
  const repeated = Array.from({ length: wanted }, (_, index): TimelineSource => {
    const source = shown[index % shown.length] as TimelineSource
    return index < shown.length ? source : { ...source, record: `x${index}` }
  })
  const faulty: TimelineSource[] = [
    {
      record: 'altered',
      category: 'laboratory',
      kind: 'Observation',
      occurred: '2020-06-01',
      fault: 'tampered',
    },
    { record: 'closed', category: 'document', kind: 'File', occurred: '2020-05-01', fault: 'wrong-key' },
    { record: 'odd', category: 'document', kind: 'Basic', occurred: '2020-04-01', stub: 7 },
    {
      record: 'sealed',
      category: 'sensitive',
      kind: 'Condition',
      occurred: '2020-03-01',
      stub: { type: 'Condition', title: 'Sensitive record' },
    },
  ]
  const note = consultationRecords(sampleConsultation(), {
    patient: 'Patient/p1',
    doctor: { name: 'Dr Asha Rao' },
    hospital: { name: 'City Hospital' },
    signed: '2021-03-04T10:20:00Z',
  }).map(
    ({ resource, category }): TimelineSource => ({
      record: `note-${resource.resourceType}`,
      category,
      kind: resource.resourceType,
      occurred: '2021-03-04',
      author: AUTHORS[0] as (typeof AUTHORS)[number],
      resource,
    }),
  )
  const hostile: TimelineSource = {
    record: 'hostile',
    category: 'consultation',
    kind: 'Procedure',
    occurred: '2021-02-01',
    author: { id: 'long', name: 'डॉ. '.repeat(60) },
    resource: {
      resourceType: 'Procedure',
      status: 'completed',
      code: { text: `${'Supercalifragilistic'.repeat(40)} مرحبا بالعالم 👩‍⚕️ <img src=x onerror=alert(1)>` },
      note: [{ text: 'x'.repeat(100_000) }],
    } as unknown as Resource,
  }
  const birthDate = bundle.patients[0]?.resource.birthDate
  return {
    sources: [...repeated, ...note, hostile, ...faulty],
    ...(birthDate && { birthDate }),
    today: '2021-06-01',
  }
}

function sampleConsultation() {
  const newId = () => crypto.randomUUID()
  return {
    ...newConsultation({ newId, started: '2021-03-04T10:00:00Z' }),
    complaint: 'Cough and fever for three days',
    history: 'No travel. Her brother had influenza last week.',
    findings: 'Throat red, lungs clear.',
    vitals: { systolic: 122, diastolic: 78, temperature: 38.4, oxygenSaturation: 97 },
    diagnoses: [newDiagnosis(newId(), { text: 'Acute pharyngitis, unspecified', certainty: 'provisional' })],
    plan: 'Rest, fluids, gargle with salt water.',
    orders: [newOrder(newId(), { text: 'Complete blood count' })],
    prescriptions: [
      newPrescription(newId(), {
        drug: 'Paracetamol',
        form: 'tablet',
        strength: '500 mg',
        dose: 1,
        doseUnit: 'tablet',
        frequency: 'three-times-daily',
        food: 'after-food',
        duration: 3,
      }),
    ],
    followUp: { on: '2021-03-11', note: 'if the fever stays' },
  }
}
