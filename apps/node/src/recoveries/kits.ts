import { putRecoveryKit } from '@curo/contract/recoveries'
import type { RouteArguments } from '@curo/contract/route'
import { equalBytes, fromBase64Url, toBase64Url } from '@curo/crypto/bytes'
import { CuroError } from '@curo/crypto/errors'
import { recoveryVerifierOf } from '@curo/crypto/recovery-kit'
import type { Transaction } from 'kysely'
import { checkOwnChange } from '../accounts/own-change.ts'
import { tellChange } from '../accounts/owner.ts'
import { recordActivity } from '../audit/activity.ts'
import type { NodeContext } from '../context.ts'
import { type Database, inTransaction } from '../database.ts'
import { asBuffer } from '../sealed-columns.ts'
import type { Session } from '../sessions.ts'

type Kit = RouteArguments<typeof putRecoveryKit>['body']['kit']

/** The first kit of an account, or one in place of the one before. */
export async function storeKit(
  trx: Transaction<Database>,
  { account, kit, now }: { account: string; kit: Kit; now: Date },
): Promise<void> {
  const values = {
    wrapped: asBuffer(fromBase64Url(kit.wrapped)),
    verifier: asBuffer(fromBase64Url(kit.verifier)),
    made_at: now,
    rehearsed_at: null,
  }
  await trx
    .insertInto('recovery_kits')
    .values({ account, ...values })
    .onConflict((conflict) => conflict.column('account').doUpdateSet(values))
    .execute()
}

/** What the printed code opens: under a key that the node does not hold. */
export async function ownKit(node: NodeContext, session: Session) {
  const row = await node.db
    .selectFrom('recovery_kits')
    .selectAll()
    .where('account', '=', session.account.id)
    .executeTakeFirst()
  if (!row) return { kit: null }
  return {
    kit: {
      wrapped: toBase64Url(row.wrapped),
      madeAt: row.made_at.toISOString(),
      rehearsedAt: row.rehearsed_at?.toISOString() ?? null,
    },
  }
}

/** @throws 'wrong-key' for the proof of another kit, or where there is none */
export async function noteRehearsal(node: NodeContext, session: Session, kitProof: string) {
  const now = node.clock()
  const row = await node.db
    .updateTable('recovery_kits')
    .set({ rehearsed_at: now })
    .where('account', '=', session.account.id)
    .where('verifier', '=', asBuffer(recoveryVerifierOf(fromBase64Url(kitProof))))
    .executeTakeFirst()
  if (row.numUpdatedRows === 0n)
    throw new CuroError('wrong-key', 'This is not the kit in force: it may be an older one. Print a new one.')
  return { rehearsedAt: now.toISOString() }
}

/**
 * A new kit. The one before opens nothing from now on, not even a recovery begun with it.
 * @throws 'forged-signature', 'expired'
 */
export async function replaceKit(
  node: NodeContext,
  session: Session,
  body: RouteArguments<typeof putRecoveryKit>['body'],
): Promise<void> {
  await checkOwnChange(node, session.account, { route: putRecoveryKit, body })
  const { id } = session.account
  const now = node.clock()
  await inTransaction(node.db, async (trx) => {
    const owner = await trx
      .selectFrom('accounts')
      .select(['id', 'contact', 'patient'])
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirstOrThrow()
    await storeKit(trx, { account: id, kit: body.kit, now })
    await trx
      .updateTable('recoveries')
      .set({ state: 'ended' })
      .where('account', '=', id)
      .where('means', '=', 'kit')
      .where('state', 'in', ['started', 'confirmed'])
      .execute()
    await recordActivity(trx, { kind: 'account', outcome: 'kit-replaced', by: session.account, at: now })
    await tellChange(trx, node, owner, {
      en: 'a new recovery kit was made; the one before opens nothing any more',
      hi: 'नई रिकवरी किट बनी; पुरानी अब बेकार है',
    })
  })
}

/** The account of this contact, if the proof is its kit's. As many queries whatever is wrong. */
export async function accountOfKit(
  node: NodeContext,
  { contactToken, kitProof }: { contactToken: Buffer; kitProof: Uint8Array },
): Promise<string | null> {
  const row = await node.db
    .selectFrom('accounts')
    .leftJoin('recovery_kits', 'recovery_kits.account', 'accounts.id')
    .select(['accounts.id', 'recovery_kits.verifier'])
    .where('contact_token', '=', contactToken)
    .where('status', 'in', ['active', 'pending'])
    .executeTakeFirst()
  const isIts = equalBytes(recoveryVerifierOf(kitProof), row?.verifier ?? new Uint8Array(32))
  return row && isIts ? row.id : null
}
