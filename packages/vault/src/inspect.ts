import { equalBytes } from '@curo/crypto/bytes'
import { CuroError } from '@curo/crypto/errors'
import type { DamageState, VaultContext } from './context.ts'
import { damageOf } from './gather.ts'
import { type PartManifest, stripesWithHashes } from './manifest.ts'
import { HASH_BYTES } from './piece-hash.ts'
import { objectBytes, type PiecePlace, placesOf } from './stripes.ts'

type Bytes = Uint8Array<ArrayBuffer>

export interface InspectedPart {
  /** State of each of the part's objects. */
  readonly states: readonly ('ok' | DamageState)[]
  /** pieces[stripe][piece]: what was read and matches its hash, else null. */
  readonly pieces: readonly (Bytes | null)[][]
}

/** Reads every object of a part and checks every piece. */
export async function inspectPart(context: VaultContext, part: PartManifest): Promise<InspectedPart> {
  const stripes = stripesWithHashes(part)
  const pieces: (Bytes | null)[][] = stripes.map(({ order }) => order.map(() => null))
  const places = placesOf(
    stripes,
    stripes.map(({ order }) => order),
    part,
  )

  async function inspectObject(object: number): Promise<'ok' | DamageState> {
    const expected = places[object] as PiecePlace[]
    const size = objectBytes(expected)
    const name = part.objects[object]
    for (const { stripe, piece, length } of expected)
      if (length === 0) (pieces[stripe] as (Bytes | null)[])[piece] = new Uint8Array(0)
    if (size === 0 && name) return 'ok' // nothing to store, so nothing was
    const bounded = name && context.buckets.get(name.bucket)
    if (!bounded) return 'missing'
    const { bucket } = bounded
    try {
      const answer = await bounded.call((signal) => bucket.get(name.key, expected, { signal })).result
      const { pieces: read, hashes } = await context.coder.hash(
        answer,
        expected.map(({ piece }) => piece >= part.dataShards),
      )
      let isRight = true
      for (const [i, { stripe, piece }] of expected.entries()) {
        const hash = hashes.subarray(i * HASH_BYTES, (i + 1) * HASH_BYTES)
        if (equalBytes(hash, stripes[stripe]?.hashes[piece] as Uint8Array))
          (pieces[stripe] as (Bytes | null)[])[piece] = read[i] as Bytes
        else isRight = false
      }
      const stored = await bounded.call((signal) => bucket.size(name.key, { signal })).result
      return isRight && stored === size ? 'ok' : 'corrupt'
    } catch (error) {
      return damageOf(error)
    }
  }

  return { states: await Promise.all(places.map((_, object) => inspectObject(object))), pieces }
}

/** Pieces of a part's object made anew from the others. Throws 'storage-damaged' when too few of them are left. */
export async function rebuildObject(
  context: VaultContext,
  { part, object, pieces }: { part: PartManifest; object: number; pieces: InspectedPart['pieces'] },
): Promise<Bytes[]> {
  const stripes = stripesWithHashes(part)
  const orders = stripes.map(({ order }) => order)
  const places = placesOf(stripes, orders, part)[object] as PiecePlace[]
  const made: Bytes[] = []
  for (const { stripe, piece, length } of places) {
    const layout = stripes[stripe] as (typeof stripes)[number]
    const row = pieces[stripe] as (Bytes | null)[]
    const [full] = row[piece]
      ? [row[piece]]
      : await context.coder.rebuild({ pieces: row, wanted: [piece], pieceBytes: layout.pieceBytes })
    const { pieces: checked, hashes } = await context.coder.hash(
      [(full as Bytes).slice(0, length)],
      [piece >= part.dataShards],
    )
    if (!equalBytes(hashes, layout.hashes[piece] as Uint8Array))
      throw new CuroError(
        'storage-damaged',
        'The pieces of a stripe do not belong together: restore the manifest.',
      )
    made.push(checked[0] as Bytes)
  }
  return made
}
