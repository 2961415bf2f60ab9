import { attempt } from '../attempt.ts'
import { type ChartRecord, currentRecords } from '../chart/record.ts'
import { codesIn, codingsOf } from '../concepts.ts'
import type {
  CodeableConcept,
  Composition,
  Condition,
  Encounter,
  MedicationRequest,
  Observation,
  Resource,
  ServiceRequest,
} from '../types.ts'
import { conceptWords, oneLine } from '../words.ts'
import {
  type Certainty,
  type Consultation,
  type ConsultationMode,
  type DiagnosisEntry,
  type FormCode,
  ORDER_KINDS,
  type OrderEntry,
  type PrescriptionEntry,
  VITAL_FIELD_NAMES,
  VITAL_FIELDS,
} from './form.ts'
import { narrativeText } from './narrative.ts'
import { regimenOf, routeOf } from './regimen.ts'
import { ORDER_CATEGORIES, SECTIONS } from './resources.ts'

/** A consultation as it was signed, with what was added to it later. */
export interface SignedConsultation {
  readonly form: Consultation
  readonly composition: Composition
  /** The record that holds the note. */
  readonly record: string
  readonly author?: string
  /** Instant of signing. */
  readonly signed?: string
  /** Sections that are none of the form's, as text: notes of other systems. */
  readonly other: readonly { readonly title: string; readonly text: string }[]
  readonly addenda: readonly {
    readonly record: string
    readonly text: string
    readonly author?: string
    readonly signed?: string
  }[]
}

const idOf = (reference: string | undefined) => reference?.replace(/^.*[/:]/, '').toLowerCase()

type CompositionResource = Composition & { resourceType: 'Composition' }

function formCode(concept: CodeableConcept | undefined): FormCode | undefined {
  const coding = codingsOf(concept).find((one) => one.system !== undefined && one.code !== undefined)
  if (!coding) return undefined
  const { system, code, display } = coding as { system: string; code: string; display?: string }
  return { system, code, ...(display !== undefined && { display }) }
}

const noteText = (note: { text?: string }[] | undefined) => (Array.isArray(note) ? (note[0]?.text ?? '') : '')

function diagnosisEntry(condition: Condition): DiagnosisEntry {
  const code = formCode(condition.code)
  const status = codingsOf(condition.verificationStatus)[0]?.code
  const certainty: Certainty = status === 'provisional' || status === 'differential' ? status : 'confirmed'
  return {
    id: condition.id ?? '',
    text: conceptWords(condition.code) ?? '',
    ...(code && { code }),
    certainty,
    note: noteText(condition.note),
  }
}

function orderEntry(request: ServiceRequest): OrderEntry {
  const code = formCode(request.code)
  const categories = codesIn(request.category, 'snomed')
  return {
    id: request.id ?? '',
    kind: ORDER_KINDS.find((kind) => categories.includes(ORDER_CATEGORIES[kind][0])) ?? 'procedure',
    text: conceptWords(request.code) ?? '',
    ...(code && { code }),
    isUrgent: request.priority !== undefined && request.priority !== 'routine',
    note: noteText(request.note),
  }
}

/** The title taken apart again: what stands before the first number is the name, the number and its unit the strength. */
function titleParts(title: string): { drug: string; strength: string; form: string } {
  const match = title.match(
    /^(.+?)\s+([\d.,]+\s*(?:mg|mcg|µg|g|IU|units?|mL|%)(?:\s*\/\s*[\d.]*\s*\w+)?)(?:\s+(.*))?$/i,
  )
  if (!match) return { drug: title, strength: '', form: '' }
  return { drug: match[1] ?? title, strength: match[2] ?? '', form: match[3] ?? '' }
}

function prescriptionEntry(request: MedicationRequest): PrescriptionEntry {
  const [dosage] = Array.isArray(request.dosageInstruction) ? request.dosageInstruction : []
  const concept = request.medicationCodeableConcept
  const code = formCode(concept)
  const quantity = dosage?.doseAndRate?.[0]?.doseQuantity
  const bounds = dosage?.timing?.repeat?.boundsDuration
  const unit = (['d', 'wk', 'mo'] as const).find((one) => one === bounds?.code)
  return {
    id: request.id ?? '',
    ...titleParts(conceptWords(concept) ?? oneLine(request.medicationReference?.display) ?? ''),
    ...(code && { code }),
    ...(quantity?.value !== undefined && { dose: quantity.value }),
    doseUnit: quantity?.unit ?? '',
    ...regimenOf(dosage?.timing),
    isAsNeeded: dosage?.asNeededBoolean === true,
    route: routeOf(dosage?.route),
    ...(bounds?.value !== undefined && unit && { duration: bounds.value }),
    durationUnit: unit ?? 'd',
    instruction: dosage?.patientInstruction ?? dosage?.text ?? '',
  }
}

function vitalsOf(observations: readonly Observation[]): Consultation['vitals'] {
  const vitals: Record<string, number> = {}
  for (const observation of observations) {
    const parts = [observation, ...(Array.isArray(observation.component) ? observation.component : [])]
    for (const { code, valueQuantity } of parts) {
      const codes = codesIn(code, 'loinc')
      const field = VITAL_FIELD_NAMES.find((name) => codes.includes(VITAL_FIELDS[name].loinc))
      const isSame = field && (valueQuantity?.code ?? valueQuantity?.unit) === VITAL_FIELDS[field].unit
      if (isSame && typeof valueQuantity?.value === 'number') vitals[field] = valueQuantity.value
    }
  }
  return vitals
}

