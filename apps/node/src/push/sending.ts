import { CuroError, isCuroError } from '@curo/crypto/errors'
import type { NodeContext } from '../context.ts'
import type { JobList } from '../jobs.ts'
import { openText } from '../sealed-columns.ts'
import { checkEndpoint } from './endpoints.ts'
import { endpointCell } from './subscriptions.ts'
import { makeTransport, type PushTransport } from './transport.ts'
import { loadVapidKey, vapidHeader } from './vapid.ts'
import { PUSH_TASK } from './waking.ts'

/** A device that is off for longer finds what waits by itself. */
const KEEP_S = 12 * 3600

export function pushJobs(node: NodeContext, transport: PushTransport = makeTransport()): JobList {
  return {
    tasks: {
      [PUSH_TASK]: (payload) => sendPush(node, transport, (payload as { subscription: string }).subscription),
      'push.forget': () => forgetSignedOut(node),
    },
    schedule: [{ task: 'push.forget', match: '27 * * * *' }],
  }
}

/**
 * One push, without a payload: not even its length says anything.
 * @throws CuroError 'unavailable' when it is worth trying again
 */
async function sendPush(node: NodeContext, transport: PushTransport, id: string): Promise<void> {
  const row = await node.db
    .selectFrom('push_subscriptions')
    .innerJoin('sessions', 'sessions.id', 'push_subscriptions.session')
    .select('endpoint')
    .where('push_subscriptions.id', '=', id)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  if (!row) return
  const endpoint = await openText(node, endpointCell(id), row.endpoint)
  const status = await answerOf(node, transport, endpoint)
  const pushes = node.metrics.counter('curo_pushes_total', 'Web pushes by what became of them', ['outcome'])
  if (status >= 200 && status < 300) return pushes.inc({ outcome: 'taken' })
  if (status === 404 || status === 410) {
    await node.db.deleteFrom('push_subscriptions').where('id', '=', id).execute()
    return pushes.inc({ outcome: 'gone' })
  }
  pushes.inc({ outcome: 'refused' })
  if (status === 429 || status >= 500)
    throw new CuroError('unavailable', 'The push service asked to try again.', { details: { status } })
  node.log.warn({ status }, 'a push service refused a push')
}

/** 410 for a service that this hospital no longer uses, and for a name that leads into a private network. */
async function answerOf(node: NodeContext, transport: PushTransport, endpoint: string): Promise<number> {
  try {
    checkEndpoint(endpoint, node.config)
    const key = await loadVapidKey(node.config.dataFolder)
    const authorization = await vapidHeader(key, { endpoint, config: node.config, now: node.clock() })
    return await transport(endpoint, { authorization, ttl: String(KEEP_S), urgency: 'high', topic: 'curo' })
  } catch (error) {
    if (isCuroError(error, 'invalid-input', 'forbidden')) return 410
    throw error
  }
}

async function forgetSignedOut(node: NodeContext): Promise<void> {
  await node.db
    .deleteFrom('push_subscriptions')
    .where('session', 'in', (ended) =>
      ended.selectFrom('sessions').select('id').where('ended_at', 'is not', null),
    )
    .execute()
}
