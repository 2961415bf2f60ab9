import { CuroError } from '@curo/crypto/errors'
import { type Bucket, checkKey } from '../buckets/bucket.ts'

export interface MemoryBucket extends Bucket {
  readonly objects: Map<string, { bytes: Uint8Array; modified: Date }>
}

/** A bucket in memory, whose objects a test can look at and change. */
export function makeMemoryBucket(name: string): MemoryBucket {
  const objects: MemoryBucket['objects'] = new Map()
  const find = (key: string) => {
    checkKey(key)
    const object = objects.get(key)
    if (!object) throw new CuroError('not-found', `Bucket ${name} does not have the object.`)
    return object.bytes
  }
  return {
    name,
    kind: 'memory',
    concurrency: 4,
    objects,
    async put(key, pieces) {
      checkKey(key)
      // Copied after a turn of the event loop, as a real store reads late what it was given.
      await new Promise(setImmediate)
      objects.set(key, { bytes: Uint8Array.from(Buffer.concat(pieces)), modified: new Date() })
    },
    async get(key, ranges) {
      const bytes = find(key)
      return ranges.map(({ offset, length }) => {
        if (offset + length > bytes.length)
          throw new CuroError('truncated', `Bucket ${name} has a short object.`)
        return bytes.slice(offset, offset + length) as Uint8Array<ArrayBuffer>
      })
    },
    size: async (key) => find(key).length,
    async remove(key) {
      checkKey(key)
      objects.delete(key)
    },
    async *list(prefix = '') {
      for (const [key, { bytes, modified }] of [...objects])
        if (key.startsWith(prefix)) yield { key, size: bytes.length, modified }
    },
    removeUnfinished: async () => 0,
    probe: async () => ({ writable: true }),
  }
}
