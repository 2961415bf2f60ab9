import type { ResourceType } from './types.ts'

/** What a resource is for. `knowledge`: definitions, terminology, messages — about no patient. */
export type ResourceGroup = 'clinical' | 'administrative' | 'financial' | 'knowledge'

const ADMINISTRATIVE = `Appointment AppointmentResponse Endpoint Group HealthcareService Location Organization
  OrganizationAffiliation Person Practitioner PractitionerRole RelatedPerson Schedule Slot VerificationResult`

const FINANCIAL = `Account ChargeItem Claim ClaimResponse Contract Coverage CoverageEligibilityRequest
  CoverageEligibilityResponse EnrollmentRequest EnrollmentResponse ExplanationOfBenefit Invoice PaymentNotice
  PaymentReconciliation`

/** Everything about one patient's care, and what such a resource needs to be read (Medication, Binary, Specimen). */
const CLINICAL = `AdverseEvent AllergyIntolerance AuditEvent Basic Binary BiologicallyDerivedProduct BodyStructure
  CarePlan CareTeam ClinicalImpression Communication CommunicationRequest Composition Condition Consent DetectedIssue
  Device DeviceMetric DeviceRequest DeviceUseStatement DiagnosticReport DocumentManifest DocumentReference Encounter
  EpisodeOfCare FamilyMemberHistory Flag Goal GuidanceResponse ImagingStudy Immunization ImmunizationEvaluation
  ImmunizationRecommendation List MeasureReport Media Medication MedicationAdministration MedicationDispense
  MedicationRequest MedicationStatement MolecularSequence NutritionOrder Observation Procedure Provenance
  QuestionnaireResponse RequestGroup ResearchSubject RiskAssessment ServiceRequest Specimen Substance SupplyDelivery
  SupplyRequest Task VisionPrescription`

const GROUPS = new Map<string, ResourceGroup>()
for (const [group, names] of [
  ['administrative', ADMINISTRATIVE],
  ['financial', FINANCIAL],
  ['clinical', CLINICAL],
] as const)
  for (const name of names.split(/\s+/)) GROUPS.set(name, group)

/** Patient is administrative here; `readBundle` lists it on its own. */
export function groupOf(type: ResourceType): ResourceGroup {
  return type === 'Patient' ? 'administrative' : (GROUPS.get(type) ?? 'knowledge')
}

/** The types of one group, to prove that none is misspelt. */
export function typesOfGroup(group: ResourceGroup): string[] {
  return [...GROUPS].filter(([, of]) => of === group).map(([name]) => name)
}
