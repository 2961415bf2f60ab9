import { toBase64Url } from '@curo/crypto/bytes'
import { CuroError, isCuroError } from '@curo/crypto/errors'
import type { BoundedBucket } from './buckets/bounded.ts'
import { parityBytes, piecesOf } from './coder.ts'
import type { VaultContext } from './context.ts'
import type { ObjectName, PartManifest } from './manifest.ts'
import { removeObjects } from './orphans.ts'
import { drawKey, drawOrder } from './placement.ts'
import { PIECE_BYTES, placesOf, stripesOf } from './stripes.ts'

/**
 * Stores one part: encodes it, writes one object to each of n buckets, and resolves when every bucket has answered and
 * enough of them are durable. Takes `content` for good. Throws 'storage-full' or 'unavailable' when too few buckets
 * took their object; what was written is then removed, or left to the orphan collection if even that fails.
 */
export function writePart(context: VaultContext, content: Uint8Array): Promise<PartManifest> {
  return context.writeGate(async () => {
    const { shape, coder, buffers } = context
    const encoded = await coder.encode(content, buffers.take(parityBytes(content.length, shape)))
    const stripes = stripesOf(encoded.content.length, shape)
    const orders = stripes.map(() => drawOrder(shape.dataShards + shape.parityShards))
    const pieces = piecesOf({ ...encoded, shape })
    const objects = placesOf(stripes, orders, shape).map((places) =>
      places.map(({ stripe, piece }) => pieces[stripe]?.[piece] as Uint8Array),
    )
    return {
      v: 1,
      ...shape,
      pieceBytes: PIECE_BYTES,
      size: encoded.content.length,
      objects: await writeObjects(context, objects, () => {
        buffers.give(encoded.content)
        buffers.give(encoded.parity)
      }),
      stripes: orders.map((order, index) => ({
        order,
        hashes: toBase64Url(encoded.hashes[index] as Uint8Array),
      })),
    }
  })
}

/** `onRelease` is called when no bucket reads the memory any more: after a timeout that may be never. */
async function writeObjects(
  context: VaultContext,
  objects: readonly Uint8Array[][],
  onRelease: () => void,
): Promise<(ObjectName | null)[]> {
  const [targets, spares] = chooseBuckets(context, objects.length)
  const attempts: ObjectName[] = []
  const settled: Promise<void>[] = []
  const failures: unknown[] = []

  async function writeObject(
    pieces: readonly Uint8Array[],
    first: BoundedBucket,
  ): Promise<ObjectName | null> {
    const isEmpty = pieces.every(({ length }) => length === 0)
    for (let target: BoundedBucket | undefined = first; target; target = spares.shift()) {
      const { bucket } = target
      const name = { bucket: bucket.name, key: drawKey() }
      if (isEmpty) return name
      attempts.push(name)
      const call = target.call((signal) => bucket.put(name.key, pieces, { signal }))
      settled.push(call.settled)
      try {
        await call.result
        return name
      } catch (error) {
        failures.push(error)
      }
    }
    return null
  }

  const names = await Promise.all(
    objects.map((pieces, i) => writeObject(pieces, targets[i] as BoundedBucket)),
  )
  void Promise.all(settled).then(onRelease)
  const durable = names.filter((name) => name !== null).length
  if (durable >= context.minimumPieces) return names
  await removeObjects(context, attempts)
  throw tooFewDurable({ durable, needed: context.minimumPieces, failures })
}

/** `count` buckets drawn at random, those that answer before those that rest, and the others as spares. */
function chooseBuckets({ buckets }: VaultContext, count: number): [BoundedBucket[], BoundedBucket[]] {
  const all = [...buckets.values()]
  const drawn = drawOrder(all.length).map((index) => all[index] as BoundedBucket)
  const ordered = [
    ...drawn.filter((bucket) => !bucket.isResting()),
    ...drawn.filter((bucket) => bucket.isResting()),
  ]
  return [ordered.slice(0, count), ordered.slice(count)]
}

function tooFewDurable({
  durable,
  needed,
  failures,
}: {
  durable: number
  needed: number
  failures: unknown[]
}) {
  const isFull = failures.some((error) => isCuroError(error, 'storage-full'))
  const sentence = `Only ${durable} of the ${needed} buckets that a write needs took it: `
  return new CuroError(
    isFull ? 'storage-full' : 'unavailable',
    sentence + (isFull ? 'add space or another bucket.' : 'check the buckets and try again.'),
    { cause: new AggregateError(failures), details: { durable, needed } },
  )
}
