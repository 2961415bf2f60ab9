/** An invented patient with a little of everything, for when no bundle is given. */
const PATIENT = 'urn:uuid:7d0c1a52-0000-4000-8000-000000000001'
const subject = { reference: PATIENT }
const coding = (system: string, code: string, display: string) => ({
  coding: [{ system, code, display }],
  text: display,
})
const SNOMED = 'http://snomed.info/sct'
const LOINC = 'http://loinc.org'
const finished = { status: 'final', subject }

const vital = (day: string, code: string, display: string, value: number, unit: string) => ({
  resourceType: 'Observation',
  ...finished,
  category: [
    coding('http://terminology.hl7.org/CodeSystem/observation-category', 'vital-signs', 'Vital signs'),
  ],
  code: coding(LOINC, code, display),
  effectiveDateTime: `${day}T09:15:00+05:30`,
  valueQuantity: { value, unit, system: 'http://unitsofmeasure.org', code: unit },
})

const VITALS = Array.from({ length: 12 }, (_, month) =>
  vital(`2025-${String(month + 1).padStart(2, '0')}-05`, '29463-7', 'Body weight', 61 + month / 4, 'kg'),
)

const CLINICAL = [
  {
    resourceType: 'AllergyIntolerance',
    clinicalStatus: coding(
      'http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical',
      'active',
      'Active',
    ),
    code: coding(SNOMED, '91936005', 'Allergy to penicillin'),
    patient: subject,
    recordedDate: '2019-02-11',
  },
  {
    resourceType: 'Condition',
    clinicalStatus: coding('http://terminology.hl7.org/CodeSystem/condition-clinical', 'active', 'Active'),
    code: coding(SNOMED, '44054006', 'Diabetes mellitus type 2'),
    subject,
    onsetDateTime: '2021-06-30',
  },
  {
    resourceType: 'MedicationRequest',
    status: 'active',
    intent: 'order',
    medicationCodeableConcept: { text: 'Metformin 500 mg' },
    subject,
    authoredOn: '2025-03-05T10:00:00+05:30',
    dosageInstruction: [{ text: 'One tablet twice a day with food' }],
  },
  {
    resourceType: 'Immunization',
    status: 'completed',
    vaccineCode: coding(
      'http://hl7.org/fhir/sid/cvx',
      '140',
      'Influenza, seasonal, injectable, preservative free',
    ),
    patient: subject,
    occurrenceDateTime: '2025-10-02',
  },
  {
    resourceType: 'Observation',
    ...finished,
    category: [
      coding('http://terminology.hl7.org/CodeSystem/observation-category', 'laboratory', 'Laboratory'),
    ],
    code: coding(LOINC, '4548-4', 'Hemoglobin A1c/Hemoglobin.total in Blood'),
    effectiveDateTime: '2025-09-12T08:00:00+05:30',
    valueQuantity: { value: 7.1, unit: '%', system: 'http://unitsofmeasure.org', code: '%' },
  },
  {
    resourceType: 'Encounter',
    status: 'finished',
    class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB', display: 'ambulatory' },
    subject,
    period: { start: '2025-09-12T09:00:00+05:30', end: '2025-09-12T09:20:00+05:30' },
    reasonCode: [{ text: 'Review of diabetes' }],
  },
  ...VITALS,
]

export function ownBundle(): string {
  const patient = {
    resourceType: 'Patient',
    name: [{ use: 'official', family: 'Vaidehi-Sundaram', given: ['Kalpana'] }],
    gender: 'female',
    birthDate: '1968-04-17',
    telecom: [{ system: 'phone', value: '+919800000123' }],
    address: [{ line: ['14 Invented Lane'], city: 'Nashik', postalCode: '422001', country: 'IN' }],
    communication: [{ language: coding('urn:ietf:bcp:47', 'hi', 'Hindi') }],
  }
  const entry = [
    { fullUrl: PATIENT, resource: patient },
    ...CLINICAL.map((resource, index) => ({
      fullUrl: `urn:uuid:7d0c1a52-0000-4000-8000-${String(index + 2).padStart(12, '0')}`,
      resource,
    })),
  ]
  return JSON.stringify({ resourceType: 'Bundle', type: 'collection', entry }, null, 2)
}
