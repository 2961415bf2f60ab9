import type { Category } from '@curo/crypto/category'
import { categoryOf } from '../categories.ts'
import { makeResolver } from '../references.ts'
import type {
  CarePlan,
  CodeableConcept,
  Composition,
  Condition,
  Encounter,
  MedicationRequest,
  Observation,
  Reference,
  Resource,
  ServiceRequest,
} from '../types.ts'
import {
  type Consultation,
  type DiagnosisEntry,
  type FormCode,
  type OrderEntry,
  type PrescriptionEntry,
  VITAL_FIELD_NAMES,
  VITAL_FIELDS,
  type VitalField,
} from './form.ts'
import { narrativeOf } from './narrative.ts'
import { routeConcept, timingOf } from './regimen.ts'

/** Who writes, about whom, where and when. References are `Type/id` or `urn:uuid:…`. */
export interface ConsultationContext {
  readonly patient: string
  readonly doctor: { readonly reference?: string; readonly name: string }
  readonly hospital?: { readonly reference?: string; readonly name: string }
  /** Instant of signing. */
  readonly signed: string
  /** The note's title in the language it is written in; 'Consultation', if not given. */
  readonly title?: string
}

export interface ConsultationRecord {
  readonly resource: Resource
  readonly category: Category
}

const LOINC = 'http://loinc.org'
const UCUM = 'http://unitsofmeasure.org'
const TERMINOLOGY = 'http://terminology.hl7.org/CodeSystem'
const V3 = `${TERMINOLOGY}/v3-ActCode`
const BLOOD_PRESSURE = 0
const RESTRICTED = [{ system: `${TERMINOLOGY}/v3-Confidentiality`, code: 'R' }]

export const SECTIONS = {
  complaint: ['10154-3', 'Chief complaint'],
  history: ['10164-2', 'History of present illness'],
  findings: ['29545-1', 'Physical findings'],
  vitals: ['8716-3', 'Vital signs'],
  diagnoses: ['29548-5', 'Diagnosis'],
  plan: ['18776-5', 'Plan of care'],
  prescriptions: ['57828-6', 'Prescriptions'],
  addendum: ['55107-7', 'Addendum'],
} as const

/** The ids of what a form keeps no id for: the series' UUID with another end. */
export function seriesId(series: string, index: number): string {
  return `${series.slice(0, -2)}${index.toString(16).padStart(2, '0')}`
}

const coded = (system: string, code: string, display?: string): CodeableConcept => ({
  coding: [{ system, code, ...(display !== undefined && { display }) }],
})

function conceptOf(text: string, code: FormCode | undefined): CodeableConcept {
  return { ...(code && { coding: [{ ...code }] }), text: text.trim() }
}

function party({ reference, name }: { reference?: string; name: string }): Reference<never> {
  return { ...(reference !== undefined && { reference }), display: name } as Reference<never>
}

const noteOf = (text: string) => (text.trim() === '' ? {} : { note: [{ text: text.trim() }] })

interface Build {
  readonly form: Consultation
  readonly context: ConsultationContext
  readonly subject: Reference<never>
  readonly encounter: Reference<never>
}

function conditionOf({ context, subject, encounter }: Build, entry: DiagnosisEntry): Condition & Resource {
  return {
    resourceType: 'Condition',
    id: entry.id,
    clinicalStatus: coded(`${TERMINOLOGY}/condition-clinical`, 'active'),
    verificationStatus: coded(`${TERMINOLOGY}/condition-ver-status`, entry.certainty),
    category: [coded(`${TERMINOLOGY}/condition-category`, 'encounter-diagnosis')],
    code: conceptOf(entry.text, entry.code),
    subject,
    encounter,
    recordedDate: context.signed,
    recorder: party(context.doctor),
    ...noteOf(entry.note),
  } as Condition & Resource
}

function quantity(field: VitalField, value: number) {
  const { unit } = VITAL_FIELDS[field]
  const words = { 'mm[Hg]': 'mmHg', Cel: '°C', '/min': '/min', '{score}': '{score}' }[unit as string] ?? unit
  return { valueQuantity: { value, unit: words, system: UCUM, code: unit } }
}

