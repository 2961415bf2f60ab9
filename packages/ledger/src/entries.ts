import { concatBytes, readU16be, u16be } from '@curo/crypto/bytes'
import { canonicalBytes, parseCanonicalJson } from '@curo/crypto/canonical-json'
import { CuroError } from '@curo/crypto/errors'
import { MAX_ENTRY_BYTES } from './bundles.ts'

/**
 * Class byte of an entry, `0x01 | class u8 | length u16be | payload`. Its leaf hash, by which the next entry of its chain
 * refers to it, is that of RFC 6962 over all these bytes.
 */
export const ENTRY_CLASSES = { patient: 0x01, emergency: 0x02, registry: 0x04, link: 0x05 } as const
export type EntryClass = keyof typeof ENTRY_CLASSES

export const TAG_BYTES = 16
export const COMMITMENT_BYTES = 32
const VERSION = 0x01
const HEADER_BYTES = 4

/** About one patient: says nothing without her lookup key. The number of emergencies is public on purpose. */
export type PatientEntry = { class: 'patient' | 'emergency'; tag: Uint8Array; commitment: Uint8Array }
/** Public JSON: a member's keys, or what ties this log to others. */
export type PublicEntry = { class: 'registry' | 'link'; json: unknown }
export type LedgerEntry = PatientEntry | PublicEntry

/** Writes an entry. @throws CuroError 'invalid-input' on wrong lengths, 'too-large' above 65,535 bytes in all */
export function encodeEntry(entry: LedgerEntry): Uint8Array {
  const payload = 'json' in entry ? canonicalBytes(entry.json) : patientPayload(entry)
  if (payload.length > MAX_ENTRY_BYTES - HEADER_BYTES)
    throw new CuroError(
      'too-large',
      `The content of a ledger entry may have ${MAX_ENTRY_BYTES - HEADER_BYTES} bytes.`,
    )
  return concatBytes(Uint8Array.of(VERSION, ENTRY_CLASSES[entry.class]), u16be(payload.length), payload)
}

function patientPayload({ tag, commitment }: PatientEntry): Uint8Array {
  if (tag.length !== TAG_BYTES || commitment.length !== COMMITMENT_BYTES)
    throw new CuroError('invalid-input', 'A patient entry is a tag of 16 bytes and a commitment of 32.')
  return concatBytes(tag, commitment)
}

/**
 * Reads an entry; each has exactly one encoding.
 * @throws CuroError 'malformed' on an unknown version or class, a wrong length, bytes left over, or JSON that is not in
 *   canonical form; 'truncated'
 */
export function decodeEntry(bytes: Uint8Array): LedgerEntry {
  if (bytes.length < HEADER_BYTES) throw new CuroError('truncated', 'A ledger entry has four bytes at least.')
  if (bytes[0] !== VERSION) throw new CuroError('malformed', 'This version of ledger entries is not known.')
  if (readU16be(bytes, 2) !== bytes.length - HEADER_BYTES)
    throw new CuroError('malformed', 'The length in a ledger entry is not its length.')
  const payload = bytes.subarray(HEADER_BYTES)
  const entryClass = entryClassOf(bytes)
  if (entryClass === 'registry' || entryClass === 'link')
    return { class: entryClass, json: parseCanonicalJson(payload) }
  if (payload.length !== TAG_BYTES + COMMITMENT_BYTES)
    throw new CuroError('malformed', 'A patient entry is a tag of 16 bytes and a commitment of 32.')
  return { class: entryClass, tag: payload.subarray(0, TAG_BYTES), commitment: payload.subarray(TAG_BYTES) }
}

function entryClassOf(bytes: Uint8Array): EntryClass {
  switch (bytes[1]) {
    case ENTRY_CLASSES.patient:
      return 'patient'
    case ENTRY_CLASSES.emergency:
      return 'emergency'
    case ENTRY_CLASSES.registry:
      return 'registry'
    case ENTRY_CLASSES.link:
      return 'link'
  }
  throw new CuroError('malformed', 'This class of ledger entries is not known.')
}
