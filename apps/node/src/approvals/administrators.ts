import { CuroError } from '@curo/crypto/errors'
import type { Transaction } from 'kysely'
import type { Database } from '../database.ts'

/**
 * [Note: never without an administrator] Whatever takes an administrator away locks all of them first, in one order, so
 * that two who suspend each other at the same moment go one after the other, and the second finds that she is the last.
 * @throws 'conflict'
 */
export async function keepAnAdministrator(
  trx: Transaction<Database>,
  { without }: { without: string },
): Promise<void> {
  const rows = await trx
    .selectFrom('accounts')
    .select('id')
    .where('role', '=', 'admin')
    .where('status', '=', 'active')
    .orderBy('id')
    .forUpdate()
    .execute()
  if (rows.every(({ id }) => id === without))
    throw new CuroError(
      'conflict',
      'This is the last administrator. Approve another one first, so that the hospital is not locked out.',
    )
}
