import { CuroError } from '@curo/crypto/errors'
import { sql } from 'kysely'
import type { NodeContext } from './context.ts'
import type { Queries } from './database.ts'
import { lookupToken } from './sealed-columns.ts'

/** At most `most` tries in a window of that many seconds, counted for all processes together. */
export type Limit = { readonly name: string; readonly most: number; readonly seconds: number }

/**
 * Counts one try, durably and before it is made, so that parallel tries cannot exceed the limit.
 * @throws 'rate-limited' with the seconds to wait
 */
export async function countAttempt(
  node: Pick<NodeContext, 'db' | 'keys' | 'clock'>,
  limit: Limit,
  subject: string,
): Promise<void> {
  const now = node.clock()
  const ends = new Date(now.getTime() + limit.seconds * 1000)
  const row = await node.db
    .insertInto('attempts')
    .values({ subject: lookupToken(node, limit.name, subject), tries: 1, window_ends: ends })
    .onConflict((conflict) =>
      conflict.column('subject').doUpdateSet({
        tries: sql`case when attempts.window_ends <= ${now} then 1 else attempts.tries + 1 end`,
        window_ends: sql`case when attempts.window_ends <= ${now} then ${ends} else attempts.window_ends end`,
      }),
    )
    .returning(['tries', 'window_ends'])
    .executeTakeFirstOrThrow()
  if (row.tries <= limit.most) return
  const retryAfterSeconds = Math.max(1, Math.ceil((row.window_ends.getTime() - now.getTime()) / 1000))
  throw new CuroError('rate-limited', `Too many tries: wait ${inWords(retryAfterSeconds)} and try again.`, {
    details: { retryAfterSeconds },
  })
}

/** After a success nothing is held against the subject. */
export async function forgetAttempts(
  node: Pick<NodeContext, 'keys'>,
  db: Queries,
  limit: Limit,
  subject: string,
): Promise<void> {
  await db
    .deleteFrom('attempts')
    .where('subject', '=', lookupToken(node, limit.name, subject))
    .execute()
}

function inWords(seconds: number): string {
  if (seconds < 90) return `${seconds} seconds`
  const minutes = Math.ceil(seconds / 60)
  return minutes < 90 ? `${minutes} minutes` : `${Math.ceil(minutes / 60)} hours`
}
