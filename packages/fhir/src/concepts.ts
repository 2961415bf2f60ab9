import type { CodeableConcept, Coding } from './types.ts'

/** Short names of the code systems that rules are written in. */
const SYSTEMS: readonly [name: string, pattern: RegExp][] = [
  ['loinc', /^https?:\/\/loinc\.org\/?$|113883\.6\.1$/],
  ['snomed', /snomed\.info\/sct|113883\.6\.96$/],
]

/** 'loinc', 'snomed', or the last part of the system's address in lower case without `v2-`/`v3-`. */
export function systemName(system: string | undefined): string {
  if (!system) return ''
  const known = SYSTEMS.find(([, pattern]) => pattern.test(system))
  if (known) return known[0]
  return system
    .slice(system.lastIndexOf('/') + 1)
    .replace(/^v[23]-/, '')
    .toLowerCase()
}

/** All codings of concepts that may be missing, single or listed; tolerates what is no concept. */
export function codingsOf(concepts: CodeableConcept | readonly CodeableConcept[] | undefined): Coding[] {
  const list = Array.isArray(concepts) ? concepts : [concepts]
  return list
    .flatMap((concept: CodeableConcept | undefined) => (Array.isArray(concept?.coding) ? concept.coding : []))
    .filter((coding: unknown) => typeof coding === 'object' && coding !== null)
}

/** Codes of one system (by `systemName`) in the concepts. */
export function codesIn(
  concepts: CodeableConcept | readonly CodeableConcept[] | undefined,
  system: string,
): string[] {
  return codingsOf(concepts)
    .filter((coding) => coding.code !== undefined && systemName(coding.system) === system)
    .map((coding) => coding.code ?? '')
}
