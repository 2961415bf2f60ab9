import type { CallOptions } from './api.ts'
import { findAccounts } from './approvals.ts'
import { listActivity } from './audit.ts'
import type { Person } from './person.ts'

export type ActivityFilter = Omit<NonNullable<Parameters<typeof listActivity>[1]>, 'after' | 'limit'>
export type ActivityFormat = 'csv' | 'jsonl'

const PAGE = 500
const COLUMNS = ['at', 'kind', 'outcome', 'account', 'name'] as const
type Line = Record<(typeof COLUMNS)[number], string>

/**
 * Everything that a filter finds, newest first, as text for a file: CSV (RFC 4180, with a header) or JSON lines. Names of
 * people who work here stand beside their accounts. Page by page: the whole is never in memory.
 * @throws CuroError 'forbidden', 'unavailable'
 */
export async function* exportActivity(
  person: Person,
  { format, filter = {} }: { format: ActivityFormat; filter?: ActivityFilter },
  options: CallOptions = {},
): AsyncGenerator<string> {
  const names = await workingNames(person, options)
  if (format === 'csv') yield `${COLUMNS.join(',')}\r\n`
  for (let after: string | undefined; ; ) {
    const query = { ...filter, limit: PAGE, ...(after === undefined ? {} : { after }) }
    const { events, next } = await listActivity(person, query, options)
    const lines = events.map(({ at, kind, outcome, account }) => ({
      at,
      kind,
      outcome,
      account: account ?? '',
      name: names.get(account ?? '') ?? '',
    }))
    if (lines.length > 0) yield lines.map(format === 'csv' ? csvLine : jsonLine).join('')
    if (next === null || next === after) return
    after = next
  }
}

async function workingNames(person: Person, options: CallOptions): Promise<Map<string, string>> {
  const names = new Map<string, string>()
  // An auditor may export too, and reads accounts without names.
  if (person.account.role !== 'admin') return names
  for (let after: string | undefined; ; ) {
    const page = await findAccounts(
      person,
      { limit: 200, ...(after === undefined ? {} : { after }) },
      options,
    )
    for (const { id, name } of page.accounts) names.set(id, name)
    if (page.next === null || page.next === after) return names
    after = page.next
  }
}

const jsonLine = (line: Line) => `${JSON.stringify(line)}\n`
const csvLine = (line: Line) => `${COLUMNS.map((column) => csvCell(line[column])).join(',')}\r\n`

/** A name that begins like a formula is one to a spreadsheet: an apostrophe makes it text. */
function csvCell(value: string): string {
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
