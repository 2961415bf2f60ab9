import type { Account } from '@curo/contract/accounts'
import { CuroError } from '@curo/crypto/errors'
import type { Transaction } from 'kysely'
import { keepAnAdministrator } from '../approvals/administrators.ts'
import { forgetDocuments } from '../approvals/documents.ts'
import { recordActivity } from '../audit/activity.ts'
import type { NodeContext } from '../context.ts'
import { type Database, inTransaction } from '../database.ts'
import { openText, sealText } from '../sealed-columns.ts'
import type { Session } from '../sessions.ts'
import { chosenLanguage } from '../settings/service.ts'
import { enterInRegistry } from './registry.ts'
import type { AccountStatus } from './tables.ts'
import { type AccountRow, accountCell, viewAccount } from './views.ts'

export type Decision = 'approve' | 'reject' | 'suspend' | 'reinstate'

const STEPS: Record<Decision, { from: AccountStatus; to: AccountStatus }> = {
  approve: { from: 'pending', to: 'active' },
  reject: { from: 'pending', to: 'rejected' },
  suspend: { from: 'active', to: 'suspended' },
  reinstate: { from: 'suspended', to: 'active' },
}

const OUTCOMES: Record<Decision, string> = {
  approve: 'approved',
  reject: 'rejected',
  suspend: 'suspended',
  reinstate: 'reinstated',
}

/**
 * An administrator decides about somebody else's account. The row's lock lets one of two parallel decisions
 * through; status, registry entry and the end of the sessions are one transaction.
 * @throws 'not-found', 'conflict' when the account is in another state or the last administrator's, 'forbidden' for
 *   one's own account
 */
export async function decideAboutAccount(
  node: NodeContext,
  session: Session,
  given: { account: string; decision: Decision; reason?: string | undefined },
): Promise<Account> {
  const { account: id, decision, reason } = given
  if (id === session.account.id)
    throw new CuroError('forbidden', 'Another administrator has to decide about your own account.')
  const { from, to } = STEPS[decision]
  await inTransaction(node.db, async (trx) => {
    if (decision === 'suspend') await keepAnAdministrator(trx, { without: id })
    const row = await trx
      .selectFrom('accounts')
      .selectAll()
      .where('id', '=', id)
      .where('role', '!=', 'patient')
      .forUpdate()
      .executeTakeFirst()
    if (!row) throw new CuroError('not-found', 'There is no such account.')
    if (row.status !== from)
      throw new CuroError(
        'conflict',
        `This account is ${row.status}: reload the list, somebody else may have decided.`,
      )
    const now = node.clock()
    await trx
      .updateTable('accounts')
      .set({
        status: to,
        decided_by: session.account.id,
        decided_at: now,
        decision_reason: reason ? await sealText(node, accountCell('decision_reason', id), reason) : null,
      })
      .where('id', '=', id)
      .execute()
    await recordActivity(trx, { kind: 'account', outcome: OUTCOMES[decision], by: session.account, at: now })
    await tellDecision(trx, node, { row, decision, reason })
    if (to === 'rejected') await forgetDocuments(trx, id)
    if (to === 'active') await enterInRegistry(trx, node, row, 'active')
    if (to === 'suspended') {
      await enterInRegistry(trx, node, row, 'withdrawn')
      await trx
        .updateTable('sessions')
        .set({ ended_at: now })
        .where('account', '=', id)
        .where('ended_at', 'is', null)
        .execute()
    }
  })
  const decided = await node.db
    .selectFrom('accounts')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  return viewAccount(node, decided)
}

const TEMPLATES: Record<Decision, string> = {
  approve: 'account-approved',
  reject: 'account-refused',
  suspend: 'account-suspended',
  reinstate: 'account-reinstated',
}

async function tellDecision(
  trx: Transaction<Database>,
  node: NodeContext,
  given: { row: AccountRow; decision: Decision; reason: string | undefined },
): Promise<void> {
  const { row, decision, reason } = given
  await node.outbox.enqueue(trx, {
    to: await openText(node, accountCell('contact', row.id), row.contact),
    channel: 'sms',
    template: TEMPLATES[decision],
    values: { reason: reason ?? '' },
    language: await chosenLanguage({ db: trx, keys: node.keys }, row.id),
  })
}
