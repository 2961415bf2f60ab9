import { toBase64Url } from '@curo/crypto/bytes'
import { randomId } from '@curo/crypto/random'
import type { NodeContext } from '../context.ts'
import { inTransaction } from '../database.ts'
import { lookupToken, sealText } from '../sealed-columns.ts'
import type { Session } from '../sessions.ts'
import { checkEndpoint } from './endpoints.ts'
import { loadVapidKey } from './vapid.ts'

export const endpointCell = (row: string) =>
  ({ table: 'push_subscriptions', column: 'endpoint', row }) as const

export async function ownPushKey(node: NodeContext): Promise<{ key: string }> {
  const { publicKey } = await loadVapidKey(node.config.dataFolder)
  return { key: toBase64Url(publicKey) }
}

/** One for each session; a browser that is signed in to anew takes its endpoint along. @throws 'invalid-input' */
export async function subscribe(
  node: NodeContext,
  { account, sessionId }: Session,
  endpoint: string,
): Promise<void> {
  checkEndpoint(endpoint, node.config)
  const id = randomId()
  const token = lookupToken(node, 'push', endpoint)
  const sealed = await sealText(node, endpointCell(id), endpoint)
  await inTransaction(node.db, async (trx) => {
    await trx
      .deleteFrom('push_subscriptions')
      .where((eb) => eb.or([eb('session', '=', sessionId), eb('endpoint_token', '=', token)]))
      .execute()
    await trx
      .insertInto('push_subscriptions')
      .values({
        ...{ id, account: account.id, session: sessionId },
        ...{ endpoint_token: token, endpoint: sealed, created_at: node.clock() },
      })
      // The same device at the same moment: either will do.
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  })
}

export async function unsubscribe(node: NodeContext, { sessionId }: Session): Promise<void> {
  await node.db.deleteFrom('push_subscriptions').where('session', '=', sessionId).execute()
}
