/**
 * One finding about a bundle. `fatal`: nothing could be read. `error`: something was left out or must be decided
 * first. `warning`: read, but worth a look. Messages name places and types, never content.
 */
export interface BundleIssue {
  readonly severity: 'fatal' | 'error' | 'warning'
  readonly code: BundleIssueCode
  readonly message: string
  /** Place in `Bundle.entry`, or the line of NDJSON, counted from 0. */
  readonly entry?: number
}

export type BundleIssueCode =
  | 'too-large'
  | 'too-deep'
  | 'not-json'
  | 'not-a-bundle'
  | 'wrong-version'
  | 'empty'
  | 'duplicate-key'
  | 'forbidden-key'
  | 'entry-without-resource'
  | 'not-a-resource'
  | 'nested-bundle'
  | 'unknown-type'
  | 'duplicate-id'
  | 'repeated'
  | 'older-version'
  | 'deleted'
  | 'no-patient'
  | 'several-patients'
  | 'other-patient'
  | 'server-message'
  | 'partial'

/** The sentence of every fault that needs no detail. */
export const BUNDLE_SENTENCES = {
  'too-deep': 'The file is nested deeper than any real record; it was not read.',
  'not-json':
    'This is not JSON. Export the record as a FHIR R4 Bundle in JSON, or upload the file as a document.',
  empty: 'The file holds no records.',
  'duplicate-key':
    'A name is given twice in one object, so readers would disagree about its content; left out.',
  'forbidden-key': 'An element has a name that no FHIR element has and that can harm programs; left out.',
  'entry-without-resource': 'This entry holds no resource.',
  'not-a-resource': 'This is no FHIR resource: it has no resourceType.',
  'nested-bundle': 'A bundle within a bundle is not read: import it on its own.',
  'duplicate-id':
    'Another record in this file has the same address but a different content; only the first was read.',
  repeated: 'The same record stands twice in this file; it was read once.',
  'older-version': 'A newer version of this record is in the file; only the newest was read.',
  deleted: 'The server that made this file says that this record was deleted; left out.',
  'no-patient': 'No Patient is in this file, so nothing says whose records these are.',
  'several-patients': 'Several patients are in this file: choose whose records to import.',
  'other-patient': 'This record is about a patient who is not in this file; it was set aside.',
  'server-message': 'The server that made this file reported a problem, so the file may not be complete.',
  partial: 'This is one page of a longer list: import the following pages too.',
} as const satisfies Partial<Record<BundleIssueCode, string>>

export function issueOf(
  severity: BundleIssue['severity'],
  code: keyof typeof BUNDLE_SENTENCES,
  entry?: number,
): BundleIssue {
  const message = BUNDLE_SENTENCES[code]
  return entry === undefined ? { severity, code, message } : { severity, code, message, entry }
}
