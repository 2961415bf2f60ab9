import { concatBytes } from '@curo/crypto/bytes'
import { randomId } from '@curo/crypto/random'
import { chainTag } from '@curo/ledger/tags'
import type { ChainState } from './events.ts'
import type { Executor } from './sql.ts'

const TAGS_AT_ONCE = 4_096

// One index look-up per chain, whatever the planner believes.
const NEXT_LEAVES = `
SELECT n, e.position, e.leaf_hash
FROM generate_series(0, $2::int - 1) AS n,
  LATERAL (SELECT position, leaf_hash FROM ledger_entries
           WHERE tag = substring($1::bytea FROM n * 16 + 1 FOR 16) ORDER BY position LIMIT 1) e`

/**
 * Moves chains behind entries that stand in the log but that this database does not know to be theirs (it was restored
 * from a backup, or the chain is opened anew), and lists those entries as withheld: what they say is lost here.
 * The caller holds the chains' locks.
 * @returns how many entries that were
 */
export async function resumeChains(
  executor: Executor,
  origin: string,
  chains: readonly ChainState[],
): Promise<number> {
  let listed = 0
  for (let at = 0; at < chains.length; at += TAGS_AT_ONCE) {
    let ahead = chains.slice(at, at + TAGS_AT_ONCE)
    while (ahead.length > 0) {
      const found = await findNext(executor, origin, ahead)
      for (const { chain, position, leafHash } of found)
        await listWithheld(executor, chain, position, leafHash)
      listed += found.length
      ahead = found.map(({ chain }) => chain)
    }
  }
  return listed
}

async function findNext(executor: Executor, origin: string, chains: readonly ChainState[]) {
  const tags = chains.map(({ chainKey, counter }) => chainTag({ chainKey, origin, counter }))
  const { rows } = await executor.query<{ n: number; position: number; leaf_hash: Buffer }>(NEXT_LEAVES, [
    concatBytes(...tags),
    tags.length,
  ])
  return rows.map(({ n, position, leaf_hash: leafHash }) => ({
    chain: chains[n] as ChainState,
    position,
    leafHash,
  }))
}

async function listWithheld(
  executor: Executor,
  chain: ChainState,
  position: number,
  leafHash: Buffer,
): Promise<void> {
  const { patient, epoch, counter } = chain
  await executor.query(
    `WITH listed AS (
       INSERT INTO ledger_events (patient, epoch, seq, position, kind, id, leaf_hash, sealed)
       VALUES ($1, $2, $3, $4, 'unknown', $5, $6, NULL)
     )
     UPDATE ledger_chains SET counter = $3 + 1, prev = $6 WHERE patient = $1 AND epoch = $2`,
    [patient, epoch, counter, position, randomId(), leafHash],
  )
  chain.counter = counter + 1
  chain.prev = leafHash
}
