import { CuroError, type CuroErrorCode, isCuroError } from '@curo/crypto/errors'
import { isObjectKey } from '../manifest.ts'

export interface ByteRange {
  readonly offset: number
  readonly length: number
}

/** A stored object as a listing shows it. */
export interface ListedObject {
  readonly key: string
  readonly size: number
  /** When it became complete. */
  readonly modified: Date
}

export interface BucketHealth {
  readonly writable: boolean
  /** Bytes that still fit, where the store can tell. */
  readonly freeBytes?: number
  /** How long trying it out took, in milliseconds. */
  readonly latencyMs?: number
  /** What is wrong, in a sentence for the operator. */
  readonly problem?: string
  /** The same for programs. */
  readonly code?: CuroErrorCode
}

export interface CallOptions {
  /** Stops waiting, and the call itself where the store can. */
  readonly signal?: AbortSignal
}

/**
 * A place that keeps objects: a folder, an S3 bucket. It is believed in nothing: whoever reads checks hashes.
 * Errors are CuroErrors — 'not-found' (the object is not there), 'truncated' (it is shorter than asked for),
 * 'storage-damaged' (the medium cannot read it), 'storage-full', and 'unavailable' for everything else.
 */
export interface Bucket {
  readonly name: string
  readonly kind: string
  /** Calls it serves well at once; more are queued. */
  readonly concurrency: number
  /** Stores the concatenation of `pieces`. Resolves when it is durable; all of it or nothing is ever seen. */
  put(key: string, pieces: readonly Uint8Array[], options?: CallOptions): Promise<void>
  /** One array per range. Each owns its buffer, or shares it only with others of the same answer. */
  get(key: string, ranges: readonly ByteRange[], options?: CallOptions): Promise<Uint8Array<ArrayBuffer>[]>
  /** Bytes of the object. */
  size(key: string, options?: CallOptions): Promise<number>
  /** Removes the object; fine if there is none. */
  remove(key: string, options?: CallOptions): Promise<void>
  list(prefix?: string, options?: CallOptions): AsyncIterable<ListedObject>
  /** Clears away what writes that never finished left behind, if older; resolves to how many. */
  removeUnfinished(options: CallOptions & { olderThan: Date }): Promise<number>
  /** Tries it out, by a write too. Never throws. */
  probe(options?: CallOptions): Promise<BucketHealth>
}

/** Throws 'invalid-input' unless the key is one plain lower-case path segment: no dots, no separators. */
export function checkKey(key: string): void {
  if (!isObjectKey(key))
    throw new CuroError('invalid-input', 'An object key is 2 to 127 of a–z, 0–9 and “-”.')
}

/** The health of a bucket that answered with `error`. */
export const problemOf = (error: unknown): BucketHealth => ({
  writable: false,
  problem: isCuroError(error) ? error.message : 'The bucket answered with an unknown error.',
  code: isCuroError(error) ? error.code : 'unavailable',
})
