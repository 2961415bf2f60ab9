import type { scrubReport } from '@curo/contract/audit'
import { CuroError } from '@curo/crypto/errors'
import { randomId } from '@curo/crypto/random'
import { type Selectable, sql } from 'kysely'
import type { z } from 'zod'
import type { NodeContext } from '../context.ts'
import { inTransaction, isUniqueViolation, type Queries } from '../database.ts'
import { pageOf, readPlace } from '../pages.ts'
import type { Session } from '../sessions.ts'
import { recordActivity } from './activity.ts'
import type { AuditTables } from './tables.ts'

export type ScrubRow = Selectable<AuditTables['scrubs']>
export const SCRUB_JOB = 'scrub'

/** The next step of a scrub; of the steps that wait, one is enough. */
export function enqueueStep(node: NodeContext, db: Queries, scrub: string): Promise<void> {
  return node.jobs.enqueue(db, { task: SCRUB_JOB, payload: { scrub }, key: `scrub ${scrub}`, maxAttempts: 5 })
}

/** Begins a scrub of the whole vault; null for nobody but the night. Throws `conflict` while one is running. */
export async function startScrub(node: NodeContext, by: Session['account'] | null): Promise<string> {
  const id = randomId()
  const now = node.clock()
  try {
    await inTransaction(node.db, async (trx) => {
      const { total } = await trx
        .selectFrom('records')
        .select((of) => of.fn.countAll<number>().as('total'))
        .where('manifest', 'is not', null)
        .executeTakeFirstOrThrow()
      await trx
        .insertInto('scrubs')
        .values({
          id,
          state: 'running',
          started_by: by?.id ?? null,
          started_at: now,
          finished_at: null,
          runner: null,
          total,
        })
        .execute()
      await enqueueStep(node, trx, id)
      await recordActivity(trx, { kind: 'scrub', outcome: 'started', by, at: now })
    })
  } catch (cause) {
    if (!isUniqueViolation(cause)) throw cause
    throw new CuroError('conflict', 'A scrub is running already: wait until it is done.', { cause })
  }
  return id
}

type Report = z.input<typeof scrubReport>

const reportOf = (row: ScrubRow): Report => ({
  id: row.id,
  state: row.state,
  startedAt: row.started_at.toISOString(),
  finishedAt: row.finished_at?.toISOString() ?? null,
  records: row.records,
  total: Math.max(row.total, row.records),
  pieces: row.pieces,
  missing: row.missing,
  corrupt: row.corrupt,
  repaired: row.repaired,
  lost: row.lost,
  orphans: row.orphans,
})

/** How far a scrub has come, from whichever process. Throws `not-found`. */
export async function getScrub(node: Pick<NodeContext, 'db'>, scrub: string): Promise<Report> {
  const row = await node.db.selectFrom('scrubs').selectAll().where('id', '=', scrub).executeTakeFirst()
  if (!row) throw new CuroError('not-found', 'There is no such scrub.')
  return reportOf(row)
}

/** A page of scrubs, newest first. */
export async function listScrubs(
  node: Pick<NodeContext, 'db'>,
  { after, limit }: { after?: string | undefined; limit: number },
): Promise<{ scrubs: Report[]; next: string | null }> {
  const place = readPlace(after)
  let query = node.db.selectFrom('scrubs').selectAll()
  if (place) query = query.where(sql<boolean>`(started_at, id) < (${place.at}, ${place.id})`)
  const rows = await query
    .orderBy('started_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()
  const { page, next } = pageOf(
    rows.map((row) => ({ ...row, created_at: row.started_at })),
    limit,
  )
  return { scrubs: page.map(reportOf), next }
}

export async function lastScrub(node: Pick<NodeContext, 'db'>): Promise<Report | null> {
  const row = await node.db
    .selectFrom('scrubs')
    .selectAll()
    .orderBy('started_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row ? reportOf(row) : null
}
