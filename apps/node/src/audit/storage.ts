import type { BucketHealth } from '@curo/vault/buckets/bucket'
import type { NodeContext } from '../context.ts'
import { bucketsOf } from '../vault/service.ts'
import { countRecords, expectedPieces } from './degraded.ts'
import { lastScrub } from './scrubs.ts'

/** An administrator waits for this: a larger bucket’s objects are not counted. */
const LONGEST_LISTING_MS = 1500
const MOST_LISTED = 50_000

type Counted = { objects: number | null; bytes: number | null }

/** Counts a bucket’s objects as far as that is quick; undefined when it cannot be listed. */
async function count(node: NodeContext, bucket: string): Promise<Counted | undefined> {
  const signal = AbortSignal.timeout(LONGEST_LISTING_MS)
  let objects = 0
  let bytes = 0
  try {
    for await (const { size } of node.vault.list({ bucket, signal })) {
      objects++
      bytes += size
      if (objects > MOST_LISTED || signal.aborted) return { objects: null, bytes: null }
    }
    return { objects, bytes }
  } catch {
    return signal.aborted && objects > 0 ? { objects: null, bytes: null } : undefined
  }
}

function stateOf(health: BucketHealth | undefined, counted: Counted | undefined) {
  if (health?.writable) return 'ok'
  if (health?.code === 'storage-full') return 'full'
  return counted ? 'read-only' : 'unreachable'
}

/** The buckets, how they are, and the last scrub. */
export async function describeStorage(node: NodeContext) {
  const { dataPieces, parityPieces } = node.config.vault
  const [healths, scrub, expected, counts] = await Promise.all([
    node.vault.probe(),
    lastScrub(node),
    expectedPieces(node),
    countRecords(node),
  ])
  const buckets = await Promise.all(
    bucketsOf(node.config).map(async ({ name, kind }) => {
      const counted = await count(node, name)
      const health = healths[name]
      return {
        name,
        kind,
        state: stateOf(health, counted),
        objects: counted?.objects ?? null,
        bytes: counted?.bytes ?? null,
        expected: expected.get(name) ?? 0,
        freeBytes: health?.freeBytes ?? null,
        latencyMs: health?.latencyMs ?? null,
        problem: health?.problem ?? null,
      } as const
    }),
  )
  return { dataPieces, parityPieces, buckets, lastScrub: scrub, ...counts }
}