const vitalCode = (field: VitalField): CodeableConcept => ({
  ...coded(LOINC, VITAL_FIELDS[field].loinc, VITAL_FIELDS[field].display),
  text: VITAL_FIELDS[field].display,
})

function observationsOf({ form, context, subject, encounter }: Build): (Observation & Resource)[] {
  const base = (index: number, category: string) => ({
    resourceType: 'Observation' as const,
    id: seriesId(form.series, index),
    status: 'final' as const,
    category: [coded(`${TERMINOLOGY}/observation-category`, category)],
    subject,
    encounter,
    effectiveDateTime: form.started,
    issued: context.signed,
    performer: [party(context.doctor)],
  })
  const { systolic, diastolic } = form.vitals
  const given = VITAL_FIELD_NAMES.flatMap((field, index) => {
    const value = form.vitals[field]
    return value === undefined ? [] : [{ field, value, index: index + 1 }]
  })
  const isPair = systolic !== undefined && diastolic !== undefined
  const single = given.filter(({ field }) => !(isPair && (field === 'systolic' || field === 'diastolic')))
  const parts = given.filter(({ field }) => field === 'systolic' || field === 'diastolic')
  const pressure = {
    ...base(BLOOD_PRESSURE, 'vital-signs'),
    code: { ...coded(LOINC, '85354-9', 'Blood pressure panel'), text: 'Blood pressure' },
    component: parts.map(({ field, value }) => ({ code: vitalCode(field), ...quantity(field, value) })),
  }
  return [
    ...(isPair ? [pressure] : []),
    ...single.map(({ field, value, index }) => ({
      ...base(index, field === 'glucose' ? 'laboratory' : 'vital-signs'),
      code: vitalCode(field),
      ...quantity(field, value),
    })),
  ] as (Observation & Resource)[]
}

/** 'Amoxicillin 500 mg capsule' */
export function prescriptionTitle({ drug, strength, form }: PrescriptionEntry): string {
  return [drug, strength, form]
    .map((part) => part.trim())
    .filter(Boolean)
    .join(' ')
}

function medicationRequestOf(
  { context, subject, encounter }: Build,
  entry: PrescriptionEntry,
): MedicationRequest & Resource {
  const { food, duration, durationUnit, frequency, dose } = entry
  const timing = timingOf({
    frequency,
    durationUnit,
    ...(food && { food }),
    ...(duration !== undefined && { duration }),
  })
  const route = routeConcept(entry.route)
  const instruction = entry.instruction.trim()
  return {
    resourceType: 'MedicationRequest',
    id: entry.id,
    status: 'active',
    intent: 'order',
    medicationCodeableConcept: conceptOf(prescriptionTitle(entry), entry.code),
    subject,
    encounter,
    authoredOn: context.signed,
    requester: party(context.doctor),
    dosageInstruction: [
      {
        ...(timing && { timing }),
        ...(entry.isAsNeeded && { asNeededBoolean: true }),
        ...(route && { route }),
        ...(dose !== undefined && { doseAndRate: [{ doseQuantity: { value: dose, unit: entry.doseUnit } }] }),
        ...(instruction !== '' && { patientInstruction: instruction }),
      },
    ],
  } as MedicationRequest & Resource
}

/** SNOMED CT, as `categoryOf` and ABDM read them. */
export const ORDER_CATEGORIES = {
  laboratory: ['108252007', 'Laboratory procedure'],
  imaging: ['363679005', 'Imaging'],
  procedure: ['71388002', 'Procedure'],
  referral: ['3457005', 'Patient referral'],
} as const

