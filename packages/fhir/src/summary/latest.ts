import { attempt } from '../attempt.ts'
import { categoryOf } from '../categories.ts'
import type { ChartRecord } from '../chart/record.ts'
import { codingsOf } from '../concepts.ts'
import { titleOf } from '../titles.ts'
import { type Panel, roundMeasured } from '../trends/measurements.ts'
import {
  conceptKey,
  isValidResult,
  observedAt,
  type ReferenceRange,
  type ResultFlag,
} from '../trends/results.ts'
import type { Trend, TrendPoint } from '../trends.ts'
import type { Observation } from '../types.ts'
import { flagOf, numberWords, observationWords } from '../values.ts'
import { plainTestName } from '../words.ts'

/** The latest result of one kind. */
export interface ResultItem {
  readonly record: string
  /** Key of the measurement ('blood-pressure') or of its code. */
  readonly key: string
  readonly title: string
  readonly panel: Panel
  readonly date: string
  /** The number or numbers without the unit: '7.2', '120/80', '<5'; words for a result that is no number. */
  readonly value: string
  /** UCUM or as written. */
  readonly unit?: string
  readonly flag?: ResultFlag
  readonly range?: ReferenceRange
  /** The one before, in the same unit: is it rising or falling? */
  readonly previous?: { readonly date: string; readonly value: string }
  readonly isPreliminary: boolean
}

const SEVERITY: readonly ResultFlag[] = ['critical', 'high', 'low', 'abnormal']

function pointWords({ value, comparator }: TrendPoint, { measurement, unit }: Trend): string {
  return `${comparator ?? ''}${numberWords(roundMeasured(value, measurement, unit))}`
}

/** The points of one moment, one per line: a blood pressure's two numbers. */
function momentAt(trend: Trend, time: number): TrendPoint[] {
  return trend.lines
    .filter((line) => line.key !== 'mean-pressure' || trend.lines.length === 1)
    .flatMap((line) => line.points.findLast((point) => point.time === time) ?? [])
}

function latestOf(trend: Trend): ResultItem | undefined {
  const times = [...new Set(trend.lines.flatMap((line) => line.points.map((point) => point.time)))].sort(
    (a, b) => b - a,
  )
  const [latest, previous] = times
  if (latest === undefined) return undefined
  const points = momentAt(trend, latest)
  const [point] = points
  if (!point) return undefined
  const before = previous === undefined ? [] : momentAt(trend, previous)
  const flag = SEVERITY.find((one) => points.some((other) => other.flag === one))
  const range = trend.lines.length === 1 ? trend.lines[0]?.range : undefined
  return {
    record: point.record,
    key: trend.key,
    title: trend.title,
    panel: trend.panel,
    date: point.date,
    value: points.map((one) => pointWords(one, trend)).join('/'),
    ...(trend.unit !== undefined && { unit: trend.unit }),
    ...(flag && { flag }),
    ...(range && { range }),
    ...(before[0] && {
      previous: { date: before[0].date, value: before.map((one) => pointWords(one, trend)).join('/') },
    }),
    isPreliminary: point.preliminary === true,
  }
}

/** The latest of every series of numbers, newest first; of one measurement in two units only the newer. */
export function latestResults(trends: readonly Trend[], group: Trend['group']): ResultItem[] {
  const byKey = new Map<string, ResultItem>()
  for (const trend of trends) {
    const item = trend.group === group ? latestOf(trend) : undefined
    const base = trend.key.split('|')[0] ?? trend.key
    const known = byKey.get(base)
    if (item && (!known || known.date < item.date)) byKey.set(base, item)
  }
  return [...byKey.values()]
}

function isNumber(observation: Observation): boolean {
  const parts = [observation, ...(Array.isArray(observation.component) ? observation.component : [])]
  return parts.some((part) => typeof (part?.valueQuantity?.value ?? part?.valueInteger) === 'number')
}

function wordResult(record: ChartRecord): ResultItem | undefined {
  const { resource } = record
  if (resource.resourceType !== 'Observation' || isNumber(resource) || !isValidResult(resource))
    return undefined
  const plain = { ...resource, meta: undefined }
  if (categoryOf(plain as unknown as ChartRecord['resource']) !== 'laboratory') return undefined
  const [at, value, key] = [observedAt(resource), observationWords(resource), conceptKey(resource.code)]
  if (!at || value === undefined || key === undefined) return undefined
  const flag = flagOf(resource)
  return {
    record: record.id,
    key,
    title: plainTestName(titleOf(resource)),
    panel: 'other',
    date: at.date,
    value,
    ...(flag && { flag }),
    isPreliminary: resource.status === 'preliminary',
  }
}

/** The latest of each laboratory result that is words: 'Positive', 'A Rh positive'. */
export function latestWordResults(records: readonly ChartRecord[]): ResultItem[] {
  const byKey = new Map<string, ResultItem>()
  for (const record of records) {
    const item = attempt(() => wordResult(record))
    if (item && (byKey.get(item.key)?.date ?? '') <= item.date) byKey.set(item.key, item)
  }
  return [...byKey.values()]
}

const BLOOD_GROUP = new Set(['882-1', '883-9', '884-7', '10331-7'])

/** The blood group as written, the latest. */
export function bloodGroupOf(records: readonly ChartRecord[]): { record: string; value: string } | undefined {
  let found: { record: string; value: string; rank: string } | undefined
  for (const { id, resource } of records) {
    if (resource.resourceType !== 'Observation') continue
    const code = codingsOf(resource.code).find((coding) => BLOOD_GROUP.has(coding.code ?? ''))?.code
    const value = code === undefined ? undefined : attempt(() => observationWords(resource))
    if (value === undefined || !isValidResult(resource)) continue
    // ABO and Rh together (882-1) before either alone.
    const rank = `${code === '882-1' ? 1 : 0}${attempt(() => observedAt(resource)?.date) ?? ''}`
    if (!found || rank >= found.rank) found = { record: id, value, rank }
  }
  return found && { record: found.record, value: found.value }
}
