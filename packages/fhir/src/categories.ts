import type { Category } from '@curo/crypto/record'
import { attempt } from './attempt.ts'
import { codesIn, codingsOf } from './concepts.ts'
import type { Resolver } from './references.ts'
import { sensitivityOf } from './sensitivity.ts'
import type {
  CodeableConcept,
  DiagnosticReport,
  Observation,
  Resource,
  ResourceType,
  ServiceRequest,
} from './types.ts'

export type { Category } from '@curo/crypto/record'

/**
 * The category of types that always belong to one. What stands in no list is a `document`.
 * `summary` is what an emergency must show: allergies, conditions, what she takes, implants, blood group.
 */
const BY_TYPE = new Map<ResourceType, Category>()
function put(category: Category, types: string): void {
  for (const type of types.split(/\s+/)) BY_TYPE.set(type as ResourceType, category)
}
put(
  'summary',
  'AllergyIntolerance Condition MedicationStatement FamilyMemberHistory Flag Device DeviceUseStatement Patient',
)
put(
  'consultation',
  `AdverseEvent CarePlan CareTeam ClinicalImpression Communication CommunicationRequest DetectedIssue Encounter
  EpisodeOfCare Goal GuidanceResponse NutritionOrder Procedure QuestionnaireResponse RequestGroup RiskAssessment
  ServiceRequest Task Appointment`,
)
put(
  'prescription',
  'MedicationRequest MedicationDispense MedicationAdministration Medication VisionPrescription DeviceRequest SupplyRequest SupplyDelivery',
)
put('laboratory', 'Specimen MolecularSequence BodyStructure')
put('imaging', 'ImagingStudy')
put('immunization', 'Immunization ImmunizationEvaluation ImmunizationRecommendation')

/** LOINC terms of FHIR's vital-signs profile, and the usual ones beside it. */
const VITALS = new Set(
  `85353-1 9279-1 8867-4 2708-6 59408-5 8310-5 8331-1 8302-2 8306-3 9843-4 8287-5 29463-7 3141-9 39156-5 59574-4 85354-9
  55284-4 8480-6 8462-4 8478-0 8280-0 72514-3 77606-2 59576-9 8289-1 20564-1 3150-6`.split(/\s+/),
)
/** What an emergency must show, whatever it was filed under: blood group (ABO, Rh, both), smoking status. */
const SUMMARY = new Set('882-1 883-9 884-7 10331-7 1305-2 72166-2'.split(' '))

/** observation-category; also as some systems misspell it. */
const OBSERVATION: Readonly<Record<string, Category>> = {
  'vital-signs': 'vitals',
  'vital-sign': 'vitals',
  vitals: 'vitals',
  laboratory: 'laboratory',
  lab: 'laboratory',
  imaging: 'imaging',
  'social-history': 'summary',
  survey: 'consultation',
  exam: 'consultation',
  procedure: 'consultation',
  therapy: 'consultation',
  activity: 'vitals',
}

/** HL7 v2 table 0074, diagnostic service sections. What is not listed there is no report of a test. */
const SECTIONS: Readonly<Record<string, Category>> = {}
function section(category: Category, codes: string): void {
  for (const code of codes.split(' ')) (SECTIONS as Record<string, Category>)[code] = category
}
section('laboratory', 'LAB BG BLB CG CH CP GE HM IMM MB MCB MYC OSL PAR PAT SP SR TX URN VR')
section('imaging', 'IMG RAD RX CT CUS NMR NMS OUS RUS VUS XRC CTH')
section('consultation', 'AU EC EN ICU NRS OT PF PHY PT RC RT OTH')
section('prescription', 'PHR')

/** LOINC parts that US Core uses as report categories. */
const REPORT_PARTS: Readonly<Record<string, Category>> = {
  'LP29684-5': 'imaging',
  'LP7839-6': 'laboratory',
  'LP29708-2': 'consultation',
}

/** LOINC document types, for Composition, DocumentReference and reports. What is not listed stays a document. */
const DOCUMENTS: Readonly<Record<string, Category>> = {
  '60591-5': 'summary',
  '34133-9': 'summary',
  '11450-4': 'summary',
  '48765-2': 'summary',
  '10160-0': 'summary',
  '18842-5': 'consultation',
  '11488-4': 'consultation',
  '11506-3': 'consultation',
  '34117-2': 'consultation',
  '28570-0': 'consultation',
  '11504-8': 'consultation',
  '57133-1': 'consultation',
  '57833-6': 'prescription',
  '11502-2': 'laboratory',
  '11526-1': 'laboratory',
  '18748-4': 'imaging',
  '18747-6': 'imaging',
  '18782-3': 'imaging',
  '11369-6': 'immunization',
  '8716-3': 'vitals',
}

