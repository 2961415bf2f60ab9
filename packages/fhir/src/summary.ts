import { type ChartRecord, chartResolver, currentRecords, newestFirst } from './chart/record.ts'
import { type Allergies, allergiesOf } from './summary/allergies.ts'
import { bloodGroupOf, latestResults, latestWordResults, type ResultItem } from './summary/latest.ts'
import { type MedicationItem, medicationsOf } from './summary/medications.ts'
import { type ProblemItem, problemsOf } from './summary/problems.ts'
import { type ImmunizationItem, immunizationsOf, type VisitItem, visitsOf } from './summary/visits.ts'
import { type TrendOptions, trendsOf } from './trends.ts'

export type { Phrase } from './chart/phrase.ts'
export type { ChartRecord } from './chart/record.ts'
export { DOSAGE_KEYS, type DosageWords, dosageOf } from './dosage.ts'
export type { Allergies, AllergyItem, NoneKnown } from './summary/allergies.ts'
export type { ResultItem } from './summary/latest.ts'
export type { MedicationItem } from './summary/medications.ts'
export type { ProblemItem } from './summary/problems.ts'
export type { ImmunizationItem, VisitItem, VisitKind } from './summary/visits.ts'

/** What a clinician must know at a glance. Every item names the record it comes from. */
export interface Summary {
  readonly allergies: Allergies
  /** Active ones, the newest first. */
  readonly problems: readonly ProblemItem[]
  /** In force today; those ordered long ago last. */
  readonly medications: readonly MedicationItem[]
  /** The latest of each vital sign, in the usual order. */
  readonly vitals: readonly ResultItem[]
  /** The latest of each test, the newest first; within a day those out of range first. */
  readonly labs: readonly ResultItem[]
  readonly immunizations: readonly ImmunizationItem[]
  /** The newest first. */
  readonly visits: readonly VisitItem[]
  readonly bloodGroup?: { readonly record: string; readonly value: string }
}

export interface SummaryOptions extends TrendOptions {
  /** 'YYYY-MM-DD'; today's date in UTC, if not given. */
  readonly today?: string
}

const URGENCY = ['critical', 'high', 'low', 'abnormal']

/**
 * The one-screen summary of opened records. Takes any R4 content: what it cannot read is left out, never guessed, and
 * it never throws. Corrections replace what they correct (`currentRecords`).
 */
export function summaryOf(records: readonly ChartRecord[], options: SummaryOptions = {}): Summary {
  const today = options.today ?? new Date().toISOString().slice(0, 10)
  const current = currentRecords(records)
  const resolve = chartResolver(records)
  const trends = trendsOf(records, options)
  const bloodGroup = bloodGroupOf(current)
  const urgency = ({ flag }: ResultItem) => (flag === undefined ? 9 : URGENCY.indexOf(flag))
  const labs = [...latestResults(trends, 'laboratory'), ...latestWordResults(current)].sort(
    (a, b) => newestFirst(a.date, b.date) || urgency(a) - urgency(b),
  )
  return {
    allergies: allergiesOf(current),
    problems: problemsOf(current, today),
    medications: medicationsOf(current, { today, resolve }),
    vitals: latestResults(trends, 'vital'),
    labs,
    immunizations: immunizationsOf(current),
    visits: visitsOf(current, resolve),
    ...(bloodGroup && { bloodGroup }),
  }
}
