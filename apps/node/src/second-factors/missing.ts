import { type RawBuilder, sql } from 'kysely'
import type { Config } from '../config.ts'
import type { NodeContext } from '../context.ts'

/** In a query over `accounts`: whether this account must have a second factor and has none. */
export function secondFactorIsMissing(config: Pick<Config, 'session'>): RawBuilder<boolean> {
  // Asked with every request: a hospital that does not ask for second factors does not look for them.
  if (config.session.secondFactor === 'optional') return sql<boolean>`false`
  return sql<boolean>`(accounts.role <> 'patient'
    and not exists (select from totp where totp.account = accounts.id and totp.confirmed_at is not null)
    and not exists (select from passkeys where passkeys.account = accounts.id))`
}

export async function needsSecondFactor(
  node: Pick<NodeContext, 'db' | 'config'>,
  account: string,
): Promise<boolean> {
  if (node.config.session.secondFactor === 'optional') return false
  const row = await node.db
    .selectFrom('accounts')
    .select(secondFactorIsMissing(node.config).as('missing'))
    .where('id', '=', account)
    .executeTakeFirstOrThrow()
  return row.missing
}
