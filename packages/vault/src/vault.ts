// The vault: sealed content in random buckets, any `parityShards` of which may vanish. Start reading here.
import { CuroError } from '@curo/crypto/errors'
import { type LeafProof, proveLeaf } from './audit.ts'
import { boundBucket } from './buckets/bounded.ts'
import { type Bucket, type BucketHealth, type ListedObject, problemOf } from './buckets/bucket.ts'
import { makeCoder } from './coder-threads.ts'
import type { Damage, VaultContext } from './context.ts'
import { makeGate } from './gate.ts'
import { gatherPieces } from './gather.ts'
import { combineParts, type Manifest, type ObjectName, type PartManifest } from './manifest.ts'
import { findOrphans, type KnownKeys, listObjects, type Orphan, removeObjects } from './orphans.ts'
import { makeBufferPool } from './part-memory.ts'
import { piecesBetween, readContent } from './read.ts'
import { type RepairOutcome, repairManifest } from './repair.ts'
import { type ScrubReport, scrubManifest } from './scrub.ts'
import { LEAF_BYTES, partBytes, stripesOf } from './stripes.ts'
import { uploadPart, uploadParts } from './upload.ts'

export interface VaultOptions {
  /** At least dataShards + parityShards of them; more serve as spares. */
  buckets: readonly Bucket[]
  dataShards?: number
  parityShards?: number
  /** Pieces that must be durable for a write to succeed; the others are left for the repair. Default dataShards + 1. */
  minimumPieces?: number
  /** Longest a single call to a bucket may take. Default 15 s. */
  timeoutMs?: number
  /** How long a bucket rests after a call took longer; doubles each time. Default 5 s. */
  restMs?: number
  /** How long a read waits for one bucket before it asks another too. Default 1 s. */
  hedgeMs?: number
  /** Parts (8 MiB of content, 4 MiB of parity) in work at once per read or long upload, and for all writes. Default 4. */
  partsInFlight?: number
  /** Worker threads for hashing and coding; 0 works on the caller's thread. Default one per core. */
  threads?: number
  /** Told of every object that a read or scrub found damaged. */
  onDamage?: (damage: Damage) => void
}

type Signal = { signal?: AbortSignal }

export interface Vault {
  /** Bytes of content in a full part. All parts of an object but its last must be whole multiples of a stripe. */
  readonly partBytes: number
  /**
   * Stores 1 to `partBytes` bytes; resolves when they are durable. Throws 'storage-full', 'unavailable', 'too-large'.
   * `signal` ends the collecting of the source; a part that is complete is written.
   */
  putPart(options: Signal & { source: Uint8Array | AsyncIterable<Uint8Array> }): Promise<PartManifest>
  /**
   * Stores a whole source of any length, each chunk copied before the next is asked for. `onPart` hears of each part, in
   * order, once it is durable.
   */
  put(
    options: Signal & {
      source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>
      onPart?: (part: PartManifest, index: number) => void | Promise<void>
    },
  ): Promise<Manifest>
  /** Content from `start` up to but without `end`, every byte checked before it is given out. */
  read(
    options: Signal & {
      manifest: Manifest
      start?: number
      end?: number
      /** Instead of the vault's own, so that the caller knows which object is meant. */
      onDamage?: (damage: Damage) => void
    },
  ): AsyncGenerator<Uint8Array<ArrayBuffer>>
  scrub(options: Signal & { manifest: Manifest }): Promise<ScrubReport>
  repair(options: Signal & { manifest: Manifest; moveUnreachable?: boolean }): Promise<RepairOutcome>
  /** Removes objects; resolves to those that may still be there. */
  remove(objects: readonly ObjectName[]): Promise<ObjectName[]>
  findOrphans(
    options: Signal & { isKnown: KnownKeys; olderThan: Date; buckets?: readonly string[] },
  ): AsyncGenerator<Orphan>
  /** Everything that lies in one bucket. Throws what the bucket throws. */
  list(options: Signal & { bucket: string }): AsyncGenerator<ListedObject>
  /** Clears away what unfinished writes left inside the buckets; resolves to how many. */
  removeUnfinished(options: { olderThan: Date }): Promise<number>
  /** Answers an auditor's challenge (see audit.ts). */
  proveLeaf(options: Signal & { manifest: Manifest; leaf: number }): Promise<LeafProof>
  /** The health of every bucket, by name. */
  probe(): Promise<Record<string, BucketHealth>>
  /** Ends the threads. */
  close(): Promise<void>
}

