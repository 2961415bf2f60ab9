import { CuroError } from '@curo/crypto/errors'
import { EMPTY_ROOT } from '@curo/crypto/merkle'
import type { Checkpoint } from '@curo/ledger/checkpoint'
import type { Executor } from './sql.ts'

/** Signs one of our own checkpoints; returns the note. */
export type SignCheckpoint = (checkpoint: Checkpoint) => Promise<string>

export type Stopped = { why: 'behind' | 'fork'; reason: string }

/** The log's one head as it stands in the database. */
export type Head = {
  size: number
  root: Uint8Array
  /** Signed note of this size. */
  checkpoint: string
  publishedSize: number
  publishedCheckpoint: string | null
  publishedAt: Date | null
  /** Since when the published size is ahead of the final one. */
  aheadSince: Date | null
  finalSize: number
  /** Note of `finalSize` with a quorum of cosignatures. */
  finalCheckpoint: string | null
  finalAt: Date | null
  stopped: Stopped | null
}

type HeadRow = {
  size: number
  root: Buffer
  checkpoint: string
  published_size: number
  published_checkpoint: string | null
  published_at: Date | null
  ahead_since: Date | null
  final_size: number
  final_checkpoint: string | null
  final_at: Date | null
  stopped: Stopped['why'] | null
  stopped_reason: string | null
}

/** @returns null before the log was begun */
export async function readHead(executor: Executor): Promise<Head | null> {
  const { rows } = await executor.query<HeadRow>('SELECT * FROM ledger_head')
  const [row] = rows
  if (!row) return null
  return {
    size: row.size,
    root: row.root,
    checkpoint: row.checkpoint,
    publishedSize: row.published_size,
    publishedCheckpoint: row.published_checkpoint,
    publishedAt: row.published_at,
    aheadSince: row.ahead_since,
    finalSize: row.final_size,
    finalCheckpoint: row.final_checkpoint,
    finalAt: row.final_at,
    stopped: row.stopped === null ? null : { why: row.stopped, reason: row.stopped_reason ?? '' },
  }
}

/** Begins the log with the checkpoint of the empty tree, once; several processes may try. */
export async function beginLog(
  executor: Executor,
  { origin, sign }: { origin: string; sign: SignCheckpoint },
): Promise<Head> {
  const existing = await readHead(executor)
  if (existing) return existing
  const checkpoint = await sign({ origin, size: 0, root: EMPTY_ROOT })
  await executor.query(
    'INSERT INTO ledger_head (size, root, checkpoint) VALUES (0, $1, $2) ON CONFLICT DO NOTHING',
    [EMPTY_ROOT, checkpoint],
  )
  return (await readHead(executor)) as Head
}

export type Advance = {
  from: Pick<Head, 'size' | 'root'>
  to: Pick<Head, 'size' | 'root' | 'checkpoint'>
  /** Positions of the batch, in leaf order. */
  positions: readonly number[]
  staging: Uint8Array
}

// One statement, so one transaction: the staging object and the new head are durable together, and the entries
// get their indexes only if the head was still where this process had left it.
const ADVANCE = `
WITH moved AS (
  UPDATE ledger_head SET size = $1, root = $2, checkpoint = $3
  WHERE size = $4 AND root = $5 AND stopped IS NULL RETURNING size
), staged AS (
  INSERT INTO ledger_staging (size, files) SELECT size, $7::bytea FROM moved
), placed AS (
  UPDATE ledger_entries e SET leaf_index = $4 + b.n - 1
  FROM unnest($6::bigint[]) WITH ORDINALITY AS b(position, n)
  WHERE e.position = b.position AND EXISTS (SELECT FROM moved)
), taken AS (
  DELETE FROM ledger_pending WHERE position = ANY($6::bigint[]) AND EXISTS (SELECT FROM moved)
)
SELECT size FROM moved`

/**
 * Compare-and-swap of the head, with the staging object (ledger.md, steps 3 and 4).
 * @throws CuroError 'ledger-inconsistent' when the head is not where it was left: nobody may sign on
 */
export async function advanceHead(
  executor: Executor,
  { from, to, positions, staging }: Advance,
): Promise<void> {
  const { rows } = await executor.query(ADVANCE, [
    to.size,
    to.root,
    to.checkpoint,
    from.size,
    from.root,
    positions,
    staging,
  ])
  if (rows.length !== 1)
    throw new CuroError(
      'ledger-inconsistent',
      'The head of the log was moved by someone else; this process stops sequencing.',
    )
}

/** The files of this size are in the folder: its staging objects are done with. */
export async function markPublished(
  executor: Executor,
  { size, checkpoint }: { size: number; checkpoint: string },
): Promise<void> {
  await executor.query(
    `WITH published AS (
       UPDATE ledger_head SET published_size = $1, published_checkpoint = $2, published_at = now(),
         ahead_since = CASE WHEN published_size <= final_size THEN now() ELSE ahead_since END
       WHERE published_size < $1 OR published_checkpoint IS NULL)
     DELETE FROM ledger_staging WHERE size <= $1`,
    [size, checkpoint],
  )
}

/** A quorum has cosigned. The same size may come again with more cosignatures. */
export async function markFinal(
  executor: Executor,
  { size, checkpoint }: { size: number; checkpoint: string },
): Promise<void> {
  await executor.query(
    `UPDATE ledger_head SET final_size = $1, final_checkpoint = $2, final_at = now() WHERE final_size <= $1`,
    [size, checkpoint],
  )
}

/** Nothing is signed or recorded from here on until `resume`. A fork is never overwritten by a milder reason. */
export async function stopLog(executor: Executor, { why, reason }: Stopped): Promise<void> {
  await executor.query(
    `UPDATE ledger_head SET stopped = $1, stopped_reason = $2, stopped_at = now()
     WHERE stopped IS NULL OR (stopped = 'behind' AND $1 = 'fork')`,
    [why, reason],
  )
}

export async function resumeLog(executor: Executor): Promise<void> {
  await executor.query(`UPDATE ledger_head SET stopped = NULL, stopped_reason = NULL, stopped_at = NULL`)
}
