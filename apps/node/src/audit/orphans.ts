import type { Orphan } from '@curo/vault/orphans'
import type { NodeContext } from '../context.ts'
import { knownKeys } from '../vault/objects.ts'

/**
 * Pieces younger than this may belong to a part that is being written: it is in the buckets before the database knows
 * it. Once a part is acknowledged, the database does, however long its upload lasts. A write takes a minute at worst;
 * a day forgives clocks that disagree.
 */
export const SAFE_AGE_MS = 24 * 60 * 60_000
const REMOVED_AT_ONCE = 32

/** Where this many are unknown, and more than are known, something else is wrong than writes that failed. */
const MOST_STRANGE = 100

/**
 * Removes what no record and no upload names from one bucket; resolves to how many objects that were. Nothing is removed
 * where most of what lies there is unknown: then the bucket is another hospital's too, or the database is not the one
 * that belongs to it, and what looks like an orphan is somebody's record.
 */
export async function collectOrphans(node: NodeContext, bucket: string): Promise<number> {
  try {
    const { orphans, known } = await countOrphans(node, bucket)
    if (orphans === 0) return 0
    if (orphans > MOST_STRANGE && orphans > known) {
      node.log.error(
        { bucket, orphans, known },
        'most of a bucket is unknown to the database: nothing is removed',
      )
      return 0
    }
    return await removeOrphans(node, bucket)
  } catch (err) {
    // It is collected by the next scrub that finds the bucket well.
    node.log.warn({ err, bucket }, 'a bucket could not be searched for orphans')
    return 0
  }
}

function findOrphans(node: NodeContext, bucket: string, onLookedUp = (_count: number) => {}) {
  const olderThan = new Date(Math.min(node.clock().getTime(), Date.now()) - SAFE_AGE_MS)
  return node.vault.findOrphans({
    olderThan,
    buckets: [bucket],
    isKnown: async (name, keys) => {
      const known = await knownKeys(node.db, name, keys)
      onLookedUp(known.size)
      return known
    },
  })
}

async function countOrphans(node: NodeContext, bucket: string): Promise<{ orphans: number; known: number }> {
  let orphans = 0
  let known = 0
  for await (const _ of findOrphans(node, bucket, (count) => {
    known += count
  }))
    orphans++
  return { orphans, known }
}

async function removeOrphans(node: NodeContext, bucket: string): Promise<number> {
  let removed = 0
  let batch: Orphan[] = []
  const removeBatch = async () => {
    removed += batch.length - (await node.vault.remove(batch)).length
    batch = []
  }
  for await (const orphan of findOrphans(node, bucket)) {
    batch.push(orphan)
    if (batch.length === REMOVED_AT_ONCE) await removeBatch()
  }
  await removeBatch()
  return removed
}
