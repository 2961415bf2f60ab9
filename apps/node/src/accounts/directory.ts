import { fromBase64Url } from '@curo/crypto/bytes'
import type { NodeContext } from '../context.ts'
import type { Queries } from '../database.ts'
import { openText } from '../sealed-columns.ts'
import { accountCell } from './views.ts'

export type PublicKeys = { readonly identity: Uint8Array; readonly seal: Uint8Array }

/** Ed25519 and X-Wing public keys by account id; accounts that do not exist are absent. */
export async function publicKeysOf(
  db: Queries,
  accounts: readonly string[],
): Promise<Map<string, PublicKeys>> {
  if (accounts.length === 0) return new Map()
  const rows = await db
    .selectFrom('accounts')
    .select(['id', 'identity', 'keys'])
    .where('id', 'in', accounts)
    .execute()
  return new Map(rows.map(({ id, identity, keys }) => [id, { identity, seal: fromBase64Url(keys.seal) }]))
}

/** Ed25519 identity keys by account id; accounts that do not exist are absent. */
export async function identityKeysOf(
  db: Queries,
  accounts: readonly string[],
): Promise<Map<string, Uint8Array>> {
  if (accounts.length === 0) return new Map()
  const rows = await db
    .selectFrom('accounts')
    .select(['id', 'identity'])
    .where('id', 'in', accounts)
    .execute()
  return new Map(rows.map((row) => [row.id, row.identity]))
}

/** Names by account id. */
export async function namesOf(
  node: Pick<NodeContext, 'db' | 'keys'>,
  accounts: readonly string[],
): Promise<Map<string, string>> {
  if (accounts.length === 0) return new Map()
  const rows = await node.db
    .selectFrom('accounts')
    .select(['id', 'name'])
    .where('id', 'in', accounts)
    .execute()
  const names = rows.map(
    async (row) => [row.id, await openText(node, accountCell('name', row.id), row.name)] as const,
  )
  return new Map(await Promise.all(names))
}

/** One account's name; empty where there is no such account. */
export async function nameOf(node: Pick<NodeContext, 'db' | 'keys'>, account: string): Promise<string> {
  return (await namesOf(node, [account])).get(account) ?? ''
}

export type Clinician = { readonly id: string; readonly name: string; readonly identity: Uint8Array }

/** A doctor who is approved and not suspended. */
export async function activeClinician(
  node: Pick<NodeContext, 'db' | 'keys'>,
  account: string,
): Promise<Clinician | null> {
  const row = await node.db
    .selectFrom('accounts')
    .select(['id', 'name', 'identity'])
    .where('id', '=', account)
    .where('role', '=', 'doctor')
    .where('status', '=', 'active')
    .executeTakeFirst()
  if (!row) return null
  return {
    id: row.id,
    identity: row.identity,
    name: await openText(node, accountCell('name', row.id), row.name),
  }
}
