import type { Account, OwnAccount } from '@curo/contract/accounts'
import type { Selectable } from 'kysely'
import type { NodeContext } from '../context.ts'
import { openJson, openText } from '../sealed-columns.ts'
import { needsSecondFactor } from '../second-factors/missing.ts'
import type { AccountTables } from './tables.ts'

export type AccountRow = Selectable<AccountTables['accounts']>

export const accountCell = (column: string, row: string) => ({ table: 'accounts', column, row }) as const

/** Accounts as others see them: no contact. In the order of the rows. */
export async function viewAccounts(node: NodeContext, rows: readonly AccountRow[]): Promise<Account[]> {
  const leaves = rows.flatMap((row) => row.registry_leaf ?? [])
  const indexes = leaves.length > 0 ? await node.ledger.findIndexes(leaves) : new Map<string, number>()
  return Promise.all(
    rows.map(async (row) => ({
      id: row.id,
      role: row.role,
      status: row.status,
      name: await openText(node, accountCell('name', row.id), row.name),
      profession: await openJson<Account['profession']>(
        node,
        accountCell('profession', row.id),
        row.profession,
      ),
      keys: row.keys,
      registry:
        row.registry_leaf === null
          ? null
          : { origin: node.config.origin, index: indexes.get(row.registry_leaf) ?? null },
      createdAt: row.created_at.toISOString(),
    })),
  )
}

export async function viewAccount(node: NodeContext, row: AccountRow): Promise<Account> {
  const [view] = await viewAccounts(node, [row])
  return view as Account
}

/** What an account shows to its owner, or with `contact` to an administrator. */
export async function viewOwnAccount(node: NodeContext, row: AccountRow): Promise<OwnAccount> {
  const contact = await openText(node, accountCell('contact', row.id), row.contact)
  const needs = await needsSecondFactor(node, row.id)
  return {
    ...(await viewAccount(node, row)),
    contact,
    patient: row.patient,
    ...(needs ? { needsSecondFactor: true } : {}),
  }
}
