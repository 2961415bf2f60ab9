import type { ChartRecord } from '../chart/record.ts'
import type { Resource } from '../types.ts'

let count = 0

/** An opened record of invented content. */
export function record(
  resourceType: string,
  fields: object,
  given: Partial<Omit<ChartRecord, 'resource'>> = {},
): ChartRecord {
  count += 1
  return {
    id: given.id ?? `record-${count}`,
    resource: { resourceType, ...fields } as unknown as Resource,
    ...(given.created !== undefined && { created: given.created }),
  }
}

export const LOINC = 'http://loinc.org'
export const SNOMED = 'http://snomed.info/sct'

export function loinc(code: string, text = code) {
  return { coding: [{ system: LOINC, code, display: text }], text }
}

/** A result of one number. */
export function result(code: string, value: number, unit: string, fields: object = {}): ChartRecord {
  return record('Observation', {
    status: 'final',
    code: loinc(code),
    effectiveDateTime: '2024-03-01T08:00:00Z',
    valueQuantity: { value, unit },
    ...fields,
  })
}
