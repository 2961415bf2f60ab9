import type { Account } from '@curo/contract/accounts'
import type { Role } from '@curo/contract/route'
import { CuroError } from '@curo/crypto/errors'
import { sql } from 'kysely'
import type { NodeContext } from '../context.ts'
import { openText, shortToken } from '../sealed-columns.ts'
import { queryWords } from '../search-words.ts'
import type { AccountStatus } from './tables.ts'
import { type AccountRow, accountCell, viewAccount, viewAccounts } from './views.ts'

type Page = { after?: string | undefined; limit: number }

/** People who work here, newest first. */
export async function listWorkingAccounts(
  node: NodeContext,
  filter: Page & { role?: Role | undefined; status?: AccountStatus | undefined },
) {
  let query = node.db.selectFrom('accounts').selectAll().where('role', '!=', 'patient')
  if (filter.role) query = query.where('role', '=', filter.role)
  if (filter.status) query = query.where('status', '=', filter.status)
  if (filter.after) {
    const { at, id } = readCursor(filter.after)
    query = query.where(sql<boolean>`(created_at, id) < (${at}, ${id})`)
  }
  const rows = await query
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(filter.limit + 1)
    .execute()
  const page = rows.slice(0, filter.limit)
  const views = await viewAccounts(node, page)
  const accounts = await Promise.all(
    page.map(async (row, at) => ({
      ...(views[at] as Account),
      contact: await openText(node, accountCell('contact', row.id), row.contact),
    })),
  )
  return { accounts, next: nextCursor(rows, filter.limit) }
}

/** Approved doctors by the beginnings of their names, specialities and departments. */
export async function findActiveClinicians(
  node: NodeContext,
  filter: Page & { search?: string | undefined },
) {
  let query = node.db
    .selectFrom('accounts')
    .selectAll()
    .where('role', '=', 'doctor')
    .where('status', '=', 'active')
  if (filter.search !== undefined) {
    const words = queryWords(filter.search).flat()
    if (words.length === 0) return { clinicians: [], next: null }
    for (const word of words)
      query = query.where('id', 'in', (found) =>
        found
          .selectFrom('account_search')
          .select('account')
          .where('token', '=', shortToken(node, 'clinician', word)),
      )
  }
  if (filter.after) {
    const { at, id } = readCursor(filter.after)
    query = query.where(sql<boolean>`(created_at, id) < (${at}, ${id})`)
  }
  const rows = await query
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(filter.limit + 1)
    .execute()
  return {
    clinicians: await viewAccounts(node, rows.slice(0, filter.limit)),
    next: nextCursor(rows, filter.limit),
  }
}

/**
 * A doctor who stands in the registry, also one suspended or given another role since: what she signed must remain
 * checkable.
 */
export async function getRegisteredClinician(node: NodeContext, id: string): Promise<Account> {
  const row = await node.db
    .selectFrom('accounts')
    .selectAll()
    .where('id', '=', id)
    .where('registry_leaf', 'is not', null)
    .executeTakeFirst()
  if (!row) throw new CuroError('not-found', 'There is no such doctor here.')
  return viewAccount(node, row)
}

function nextCursor(rows: readonly AccountRow[], limit: number): string | null {
  const last = rows[limit - 1]
  return rows.length > limit && last ? `${last.created_at.getTime()}.${last.id}` : null
}

function readCursor(after: string): { at: Date; id: string } {
  const [, time, id] = /^(\d{1,15})\.([A-Za-z0-9_-]{22})$/.exec(after) ?? []
  if (time === undefined || id === undefined)
    throw new CuroError('invalid-input', 'This page is not one of the list: start from its beginning.')
  return { at: new Date(Number(time)), id }
}