function serviceRequestOf(
  { context, subject, encounter }: Build,
  entry: OrderEntry,
): ServiceRequest & Resource {
  const [code, display] = ORDER_CATEGORIES[entry.kind]
  return {
    resourceType: 'ServiceRequest',
    id: entry.id,
    status: 'active',
    intent: 'order',
    category: [coded('http://snomed.info/sct', code, display)],
    priority: entry.isUrgent ? 'urgent' : 'routine',
    code: conceptOf(entry.text, entry.code),
    subject,
    encounter,
    authoredOn: context.signed,
    requester: party(context.doctor),
    ...noteOf(entry.note),
  } as ServiceRequest & Resource
}

const PLAN_INDEX = 0x40

function carePlanOf({ form, context, subject, encounter }: Build): (CarePlan & Resource) | undefined {
  const { on, note } = form.followUp
  const plan = form.plan.trim()
  const hasFollowUp = on !== undefined || note.trim() !== ''
  if (plan === '' && !hasFollowUp) return undefined
  return {
    resourceType: 'CarePlan',
    id: seriesId(form.series, PLAN_INDEX),
    status: 'active',
    intent: 'plan',
    ...(plan !== '' && { description: plan }),
    subject,
    encounter,
    created: context.signed,
    author: party(context.doctor),
    ...(form.diagnoses.length > 0 && {
      addresses: form.diagnoses.map(({ id }) => ({ reference: `Condition/${id}` })),
    }),
    ...(hasFollowUp && {
      activity: [
        {
          detail: {
            kind: 'Appointment',
            status: 'not-started',
            ...(on !== undefined && { scheduledPeriod: { start: on } }),
            ...(note.trim() !== '' && { description: note.trim() }),
          },
        },
      ],
    }),
  } as CarePlan & Resource
}

const CLASSES = {
  'in-person': ['AMB', 'ambulatory'],
  video: ['VR', 'virtual'],
  phone: ['VR', 'virtual'],
  home: ['HH', 'home health'],
} as const

function encounterOf({ form, context, subject }: Build, isSensitive: boolean): Encounter & Resource {
  const [code, display] = CLASSES[form.mode]
  const complaint = form.complaint.trim()
  return {
    resourceType: 'Encounter',
    id: form.visit,
    ...(isSensitive && { meta: { security: RESTRICTED } }),
    status: 'finished',
    class: { system: V3, code, display },
    type: [{ text: form.mode === 'phone' ? 'Consultation by telephone' : 'Consultation' }],
    subject,
    participant: [{ individual: party(context.doctor) }],
    period: { start: form.started, end: context.signed },
    ...(complaint !== '' && { reasonCode: [{ text: complaint.slice(0, 500) }] }),
    ...(form.diagnoses.length > 0 && {
      diagnosis: form.diagnoses.map(({ id }, index) => ({
        condition: { reference: `Condition/${id}` },
        rank: index + 1,
      })),
    }),
    ...(context.hospital && { serviceProvider: party(context.hospital) }),
  } as Encounter & Resource
}

type SectionName = keyof typeof SECTIONS

function section(name: SectionName, text: string, entries: readonly Resource[] = []) {
  if (text.trim() === '' && entries.length === 0) return []
  const [code, display] = SECTIONS[name]
  const entry = entries.map(({ resourceType, id }) => ({ reference: `${resourceType}/${id}` }))
  return [
    {
      title: display,
      code: coded(LOINC, code, display),
      ...(text.trim() !== '' && { text: narrativeOf(text) }),
      ...(entry.length > 0 && { entry }),
    },
  ]
}

function compositionOf(
  { form, context, subject, encounter }: Build,
  given: { parts: readonly Resource[]; isSensitive: boolean },
): Composition & Resource {
  const of = (type: string) => given.parts.filter(({ resourceType }) => resourceType === type)
  return {
    resourceType: 'Composition',
    id: form.id,
    status: 'final',
    type: coded(LOINC, '11488-4', 'Consult note'),
    subject,
    encounter,
    date: context.signed,
    author: [party(context.doctor)],
    title: context.title ?? 'Consultation',
    ...(given.isSensitive && { confidentiality: 'R' }),
    attester: [{ mode: 'legal', time: context.signed, party: party(context.doctor) }],
    ...(context.hospital && { custodian: party(context.hospital) }),
    section: [
      ...section('complaint', form.complaint),
      ...section('history', form.history),
      ...section('findings', form.findings),
      ...section('vitals', '', of('Observation')),
      ...section('diagnoses', form.diagnoses.map(diagnosisLine).join('\n'), of('Condition')),
      ...section('plan', form.plan, [...of('CarePlan'), ...of('ServiceRequest')]),
      ...section(
        'prescriptions',
        form.prescriptions.map(prescriptionTitle).join('\n'),
        of('MedicationRequest'),
      ),
    ],
  } as unknown as Composition & Resource
}

