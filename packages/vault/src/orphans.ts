import type { ListedObject } from './buckets/bucket.ts'
import type { VaultContext } from './context.ts'
import type { Manifest, ObjectName } from './manifest.ts'

/** Names looked up at once. */
const BATCH = 500

/** Says which of these keys of one bucket belong to a stored manifest. */
export type KnownKeys = (bucket: string, keys: readonly string[]) => Promise<ReadonlySet<string>>

export interface Orphan extends ObjectName {
  readonly size: number
  readonly modified: Date
}

/** Every object a manifest names. */
export const objectsOf = ({ parts }: Pick<Manifest, 'parts'>): ObjectName[] =>
  parts.flatMap(({ objects }) => objects.filter((object) => object !== null))

/** Removes objects; resolves to those that are perhaps still there because their bucket did not answer. */
export async function removeObjects(
  context: VaultContext,
  names: readonly ObjectName[],
): Promise<ObjectName[]> {
  const removals = names.map(async ({ bucket: bucketName, key }) => {
    const bounded = context.buckets.get(bucketName)
    if (!bounded) throw new Error('unknown bucket')
    await bounded.call((signal) => bounded.bucket.remove(key, { signal })).result
  })
  const outcomes = await Promise.allSettled(removals)
  return names.filter((_, index) => outcomes[index]?.status === 'rejected')
}

/**
 * Objects that no stored manifest names: left by writes that were never acknowledged or by repairs. `olderThan` must be
 * longer ago than any upload lasts, since an upload's objects are there before its manifest.
 * Throws what a bucket throws that cannot be listed.
 */
export async function* findOrphans(
  context: VaultContext,
  options: {
    isKnown: KnownKeys
    olderThan: Date
    buckets?: readonly string[] | undefined
    signal?: AbortSignal | undefined
  },
): AsyncGenerator<Orphan> {
  const { isKnown, olderThan, signal } = options
  for (const bucket of options.buckets ?? context.buckets.keys()) {
    for await (const batch of batchesOf(listObjects(context, bucket, signal))) {
      const old = batch.filter(({ modified }) => modified < olderThan)
      if (old.length === 0) continue
      const known = await isKnown(
        bucket,
        old.map(({ key }) => key),
      )
      for (const object of old) if (!known.has(object.key)) yield { bucket, ...object }
    }
  }
}

/** Everything that lies in one bucket; nothing where there is no such bucket. */
export async function* listObjects(
  context: VaultContext,
  name: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<ListedObject> {
  const bounded = context.buckets.get(name)
  if (!bounded) return
  const listing = bounded.bucket.list('')[Symbol.asyncIterator]()
  try {
    for (;;) {
      const { done, value } = await bounded.call(() => listing.next(), { signal }).result
      if (done) return
      yield value
    }
  } finally {
    // Whoever stops before the end leaves no folder open; not waited for, since the bucket may hang.
    listing.return?.().catch(() => undefined)
  }
}

async function* batchesOf<T>(items: AsyncIterable<T>): AsyncGenerator<T[]> {
  let batch: T[] = []
  for await (const item of items) {
    batch.push(item)
    if (batch.length < BATCH) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}
