import { type ChartRecord, currentRecords } from './chart/record.ts'
import { codingsOf } from './concepts.ts'
import { MEASUREMENTS, type Measurement, type Panel } from './trends/measurements.ts'
import {
  conceptKey,
  flagByRange,
  type NumericResult,
  numericResults,
  type ReferenceRange,
  type ResultFlag,
  type ResultGroup,
} from './trends/results.ts'
import { convertValue, roundConverted } from './trends/units.ts'
import { conceptWords, plainTestName } from './words.ts'

export { downsample } from './trends/downsample.ts'
export { type Measurement, measurementOf, measurementOfCode, type Panel } from './trends/measurements.ts'
export type { ReferenceRange, ResultFlag, ResultGroup } from './trends/results.ts'

/** A point of a line, in the unit of its series. */
export interface TrendPoint {
  readonly record: string
  /** 'YYYY-MM-DD' */
  readonly date: string
  /** Milliseconds since 1970. */
  readonly time: number
  readonly value: number
  readonly comparator?: '<' | '<=' | '>=' | '>'
  readonly flag?: ResultFlag
  /** What was written, where its unit was another. */
  readonly original?: { readonly value: number; readonly unit: string }
  readonly preliminary?: true
}

export interface TrendLine {
  /** Key of the measurement ('systolic'), or of the series itself. */
  readonly key: string
  /** In order of time; nothing is left out. */
  readonly points: readonly TrendPoint[]
  readonly range?: ReferenceRange
}

/** One thing measured over time. Blood pressure has two or three lines, everything else one. */
export interface Trend {
  /** Key of the measurement where it is known ('hba1c'), else one made of code and unit. */
  readonly key: string
  readonly measurement?: Measurement
  readonly group: ResultGroup
  readonly panel: Panel
  /** As the record calls it; screens have their own words for a known measurement. */
  readonly title: string
  readonly code?: { readonly system: string; readonly code: string }
  /** UCUM or as written; absent for a plain number. */
  readonly unit?: string
  readonly lines: readonly TrendLine[]
}

export interface TrendOptions {
  /** 'conventional' (mg/dL …) as India reports, or 'si' (mmol/L …). */
  readonly units?: 'conventional' | 'si'
  /** 'YYYY-MM-DD': usual ranges of vital signs are only given for results of an adult. */
  readonly birthDate?: string
}

const PRESSURE_LINES = ['systolic', 'diastolic', 'mean-pressure']
const ADULT_YEARS = 18

interface Placed {
  readonly result: NumericResult
  readonly series: string
  readonly line: string
  readonly point: TrendPoint
  readonly unit: string | undefined
  readonly range: ReferenceRange | undefined
}

function preferredUnit(measurement: Measurement, units: TrendOptions['units']): string {
  return units === 'si' ? (measurement.si ?? measurement.unit) : measurement.unit
}

/** A plain number has no unit to compare: '1', '{score}', none. */
function isPlain(unit: string | undefined): boolean {
  return unit === undefined || unit === '1' || /^\{[^}]*\}$/.test(unit)
}

function converted(
  result: NumericResult,
  target: string | undefined,
): { value: number; range?: ReferenceRange } | undefined {
  const { unit, value, range, measurement } = result
  if (unit === target || (isPlain(unit) && isPlain(target))) return { value, ...(range && { range }) }
  if (unit === undefined || target === undefined) return undefined
  const turn = (number: number | undefined) => {
    const turned =
      number === undefined
        ? undefined
        : convertValue(number, { from: unit, to: target, ...(measurement && { substance: measurement }) })
    return turned === undefined ? undefined : roundConverted(turned)
  }
  const turned = turn(value)
  if (turned === undefined) return undefined
  const [low, high] = [turn(range?.low), turn(range?.high)]
  const isRanged = range && (low !== undefined || high !== undefined)
  const turnedRange = isRanged && {
    by: range.by,
    ...(low !== undefined && { low }),
    ...(high !== undefined && { high }),
  }
  return { value: turned, ...(turnedRange && { range: turnedRange }) }
}

function wasAdult(date: string, birthDate: string | undefined): boolean {
  if (birthDate === undefined) return false
  return `${Number(birthDate.slice(0, 4)) + ADULT_YEARS}${birthDate.slice(4)}` <= date
}

