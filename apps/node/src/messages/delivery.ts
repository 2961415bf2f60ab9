import { join } from 'node:path'
import type { Config } from '../config.ts'
import type { NodeContext } from '../context.ts'
import { asCuroError } from '../errors.ts'
import type { JobList } from '../jobs.ts'
import { folderAdapter } from './folder-adapter.ts'
import {
  DELIVER_TASK,
  endMessage,
  findWaiting,
  forgetEnded,
  noteAttempt,
  requeueForgotten,
  type WaitingMessage,
} from './outbox.ts'
import { smsAdapter } from './sms-adapter.ts'
import { smtpAdapter } from './smtp-adapter.ts'

/** Hands one message over to whoever carries it; throws when it was not taken. */
export type Adapter = (message: WaitingMessage) => Promise<void>

/** Longer than it takes for a message and its job to be committed. */
const FORGOTTEN_MS = 60_000
/** What became of a message is kept this long, without address and text. */
const KEPT_MS = 30 * 24 * 3_600_000

export function messageJobs(node: NodeContext, adapters = adaptersOf(node.config)): JobList {
  return {
    tasks: {
      [DELIVER_TASK]: (payload, { lastAttempt }) =>
        deliver(node, adapters, { id: (payload as { message: string }).message, lastAttempt }),
      'messages.requeue': () => requeueForgotten(node, new Date(node.clock().getTime() - FORGOTTEN_MS)),
      'messages.forget': () => forgetEnded(node.db, new Date(node.clock().getTime() - KEPT_MS)),
    },
    schedule: [
      { task: 'messages.forget', match: '17 3 * * *' },
      { task: 'messages.requeue', match: '* * * * *' },
    ],
  }
}

type Adapters = Record<WaitingMessage['channel'], Adapter>

/** Files in the outbox folder until the operator names a mail server or an SMS service. */
function adaptersOf({ dataFolder, mail, sms, origin }: Config): Adapters {
  const folder = folderAdapter(join(dataFolder, 'outbox'))
  const from = mail.from ?? `curo@${origin.split('/')[0]}`
  return {
    email: mail.url === undefined ? folder : smtpAdapter({ url: mail.url, from, origin }),
    sms: sms.url === undefined ? folder : smsAdapter({ ...sms, url: sms.url }),
  }
}

async function deliver(
  { db, keys, clock, log, metrics }: NodeContext,
  adapters: Adapters,
  { id, lastAttempt }: { id: string; lastAttempt: boolean },
): Promise<void> {
  const message = await findWaiting(db, keys.dataKey, id)
  if (!message) return
  const { channel } = message
  const ended = metrics.counter('curo_messages_total', 'Messages by what became of them', [
    'channel',
    'state',
  ])
  if (message.usefulUntil <= clock()) {
    await endMessage(db, { id, state: 'expired', now: clock() })
    ended.inc({ channel, state: 'expired' })
    return
  }
  try {
    await adapters[channel](message)
  } catch (error) {
    const fault = asCuroError(error).code
    if (!lastAttempt) {
      await noteAttempt(db, { id, fault })
      throw error
    }
    await endMessage(db, { id, state: 'failed', now: clock(), fault })
    ended.inc({ channel, state: 'failed' })
    log.error({ channel, fault }, 'a message could not be delivered and was given up')
    return
  }
  await endMessage(db, { id, state: 'delivered', now: clock() })
  ended.inc({ channel, state: 'delivered' })
}
