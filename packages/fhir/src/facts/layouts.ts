/**
 * What a reader wants to know of each type, in this order: `label:path`. A path goes through lists; `onset[x]` is
 * whichever of R4's choices is there; several paths with `|` are tried in turn. Labels are keys of the screen's words.
 */
const LAYOUTS: Readonly<Record<string, string>> = {
  AllergyIntolerance: `status:clinicalStatus certainty:verificationStatus criticality:criticality kind:type about:category
    began:onset[x] recorded:recordedDate last:lastOccurrence reaction:reaction.manifestation severity:reaction.severity
    substance:reaction.substance by:recorder|asserter note:note`,
  Condition: `status:clinicalStatus certainty:verificationStatus severity:severity stage:stage.summary bodySite:bodySite
    began:onset[x] ended:abatement[x] recorded:recordedDate evidence:evidence.code by:recorder|asserter note:note`,
  Observation: `when:effective[x] issued:issued status:status method:method bodySite:bodySite specimen:specimen
    reason:dataAbsentReason by:performer note:note`,
  DiagnosticReport: `when:effective[x] issued:issued status:status conclusion:conclusion diagnosis:conclusionCode
    specimen:specimen by:performer|resultsInterpreter`,
  MedicationRequest: `status:status reason:reasonCode|reasonReference ordered:authoredOn instruction:dosageInstruction
    amount:dispenseRequest.quantity refills:dispenseRequest.numberOfRepeatsAllowed by:requester note:note`,
  MedicationStatement: `status:status when:effective[x] instruction:dosage reason:reasonCode|reasonReference
    recorded:dateAsserted by:informationSource note:note`,
  MedicationDispense: `status:status prepared:whenPrepared handedOver:whenHandedOver amount:quantity
    supply:daysSupply instruction:dosageInstruction by:performer.actor note:note`,
  MedicationAdministration: `status:status when:effective[x] amount:dosage.dose route:dosage.route bodySite:dosage.site
    reason:reasonCode by:performer.actor note:note`,
  Medication: `form:form ingredient:ingredient.itemCodeableConcept maker:manufacturer lot:batch.lotNumber
    expires:batch.expirationDate`,
  Immunization: `status:status when:occurrence[x] dose:protocolApplied.doseNumber[x] disease:protocolApplied.targetDisease
    lot:lotNumber expires:expirationDate maker:manufacturer bodySite:site route:route amount:doseQuantity
    place:location by:performer.actor reaction:reaction.detail note:note`,
  Procedure: `status:status when:performed[x] reason:reasonCode|reasonReference bodySite:bodySite outcome:outcome
    complication:complication followUp:followUp device:usedReference place:location by:performer.actor note:note`,
  Encounter: `kind:class type:type status:status when:period reason:reasonCode|reasonReference
    diagnosis:diagnosis.condition by:participant.individual place:serviceProvider room:location.location
    discharge:hospitalization.dischargeDisposition`,
  EpisodeOfCare: `status:status type:type when:period diagnosis:diagnosis.condition place:managingOrganization by:careManager`,
  CarePlan: `status:status kind:category when:period text:description reason:addresses
    activity:activity.detail.code|activity.detail.description followUp:activity.detail.scheduledPeriod goal:goal
    by:author note:note`,
  CareTeam: `status:status when:period reason:reasonCode member:participant.member place:managingOrganization note:note`,
  Goal: `status:lifecycleStatus achievement:achievementStatus priority:priority began:start[x]
    target:target.detail[x] due:target.due[x] reason:addresses by:expressedBy note:note`,
  ServiceRequest: `status:status kind:category priority:priority ordered:authoredOn when:occurrence[x]
    reason:reasonCode|reasonReference bodySite:bodySite instruction:patientInstruction by:requester note:note`,
  ImagingStudy: `status:status when:started modality:series.modality|modality bodySite:series.bodySite
    count:numberOfInstances series:numberOfSeries reason:reasonCode text:description by:interpreter|referrer note:note`,
  DocumentReference: `kind:type|category status:status when:context.period recorded:date text:description
    file:content.attachment.title format:content.attachment.contentType size:content.attachment.size by:author
    place:custodian`,
  Media: `kind:type modality:modality view:view when:created[x] bodySite:bodySite device:deviceName by:operator note:note`,
  Composition: `kind:type status:status when:date by:author place:custodian signed:attester.time`,
  FamilyMemberHistory: `relation:relationship status:status born:born[x] died:deceased[x] diagnosis:condition.code
    began:condition.onset[x] recorded:date note:note`,
  Flag: `status:status kind:category when:period by:author`,
  DetectedIssue: `status:status severity:severity when:identified[x] text:detail by:author`,
  AdverseEvent: `kind:actuality when:date severity:severity outcome:outcome substance:suspectEntity.instance by:recorder`,
  ClinicalImpression: `status:status when:effective[x] text:description summary:summary diagnosis:finding.itemCodeableConcept
    prognosis:prognosisCodeableConcept by:assessor note:note`,
  RiskAssessment: `status:status when:occurrence[x] outcome:prediction.outcome probability:prediction.probability[x]
    text:mitigation by:performer note:note`,
  QuestionnaireResponse: `status:status when:authored by:author|source`,
  NutritionOrder: `status:status ordered:dateTime diet:oralDiet.type instruction:oralDiet.instruction by:orderer note:note`,
  VisionPrescription: `status:status ordered:dateWritten eye:lensSpecification.eye sphere:lensSpecification.sphere
    cylinder:lensSpecification.cylinder axis:lensSpecification.axis add:lensSpecification.add by:prescriber`,
  Device: `status:status kind:type maker:manufacturer model:modelNumber serial:serialNumber lot:lotNumber
    expires:expirationDate note:note`,
  DeviceUseStatement: `status:status when:timing[x] device:device reason:reasonCode bodySite:bodySite note:note`,
  DeviceRequest: `status:status ordered:authoredOn when:occurrence[x] reason:reasonCode by:requester note:note`,
  Specimen: `status:status kind:type when:collection.collected[x] received:receivedTime bodySite:collection.bodySite
    method:collection.method note:note`,
  Communication: `status:status kind:category sent:sent received:received reason:reasonCode text:payload.content[x]
    by:sender to:recipient note:note`,
  Consent: `status:status kind:category when:dateTime ends:provision.period by:performer place:organization`,
  Task: `status:status kind:code text:description ordered:authoredOn reason:reasonCode by:requester to:owner note:note`,
  Patient: `born:birthDate sex:gender phone:telecom address:address language:communication.language`,
  Practitioner: `phone:telecom qualification:qualification.code`,
  Organization: `kind:type phone:telecom address:address`,
  List: `status:status kind:code when:date by:source note:note`,
}

export interface LayoutLine {
  readonly label: string
  /** Alternatives; the first that gives something counts. */
  readonly paths: readonly (readonly string[])[]
}

const parsed = new Map<string, readonly LayoutLine[]>()

/** The layout of a type; undefined for one that has none. */
export function layoutOf(type: string): readonly LayoutLine[] | undefined {
  if (!Object.hasOwn(LAYOUTS, type)) return undefined
  let layout = parsed.get(type)
  if (!layout) {
    layout = (LAYOUTS[type] ?? '')
      .trim()
      .split(/\s+/)
      .map((line) => {
        const [label = '', paths = ''] = line.split(':')
        return { label, paths: paths.split('|').map((path) => path.split('.')) }
      })
    parsed.set(type, layout)
  }
  return layout
}

/** Types with a layout of their own, and every label they use. */
export const LAID_OUT_TYPES = Object.keys(LAYOUTS)
export const FACT_LABELS: readonly string[] = [
  ...new Set(LAID_OUT_TYPES.flatMap((type) => (layoutOf(type) ?? []).map(({ label }) => label))),
].sort()
