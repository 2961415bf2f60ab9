import { type ReadEntries, readEntries } from './bundle-entries.ts'
import { type BundleIssue, type BundleIssueCode, issueOf } from './bundle-issue.ts'
import { type BundleItem, keepDistinct } from './duplicates.ts'
import { makeResolver, patientIndexOf, type Resolver } from './references.ts'
import { groupOf } from './resource-groups.ts'
import type { Patient } from './types.ts'

export type { BundleIssue, BundleIssueCode } from './bundle-issue.ts'
export type { BundleItem } from './duplicates.ts'
export type { Resolver } from './references.ts'

/** Characters; about what a browser tab can hold three times over. */
export const MAX_BUNDLE_LENGTH = 100_000_000

export interface BundleContents {
  readonly format: 'bundle' | 'ndjson' | 'unreadable'
  /** Bundle.type */
  readonly type?: string
  readonly patients: readonly BundleItem<Patient>[]
  /** Everything about the patient's care. */
  readonly clinical: readonly BundleItem[]
  /** Organization, Practitioner, Location, Appointment … */
  readonly administrative: readonly BundleItem[]
  /** Claim, ExplanationOfBenefit, Coverage, Invoice … */
  readonly financial: readonly BundleItem[]
  /** Definitions and terminology, and records set aside because they are about somebody else. */
  readonly other: readonly BundleItem[]
  readonly issues: readonly BundleIssue[]
  /** Finds what a reference in this file leads to, by fullUrl or by `Type/id`. */
  readonly resolve: Resolver
}

export interface ReadBundleOptions {
  readonly maxLength?: number
}

/**
 * Reads a FHIR R4 Bundle of any type (transaction, batch, collection, document, searchset, history …) or NDJSON, and
 * keeps the exact text of every resource: its decimals keep their precision and its bytes can be compared.
 * Never throws: what is wrong stands in `issues`, and with a `fatal` one every list is empty. Resources are not
 * validated here; that is `makeValidator`.
 */
export function readBundle(
  text: string,
  { maxLength = MAX_BUNDLE_LENGTH }: ReadBundleOptions = {},
): BundleContents {
  if (text.length > maxLength) {
    const megabytes = Math.round(maxLength / 1_000_000)
    return unreadable(
      'too-large',
      `This file is larger than ${megabytes} MB. Export it in parts, or as NDJSON per type.`,
    )
  }
  const body = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text
  const { issues, ...read } = readEntries(body)
  if (issues.some((issue) => issue.severity === 'fatal')) return { ...nothing(), issues }
  return sortItems(read, issues)
}

function nothing(): BundleContents {
  return {
    format: 'unreadable',
    patients: [],
    clinical: [],
    administrative: [],
    financial: [],
    other: [],
    issues: [],
    resolve: () => undefined,
  }
}

function unreadable(code: BundleIssueCode, message: string): BundleContents {
  return { ...nothing(), issues: [{ severity: 'fatal', code, message }] }
}

function sortItems(read: Omit<ReadEntries, 'issues'>, issues: BundleIssue[]): BundleContents {
  const { kept, set } = keepDistinct(read.items, read.deletions)
  for (const { code, entry } of set)
    issues.push(issueOf(code === 'duplicate-id' ? 'error' : 'warning', code, entry))
  const patients = kept.filter(
    (item): item is BundleItem<Patient> => item.resource.resourceType === 'Patient',
  )
  const resolve = makeResolver(kept)
  const groups = {
    clinical: [] as BundleItem[],
    administrative: [] as BundleItem[],
    financial: [] as BundleItem[],
    knowledge: [] as BundleItem[],
  }
  for (const item of kept) {
    if (item.resource.resourceType === 'Patient') continue
    const group = groupOf(item.resource.resourceType)
    const patient = patientIndexOf(item, patients, resolve)
    if (patient === 'other' && patients.length > 0 && (group === 'clinical' || group === 'financial')) {
      issues.push(issueOf('error', 'other-patient', item.entry))
      groups.knowledge.push(item)
    } else groups[group].push(typeof patient === 'number' ? { ...item, patient } : item)
  }
  if (kept.length === 0 && !issues.some((issue) => issue.severity === 'error'))
    issues.push(issueOf('error', 'empty'))
  if (patients.length === 0) issues.push(issueOf('error', 'no-patient'))
  if (patients.length > 1) issues.push(issueOf('error', 'several-patients'))
  const { knowledge: other, clinical, administrative, financial } = groups
  const type = read.type !== undefined && { type: read.type }
  return {
    format: read.format,
    ...type,
    patients,
    clinical,
    administrative,
    financial,
    other,
    issues,
    resolve,
  }
}
