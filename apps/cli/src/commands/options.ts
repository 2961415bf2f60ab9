import { DEFAULT_CATEGORIES, readScope, type ScopeInput } from '@curo/client/consent'
import { CATEGORIES, type Category, isCategory } from '@curo/crypto/category'
import { InvalidArgumentError } from 'commander'
import { UsageError } from '../exit-codes.ts'

/** Descriptions that several commands share. */
export const CARD_OPTION = [
  '--card <file>',
  'file with what the card’s QR shows; - reads a scanner on standard input',
] as const

export function parseDay(text: string): string {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : null
  if (!day || Number.isNaN(day.getTime()) || !day.toISOString().startsWith(text))
    throw new InvalidArgumentError('Write a day as YYYY-MM-DD.')
  return text
}

export function parsePhone(text: string): string {
  if (!/^\+[1-9][0-9]{6,14}$/.test(text))
    throw new InvalidArgumentError('Write the number with its country code, such as +919812345678.')
  return text
}

export function parseCount(text: string): number {
  const count = Number(text)
  if (!Number.isSafeInteger(count) || count < 1)
    throw new InvalidArgumentError('Write a whole number from 1 up.')
  return count
}

/** `all`, `default` (all but sensitive), or names with commas between. */
export function parseCategories(text: string): Category[] {
  if (text === 'all') return [...CATEGORIES]
  if (text === 'default') return [...DEFAULT_CATEGORIES]
  const names = text.split(',').map((name) => name.trim())
  const unknown = names.find((name) => !isCategory(name))
  if (unknown !== undefined)
    throw new InvalidArgumentError(`'${unknown}' is none of: ${CATEGORIES.join(', ')}, all, default.`)
  return names as Category[]
}

/** A point in time from now: `90m`, `8h`, `30d`, or a day, which lasts until its end here. */
export function parseUntil(text: string, now = new Date()): Date {
  const span = /^(\d{1,4})([mhd])$/.exec(text)
  if (span) {
    const unit = { m: 60_000, h: 3_600_000, d: 86_400_000 }[span[2] as 'm' | 'h' | 'd']
    return new Date(now.getTime() + Number(span[1]) * unit)
  }
  parseDay(text)
  const [year, month, day] = text.split('-').map(Number) as [number, number, number]
  return new Date(year, month - 1, day, 23, 59, 59, 999)
}

export type ScopeOptions = { categories?: Category[]; records?: string[]; from?: string; to?: string }

/** What a consent covers, as these options say it: every category but `sensitive` unless something is named. */
export function scopeOf({ categories, records, from, to }: ScopeOptions): ScopeInput {
  const named = categories ?? (records ? [] : [...DEFAULT_CATEGORIES])
  return readScope({
    categories: named,
    records: records ?? [],
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  })
}

export function oneOf<const T extends string>(...values: T[]): (text: string) => T {
  return (text) => {
    const found = values.find((value) => value === text)
    if (!found) throw new InvalidArgumentError(`Choose one of: ${values.join(', ')}.`)
    return found
  }
}

/** @throws UsageError unless exactly one of these was given */
export function exactlyOne(options: Record<string, unknown>): void {
  const given = Object.keys(options).filter((name) => options[name] !== undefined && options[name] !== false)
  if (given.length !== 1) throw new UsageError(`Give exactly one of: ${Object.keys(options).join(', ')}.`)
}
