import type { Account } from '@curo/contract/accounts'
import type { findAccounts, WorkingAccount } from '@curo/contract/approvals'
import type { RouteArguments } from '@curo/contract/route'
import { contact as contactShape } from '@curo/contract/shapes'
import { CuroError } from '@curo/crypto/errors'
import { namesOf } from '../accounts/directory.ts'
import { type AccountRow, accountCell, viewAccounts } from '../accounts/views.ts'
import type { NodeContext } from '../context.ts'
import { comesAfter, pageOf, readPlace } from '../pages.ts'
import { lookupToken, openText, shortToken } from '../sealed-columns.ts'
import { queryWords } from '../search-words.ts'

type Query = RouteArguments<typeof findAccounts>['body']

/** People who work here, newest first; every word typed must begin a name, speciality, department or number. */
export async function findWorkingAccounts(node: NodeContext, filter: Query) {
  let query = node.db.selectFrom('accounts').selectAll().where('role', '!=', 'patient')
  if (filter.role) query = query.where('role', '=', filter.role)
  if (filter.status) query = query.where('status', '=', filter.status)
  const phone = contactShape.safeParse((filter.search ?? '').replace(/[\s()-]/g, ''))
  if (phone.success) query = query.where('contact_token', '=', lookupToken(node, 'contact', phone.data))
  else if (filter.search) {
    const words = queryWords(filter.search).flat()
    if (words.length === 0) return { accounts: [], next: null }
    for (const word of words)
      query = query.where('id', 'in', (found) =>
        found
          .selectFrom('account_search')
          .select('account')
          .where('token', '=', shortToken(node, 'clinician', word)),
      )
  }
  const rows = await query
    .where(comesAfter(readPlace(filter.after)))
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(filter.limit + 1)
    .execute()
  const { page, next } = pageOf(rows, filter.limit)
  return { accounts: await viewWorkingAccounts(node, page), next }
}

/** @throws 'not-found' */
export async function getWorkingAccount(node: NodeContext, id: string): Promise<WorkingAccount> {
  const row = await node.db
    .selectFrom('accounts')
    .selectAll()
    .where('id', '=', id)
    .where('role', '!=', 'patient')
    .executeTakeFirst()
  const [view] = await viewWorkingAccounts(node, row ? [row] : [])
  if (!view) throw new CuroError('not-found', 'There is no such account.')
  return view
}

async function viewWorkingAccounts(
  node: NodeContext,
  rows: readonly AccountRow[],
): Promise<WorkingAccount[]> {
  if (rows.length === 0) return []
  const deciders = rows.flatMap((row) => row.decided_by ?? [])
  const [views, names, counts] = await Promise.all([
    viewAccounts(node, rows),
    namesOf(node, [...new Set(deciders)]),
    countDocuments(
      node,
      rows.map(({ id }) => id),
    ),
  ])
  return Promise.all(
    rows.map(async (row, at) => ({
      ...(views[at] as Account),
      contact: await openText(node, accountCell('contact', row.id), row.contact),
      documents: counts.get(row.id) ?? 0,
      decision: row.decided_at && {
        at: row.decided_at.toISOString(),
        by: row.decided_by && (names.get(row.decided_by) ?? null),
        reason:
          row.decision_reason &&
          (await openText(node, accountCell('decision_reason', row.id), row.decision_reason)),
      },
    })),
  )
}

async function countDocuments(node: NodeContext, accounts: readonly string[]): Promise<Map<string, number>> {
  const rows = await node.db
    .selectFrom('account_documents')
    .select(['account', (of) => of.fn.countAll<string>().as('count')])
    .where('account', 'in', accounts)
    .groupBy('account')
    .execute()
  return new Map(rows.map(({ account, count }) => [account, Number(count)]))
}