function place(result: NumericResult, target: string | undefined, options: TrendOptions): Placed | undefined {
  const own = conceptKey(result.concept)
  if (own === undefined) return undefined
  const { measurement } = result
  const turned = converted(result, target)
  const unit = turned ? target : result.unit
  const usual =
    measurement?.usual && turned && unit === measurement.unit && wasAdult(result.date, options.birthDate)
      ? usualRange(measurement.usual)
      : undefined
  const range = (turned ? turned.range : result.range) ?? usual
  const value = turned?.value ?? result.value
  const flag = result.flag ?? flagByRange(value, range, result.comparator)
  const isSame = value === result.value && unit === result.unit
  const base = PRESSURE_LINES.includes(own) ? 'blood-pressure' : own
  return {
    result,
    // What cannot be converted is a series of its own: two units never share an axis.
    series: turned ? base : `${base}|${result.unit ?? ''}`,
    line: own,
    unit: isPlain(unit) ? undefined : unit,
    range,
    point: {
      record: result.record,
      date: result.date,
      time: result.time,
      value,
      ...(result.comparator && { comparator: result.comparator }),
      ...(flag && { flag }),
      ...(!isSame && result.unit !== undefined && { original: { value: result.value, unit: result.unit } }),
      ...(result.preliminary && { preliminary: true as const }),
    },
  }
}

function usualRange([low, high]: readonly [number | undefined, number | undefined]): ReferenceRange {
  return { by: 'usual', ...(low !== undefined && { low }), ...(high !== undefined && { high }) }
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const key = keyOf(item)
    const group = groups.get(key)
    if (group) group.push(item)
    else groups.set(key, [item])
  }
  return groups
}

function toTrend(key: string, placed: readonly Placed[]): Trend {
  const latest = placed.at(-1) as Placed
  const isPressure = key.startsWith('blood-pressure')
  const measurement = isPressure ? MEASUREMENTS.get('blood-pressure') : latest.result.measurement
  const { concept } = latest.result
  const coding = codingsOf(concept).find((one) => one.code !== undefined && one.system !== undefined)
  const group = measurement?.group ?? latest.result.group
  const lines = [...groupBy(placed, ({ line }) => line)].map(([line, points]): TrendLine => {
    const range = points.findLast((one) => one.range !== undefined)?.range
    return { key: line, points: points.map(({ point }) => point), ...(range && { range }) }
  })
  const order = (line: TrendLine) => PRESSURE_LINES.indexOf(line.key)
  return {
    key,
    ...(measurement && { measurement }),
    group,
    panel: measurement?.panel ?? (group === 'vital' ? 'vitals' : 'other'),
    title: plainTestName(conceptWords(concept) ?? key),
    ...(coding && { code: { system: coding.system as string, code: coding.code as string } }),
    ...(latest.unit !== undefined && { unit: latest.unit }),
    lines: lines.sort((a, b) => order(a) - order(b)),
  }
}

/** The unit of a series that no list knows: that of its latest result, so old ones are turned into it. */
function unitsOfUnknown(results: readonly NumericResult[]): Map<string, string | undefined> {
  const units = new Map<string, string | undefined>()
  for (const { concept, measurement, unit } of results) {
    const key = conceptKey(concept)
    if (!measurement && key !== undefined) units.set(key, unit)
  }
  return units
}

/**
 * Every number of a chart as series over time: vital signs first, then laboratory panels, each with the newest-used
 * unit of its kind. Values are only turned into another unit where that is exact; otherwise they are a series of
 * their own. Outliers stay. What is entered in error or cancelled does not count. Never throws.
 */
export function trendsOf(records: readonly ChartRecord[], options: TrendOptions = {}): Trend[] {
  const results = currentRecords(records)
    .flatMap(numericResults)
    .sort((a, b) => a.time - b.time)
  const unknown = unitsOfUnknown(results)
  const placed = results
    .map((result) => {
      const { measurement, concept } = result
      const target = measurement
        ? preferredUnit(measurement, options.units)
        : unknown.get(conceptKey(concept) ?? '')
      return place(result, target, options)
    })
    .filter((one) => one !== undefined)
  return [...groupBy(placed, ({ series }) => series)]
    .map(([key, points]) => toTrend(key, points))
    .sort((a, b) => rank(a) - rank(b) || a.title.localeCompare(b.title) || a.key.length - b.key.length)
}

const UNKNOWN_RANK = { vital: 500, laboratory: 1000, other: 2000 } as const
const ORDER = new Map([...MEASUREMENTS.keys()].map((key, index) => [key, index]))

function rank({ key, group }: Trend): number {
  return ORDER.get(key.split('|')[0] ?? '') ?? UNKNOWN_RANK[group]
}

/** The key of the trend an observation belongs to (were its unit that of the others): from a result to its chart. */
export function trendKeyOf(resource: ChartRecord['resource']): string | undefined {
  if (resource.resourceType !== 'Observation' || !resource.code) return undefined
  const key = conceptKey(resource.code)
  return key !== undefined && PRESSURE_LINES.includes(key) ? 'blood-pressure' : key
}
