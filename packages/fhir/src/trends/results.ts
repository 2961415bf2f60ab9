import { attempt } from '../attempt.ts'
import { plainCategoryOf } from '../categories.ts'
import type { ChartRecord } from '../chart/record.ts'
import { codesIn, codingsOf } from '../concepts.ts'
import { dayOf } from '../occurred.ts'
import type { CodeableConcept, Observation, Quantity } from '../types.ts'
import { flagOf } from '../values.ts'
import { conceptWords, oneLine } from '../words.ts'
import { type Measurement, measurementOf } from './measurements.ts'

type StatedRange = NonNullable<Observation['referenceRange']>[number]

/** What the measurement is, else what the observation was filed under. */
export type ResultGroup = 'vital' | 'laboratory' | 'other'

export type ResultFlag = 'high' | 'low' | 'critical' | 'abnormal'

/** What is normal, in the unit of the value beside it; at least one side, or words. */
export interface ReferenceRange {
  readonly low?: number
  readonly high?: number
  readonly text?: string
  /** Stated by the laboratory, or what is usual for adults (vital signs only). */
  readonly by: 'laboratory' | 'usual'
}

/** One number of an observation, as it was written. */
export interface NumericResult {
  /** The record's id. */
  readonly record: string
  /** 'YYYY-MM-DD' */
  readonly date: string
  /** Milliseconds since 1970; a date without a time counts as its midnight in UTC. */
  readonly time: number
  readonly value: number
  readonly comparator?: '<' | '<=' | '>=' | '>'
  readonly unit?: string
  readonly concept: CodeableConcept | undefined
  readonly measurement: Measurement | undefined
  readonly group: ResultGroup
  readonly range?: ReferenceRange
  readonly flag?: ResultFlag
  readonly preliminary?: true
}

const NOT_DONE = new Set(['entered-in-error', 'cancelled', 'registered'])
const UCUM = 'http://unitsofmeasure.org'

/** Whether an observation says something that counts. */
export function isValidResult(observation: Observation): boolean {
  return !NOT_DONE.has(observation.status ?? '')
}

/** The unit to compute with: UCUM's code where it is one, else what people wrote. */
export function unitOf(quantity: Quantity | undefined): string | undefined {
  const code = quantity?.system === UCUM ? oneLine(quantity.code, 40) : undefined
  return code ?? oneLine(quantity?.unit ?? quantity?.code, 40)
}

/** When an observation was made: the clinical time, else when it was issued. */
export function observedAt(observation: Observation): { date: string; time: number } | undefined {
  const { effectiveDateTime, effectivePeriod, effectiveInstant, issued } = observation
  for (const text of [effectiveDateTime, effectivePeriod?.start, effectiveInstant, issued]) {
    const date = dayOf(text)
    if (date === undefined) continue
    const exact = Date.parse(text as string)
    return { date, time: Number.isNaN(exact) ? Date.parse(date) : exact }
  }
  return undefined
}

function sideOf(quantity: Quantity | undefined, unit: string | undefined): number | undefined {
  const isComparable = quantity && (unitOf(quantity) === undefined || unitOf(quantity) === unit)
  return isComparable && typeof quantity.value === 'number' ? quantity.value : undefined
}

/** The range meant for healthy people, where its unit is that of the value. */
function rangeOf(
  ranges: readonly StatedRange[] | undefined,
  unit: string | undefined,
): ReferenceRange | undefined {
  if (!Array.isArray(ranges)) return undefined
  const normal = (ranges as StatedRange[]).filter((range) => {
    const kinds = codingsOf(range?.type).map((coding) => coding.code)
    return kinds.length === 0 || kinds.includes('normal') || kinds.includes('recommended')
  })
  for (const range of normal) {
    const [low, high] = [sideOf(range?.low, unit), sideOf(range?.high, unit)]
    const text = oneLine(range?.text, 60)
    if (low === undefined && high === undefined && text === undefined) continue
    return {
      ...(low !== undefined && { low }),
      ...(high !== undefined && { high }),
      ...(text !== undefined && { text }),
      by: 'laboratory',
    }
  }
  return undefined
}

/** How a value stands to its range. A value said to be below or above something counts where that decides it. */
export function flagByRange(
  value: number,
  range: ReferenceRange | undefined,
  comparator?: string,
): ResultFlag | undefined {
  if (range?.high !== undefined && value > range.high && !comparator?.startsWith('<')) return 'high'
  if (range?.low !== undefined && value < range.low && !comparator?.startsWith('>')) return 'low'
  return undefined
}

type Part = Pick<Observation, 'code' | 'valueQuantity' | 'valueInteger' | 'referenceRange' | 'interpretation'>

/** What a result is about, to tell one series from another: its measurement, else its code, else its words. */
export function conceptKey(concept: CodeableConcept | undefined): string | undefined {
  const known = measurementOf(concept)
  if (known) return known.key
  const loinc = codesIn(concept, 'loinc')[0]
  if (loinc !== undefined) return `loinc:${loinc}`
  const coding = codingsOf(concept).find((one) => typeof one.code === 'string')
  if (coding) return `${coding.system ?? ''}:${coding.code}`
  const words = conceptWords(concept)
  return words === undefined ? undefined : `text:${words.toLowerCase()}`
}

function partResult(
  part: Part,
  given: {
    record: string
    date: string
    time: number
    preliminary: boolean
    group: ResultGroup
    flag: ResultFlag | undefined
  },
): NumericResult | undefined {
  const value = part.valueQuantity?.value ?? part.valueInteger
  if (typeof value !== 'number' || !Number.isFinite(value)) return undefined
  const unit = unitOf(part.valueQuantity)
  const measurement = measurementOf(part.code)
  const range = rangeOf(part.referenceRange, unit)
  const comparator = part.valueQuantity?.comparator
  const flag = given.flag ?? flagByRange(value, range, comparator)
  return {
    record: given.record,
    date: given.date,
    time: given.time,
    value,
    ...(comparator !== undefined && ['<', '<=', '>=', '>'].includes(comparator) && { comparator }),
    ...(unit !== undefined && { unit }),
    concept: part.code,
    measurement,
    group: measurement?.group ?? given.group,
    ...(range && { range }),
    ...(flag && { flag }),
    ...(given.preliminary && { preliminary: true as const }),
  }
}

/** The numbers of an observation: its own and those of its components. Never throws; what is no number is left out. */
export function numericResults({ id, resource }: ChartRecord): NumericResult[] {
  if (resource.resourceType !== 'Observation') return []
  const read = () => {
    const at = observedAt(resource)
    if (!at || !isValidResult(resource)) return []
    const category = plainCategoryOf(resource)
    const group: ResultGroup =
      category === 'vitals' ? 'vital' : category === 'laboratory' ? 'laboratory' : 'other'
    const given = { record: id, ...at, group, preliminary: resource.status === 'preliminary' }
    const components: readonly Part[] = Array.isArray(resource.component)
      ? (resource.component as Part[])
      : []
    return [
      partResult(resource, { ...given, flag: flagOf(resource) }),
      ...components.map((part) => partResult(part, { ...given, flag: flagOf(part as Observation) })),
    ].filter((result) => result !== undefined)
  }
  return attempt(read) ?? []
}