function modeOf(encounter: Encounter | undefined): ConsultationMode {
  const code = encounter?.class?.code
  if (code === 'HH') return 'home'
  if (code !== 'VR') return 'in-person'
  return /telephone/i.test(conceptWords(encounter?.type?.[0]) ?? '') ? 'phone' : 'video'
}

const authorOf = ({ author }: Composition) => oneLine(author?.[0]?.display)

function sectionTexts(composition: Composition): Map<string, { title: string; text: string }> {
  const sections = new Map<string, { title: string; text: string }>()
  for (const [index, one] of (Array.isArray(composition.section) ? composition.section : []).entries()) {
    const code = codesIn(one?.code, 'loinc')[0] ?? `#${index}`
    sections.set(code, {
      title: oneLine(one?.title) ?? conceptWords(one?.code) ?? '',
      text: narrativeText(one?.text),
    })
  }
  return sections
}

function read(
  record: ChartRecord,
  composition: CompositionResource,
  all: readonly ChartRecord[],
): SignedConsultation {
  const visit = idOf(composition.encounter?.reference)
  const named = new Set(
    (composition.section ?? []).flatMap((one) => (one?.entry ?? []).map(({ reference }) => idOf(reference))),
  )
  const own = all
    .map(({ resource }) => resource)
    .filter((resource) => {
      const encounter = (resource as { encounter?: { reference?: string } }).encounter?.reference
      return (
        named.has(resource.id?.toLowerCase()) ||
        (named.size === 0 && visit !== undefined && idOf(encounter) === visit)
      )
    })
  const of = <T extends Resource['resourceType']>(type: T) =>
    own.filter(
      (resource): resource is Extract<Resource, { resourceType: T }> => resource.resourceType === type,
    )
  const encounter = all.find(
    ({ resource }) => resource.resourceType === 'Encounter' && resource.id?.toLowerCase() === visit,
  )?.resource as Encounter | undefined
  const sections = sectionTexts(composition)
  const textOf = (name: keyof typeof SECTIONS) => sections.get(SECTIONS[name][0])?.text ?? ''
  const [plan] = of('CarePlan')
  const activity = plan?.activity?.[0]?.detail
  const on = activity?.scheduledPeriod?.start
  const known = new Set<string>(Object.values(SECTIONS).map(([code]) => code))
  const author = authorOf(composition)
  return {
    record: record.id,
    composition,
    ...(author !== undefined && { author }),
    ...(composition.date !== undefined && { signed: composition.date }),
    other: [...sections].filter(([code, { text }]) => !known.has(code) && text !== '').map(([, one]) => one),
    addenda: addendaOf(composition, all),
    form: {
      id: composition.id ?? '',
      visit: visit ?? '',
      series: of('Observation')[0]?.id ?? plan?.id ?? '',
      started: encounter?.period?.start ?? composition.date ?? '',
      mode: modeOf(encounter),
      complaint: textOf('complaint'),
      history: textOf('history'),
      findings: textOf('findings'),
      vitals: vitalsOf(of('Observation')),
      diagnoses: of('Condition').map(diagnosisEntry),
      plan: textOf('plan') || (plan?.description ?? ''),
      orders: of('ServiceRequest').map(orderEntry),
      prescriptions: of('MedicationRequest').map(prescriptionEntry),
      followUp: { ...(on !== undefined && { on }), note: activity?.description ?? '' },
      isSensitive: composition.confidentiality === 'R' || composition.confidentiality === 'V',
    },
  }
}

function addendaOf(first: Composition, all: readonly ChartRecord[]): SignedConsultation['addenda'] {
  const id = first.id?.toLowerCase()
  return all
    .flatMap(({ id: record, resource }) => {
      if (resource.resourceType !== 'Composition' || id === undefined) return []
      const isOurs = resource.relatesTo?.some(
        ({ code, targetReference }) => code === 'appends' && idOf(targetReference?.reference) === id,
      )
      if (!isOurs) return []
      const author = authorOf(resource)
      const text = [...sectionTexts(resource).values()].map((one) => one.text).join('\n\n')
      return [
        {
          record,
          text,
          ...(author !== undefined && { author }),
          ...(resource.date !== undefined && { signed: resource.date }),
        },
      ]
    })
    .sort((a, b) => ((a.signed ?? '') < (b.signed ?? '') ? -1 : 1))
}

/**
 * Reads a note back into the form it was written in, with its addenda. Takes notes of other systems as far as their
 * sections are LOINC's; undefined where the record is no note. Never throws.
 * @param records the opened records of the chart, among which its parts are found
 */
export function signedConsultationOf(
  record: ChartRecord,
  records: readonly ChartRecord[],
): SignedConsultation | undefined {
  const { resource } = record
  if (resource.resourceType !== 'Composition') return undefined
  return attempt(() => read(record, resource, currentRecords(records)))
}
