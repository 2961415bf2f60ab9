import { concatBytes } from '@curo/crypto/bytes'
import type { Executor } from './sql.ts'

const TAG_BYTES = 16

/** A leaf found by its tag; `index` is null until the sequencer has placed it. */
export type FoundLeaf = { tag: Uint8Array; index: number | null; entry: Uint8Array }

// One index look-up per tag, whatever the planner believes about the table; the tags travel as one byte string.
const FIND = `
SELECT e.tag, e.leaf_index, e.entry
FROM generate_series(0, $2::int - 1) AS n,
  LATERAL (SELECT tag, leaf_index, entry FROM ledger_entries
           WHERE tag = substring($1::bytea FROM n * 16 + 1 FOR 16) OFFSET 0) e`

/** The leaves with these tags, in no order; tags that do not stand in this log are left out. */
export async function findLeaves(executor: Executor, tags: readonly Uint8Array[]): Promise<FoundLeaf[]> {
  const wanted = concatBytes(...tags.filter((tag) => tag.length === TAG_BYTES))
  const { rows } = await executor.query<{ tag: Buffer; leaf_index: number | null; entry: Buffer }>(FIND, [
    wanted,
    wanted.length / TAG_BYTES,
  ])
  return rows.map(({ tag, leaf_index, entry }) => ({
    tag,
    index: leaf_index,
    entry,
  }))
}
