import { utf8Bytes, utf8Text } from '@curo/crypto/bytes'
import { openColumn, sealColumn } from '@curo/crypto/column-seal'
import { randomId } from '@curo/crypto/random'
import { sql } from 'kysely'
import type { NodeFrame, Outbox, OutboxMessage } from '../context.ts'
import type { Queries } from '../database.ts'
import { profileOf } from '../hospital/profile.ts'
import type { MessageState } from './tables.ts'
import { renderTemplate } from './templates.ts'

export const DELIVER_TASK = 'messages.deliver'
const MAX_ATTEMPTS = 10
const COLUMN = { table: 'outbox', column: 'sealed' } as const

type OutboxFrame = Pick<NodeFrame, 'config' | 'keys' | 'jobs' | 'clock'>

/** A message that waits, opened. */
export type WaitingMessage = {
  readonly id: string
  readonly no: number
  readonly channel: 'sms' | 'email'
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly createdAt: Date
  readonly usefulUntil: Date
}

/** Messages exist when the caller's transaction commits, and are then delivered by a job. */
export function makeOutbox({ config, keys, jobs, clock }: OutboxFrame): Outbox {
  return {
    async enqueue(trx: Queries, { to, channel, template, values, language }: OutboxMessage) {
      const { name: hospital, languages, timeZone } = (await profileOf({ config }, trx)).profile
      const { subject, text, usefulMinutes } = renderTemplate(
        template,
        { hospital, ...values },
        { language: language ?? languages[0] ?? 'en', timeZone },
      )
      const id = randomId()
      const value = utf8Bytes(JSON.stringify({ to, subject, text }))
      const sealed = await sealColumn({ key: keys.dataKey, ...COLUMN, rowId: id, value })
      const now = clock()
      await trx
        .insertInto('outbox')
        .values({
          id,
          channel,
          template,
          sealed: Buffer.from(sealed),
          created_at: now,
          useful_until: new Date(now.getTime() + usefulMinutes * 60_000),
        })
        .execute()
      await addJob(trx, jobs, id)
    },
  }
}

/** Longer than handing one message over can take. */
const DEAD_AFTER = sql`interval '2 minutes'`

/**
 * Messages whose job got lost, as when a backup was restored, get a new one; so do those whose process died while it
 * handed them over: the queue would wait four hours for it, and a code is good for five minutes.
 */
export async function requeueForgotten(
  { db, jobs }: Pick<NodeFrame, 'db' | 'jobs'>,
  olderThan: Date,
): Promise<void> {
  const forgotten = await db
    .selectFrom('outbox')
    .select('id')
    .where('state', '=', 'waiting')
    .where('created_at', '<', olderThan)
    .where(
      sql<boolean>`NOT EXISTS (SELECT FROM graphile_worker.jobs j WHERE j.key = outbox.id
        AND (j.locked_at IS NULL OR j.locked_at > now() - ${DEAD_AFTER}))`,
    )
    .execute()
  for (const { id } of forgotten) await addJob(db, jobs, id)
}

function addJob(trx: Queries, jobs: NodeFrame['jobs'], id: string): Promise<void> {
  return jobs.enqueue(trx, {
    task: DELIVER_TASK,
    payload: { message: id },
    key: id,
    maxAttempts: MAX_ATTEMPTS,
  })
}

/** @returns null when it was delivered or given up before */
export async function findWaiting(
  db: Queries,
  dataKey: Uint8Array,
  id: string,
): Promise<WaitingMessage | null> {
  const row = await db.selectFrom('outbox').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row?.sealed) return null
  const value = await openColumn({ key: dataKey, ...COLUMN, rowId: id, sealed: row.sealed })
  const { to, subject, text } = JSON.parse(utf8Text(value)) as { to: string; subject: string; text: string }
  const { no, channel, created_at: createdAt, useful_until: usefulUntil } = row
  return { id, no, channel, to, subject, text, createdAt, usefulUntil }
}

/** Wipes address and text, whatever became of the message. */
export async function endMessage(
  db: Queries,
  {
    id,
    state,
    now,
    fault = null,
  }: { id: string; state: Exclude<MessageState, 'waiting'>; now: Date; fault?: string | null },
): Promise<void> {
  await db
    .updateTable('outbox')
    .set({ state, sealed: null, ended_at: now, ...(fault === null ? {} : { last_fault: fault }) })
    .where('id', '=', id)
    .execute()
}

export async function noteAttempt(db: Queries, { id, fault }: { id: string; fault: string }): Promise<void> {
  await db.updateTable('outbox').set({ last_fault: fault }).where('id', '=', id).execute()
}

export async function forgetEnded(db: Queries, before: Date): Promise<void> {
  await db.deleteFrom('outbox').where('ended_at', '<', before).execute()
}
