import { attempt } from '../attempt.ts'
import { type ChartRecord, newestFirst } from '../chart/record.ts'
import { codingsOf, systemName } from '../concepts.ts'
import { type DosageWords, dosageOf } from '../dosage.ts'
import { dayOf, occurredOn } from '../occurred.ts'
import type { Resolver } from '../references.ts'
import { titleOf } from '../titles.ts'
import type { Coding, MedicationRequest, MedicationStatement, Resource } from '../types.ts'
import { firstWords } from '../words.ts'

export interface MedicationItem {
  readonly record: string
  readonly title: string
  readonly dosage?: DosageWords
  /** 'YYYY-MM-DD' of the first order that is still in force. */
  readonly since?: string
  readonly until?: string
  readonly reason?: string
  /** Prescribed here, or what the patient says she takes. */
  readonly by: 'prescription' | 'statement'
  /** Ordered more than a year ago without an end: ask whether it is still taken. */
  readonly isOld: boolean
  readonly isOnHold: boolean
  readonly codes: readonly Coding[]
}

type Order =
  | (MedicationRequest & { resourceType: 'MedicationRequest' })
  | (MedicationStatement & { resourceType: 'MedicationStatement' })

const ORDERED = new Set(['order', 'original-order', 'reflex-order', 'filler-order', 'instance-order', 'plan'])
const TAKEN = new Set(['active', 'on-hold', 'intended', 'unknown'])
const ENDED = new Set(['stopped', 'not-taken'])
const DAYS: Readonly<Record<string, number>> = {
  s: 1 / 86400,
  min: 1 / 1440,
  h: 1 / 24,
  d: 1,
  wk: 7,
  mo: 30.44,
  a: 365.25,
}
const DAY_MS = 86_400_000
const OLD_DAYS = 400

function isOrder(resource: Resource): resource is Order {
  return resource.resourceType === 'MedicationRequest' || resource.resourceType === 'MedicationStatement'
}

function addDays(day: string, days: number): string | undefined {
  const time = Date.parse(day) + Math.ceil(days) * DAY_MS
  return Number.isNaN(time) || Math.abs(time) > 8e15 ? undefined : new Date(time).toISOString().slice(0, 10)
}

/** The last day on which it is to be taken, where the order says so. */
function endOf(order: Order, since: string | undefined): string | undefined {
  const dosages = order.resourceType === 'MedicationRequest' ? order.dosageInstruction : order.dosage
  const list = Array.isArray(dosages) ? dosages : []
  const ends = list.map(({ timing }) => {
    const { boundsPeriod, boundsDuration } = timing?.repeat ?? {}
    const end = dayOf(boundsPeriod?.end)
    const days =
      typeof boundsDuration?.value === 'number'
        ? DAYS[boundsDuration.code ?? boundsDuration.unit ?? '']
        : undefined
    const length = days === undefined ? undefined : (boundsDuration?.value as number) * days
    return end ?? (length === undefined || since === undefined ? undefined : addDays(since, length - 1))
  })
  const effective =
    order.resourceType === 'MedicationStatement' ? dayOf(order.effectivePeriod?.end) : undefined
  if (effective !== undefined) return effective
  // One open-ended instruction keeps the whole order open.
  return ends.length > 0 && ends.every((end) => end !== undefined)
    ? ends.reduce((a, b) => (a > b ? a : b))
    : undefined
}

function nameKey(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim()
}

function codesOf(order: Order, resolve: Resolver): Coding[] {
  const own = codingsOf(order.medicationCodeableConcept)
  if (own.length > 0) return own
  const target = order.medicationReference?.reference
  const found = typeof target === 'string' ? resolve(target) : undefined
  return found?.resourceType === 'Medication' ? codingsOf(found.code) : []
}

interface Course {
  readonly item: MedicationItem
  readonly keys: readonly string[]
  readonly state: 'taken' | 'ended' | 'none'
  readonly date: string
}

function courseOf(record: ChartRecord, order: Order, given: { today: string; resolve: Resolver }): Course {
  const title = titleOf(order, given.resolve)
  const codes = codesOf(order, given.resolve)
  const since = occurredOn(order)
  const until = endOf(order, since)
  const dosages = order.resourceType === 'MedicationRequest' ? order.dosageInstruction : order.dosage
  const dosage = dosageOf(Array.isArray(dosages) ? dosages[0] : undefined)
  const reason = firstWords(order.reasonCode)
  const isAnOrder =
    order.resourceType !== 'MedicationRequest' ||
    (ORDERED.has(order.intent ?? '') && order.doNotPerform !== true)
  const isOver = until !== undefined && until < given.today
  const status = order.status ?? ''
  const age = since === undefined ? 0 : (Date.parse(given.today) - Date.parse(since)) / DAY_MS
  const state = !isAnOrder
    ? 'none'
    : ENDED.has(status)
      ? 'ended'
      : TAKEN.has(status) && !isOver
        ? 'taken'
        : 'none'
  return {
    state,
    date: since ?? '',
    keys: [
      ...codes.flatMap(({ system, code }) => (code === undefined ? [] : [`${systemName(system)}|${code}`])),
      `text|${nameKey(title)}`,
    ],
    item: {
      record: record.id,
      title,
      ...(dosage && { dosage }),
      ...(since !== undefined && { since }),
      ...(until !== undefined && { until }),
      ...(reason !== undefined && { reason }),
      by: order.resourceType === 'MedicationRequest' ? 'prescription' : 'statement',
      isOld: until === undefined && age > OLD_DAYS,
      isOnHold: status === 'on-hold',
      codes,
    },
  }
}

/**
 * What the patient takes now: orders and statements in force, each medicine once with its latest dosage. A later
 * entry that says it was stopped ends it; an order whose time is over is not listed.
 */
export function medicationsOf(
  records: readonly ChartRecord[],
  given: { today: string; resolve: Resolver },
): MedicationItem[] {
  const courses = records
    .flatMap((record) => {
      const { resource } = record
      const course = isOrder(resource) ? attempt(() => courseOf(record, resource, given)) : undefined
      return course && course.state !== 'none' ? [course] : []
    })
    .sort((a, b) => newestFirst(b.date, a.date) || Number(a.state === 'ended') - Number(b.state === 'ended'))
  const byKey = new Map<string, { item: MedicationItem | undefined }>()
  const all = new Set<{ item: MedicationItem | undefined }>()
  for (const { item, keys, state } of courses) {
    const entry = keys.map((key) => byKey.get(key)).find((known) => known !== undefined) ?? {
      item: undefined,
    }
    const since = entry.item?.since
    entry.item =
      state === 'ended' ? undefined : { ...item, ...(since !== undefined && { since }), isOld: item.isOld }
    all.add(entry)
    for (const key of keys) byKey.set(key, entry)
  }
  return [...all]
    .map(({ item }) => item)
    .filter((item) => item !== undefined)
    .sort((a, b) => Number(a.isOld) - Number(b.isOld) || a.title.localeCompare(b.title))
}