function diagnosisLine({ text, code, certainty }: DiagnosisEntry): string {
  const marks = [code?.code, certainty === 'confirmed' ? undefined : certainty].filter(Boolean).join(', ')
  return marks === '' ? text : `${text} (${marks})`
}

/**
 * The records of a signed consultation: Encounter, Conditions, Observations, MedicationRequests, ServiceRequests,
 * CarePlan, and the Composition that holds them together, final and attested; each valid R4 with the category it is
 * sealed under. Where a part is sensitive, or the doctor says so, the note, the visit and the plan, which would tell,
 * are sensitive too.
 */
export function consultationRecords(form: Consultation, context: ConsultationContext): ConsultationRecord[] {
  const build: Build = {
    form,
    context,
    subject: { reference: context.patient } as Reference<never>,
    encounter: { reference: `Encounter/${form.visit}` } as Reference<never>,
  }
  const plan = carePlanOf(build)
  const parts: Resource[] = [
    ...form.diagnoses.map((entry) => conditionOf(build, entry)),
    ...observationsOf(build),
    ...form.prescriptions.map((entry) => medicationRequestOf(build, entry)),
    ...form.orders.map((entry) => serviceRequestOf(build, entry)),
  ]
  const resolve = makeResolver(parts.map((resource, entry) => ({ resource, text: '', entry })))
  const filed = parts.map((resource) => ({
    resource,
    category: form.isSensitive ? ('sensitive' as const) : categoryOf(resource, resolve),
  }))
  const isSensitive = filed.some(({ category }) => category === 'sensitive')
  const whole: Resource[] = [
    encounterOf(build, isSensitive),
    ...(plan ? [plan] : []),
    compositionOf(build, { parts: plan ? [...parts, plan] : parts, isSensitive }),
  ]
  return [
    ...filed,
    ...whole.map((resource) => ({
      resource,
      category: isSensitive ? ('sensitive' as const) : categoryOf(resource, resolve),
    })),
  ]
}

/**
 * An addendum to a signed note: a Composition of its own that appends to the first, which is never changed.
 * @throws RangeError when the text is empty or the note is not final
 */
export function addendumRecord(
  first: Composition,
  { id, text, context }: { id: string; text: string; context: ConsultationContext },
): ConsultationRecord {
  if (text.trim() === '') throw new RangeError('An addendum needs text.')
  if (!isLocked(first) || first.id === undefined)
    throw new RangeError('Only a signed note can have an addendum.')
  const isSensitive = first.confidentiality === 'R' || first.confidentiality === 'V'
  const resource = {
    resourceType: 'Composition',
    id,
    status: 'final',
    type: first.type,
    subject: first.subject ?? { reference: context.patient },
    ...(first.encounter && { encounter: first.encounter }),
    date: context.signed,
    author: [party(context.doctor)],
    title: context.title ?? 'Addendum',
    ...(isSensitive && { confidentiality: first.confidentiality }),
    attester: [{ mode: 'legal', time: context.signed, party: party(context.doctor) }],
    relatesTo: [{ code: 'appends', targetReference: { reference: `Composition/${first.id}` } }],
    section: section('addendum', text),
  } as unknown as Composition & Resource
  return { resource, category: isSensitive ? 'sensitive' : categoryOf(resource) }
}

/** A note that was signed is never changed; only added to. */
export function isLocked(composition: Composition): boolean {
  return composition.status === 'final' || composition.status === 'amended'
}
