import { attempt } from './attempt.ts'
import { nameWords } from './patient.ts'
import type { Resolver } from './references.ts'
import type { CodeableConcept, Reference, Resource } from './types.ts'
import { conceptWords, firstWords, oneLine, typeWords } from './words.ts'

/** Finds what a reference leads to: within the resource (`#id`) first, then in the file. */
function follow(
  reference: Reference | undefined,
  within: Resource,
  resolve?: Resolver,
): Resource | undefined {
  const target = reference?.reference
  if (typeof target !== 'string') return undefined
  if (!target.startsWith('#')) return resolve?.(target)
  const contained = 'contained' in within && Array.isArray(within.contained) ? within.contained : []
  return contained.find((inner) => inner.id === target.slice(1)) as Resource | undefined
}

/** The name of a medicine, from the concept, the reference's display, or the Medication it leads to. */
function medicationWords(
  resource: Resource & { medicationCodeableConcept?: CodeableConcept; medicationReference?: Reference },
  resolve?: Resolver,
): string | undefined {
  const target = follow(resource.medicationReference, resource, resolve)
  return (
    conceptWords(resource.medicationCodeableConcept) ??
    oneLine(resource.medicationReference?.display) ??
    (target?.resourceType === 'Medication' ? titleWords(target) : undefined)
  )
}

function joined(separator: string, ...parts: (string | undefined)[]): string | undefined {
  const given = parts.filter((part) => part !== undefined)
  return given.length > 0 ? oneLine([...new Set(given)].join(separator)) : undefined
}

function titleWords(resource: Resource, resolve?: Resolver): string | undefined {
  switch (resource.resourceType) {
    case 'MedicationRequest':
    case 'MedicationStatement':
    case 'MedicationDispense':
    case 'MedicationAdministration':
      return medicationWords(resource, resolve)
    case 'Medication':
      return (
        conceptWords(resource.code) ??
        joined(' + ', ...(resource.ingredient ?? []).map((part) => conceptWords(part.itemCodeableConcept)))
      )
    case 'Immunization':
      return conceptWords(resource.vaccineCode)
    case 'Encounter':
      return joined(
        ' – ',
        firstWords(resource.type) ?? conceptWords(resource.serviceType) ?? 'Visit',
        firstWords(resource.reasonCode),
      )
    case 'ImagingStudy':
      return (
        oneLine(resource.description) ??
        firstWords(resource.procedureCode) ??
        joined(
          ', ',
          firstWords(resource.modality ?? resource.series?.map((series) => series.modality)),
          firstWords(resource.series?.map((series) => series.bodySite)),
        )
      )
    case 'FamilyMemberHistory':
      return joined(
        ': ',
        conceptWords(resource.relationship),
        firstWords(resource.condition?.map((one) => one.code)),
      )
    case 'Device':
      return oneLine(resource.deviceName?.[0]?.name) ?? conceptWords(resource.type)
    case 'DeviceUseStatement': {
      const device = follow(resource.device, resource, resolve)
      return oneLine(resource.device?.display) ?? (device && titleWords(device, resolve))
    }
    case 'DeviceRequest':
      return conceptWords(resource.codeCodeableConcept) ?? oneLine(resource.codeReference?.display)
    case 'DocumentReference':
      return (
        oneLine(resource.description) ??
        oneLine(resource.content?.[0]?.attachment?.title) ??
        conceptWords(resource.type) ??
        firstWords(resource.category)
      )
    case 'Media':
      return (
        oneLine(resource.content?.title) ?? conceptWords(resource.view) ?? conceptWords(resource.modality)
      )
    case 'NutritionOrder':
      return firstWords(resource.oralDiet?.type)
    case 'VisionPrescription':
      return 'Glasses or contact lenses'
    case 'RiskAssessment':
      return conceptWords(resource.code) ?? conceptWords(resource.prediction?.[0]?.outcome)
    case 'AdverseEvent':
      return conceptWords(resource.event) ?? firstWords(resource.category)
    case 'Consent':
      return firstWords(resource.category) ?? conceptWords(resource.scope)
    case 'Bundle': {
      const first = resource.entry?.[0]?.resource
      return first?.resourceType === 'Composition' ? oneLine(first.title) : 'Collection of records'
    }
    case 'Claim':
    case 'ExplanationOfBenefit':
      return joined(
        ': ',
        typeWords(resource.resourceType),
        firstWords(resource.item?.map((item) => item.productOrService)) ?? conceptWords(resource.type),
      )
    case 'Patient':
    case 'Practitioner':
    case 'RelatedPerson':
    case 'Person':
      return oneLine(nameWords(resource.name?.[0]).text)
    default:
      return generalWords(resource as unknown as Record<string, unknown>)
  }
}

/** What most types name themselves by. */
function generalWords(fields: Readonly<Record<string, unknown>>): string | undefined {
  for (const name of ['title', 'name', 'code', 'description', 'topic', 'type', 'category', 'summary']) {
    const value = fields[name]
    const words = Array.isArray(value)
      ? firstWords(value as CodeableConcept[])
      : (oneLine(value) ?? conceptWords(value as CodeableConcept | undefined))
    if (words) return words
  }
  return undefined
}

/** One readable line for any resource: what it is about, else what kind it is. Never throws on odd content. */
export function titleOf(resource: Resource, resolve?: Resolver): string {
  return attempt(() => titleWords(resource, resolve)) ?? typeWords(resource.resourceType)
}