/** SNOMED CT document types of India's ABDM profiles. */
const ABDM_DOCUMENTS: Readonly<Record<string, Category>> = {
  '371530004': 'consultation',
  '440545006': 'prescription',
  '373942005': 'consultation',
  '41000179103': 'immunization',
  '721981007': 'laboratory',
}

const REQUESTS: Readonly<Record<string, Category>> = { '108252007': 'laboratory', '363679005': 'imaging' }

function lookup(table: Readonly<Record<string, Category>>, codes: readonly string[]): Category | undefined {
  const known = codes.find((code) => Object.hasOwn(table, code))
  return known === undefined ? undefined : table[known]
}

function observationCategory(observation: Observation): Category {
  const loinc = codesIn(observation.code, 'loinc')
  if (loinc.some((code) => SUMMARY.has(code))) return 'summary'
  const named = codingsOf(observation.category).map((coding) => (coding.code ?? '').toLowerCase())
  const category = lookup(OBSERVATION, named) ?? lookup(SECTIONS, codesIn(observation.category, '0074'))
  if (category) return category
  if (loinc.some((code) => VITALS.has(code))) return 'vitals'
  const isMeasured = observation.valueQuantity || observation.referenceRange || observation.specimen
  return loinc.length > 0 && isMeasured ? 'laboratory' : 'consultation'
}

function reportCategory(report: DiagnosticReport): Category {
  const category =
    lookup(SECTIONS, codesIn(report.category, '0074')) ??
    lookup(REPORT_PARTS, codesIn(report.category, 'loinc')) ??
    lookup(
      OBSERVATION,
      codingsOf(report.category).map((coding) => (coding.code ?? '').toLowerCase()),
    ) ??
    lookup(DOCUMENTS, codesIn(report.code, 'loinc'))
  if (category) return category
  if (report.imagingStudy || report.media) return 'imaging'
  return report.result || report.specimen ? 'laboratory' : 'document'
}

function requestCategory(request: ServiceRequest): Category {
  return lookup(REQUESTS, codesIn(request.category, 'snomed')) ?? 'consultation'
}

function documentCategory(types: readonly (CodeableConcept | undefined)[]): Category {
  const concepts = types.filter((type) => type !== undefined)
  return (
    lookup(DOCUMENTS, codesIn(concepts, 'loinc')) ??
    lookup(ABDM_DOCUMENTS, codesIn(concepts, 'snomed')) ??
    'document'
  )
}

/** The category by kind alone, without asking whether it is sensitive. */
export function plainCategoryOf(resource: Resource): Category {
  return attempt(() => categoryByKind(resource)) ?? BY_TYPE.get(resource.resourceType) ?? 'document'
}

function categoryByKind(resource: Resource): Category | undefined {
  switch (resource.resourceType) {
    case 'Observation':
      return observationCategory(resource)
    case 'DiagnosticReport':
      return reportCategory(resource)
    case 'ServiceRequest':
      return requestCategory(resource)
    case 'Composition':
      return documentCategory([resource.type, ...(resource.category ?? [])])
    case 'DocumentReference': {
      const isDicom = resource.content?.some(
        (content) => content.attachment?.contentType === 'application/dicom',
      )
      return isDicom ? 'imaging' : documentCategory([resource.type, ...(resource.category ?? [])])
    }
    case 'Media':
      return codingsOf(resource.modality).length > 0 ? 'imaging' : 'document'
    case 'List':
      return documentCategory([resource.code])
    case 'Bundle': {
      const first = resource.entry?.[0]?.resource
      return first?.resourceType === 'Composition' ? plainCategoryOf(first) : 'document'
    }
    default:
      return undefined
  }
}

/**
 * The category under which a resource is sealed. `sensitive` comes first: security labels and codes of mental health,
 * substance use, HIV, sexual and reproductive health or violence, in the resource, in what it contains or names as
 * its reason (`sensitivity.ts`); no consent covers it by default. Whoever writes the record may choose another.
 * @param resolve finds what references within the same file lead to
 */
export function categoryOf(resource: Resource, resolve?: Resolver): Category {
  return sensitivityOf(resource, resolve) ? 'sensitive' : plainCategoryOf(resource)
}