/** Throws 'invalid-input' when there are too few buckets, two of one name, or the numbers make no code. */
export function makeVault(options: VaultOptions): Vault {
  const context = makeContext(options)
  const { buckets, shape } = context
  const bounded = [...buckets.values()]

  return {
    partBytes: partBytes(shape),
    putPart: (request) => uploadPart(context, request),
    put: async (request) => combineParts(await uploadParts(context, request)),
    read: ({ onDamage, ...request }) => readContent(onDamage ? { ...context, onDamage } : context, request),
    scrub: (request) => scrubManifest(context, request),
    repair: (request) => repairManifest(context, request),
    remove: (objects) => removeObjects(context, objects),
    findOrphans: (request) => findOrphans(context, request),
    list: ({ bucket, signal }) => listObjects(context, bucket, signal),
    async removeUnfinished({ olderThan }) {
      const outcomes = await Promise.allSettled(
        bounded.map(
          ({ bucket, call }) => call((signal) => bucket.removeUnfinished({ olderThan, signal })).result,
        ),
      )
      return outcomes.reduce((sum, outcome) => sum + (outcome.status === 'fulfilled' ? outcome.value : 0), 0)
    },
    proveLeaf: (request) => proveLeafOf(context, request),
    async probe() {
      const healths = bounded.map(async ({ bucket, name, call }) => {
        const start = performance.now()
        const health = await call((signal) => bucket.probe({ signal })).result.catch(problemOf)
        return [name, { ...health, latencyMs: Math.round(performance.now() - start) }] as const
      })
      return Object.fromEntries(await Promise.all(healths))
    },
    close: () => context.coder.close(),
  }
}

function makeContext(options: VaultOptions): VaultContext {
  const {
    buckets,
    dataShards = 4,
    parityShards = 2,
    timeoutMs = 15_000,
    restMs = 5_000,
    partsInFlight = 4,
  } = options
  const shape = { dataShards, parityShards }
  const minimumPieces = options.minimumPieces ?? dataShards + 1
  const byName = new Map(buckets.map((bucket) => [bucket.name, boundBucket(bucket, { timeoutMs, restMs })]))
  if (byName.size !== buckets.length || buckets.length < dataShards + parityShards)
    throw new CuroError(
      'invalid-input',
      `Configure at least ${dataShards + parityShards} buckets of different names.`,
    )
  if (
    !Number.isInteger(minimumPieces) ||
    minimumPieces < dataShards ||
    minimumPieces > dataShards + parityShards
  )
    throw new CuroError(
      'invalid-input',
      `minimumPieces lies between ${dataShards} and ${dataShards + parityShards}.`,
    )
  const content = partBytes(shape)
  return {
    shape,
    buckets: byName,
    coder: makeCoder(shape, { threads: options.threads }),
    buffers: makeBufferPool({
      lengths: [content, (content / dataShards) * parityShards],
      most: 2 * partsInFlight,
    }),
    minimumPieces,
    hedgeMs: options.hedgeMs ?? 1_000,
    partsInFlight,
    writeGate: makeGate(partsInFlight),
    reads: { active: 0 },
    onDamage: options.onDamage ?? (() => {}),
  }
}

async function proveLeafOf(
  context: VaultContext,
  { manifest, leaf, signal }: Signal & { manifest: Manifest; leaf: number },
): Promise<LeafProof> {
  const offset = leaf * LEAF_BYTES
  if (!Number.isSafeInteger(leaf) || leaf < 0 || offset >= manifest.size)
    throw new CuroError('invalid-input', 'The object has no such leaf.')
  let start = 0
  let index = 0
  for (; start + (manifest.parts[index]?.size ?? 0) <= offset; index++)
    start += manifest.parts[index]?.size ?? 0
  const part = manifest.parts[index] as PartManifest
  const [wanted] = piecesBetween(part, offset - start, offset - start + 1)
  if (!wanted) throw new CuroError('internal', 'The part has no piece for this leaf.')
  const [piece] = await gatherPieces(context, { part, index, wanted: [wanted], signal })
  const stripe = stripesOf(part.size, part)[wanted.stripe]
  const pieceStart = start + (stripe?.offset ?? 0) + wanted.piece * (stripe?.pieceBytes ?? 0)
  return proveLeaf({ manifest, leaf, piece: piece as Uint8Array, pieceStart })
}
