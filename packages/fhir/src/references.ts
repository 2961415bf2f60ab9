import type { BundleItem } from './duplicates.ts'
import type { Patient, Reference, Resource } from './types.ts'

/** What a reference leads to within one file; undefined when that is elsewhere. */
export type Resolver = (reference: string) => Resource | undefined

const HISTORY = /\/_history\/[^/]+$/
const TYPE_AND_ID = /([A-Z][A-Za-z]+\/[A-Za-z0-9\-.]{1,64})$/

/** References by fullUrl (also urn:uuid:…), by `Type/id`, and by an absolute URL that ends so. */
export function makeResolver(items: readonly BundleItem[]): Resolver {
  const byUrl = new Map<string, Resource>()
  const byTypeAndId = new Map<string, Resource>()
  for (const { resource, fullUrl } of items) {
    if (fullUrl && !byUrl.has(fullUrl)) byUrl.set(fullUrl, resource)
    const short = `${resource.resourceType}/${resource.id}`
    if (resource.id !== undefined && !byTypeAndId.has(short)) byTypeAndId.set(short, resource)
  }
  return (reference) => {
    const plain = reference.replace(HISTORY, '')
    const short = plain.match(TYPE_AND_ID)?.[1]
    return byUrl.get(plain) ?? (short === undefined ? undefined : byTypeAndId.get(short))
  }
}

/** The elements that say whom a resource is about, in the order in which they count. */
const ABOUT = ['subject', 'patient', 'beneficiary', 'individual', 'for'] as const

/** The reference to whom the resource is about, where it has one. */
export function aboutReference(resource: Resource): Reference | undefined {
  const fields = resource as unknown as Record<string, unknown>
  for (const name of ABOUT) {
    const value = fields[name]
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Reference
  }
  return undefined
}

/**
 * The place of the patient in `patients`; 'other' when the resource is plainly about a patient who is not among
 * them; undefined when it does not say (a display name only, a group, a device, a contained resource).
 */
export function patientIndexOf(
  item: BundleItem,
  patients: readonly BundleItem<Patient>[],
  resolve: Resolver,
): number | 'other' | undefined {
  const reference = aboutReference(item.resource)?.reference
  if (typeof reference !== 'string' || reference.startsWith('#')) return undefined
  const target = resolve(reference)
  const index = patients.findIndex((patient) => patient.resource === target)
  if (index >= 0) return index
  if (target) return undefined
  return /(^|\/)Patient[/?]|^urn:/.test(reference) ? 'other' : undefined
}
