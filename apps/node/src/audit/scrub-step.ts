import { CuroError } from '@curo/crypto/errors'
import { randomId } from '@curo/crypto/random'
import { sql } from 'kysely'
import type { NodeContext } from '../context.ts'
import { inTransaction } from '../database.ts'
import { dropExpiredUploads } from '../vault/expiry.ts'
import { bucketsOf } from '../vault/service.ts'
import { recordActivity } from './activity.ts'
import { collectOrphans } from './orphans.ts'
import { type Counts, scrubRecords } from './record-scrub.ts'
import { enqueueStep, type ScrubRow } from './scrubs.ts'

/*
 * [Note: a scrub in steps] A scrub is a row, worked on by one step at a time: a job of some seconds that takes the row
 * over, writes its progress after every few records, and enqueues the next step. A step whose process was killed leaves
 * a row whose beat stands still; the watch, once a minute, enqueues another, which goes on where the last progress was
 * written. A step that only seemed dead finds the row taken over and stops: its counts are not added twice.
 */

/** A stopping process waits this long at most for the step to end, but for one long record. */
const STEP_MS = 5_000
const BEAT_MS = 15_000
const DEAD_AFTER = sql`interval '2 minutes'`

type Progress = { [Name in keyof Counts | 'records' | 'orphans']?: number } & {
  after_record?: string
  records_done?: boolean
  buckets_done?: number
}

const COUNTED = ['records', 'pieces', 'missing', 'corrupt', 'repaired', 'lost', 'orphans'] as const

/** Works on a scrub for some seconds. Does nothing when it is over or another step is at it. */
export async function runScrubStep(node: NodeContext, scrub: string): Promise<void> {
  const runner = randomId()
  const row = await takeOver(node, scrub, runner)
  if (!row) return
  const beat = setInterval(() => {
    write(node, { scrub, runner }, {}).catch(() => undefined)
  }, BEAT_MS)
  try {
    const deadline = performance.now() + STEP_MS
    let at: ScrubRow = row
    while (performance.now() < deadline) {
      const progress = await advance(node, at)
      if (progress === null) return await finish(node, { scrub, runner })
      at = await write(node, { scrub, runner }, progress)
    }
    await handOn(node, { scrub, runner })
  } catch (error) {
    await release(node, { scrub, runner })
    throw error
  } finally {
    clearInterval(beat)
  }
}

/** The next piece of work and what it counted; null when nothing is left. */
async function advance(node: NodeContext, row: ScrubRow): Promise<Progress | null> {
  if (!row.records_done) {
    const { counts, records, last } = await scrubRecords(node, row.after_record)
    if (records === 0) return { records_done: true }
    return { ...counts, records, after_record: last }
  }
  const bucket = bucketsOf(node.config)[row.buckets_done]
  if (!bucket) return null
  if (row.buckets_done === 0) await dropExpiredUploads(node)
  return { orphans: await collectOrphans(node, bucket.name), buckets_done: row.buckets_done + 1 }
}

type Step = { scrub: string; runner: string }

async function takeOver(node: NodeContext, scrub: string, runner: string): Promise<ScrubRow | undefined> {
  return await node.db
    .updateTable('scrubs')
    .set({ runner, beat_at: sql`now()` })
    .where('id', '=', scrub)
    .where('state', '=', 'running')
    .where((is) => is.or([is('runner', 'is', null), is('beat_at', '<', sql<Date>`now() - ${DEAD_AFTER}`)]))
    .returningAll()
    .executeTakeFirst()
}

/** Adds counts and moves on. Throws `conflict` when another step has taken over. */
async function write(node: NodeContext, { scrub, runner }: Step, progress: Progress): Promise<ScrubRow> {
  const { after_record, records_done, buckets_done } = progress
  const places = {
    ...(after_record === undefined ? {} : { after_record }),
    ...(records_done === undefined ? {} : { records_done }),
    ...(buckets_done === undefined ? {} : { buckets_done }),
  }
  const sums = COUNTED.filter((name) => progress[name]).map((name) => [
    name,
    sql<number>`${sql.ref(name)} + ${progress[name]}`,
  ])
  const row = await node.db
    .updateTable('scrubs')
    .set({ ...places, ...Object.fromEntries(sums), beat_at: sql`now()` })
    .where('id', '=', scrub)
    .where('runner', '=', runner)
    .where('state', '=', 'running')
    .returningAll()
    .executeTakeFirst()
  if (!row) throw new CuroError('conflict', 'Another process has taken this scrub over.')
  return row
}

async function handOn(node: NodeContext, { scrub, runner }: Step): Promise<void> {
  await inTransaction(node.db, async (trx) => {
    const handed = await trx
      .updateTable('scrubs')
      .set({ runner: null, beat_at: sql`now()` })
      .where('id', '=', scrub)
      .where('runner', '=', runner)
      .executeTakeFirst()
    if (handed.numUpdatedRows > 0n) await enqueueStep(node, trx, scrub)
  })
}

/** So that the job's next attempt finds the row free. */
async function release(node: NodeContext, { scrub, runner }: Step): Promise<void> {
  await node.db
    .updateTable('scrubs')
    .set({ runner: null })
    .where('id', '=', scrub)
    .where('runner', '=', runner)
    .execute()
    .catch(() => undefined)
}

async function finish(node: NodeContext, step: Step): Promise<void> {
  await end(node, step.scrub, { state: 'done', runner: step.runner })
}

/** Ends a scrub, once; as failed, whichever step was at it. */
export async function end(
  node: NodeContext,
  scrub: string,
  { state, runner }: { state: 'done' | 'failed'; runner?: string },
): Promise<void> {
  const now = node.clock()
  await inTransaction(node.db, async (trx) => {
    let query = trx
      .updateTable('scrubs')
      .set({ state, finished_at: now, runner: null })
      .where('id', '=', scrub)
      .where('state', '=', 'running')
    if (runner !== undefined) query = query.where('runner', '=', runner)
    const ended = await query.executeTakeFirst()
    if (ended.numUpdatedRows > 0n)
      await recordActivity(trx, { kind: 'scrub', outcome: state, by: null, at: now })
  })
}

/** Wakes a scrub whose process has died. */
export async function watchScrubs(node: NodeContext): Promise<void> {
  const stalled = await node.db
    .selectFrom('scrubs')
    .select('id')
    .where('state', '=', 'running')
    .where('beat_at', '<', sql<Date>`now() - ${DEAD_AFTER}`)
    .execute()
  for (const { id } of stalled) await enqueueStep(node, node.db, id)
}
