import { newestFirst } from '../chart/record.ts'
import type { TimelineEntry } from '../timeline.ts'

export interface EntryGroup {
  /** Day 'YYYY-MM-DD', year 'YYYY', or a visit's `Encounter/id`; '' for what has none. */
  readonly key: string
  readonly entries: readonly TimelineEntry[]
  /** The visit itself, when grouped by visit. */
  readonly visit?: TimelineEntry
}

/** Newest first: by day, then by time, then by when it was sealed. What has no day comes last. */
export function sortEntries(entries: readonly TimelineEntry[]): TimelineEntry[] {
  return [...entries].sort(
    (a, b) => newestFirst(a.date, b.date) || newestFirst(a.time, b.time) || newestFirst(a.created, b.created),
  )
}

function grouped(entries: readonly TimelineEntry[], keyOf: (entry: TimelineEntry) => string): EntryGroup[] {
  const groups = new Map<string, TimelineEntry[]>()
  for (const entry of entries) {
    const key = keyOf(entry)
    const group = groups.get(key)
    if (group) group.push(entry)
    else groups.set(key, [entry])
  }
  return [...groups].map(([key, members]) => ({ key, entries: members }))
}

export function groupByDay(entries: readonly TimelineEntry[]): EntryGroup[] {
  return grouped(sortEntries(entries), ({ date }) => date ?? '')
}

export function groupByYear(entries: readonly TimelineEntry[]): EntryGroup[] {
  return grouped(sortEntries(entries), ({ date }) => date?.slice(0, 4) ?? '')
}

const idOf = (reference: string | undefined) => reference?.replace(/^.*[/:]/, '').toLowerCase()

/** Everything of one visit together with the visit; what belongs to none, or to one that is not here, by its day. */
export function groupByEncounter(entries: readonly TimelineEntry[]): EntryGroup[] {
  const sorted = sortEntries(entries)
  const visits = new Map<string, TimelineEntry>()
  for (const entry of sorted)
    if (entry.type === 'Encounter' && entry.resourceId !== undefined)
      visits.set(idOf(entry.resourceId) ?? '', entry)
  const visitOf = (entry: TimelineEntry) =>
    entry.type === 'Encounter'
      ? visits.get(idOf(entry.resourceId) ?? '')
      : visits.get(idOf(entry.encounter) ?? '')
  const groups = grouped(sorted, (entry) => {
    const visit = visitOf(entry)
    return visit ? `Encounter/${idOf(visit.resourceId)}` : `day:${entry.date ?? ''}`
  })
  return groups
    .map(({ key, entries: members }) => {
      const visit = members.find((entry) => entry.type === 'Encounter')
      const isVisit = key.startsWith('Encounter/')
      const rest = isVisit ? members.filter((entry) => entry !== visit) : members
      return {
        key: isVisit ? key : key.slice(4),
        entries: rest,
        ...(isVisit && visit && { visit }),
      }
    })
    .sort((a, b) => newestFirst(a.visit?.date ?? a.entries[0]?.date, b.visit?.date ?? b.entries[0]?.date))
}

/** Without the files that an entry describes: a file and its DocumentReference are one to a reader. */
export function withoutDescribedFiles(entries: readonly TimelineEntry[]): TimelineEntry[] {
  const described = new Set(entries.flatMap(({ file }) => file ?? []))
  return entries.filter(({ type, record }) => type !== 'File' || !described.has(record))
}

/** A row of a virtual list: a year's header, a day's header, many results of one day as one, or an entry. */
export type TimelineRow =
  | { readonly row: 'year'; readonly year: string; readonly count: number }
  | { readonly row: 'day'; readonly date: string }
  | {
      readonly row: 'bundle'
      /** 'lab-result 2024-01-05' */
      readonly key: string
      readonly kind: BundledKind
      /** Those out of range first. */
      readonly entries: readonly TimelineEntry[]
      readonly isOpen: boolean
      readonly isLast: boolean
    }
  | {
      readonly row: 'entry'
      readonly entry: TimelineEntry
      readonly isLast: boolean
      readonly isInner: boolean
    }

export const BUNDLED_KINDS = ['lab-result', 'vital-sign', 'observation'] as const
export type BundledKind = (typeof BUNDLED_KINDS)[number]

export interface RowOptions {
  /** Keys of the bundles that are open, or all of them. */
  readonly open?: ReadonlySet<string> | 'all'
  /** So many of one kind and day become one row. */
  readonly bundleFrom?: number
}

const bundledKind = ({ kind, state }: TimelineEntry): BundledKind | undefined =>
  state === 'open' || state === 'listed' ? BUNDLED_KINDS.find((one) => one === kind) : undefined

function dayRows(day: EntryGroup, { open, bundleFrom = 4 }: RowOptions): TimelineRow[] {
  const counts = new Map<BundledKind, TimelineEntry[]>()
  for (const entry of day.entries) {
    const kind = bundledKind(entry)
    if (kind) counts.set(kind, [...(counts.get(kind) ?? []), entry])
  }
  const done = new Set<BundledKind>()
  const rows: TimelineRow[] = []
  for (const entry of day.entries) {
    const kind = bundledKind(entry)
    const members = kind && counts.get(kind)
    if (!kind || !members || members.length < bundleFrom) {
      rows.push({ row: 'entry', entry, isLast: false, isInner: false })
      continue
    }
    if (done.has(kind)) continue
    done.add(kind)
    const key = `${kind} ${day.key}`
    const isOpen = open === 'all' || (open?.has(key) ?? false)
    const sorted = [...members].sort((a, b) => Number(b.flag !== undefined) - Number(a.flag !== undefined))
    rows.push({ row: 'bundle', key, kind, entries: sorted, isOpen, isLast: false })
    if (isOpen)
      for (const inner of sorted) rows.push({ row: 'entry', entry: inner, isLast: false, isInner: true })
  }
  const last = rows.length - 1
  return rows.map((row, index) =>
    index === last && (row.row === 'entry' || row.row === 'bundle') ? { ...row, isLast: true } : row,
  )
}

/**
 * Years, days and entries in one flat list, for a list that only draws what is on the screen. Many results of one day
 * are one row that opens: twenty values of one blood test are one event to a patient.
 */
export function timelineRows(entries: readonly TimelineEntry[], options: RowOptions = {}): TimelineRow[] {
  return groupByYear(entries).flatMap((year) => [
    { row: 'year' as const, year: year.key, count: year.entries.length },
    ...groupByDay(year.entries).flatMap((day) => [
      { row: 'day' as const, date: day.key },
      ...dayRows(day, options),
    ]),
  ])
}

/** The key of the bundle an entry would be in. */
export function bundleKeyOf(entry: TimelineEntry): string {
  return `${entry.kind} ${entry.date ?? ''}`
}
