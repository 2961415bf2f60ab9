import type { Category } from '@curo/crypto/record'
import { attempt } from './attempt.ts'
import { categoryOf } from './categories.ts'
import { codingsOf } from './concepts.ts'
import { occurredOn } from './occurred.ts'
import type { Resolver } from './references.ts'
import { titleOf } from './titles.ts'
import type { CodeableConcept, Resource } from './types.ts'
import { flagOf, type Measure, measuresOf, observationWords } from './values.ts'
import { oneLine } from './words.ts'

export { occurredOn } from './occurred.ts'
export type { Measure } from './values.ts'

/** What the timeline shows of a record without opening it. At most about 1 KB as JSON. */
export interface Stub {
  /** FHIR resource type, or 'File'. */
  readonly type: string
  readonly title: string
  /** Clinical day, 'YYYY-MM-DD'. */
  readonly date?: string
  readonly status?: string
  /** A result or a dose in words, with its unit. */
  readonly value?: string
  readonly code?: { readonly system?: string; readonly code: string }
  /** observation-category, encounter class, modality, content type … */
  readonly subtype?: string
  readonly flag?: 'high' | 'low' | 'critical' | 'abnormal'
  readonly measures?: readonly Measure[]
}

/** A file without FHIR content. */
export interface StubFile {
  readonly fileName: string
  /** What to call it; by its name where absent. */
  readonly title?: string
  readonly contentType: string
  /** Clinical day, 'YYYY-MM-DD'. */
  readonly date?: string
}

export interface StubOptions {
  readonly resolve?: Resolver
  /** What the record is sealed under, where it is not `categoryOf` that decides. */
  readonly category?: Category
}

const ENCOUNTERS: Readonly<Record<string, string>> = {
  AMB: 'ambulatory',
  EMER: 'emergency',
  FLD: 'field',
  HH: 'home',
  IMP: 'inpatient',
  ACUTE: 'inpatient',
  NONAC: 'inpatient',
  OBSENC: 'observation',
  PRENC: 'pre-admission',
  SS: 'short stay',
  VR: 'virtual',
}

const MAX_MEASURES = 6
const DISCREET = 'Sensitive record'

/**
 * The stub of a resource or a file. A sensitive one says only that it is there, of what type and of which day: stubs
 * are sealed to the lookup key, which the card carries, so they may not tell what the category keeps.
 */
export function stubOf(source: Resource | StubFile, { resolve, category }: StubOptions = {}): Stub {
  if (!('resourceType' in source)) return fileStub(source, category)
  const date = occurredOn(source)
  const day = date !== undefined && { date }
  const type = source.resourceType
  if ((category ?? categoryOf(source, resolve)) === 'sensitive') return { type, title: DISCREET, ...day }
  const flag = source.resourceType === 'Observation' ? attempt(() => flagOf(source)) : undefined
  const measures = source.resourceType === 'Observation' ? (attempt(() => measuresOf(source)) ?? []) : []
  const [status, value, code, subtype] = [
    attempt(() => statusOf(source)),
    attempt(() => resultWords(source)),
    attempt(() => codeOf(source)),
    attempt(() => subtypeOf(source)),
  ]
  return {
    type,
    title: titleOf(source, resolve),
    ...day,
    ...(status !== undefined && { status }),
    ...(value !== undefined && { value }),
    ...(code !== undefined && { code }),
    ...(subtype !== undefined && { subtype }),
    ...(flag !== undefined && { flag }),
    ...(measures.length > 0 && { measures: measures.slice(0, MAX_MEASURES) }),
  }
}

function fileStub(
  { fileName, contentType, date, title: given }: StubFile,
  category: Category | undefined,
): Stub {
  const day = date !== undefined && { date }
  if (category === 'sensitive') return { type: 'File', title: DISCREET, ...day }
  const name = fileName.slice(Math.max(fileName.lastIndexOf('/'), fileName.lastIndexOf('\\')) + 1)
  const title =
    oneLine(given) ?? oneLine(name.replace(/\.[A-Za-z0-9]{1,5}$/, '').replace(/_+/g, ' ')) ?? 'File'
  return { type: 'File', title, ...day, subtype: contentType }
}

function statusOf(resource: Resource): string | undefined {
  if (resource.resourceType === 'Condition' || resource.resourceType === 'AllergyIntolerance')
    return oneLine(codingsOf(resource.clinicalStatus)[0]?.code, 40)
  if (resource.resourceType === 'Goal') return oneLine(resource.lifecycleStatus, 40)
  return 'status' in resource ? oneLine(resource.status, 40) : undefined
}

function resultWords(resource: Resource): string | undefined {
  switch (resource.resourceType) {
    case 'Observation':
      return observationWords(resource)
    case 'MedicationRequest':
    case 'MedicationDispense':
      return oneLine(
        resource.dosageInstruction?.[0]?.text ?? resource.dosageInstruction?.[0]?.patientInstruction,
      )
    case 'MedicationStatement':
      return oneLine(resource.dosage?.[0]?.text)
    case 'DiagnosticReport':
      return oneLine(resource.conclusion)
    default:
      return undefined
  }
}

function codeOf(resource: Resource): Stub['code'] {
  const fields = resource as unknown as Record<string, CodeableConcept | undefined>
  const [coding] = codingsOf(fields.code ?? fields.vaccineCode ?? fields.medicationCodeableConcept)
  const code = oneLine(coding?.code, 40)
  if (code === undefined) return undefined
  const system = oneLine(coding?.system, 100)
  return system === undefined ? { code } : { system, code }
}

function subtypeOf(resource: Resource): string | undefined {
  switch (resource.resourceType) {
    case 'Encounter': {
      const code = resource.class?.code
      return code !== undefined && Object.hasOwn(ENCOUNTERS, code) ? ENCOUNTERS[code] : oneLine(code, 40)
    }
    case 'Observation':
    case 'DiagnosticReport':
    case 'Condition':
      return oneLine(codingsOf(resource.category)[0]?.code, 40)
    case 'AllergyIntolerance':
      return oneLine(resource.category?.[0], 40)
    case 'ImagingStudy':
      return oneLine(resource.modality?.[0]?.code ?? resource.series?.[0]?.modality?.code, 40)
    case 'DocumentReference':
      return oneLine(resource.content?.[0]?.attachment?.contentType, 100)
    case 'MedicationRequest':
      return oneLine(resource.intent, 40)
    default:
      return undefined
  }
}
