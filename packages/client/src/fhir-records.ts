import { utf8Bytes } from '@curo/crypto/bytes'
import { type BundleContents, type BundleIssue, readBundle } from '@curo/fhir/bundle'
import { categoryOf } from '@curo/fhir/categories'
import { occurredOn, stubOf } from '@curo/fhir/stub'
import type { Resource } from '@curo/fhir/types'
import { type Issue, makeValidator, type R4Definitions } from '@curo/fhir/validate'
import type { RecordToSeal } from './records.ts'

/** What a record without any date is filed under. */
export const UNKNOWN_DAY = '1900-01-01'

export type FhirRecords = {
  records: RecordToSeal[]
  /** Which of the bundle's patients each record is about, where it says so. */
  about: (number | undefined)[]
  /** What stands in the file besides: the Patient for the desk, and what is not part of a health record. */
  bundle: BundleContents
  /** About the file as a whole; a `fatal` one means that nothing was read. */
  issues: readonly BundleIssue[]
  /** Resources that are not valid FHIR R4; they are not among the records. */
  invalid: { type: string; issues: Issue[] }[]
}

export type FhirRecordsOptions = {
  /** Validates every resource where it is given. */
  definitions?: R4Definitions | undefined
  /** The present day, YYYY-MM-DD. */
  today?: string | undefined
}

/**
 * Reads a Bundle or NDJSON into records, each with the exact text of its resource, filed under its category and clinical
 * day. Never throws.
 */
export function readFhirRecords(
  text: string,
  { definitions, today = new Date().toISOString().slice(0, 10) }: FhirRecordsOptions = {},
): FhirRecords {
  const bundle = readBundle(text)
  const validator = definitions && makeValidator(definitions)
  const records: RecordToSeal[] = []
  const about: FhirRecords['about'] = []
  const invalid: FhirRecords['invalid'] = []
  for (const { resource, text: source, patient } of bundle.clinical) {
    const faults = validator?.validateResource(resource).filter(({ severity }) => severity === 'error') ?? []
    if (faults.length > 0) {
      invalid.push({ type: resource.resourceType, issues: faults })
      continue
    }
    const category = categoryOf(resource, bundle.resolve)
    about.push(patient)
    records.push({
      category,
      kind: resource.resourceType,
      occurred: filedUnder(resource, today),
      content: utf8Bytes(source),
      stub: stubOf(resource, { resolve: bundle.resolve, category }),
    })
  }
  return { records, about, bundle, issues: bundle.issues, invalid }
}

/** No record is filed under a day to come: nodes refuse that. What is planned stands in its content. */
function filedUnder(resource: Resource, today: string): string {
  return occurredOn(resource, today) ?? (occurredOn(resource) ? today : UNKNOWN_DAY)
}
