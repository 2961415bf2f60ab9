import { leafHash } from '@curo/crypto/merkle'
import type { Executor } from './sql.ts'

/**
 * Records a registry or link entry, which is public as it stands; the same one again writes nothing.
 * @returns its leaf hash
 */
export async function storePublicEntry(executor: Executor, entry: Uint8Array): Promise<Uint8Array> {
  const leaf = leafHash(entry)
  await executor.query(
    `WITH fresh AS (
       INSERT INTO ledger_public_entries (leaf_hash, position)
       VALUES ($1, nextval(pg_get_serial_sequence('ledger_entries', 'position')))
       ON CONFLICT DO NOTHING RETURNING position
     ), entered AS (
       INSERT INTO ledger_entries (position, entry, leaf_hash) SELECT position, $2, $1 FROM fresh
     )
     INSERT INTO ledger_pending (position) SELECT position FROM fresh`,
    [leaf, entry],
  )
  return leaf
}

/** Where public entries stand in the log, by the leaf hash's hex; those not yet placed are left out. */
export async function findPublicIndexes(
  executor: Executor,
  leaves: readonly Uint8Array[],
): Promise<Map<string, number>> {
  const { rows } = await executor.query<{ leaf: string; leaf_index: number }>(
    `SELECT encode(p.leaf_hash, 'hex') AS leaf, e.leaf_index
     FROM ledger_public_entries p JOIN ledger_entries e USING (position)
     WHERE p.leaf_hash = ANY($1::bytea[]) AND e.leaf_index IS NOT NULL`,
    [leaves.map((leaf) => Buffer.from(leaf))],
  )
  return new Map(rows.map(({ leaf, leaf_index }) => [leaf, leaf_index]))
}
