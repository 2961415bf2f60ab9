import { evalFhirPathTyped, type FhirPathAtom, LRUCache } from '@medplum/core'
import type { Schema } from './definitions.ts'

const cache = new LRUCache<FhirPathAtom>(1000)
const UCUM = { type: 'string', value: 'http://unitsofmeasure.org' }

/** Judged elsewhere: by Medplum on the element (ext-1), in structure-check (ref-1), or below by hand. */
const SKIPPED = new Set(['ext-1', 'ref-1', 'per-1', 'rng-2', 'dom-3'])

const HAS_TIME = /T/

/** per-1: a start is not after the end. Compared as instants when both have a time, else as far as both are precise. */
export function isPeriodReversed(start: unknown, end: unknown): boolean {
  if (typeof start !== 'string' || typeof end !== 'string') return false
  if (HAS_TIME.test(start) && HAS_TIME.test(end)) return Date.parse(start) > Date.parse(end)
  const length = Math.min(start.split('T')[0]?.length ?? 0, end.split('T')[0]?.length ?? 0)
  return start.slice(0, length) > end.slice(0, length)
}

function isRangeReversed({ low, high }: { low?: Quantity; high?: Quantity }): boolean {
  if (typeof low?.value !== 'number' || typeof high?.value !== 'number') return false
  return low.unit === high.unit && low.code === high.code && low.value > high.value
}

interface Quantity {
  readonly value?: unknown
  readonly unit?: unknown
  readonly code?: unknown
}

/**
 * Invariants that R4 states on a type itself (Period, Quantity, Attachment …, and resources within resources), which
 * Medplum's validator evaluates only for the outermost resource. Returns the sentences of those not met.
 */
export function brokenInvariants(value: Record<string, unknown>, schema: Schema, only?: string): string[] {
  const broken: string[] = []
  if (schema.name === 'Period' && isPeriodReversed(value.start, value.end))
    broken.push('The period ends before it starts (per-1).')
  if (schema.name === 'Range' && isRangeReversed(value))
    broken.push('The low end is above the high end (rng-2).')
  const typed = { type: schema.name, value }
  for (const { key, expression, description } of schema.constraints ?? []) {
    if (SKIPPED.has(key) || (only !== undefined && key !== only)) continue
    try {
      const variables = { '%context': typed, '%resource': typed, '%rootResource': typed, '%ucum': UCUM }
      const [result] = evalFhirPathTyped(expression, [typed], variables, cache)
      if (result?.value === false) broken.push(`${description.replace(/\.$/, '')} (${key}).`)
    } catch {
      // The expression met a value of the wrong type; the structure is reported as such.
    }
  }
  return broken
}
