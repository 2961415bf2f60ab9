import { finishRecovery } from '@curo/contract/recoveries'
import type { RouteArguments } from '@curo/contract/route'
import { fromBase64Url } from '@curo/crypto/bytes'
import { CuroError } from '@curo/crypto/errors'
import { sha256 } from '@curo/crypto/hash'
import { respondToRegistration } from '@curo/crypto/password'
import type { FastifyRequest } from 'fastify'
import { forgetPasswordTries } from '../accounts/limits.ts'
import { checkOwnChange } from '../accounts/own-change.ts'
import { tellOwner } from '../accounts/owner.ts'
import { endSessions, replacePassword } from '../accounts/password-change.ts'
import { accountCell } from '../accounts/views.ts'
import { recordActivity } from '../audit/activity.ts'
import type { NodeContext } from '../context.ts'
import { inTransaction } from '../database.ts'
import { isReady } from '../guardians/waiting.ts'
import type { Localised } from '../messages/languages.ts'
import { asBuffer, openText } from '../sealed-columns.ts'
import { removeSecondFactors } from '../second-factors/service.ts'
import { countPasswordStep } from './limits.ts'
import type { RecoveryTables } from './tables.ts'

const over = () => new CuroError('unauthorized', 'This recovery is over or was used: start again.')

const hashOf = (token: string) => asBuffer(sha256(fromBase64Url(token)))

async function confirmedRecovery(node: NodeContext, token: string) {
  const row = await node.db
    .selectFrom('recoveries')
    .innerJoin('accounts', 'accounts.id', 'recoveries.account')
    .select([
      'recoveries.id',
      'recoveries.means',
      'recoveries.account',
      'accounts.contact',
      'accounts.identity',
    ])
    .where('token_hash', '=', hashOf(token))
    .where('state', '=', 'confirmed')
    .where('expires_at', '>', node.clock())
    .executeTakeFirst()
  if (!row?.account) throw over()
  if (row.means === 'guardians' && !(await isReady(node.db, row.id, node.clock())))
    throw new CuroError('forbidden', 'Two guardians have to help first, and the waiting time has to be over.')
  const { account, identity } = row
  const contact = await openText(node, accountCell('contact', account), row.contact)
  return { recovery: row.id, account, identity, contact }
}

/**
 * OPAQUE's registration for whoever holds the token. It has a budget of its own: whoever guesses at the account's
 * password meanwhile must not keep its owner out.
 * @throws 'unauthorized' for a token that is over, 'rate-limited'
 */
export async function startNewPassword(
  node: NodeContext,
  given: { token: string; request: string },
): Promise<{ response: string }> {
  const { recovery, contact } = await confirmedRecovery(node, given.token)
  await countPasswordStep(node, recovery)
  const response = await respondToRegistration({
    setup: node.keys.opaqueSetup,
    accountKey: contact,
    request: given.request,
  })
  return { response }
}

const MEANS_IN_WORDS: Record<RecoveryTables['recoveries']['means'], Localised> = {
  kit: { en: 'its recovery kit', hi: 'रिकवरी किट' },
  guardians: { en: 'two of its guardians', hi: 'दो संरक्षकों की मदद' },
}

/**
 * The end of a recovery: who has recovered the root shows it by a signature, so neither the token nor the kit's
 * wrapping alone gets anybody in. Whatever could sign in before no longer can.
 * @throws 'unauthorized' for a token that is over or was used, 'forged-signature', 'expired'
 */
export async function finishWithNewPassword(
  node: NodeContext,
  body: RouteArguments<typeof finishRecovery>['body'],
  request: FastifyRequest,
): Promise<void> {
  const { account, identity, contact } = await confirmedRecovery(node, body.token)
  await checkOwnChange(node, { id: account, identity }, { route: finishRecovery, body })
  const now = node.clock()
  await inTransaction(node.db, async (trx) => {
    const owner = await trx
      .selectFrom('accounts')
      .select(['id', 'role', 'contact', 'patient'])
      .where('id', '=', account)
      .where('status', 'in', ['active', 'pending'])
      .forUpdate()
      .executeTakeFirst()
    const finished = await trx
      .updateTable('recoveries')
      .set({ state: 'finished' })
      .where('token_hash', '=', hashOf(body.token))
      .where('state', '=', 'confirmed')
      .where('expires_at', '>', now)
      .returning('means')
      .executeTakeFirst()
    if (!owner || !finished) throw over()
    // Another recovery under way may be the thief's.
    await trx
      .updateTable('recoveries')
      .set({ state: 'ended' })
      .where('account', '=', account)
      .where('state', 'in', ['started', 'confirmed'])
      .execute()
    await replacePassword(trx, account, body)
    await removeSecondFactors(trx, account)
    await endSessions(trx, { account, now })
    await forgetPasswordTries(node, trx, contact, request)
    await recordActivity(trx, { kind: 'account', outcome: 'recovered', by: owner, at: now })
    const values = { means: MEANS_IN_WORDS[finished.means], at: now }
    await tellOwner(trx, node, owner, { template: 'account-recovered', values })
  })
}
