import { CuroError } from '@curo/crypto/errors'
import { type Bucket, problemOf } from '../buckets/bucket.ts'

export type Fault = 'none' | 'stalls' | 'read-only' | 'full' | 'flips-bits' | 'swaps-objects' | 'cuts-short'

export interface FaultyBucket extends Bucket {
  fault: Fault
  /** Calls that were sent to it, by name. */
  readonly calls: { put: number; get: number }
  /** Bytes that were asked of it. */
  bytesRead: number
  /** Lets every stalled call go on. */
  release(): void
}

/** A bucket that misbehaves as told; `fault` may be changed at any time. */
export function makeFaultyBucket(inner: Bucket, fault: Fault = 'none'): FaultyBucket {
  let gate = withResolvers()
  const calls = { put: 0, get: 0 }
  const seenKeys: string[] = []
  const pass = async () => {
    if (bucket.fault === 'stalls') await gate.promise
  }
  const bucket: FaultyBucket = {
    name: inner.name,
    kind: inner.kind,
    concurrency: inner.concurrency,
    fault,
    calls,
    bytesRead: 0,
    release() {
      gate.resolve()
      gate = withResolvers()
    },
    async put(key, pieces, options) {
      calls.put++
      await pass()
      const refusal = refusalOf(bucket.fault)
      if (refusal) throw refusal
      seenKeys.push(key)
      await inner.put(key, pieces, options)
    },
    async get(key, ranges, options) {
      calls.get++
      bucket.bytesRead += ranges.reduce((sum, { length }) => sum + length, 0)
      await pass()
      if (bucket.fault === 'swaps-objects') {
        const other = seenKeys.find((seen) => seen !== key) ?? key
        const size = await inner.size(other)
        const [bytes] = await inner.get(other, [{ offset: 0, length: size }])
        return ranges.map(({ offset, length }) => {
          const swapped = new Uint8Array(length)
          swapped.set((bytes as Uint8Array).subarray(offset, offset + length))
          return swapped
        })
      }
      const answer = await inner.get(key, ranges, options)
      if (bucket.fault === 'cuts-short')
        return answer.map((bytes) => bytes.slice(0, Math.max(0, bytes.length - 1)))
      if (bucket.fault === 'flips-bits') for (const bytes of answer) if (bytes.length > 0) flipBit(bytes)
      return answer
    },
    async size(key, options) {
      await pass()
      return inner.size(key, options)
    },
    async remove(key, options) {
      await pass()
      if (bucket.fault === 'read-only')
        throw new CuroError('unavailable', 'The bucket may not be written to.')
      await inner.remove(key, options)
    },
    async *list(prefix, options) {
      await pass()
      yield* inner.list(prefix, options)
    },
    removeUnfinished: (options) => inner.removeUnfinished(options),
    async probe(options) {
      await pass()
      const refusal = refusalOf(bucket.fault)
      return refusal ? problemOf(refusal) : inner.probe(options)
    },
  }
  return bucket
}

/** What a write meets. */
function refusalOf(fault: Fault): CuroError | null {
  if (fault === 'read-only') return new CuroError('unavailable', 'The bucket may not be written to.')
  return fault === 'full' ? new CuroError('storage-full', 'The bucket is full.') : null
}

function withResolvers() {
  let resolve = () => {}
  const promise = new Promise<void>((done) => {
    resolve = done
  })
  return { promise, resolve, reject: () => {} }
}

function flipBit(bytes: Uint8Array): void {
  const middle = bytes.length >> 1
  bytes[middle] = (bytes[middle] as number) ^ 1
}
