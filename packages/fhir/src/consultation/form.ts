/** The vital signs of a consultation, in the units that are asked for. */
export const VITAL_FIELDS = {
  systolic: { unit: 'mm[Hg]', loinc: '8480-6', display: 'Systolic blood pressure', least: 30, most: 320 },
  diastolic: { unit: 'mm[Hg]', loinc: '8462-4', display: 'Diastolic blood pressure', least: 10, most: 220 },
  heartRate: { unit: '/min', loinc: '8867-4', display: 'Heart rate', least: 10, most: 350 },
  respiratoryRate: { unit: '/min', loinc: '9279-1', display: 'Respiratory rate', least: 2, most: 120 },
  oxygenSaturation: { unit: '%', loinc: '59408-5', display: 'Oxygen saturation', least: 20, most: 100 },
  temperature: { unit: 'Cel', loinc: '8310-5', display: 'Body temperature', least: 25, most: 45 },
  weight: { unit: 'kg', loinc: '29463-7', display: 'Body weight', least: 0.3, most: 500 },
  height: { unit: 'cm', loinc: '8302-2', display: 'Body height', least: 20, most: 260 },
  headCircumference: { unit: 'cm', loinc: '9843-4', display: 'Head circumference', least: 20, most: 70 },
  glucose: { unit: 'mg/dL', loinc: '41653-7', display: 'Glucose, finger prick', least: 10, most: 1500 },
  pain: { unit: '{score}', loinc: '72514-3', display: 'Pain severity 0-10', least: 0, most: 10 },
} as const

export type VitalField = keyof typeof VITAL_FIELDS
export const VITAL_FIELD_NAMES = Object.keys(VITAL_FIELDS) as VitalField[]

export const CONSULTATION_MODES = ['in-person', 'video', 'phone', 'home'] as const
export const CERTAINTIES = ['confirmed', 'provisional', 'differential'] as const
export const ORDER_KINDS = ['laboratory', 'imaging', 'procedure', 'referral'] as const
export const FOOD_RELATIONS = ['before-food', 'after-food', 'with-food'] as const
export const DURATION_UNITS = ['d', 'wk', 'mo'] as const

export type ConsultationMode = (typeof CONSULTATION_MODES)[number]
export type Certainty = (typeof CERTAINTIES)[number]
export type OrderKind = (typeof ORDER_KINDS)[number]
export type FoodRelation = (typeof FOOD_RELATIONS)[number]
export type DurationUnit = (typeof DURATION_UNITS)[number]

/** A code of a code system, as FHIR's Coding. */
export interface FormCode {
  readonly system: string
  readonly code: string
  readonly display?: string
}

export interface DiagnosisEntry {
  /** UUID, also of the Condition it becomes. */
  readonly id: string
  readonly text: string
  readonly code?: FormCode
  readonly certainty: Certainty
  readonly note: string
}

export interface OrderEntry {
  readonly id: string
  readonly kind: OrderKind
  readonly text: string
  readonly code?: FormCode
  readonly isUrgent: boolean
  readonly note: string
}

export interface PrescriptionEntry {
  readonly id: string
  /** Generic name: 'Amoxicillin'. */
  readonly drug: string
  readonly code?: FormCode
  /** 'capsule', 'syrup' …; a key of `DRUG_FORMS` or what was typed. */
  readonly form: string
  /** '500 mg', '250 mg/5 mL' */
  readonly strength: string
  readonly dose?: number
  /** 'capsule', 'mL', 'mg' … */
  readonly doseUnit: string
  /** A key of `FREQUENCIES`. */
  readonly frequency: string
  readonly isAsNeeded: boolean
  readonly food?: FoodRelation
  /** A key of `ROUTES`. */
  readonly route: string
  readonly duration?: number
  readonly durationUnit: DurationUnit
  /** What the patient is told besides. */
  readonly instruction: string
}

/** What a doctor writes down of one consultation. Everything may be empty while it is a draft. */
export interface Consultation {
  /** UUID, also of the Composition it becomes. */
  readonly id: string
  /** UUID of the Encounter. */
  readonly visit: string
  /** UUID from which those of the plan and the vital signs are made. */
  readonly series: string
  /** Instant. */
  readonly started: string
  readonly mode: ConsultationMode
  readonly complaint: string
  readonly history: string
  readonly findings: string
  readonly vitals: Readonly<Partial<Record<VitalField, number>>>
  readonly diagnoses: readonly DiagnosisEntry[]
  readonly plan: string
  readonly orders: readonly OrderEntry[]
  readonly prescriptions: readonly PrescriptionEntry[]
  readonly followUp: { readonly on?: string; readonly note: string }
  /** The whole note is filed under `sensitive`, as the doctor decides; a sensitive diagnosis does so by itself. */
  readonly isSensitive: boolean
}

/** An empty consultation. @param newId gives a UUID (crypto.randomUUID) */
export function newConsultation({ newId, started }: { newId: () => string; started: string }): Consultation {
  return {
    id: newId(),
    visit: newId(),
    series: newId(),
    started,
    mode: 'in-person',
    complaint: '',
    history: '',
    findings: '',
    vitals: {},
    diagnoses: [],
    plan: '',
    orders: [],
    prescriptions: [],
    followUp: { note: '' },
    isSensitive: false,
  }
}

export function newDiagnosis(id: string, given: Partial<DiagnosisEntry> = {}): DiagnosisEntry {
  return { id, text: '', certainty: 'confirmed', note: '', ...given }
}

export function newOrder(id: string, given: Partial<OrderEntry> = {}): OrderEntry {
  return { id, kind: 'laboratory', text: '', isUrgent: false, note: '', ...given }
}

export function newPrescription(id: string, given: Partial<PrescriptionEntry> = {}): PrescriptionEntry {
  return {
    id,
    drug: '',
    form: '',
    strength: '',
    doseUnit: '',
    frequency: '',
    isAsNeeded: false,
    route: 'oral',
    durationUnit: 'd',
    instruction: '',
    ...given,
  }
}

/** Whether nothing was written yet, so there is nothing to keep. */
export function isEmptyConsultation(form: Consultation): boolean {
  const { complaint, history, findings, plan, followUp } = form
  return (
    [complaint, history, findings, plan, followUp.note, followUp.on ?? ''].every(
      (text) => text.trim() === '',
    ) &&
    Object.keys(form.vitals).length === 0 &&
    [form.diagnoses, form.orders, form.prescriptions].every((list) => list.length === 0)
  )
}
