import type { Category } from '@curo/crypto/category'
import { attempt } from '../attempt.ts'
import { plainCategoryOf } from '../categories.ts'
import { visitKindOf } from '../summary/visits.ts'
import type { Resource } from '../types.ts'

/** What a record is, in words that a patient knows; each is a key of the screen's words. */
export const ENTRY_KINDS = [
  'visit',
  'emergency-visit',
  'hospital-stay',
  'online-visit',
  'home-visit',
  'consultation-note',
  'addendum',
  'diagnosis',
  'allergy',
  'family-history',
  'alert',
  'device',
  'procedure',
  'care-plan',
  'goal',
  'assessment',
  'test-request',
  'referral',
  'prescription',
  'medicine-given',
  'medicine-taken',
  'lab-result',
  'lab-report',
  'sample',
  'scan',
  'scan-report',
  'vaccination',
  'vital-sign',
  'observation',
  'document',
  'picture',
  'questionnaire',
  'message',
  'consent',
  'collection',
  'person',
  'file',
  'sensitive',
  'other',
] as const

export type EntryKind = (typeof ENTRY_KINDS)[number]

const BY_TYPE: Readonly<Record<string, EntryKind>> = {
  AllergyIntolerance: 'allergy',
  Condition: 'diagnosis',
  FamilyMemberHistory: 'family-history',
  Flag: 'alert',
  DetectedIssue: 'alert',
  AdverseEvent: 'alert',
  Device: 'device',
  DeviceUseStatement: 'device',
  DeviceRequest: 'device',
  Procedure: 'procedure',
  CarePlan: 'care-plan',
  CareTeam: 'care-plan',
  NutritionOrder: 'care-plan',
  EpisodeOfCare: 'care-plan',
  Goal: 'goal',
  ClinicalImpression: 'assessment',
  RiskAssessment: 'assessment',
  MedicationRequest: 'prescription',
  VisionPrescription: 'prescription',
  Medication: 'prescription',
  MedicationDispense: 'medicine-given',
  MedicationAdministration: 'medicine-given',
  MedicationStatement: 'medicine-taken',
  Specimen: 'sample',
  ImagingStudy: 'scan',
  Immunization: 'vaccination',
  ImmunizationRecommendation: 'vaccination',
  ImmunizationEvaluation: 'vaccination',
  QuestionnaireResponse: 'questionnaire',
  Communication: 'message',
  CommunicationRequest: 'message',
  Consent: 'consent',
  Bundle: 'collection',
  List: 'collection',
  Patient: 'person',
  Practitioner: 'person',
  RelatedPerson: 'person',
  DocumentReference: 'document',
  DocumentManifest: 'document',
  Binary: 'file',
  File: 'file',
}

const VISITS = {
  ambulatory: 'visit',
  emergency: 'emergency-visit',
  inpatient: 'hospital-stay',
  virtual: 'online-visit',
  home: 'home-visit',
  other: 'visit',
} as const

const BY_ENCOUNTER_WORD: Readonly<Record<string, EntryKind>> = {
  emergency: 'emergency-visit',
  inpatient: 'hospital-stay',
  virtual: 'online-visit',
  home: 'home-visit',
}

function observationKind(category: Category): EntryKind {
  if (category === 'vitals') return 'vital-sign'
  return category === 'laboratory' ? 'lab-result' : 'observation'
}

function resourceKind(resource: Resource): EntryKind | undefined {
  switch (resource.resourceType) {
    case 'Encounter':
      return VISITS[visitKindOf(resource)]
    case 'Observation':
      return observationKind(plainCategoryOf(resource))
    case 'DiagnosticReport':
      return plainCategoryOf(resource) === 'imaging' ? 'scan-report' : 'lab-report'
    case 'Composition':
      return resource.relatesTo?.some(({ code }) => code === 'appends') ? 'addendum' : 'consultation-note'
    case 'ServiceRequest': {
      const isTest = ['laboratory', 'imaging'].includes(plainCategoryOf(resource))
      const codes = (resource.category ?? []).flatMap((one) => one.coding ?? []).map(({ code }) => code)
      return isTest ? 'test-request' : codes.includes('3457005') ? 'referral' : 'test-request'
    }
    case 'Media':
      return plainCategoryOf(resource) === 'imaging' ? 'scan' : 'picture'
    default:
      return undefined
  }
}

/** The kind of an opened record. */
export function kindOf(resource: Resource): EntryKind {
  return attempt(() => resourceKind(resource)) ?? kindOfType(resource.resourceType)
}

/** The kind of a record that is not opened, from what its stub and its envelope tell. */
export function kindOfStub(type: string, category: Category, subtype: string | undefined): EntryKind {
  switch (type) {
    case 'Encounter':
      return (
        (subtype !== undefined && Object.hasOwn(BY_ENCOUNTER_WORD, subtype) && BY_ENCOUNTER_WORD[subtype]) ||
        'visit'
      )
    case 'Observation':
      return observationKind(category)
    case 'DiagnosticReport':
      return category === 'imaging' ? 'scan-report' : 'lab-report'
    case 'Composition':
      return 'consultation-note'
    case 'ServiceRequest':
      return 'test-request'
    case 'Media':
      return category === 'imaging' ? 'scan' : 'picture'
    case 'File':
      return category === 'imaging' ? 'scan' : 'file'
    default:
      return kindOfType(type)
  }
}

function kindOfType(type: string): EntryKind {
  return (Object.hasOwn(BY_TYPE, type) ? BY_TYPE[type] : undefined) ?? 'other'
}
