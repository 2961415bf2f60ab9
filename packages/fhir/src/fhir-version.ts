/** Signs that a resource was written for another version of FHIR than R4. */
export interface VersionHint {
  readonly version: 'DSTU2' | 'STU3' | 'R4B or R5' | 'R5'
  /** What gave it away: a resource type or an element, never a value. */
  readonly because: string
}

type Fields = Record<string, unknown>

const GONE_TYPES: Record<string, VersionHint['version']> = {}
function goneTypes(version: VersionHint['version'], names: string): void {
  for (const name of names.split(/\s+/)) GONE_TYPES[name] = version
}
goneTypes('DSTU2', 'Conformance DiagnosticOrder ImagingObjectSelection MedicationOrder Order OrderResponse')
goneTypes(
  'STU3',
  `BodySite DataElement DeviceComponent DeviceUseRequest EligibilityRequest EligibilityResponse ExpansionProfile
  ImagingManifest ProcedureRequest ProcessRequest ProcessResponse ReferralRequest Sequence ServiceDefinition`,
)
goneTypes(
  'R4B or R5',
  `AdministrableProductDefinition Citation ClinicalUseDefinition EvidenceReport Ingredient
  ManufacturedItemDefinition MedicinalProductDefinition NutritionProduct PackagedProductDefinition
  RegulatedAuthorization SubscriptionStatus SubscriptionTopic SubstanceDefinition`,
)
goneTypes(
  'R5',
  `ActorDefinition ArtifactAssessment BiologicallyDerivedProductDispense ConditionDefinition DeviceAssociation
  DeviceDispense DeviceUsage EncounterHistory FormularyItem GenomicStudy ImagingSelection InventoryItem
  InventoryReport NutritionIntake Permission RequestOrchestration Requirements TestPlan Transport`,
)

const has = (name: string) => (fields: Fields) => Object.hasOwn(fields, name)

/** Elements that R4 does not have and another version does. */
const ELEMENTS: readonly [
  type: string,
  version: VersionHint['version'],
  element: string,
  test: (fields: Fields) => boolean,
][] = [
  ['AllergyIntolerance', 'STU3', 'assertedDate', has('assertedDate')],
  [
    'AllergyIntolerance',
    'STU3',
    'clinicalStatus as a code',
    (fields) => typeof fields.clinicalStatus === 'string',
  ],
  ['AllergyIntolerance', 'R5', 'participant', has('participant')],
  ['CarePlan', 'STU3', 'context', has('context')],
  ['Composition', 'STU3', 'class', has('class')],
  ['Condition', 'STU3', 'context', has('context')],
  ['Condition', 'STU3', 'assertedDate', has('assertedDate')],
  ['Condition', 'STU3', 'clinicalStatus as a code', (fields) => typeof fields.clinicalStatus === 'string'],
  ['Condition', 'DSTU2', 'dateRecorded', has('dateRecorded')],
  ['Condition', 'R5', 'participant', has('participant')],
  ['DiagnosticReport', 'STU3', 'context', has('context')],
  ['DocumentReference', 'STU3', 'indexed', has('indexed')],
  ['DocumentReference', 'STU3', 'class', has('class')],
  ['Encounter', 'R5', 'actualPeriod', has('actualPeriod')],
  ['Encounter', 'R5', 'class as a list', (fields) => Array.isArray(fields.class)],
  ['Encounter', 'STU3', 'reason', has('reason')],
  ['Goal', 'STU3', 'status', has('status')],
  ['ImagingStudy', 'STU3', 'patient', has('patient')],
  ['Immunization', 'STU3', 'notGiven', has('notGiven')],
  ['Immunization', 'DSTU2', 'wasNotGiven', has('wasNotGiven')],
  ['MedicationRequest', 'STU3', 'context', has('context')],
  ['MedicationRequest', 'R5', 'medication', has('medication')],
  ['MedicationStatement', 'STU3', 'taken', has('taken')],
  ['MedicationStatement', 'DSTU2', 'wasNotTaken', has('wasNotTaken')],
  ['MedicationStatement', 'R5', 'medication', has('medication')],
  ['Observation', 'STU3', 'context', has('context')],
  ['Observation', 'DSTU2', 'comments', has('comments')],
  ['Observation', 'R5', 'triggeredBy', has('triggeredBy')],
  ['Patient', 'STU3', 'animal', has('animal')],
  ['Procedure', 'STU3', 'notDone', has('notDone')],
  ['Procedure', 'STU3', 'context', has('context')],
  [
    'Procedure',
    'R5',
    'occurrence',
    (fields) => has('occurrenceDateTime')(fields) || has('occurrencePeriod')(fields),
  ],
]

export function versionHint(resource: Readonly<Fields>): VersionHint | undefined {
  const type = resource.resourceType
  if (typeof type !== 'string') return undefined
  if (Object.hasOwn(GONE_TYPES, type)) {
    const version = GONE_TYPES[type]
    return version && { version, because: `the resource type ${type}` }
  }
  const found = ELEMENTS.find(([of, , , test]) => of === type && test(resource))
  return found && { version: found[1], because: `${type}.${found[2]}` }
}
