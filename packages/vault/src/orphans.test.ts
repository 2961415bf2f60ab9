import { expect, test } from 'vitest'
import { makeMemoryBucket } from './testing/memory-bucket.ts'
import { contentOf } from './testing/vault-fixture.ts'
import { makeVault } from './vault.ts'

test('a listing that nobody reads to its end leaves no folder open', async () => {
  const open = new Set<object>()
  const buckets = Array.from({ length: 6 }, (_, index) => {
    const bucket = makeMemoryBucket(`bucket-${index}`)
    return {
      ...bucket,
      // As a folder: it is closed at the end of the listing, or when the listing is told to end.
      async *list(prefix?: string) {
        const handle = {}
        open.add(handle)
        try {
          yield* bucket.list(prefix)
        } finally {
          open.delete(handle)
        }
      },
    }
  })
  const vault = makeVault({ buckets, threads: 0 })
  for (let part = 0; part < 3; part++) await vault.putPart({ source: contentOf(70_000, part) })
  for await (const _ of vault.list({ bucket: 'bucket-1' })) break
  const known = async () => {
    throw new Error('the database is away')
  }
  const orphans = vault.findOrphans({ isKnown: known, olderThan: new Date(Date.now() + 60_000) })
  await expect(orphans.next()).rejects.toThrow('the database is away')
  await expect.poll(() => open.size).toBe(0)
})
