import { CuroError } from '@curo/crypto/errors'
import type { Transaction } from 'kysely'
import { recordActivity } from '../audit/activity.ts'
import type { NodeContext } from '../context.ts'
import { type Database, inTransaction } from '../database.ts'
import { wakeAccount } from '../push/waking.ts'
import { sealText } from '../sealed-columns.ts'
import type { Session } from '../sessions.ts'
import { patientBehind } from './grants.ts'
import { refusalCell } from './open-request.ts'
import type { ConsentTables } from './tables.ts'

/** The patient says no to an open request; repeating it changes nothing. Throws `not-found` for one that is over or not hers. */
export async function refuseRequest(
  node: NodeContext,
  { session, id, reason }: { session: Session; id: string; reason: string | undefined },
): Promise<ConsentTables['consent_requests']> {
  const { patient } = await patientBehind(node, session)
  const now = node.clock()
  const refusal = reason ? await sealText(node, refusalCell(id), reason) : null
  return await inTransaction(node.db, async (trx) => {
    const row = await trx
      .updateTable('consent_requests')
      .set({ state: 'refused', refusal })
      .where('id', '=', id)
      .where('patient', '=', patient)
      .where('state', '=', 'pending')
      .where('expires_at', '>', now)
      .returningAll()
      .executeTakeFirst()
    if (!row) return await refusedBefore(trx, { patient, id })
    await recordActivity(trx, { kind: 'consent-request', outcome: 'refused', by: session.account, at: now })
    await wakeAccount(trx, node, row.account)
    return row
  })
}

async function refusedBefore(
  trx: Transaction<Database>,
  { patient, id }: { patient: string; id: string },
): Promise<ConsentTables['consent_requests']> {
  return await trx
    .selectFrom('consent_requests')
    .selectAll()
    .where('id', '=', id)
    .where('patient', '=', patient)
    .where('state', '=', 'refused')
    .executeTakeFirstOrThrow(() => new CuroError('not-found', 'There is no open request with this id.'))
}
