import { changePassword } from '@curo/contract/accounts'
import type { RouteArguments } from '@curo/contract/route'
import { fromBase64Url } from '@curo/crypto/bytes'
import { CuroError } from '@curo/crypto/errors'
import type { FastifyRequest } from 'fastify'
import type { Transaction } from 'kysely'
import { recordActivity } from '../audit/activity.ts'
import type { NodeContext } from '../context.ts'
import { type Database, inTransaction } from '../database.ts'
import { asBuffer } from '../sealed-columns.ts'
import type { Session } from '../sessions.ts'
import { forgetPasswordTries } from './limits.ts'
import { checkOwnChange } from './own-change.ts'
import { tellChange } from './owner.ts'
import { proveLogin, stillIts } from './password-login.ts'
import type { AccountRow } from './views.ts'

type Change = RouteArguments<typeof changePassword>['body']

/**
 * A new password, for whoever has just shown the present one and holds the root. Every other session ends.
 * @throws 'unauthorized' for a wrong password, 'forged-signature', 'expired'
 */
export async function changeOwnPassword(
  node: NodeContext,
  session: Session,
  given: Change,
  request: FastifyRequest,
): Promise<void> {
  await checkOwnChange(node, session.account, { route: changePassword, body: given })
  const proved = await proveLogin(node, given)
  if (proved.account !== session.account.id) throw wrongPassword()
  const now = node.clock()
  await inTransaction(node.db, async (trx) => {
    const row = await trx
      .selectFrom('accounts')
      .selectAll()
      .where('id', '=', session.account.id)
      .forUpdate()
      .executeTakeFirstOrThrow()
    if (!stillIts(proved, row)) throw wrongPassword()
    await replacePassword(trx, row.id, given)
    await endSessions(trx, { account: row.id, except: session.sessionId, now })
    await forgetPasswordTries(node, trx, proved.contact, request)
    const by = { id: row.id, role: row.role }
    await recordActivity(trx, { kind: 'account', outcome: 'password-changed', by, at: now })
    await tellChange(trx, node, row, { en: 'the password was changed', hi: 'पासवर्ड बदला गया' })
  })
}

const wrongPassword = () =>
  new CuroError('unauthorized', 'The present password is not right. Check it and try again.')

/** The new record and what it wraps; sign-ins begun with the old one are over. */
export async function replacePassword(
  trx: Transaction<Database>,
  account: string,
  { record, wrappedRoot }: { record: string; wrappedRoot: string },
): Promise<void> {
  await trx
    .updateTable('accounts')
    .set({
      opaque_record: record,
      wrapped_root: asBuffer(fromBase64Url(wrappedRoot)),
    } satisfies Partial<AccountRow>)
    .where('id', '=', account)
    .execute()
  await trx.deleteFrom('logins').where('account', '=', account).execute()
  await trx.deleteFrom('second_factor_questions').where('account', '=', account).execute()
}

export async function endSessions(
  trx: Transaction<Database>,
  { account, except = null, now }: { account: string; except?: string | null; now: Date },
): Promise<void> {
  let sessions = trx.updateTable('sessions').set({ ended_at: now }).where('account', '=', account)
  if (except !== null) sessions = sessions.where('id', '!=', except)
  await sessions.where('ended_at', 'is', null).execute()
}
