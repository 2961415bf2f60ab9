import type { Category } from '@curo/crypto/category'
import type { TimelineEntry } from '../timeline.ts'
import type { EntryKind } from './kinds.ts'

/** What of the timeline to show; an absent or empty list means all. */
export interface TimelineFilter {
  readonly categories?: readonly Category[]
  readonly kinds?: readonly EntryKind[]
  /** Author ids. */
  readonly authors?: readonly string[]
  /** 'YYYY-MM-DD', both included. An entry without a day is only shown where neither is set. */
  readonly from?: string
  readonly to?: string
  /** Record ids, such as what a search found. */
  readonly records?: ReadonlySet<string>
}

const passes = <T>(list: readonly T[] | undefined, value: T | undefined) =>
  !list || list.length === 0 || (value !== undefined && list.includes(value))

/** The entries that pass every part of the filter, in their order. */
export function filterEntries(entries: readonly TimelineEntry[], filter: TimelineFilter): TimelineEntry[] {
  const { categories, kinds, authors, from, to, records } = filter
  return entries.filter(
    (entry) =>
      passes(categories, entry.category) &&
      passes(kinds, entry.kind) &&
      passes(authors, entry.author?.id) &&
      (!from || (entry.date !== undefined && entry.date >= from)) &&
      (!to || (entry.date !== undefined && entry.date <= to)) &&
      (!records || records.has(entry.record)),
  )
}

export interface FilterChoices {
  readonly categories: readonly { readonly category: Category; readonly count: number }[]
  readonly authors: readonly { readonly id: string; readonly name?: string; readonly count: number }[]
  readonly years: readonly string[]
}

/** What there is to filter by, with how many of each. */
export function choicesOf(entries: readonly TimelineEntry[]): FilterChoices {
  const categories = new Map<Category, number>()
  const authors = new Map<string, { id: string; name?: string; count: number }>()
  const years = new Set<string>()
  for (const { category, author, date } of entries) {
    categories.set(category, (categories.get(category) ?? 0) + 1)
    if (author) {
      const known = authors.get(author.id)
      authors.set(author.id, { ...author, count: (known?.count ?? 0) + 1 })
    }
    if (date !== undefined) years.add(date.slice(0, 4))
  }
  return {
    categories: [...categories].map(([category, count]) => ({ category, count })),
    authors: [...authors.values()].sort((a, b) => b.count - a.count),
    years: [...years].sort().reverse(),
  }
}
