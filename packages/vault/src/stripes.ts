// How content is cut: parts → stripes → pieces. Pure arithmetic.
//
//   object  =  part ‖ part ‖ …               a part is the unit of an acknowledged, durable upload
//   part    =  stripe ‖ stripe ‖ …           a full stripe is dataShards × 256 KiB of content
//   stripe  →  dataShards data pieces (the content itself) + parityShards parity pieces
//
// [Note: pieces are subtrees] Every piece starts at a multiple of its length, and that length is a power of two of
// 4 KiB leaves. So the RFC 6962 root of a data piece's leaves is a node of the whole object's tree: hashes of data
// pieces are all it takes to compute the object's root, and a piece that matches its hash matches the signed root.
import { SEALED_LEAF_BYTES } from '@curo/crypto/merkle'

export const LEAF_BYTES = SEALED_LEAF_BYTES
/** Length of a piece of a full stripe. */
export const PIECE_BYTES = 64 * LEAF_BYTES
/** Stripes of a usual part: 8 MiB of content with four data shards. */
export const STRIPES_PER_PART = 8

/** The shape of an erasure code: `dataShards` pieces of content, `parityShards` of which any may be lost. */
export interface CodeShape {
  readonly dataShards: number
  readonly parityShards: number
}

export interface Stripe {
  /** Where its content begins in the part. */
  readonly offset: number
  /** Bytes of content. */
  readonly size: number
  /** Length of its parity pieces and of every data piece that is full. */
  readonly pieceBytes: number
}

/** Bytes of content in a full stripe; every part of an object but the last is a multiple of it. */
export const stripeBytes = ({ dataShards }: CodeShape): number => dataShards * PIECE_BYTES

/** Bytes of content in a usual part. */
export const partBytes = (shape: CodeShape): number => STRIPES_PER_PART * stripeBytes(shape)

/** The stripes of a part. The last one may hold less content, in shorter pieces [Note: pieces are subtrees]. */
export function stripesOf(partSize: number, shape: CodeShape): Stripe[] {
  const full = stripeBytes(shape)
  const stripes: Stripe[] = []
  for (let offset = 0; offset < partSize; offset += full) {
    const size = Math.min(full, partSize - offset)
    let pieceBytes = LEAF_BYTES
    while (pieceBytes * shape.dataShards < size) pieceBytes *= 2
    stripes.push({ offset, size, pieceBytes })
  }
  return stripes
}

/**
 * Length of one piece. A data piece ends where the content ends, so it may be short or empty; for the code it counts
 * as continued with zeros to `pieceBytes`, and the zeros are not stored.
 */
export function pieceLength(stripe: Stripe, piece: number, { dataShards }: CodeShape): number {
  if (piece >= dataShards) return stripe.pieceBytes
  return Math.max(0, Math.min(stripe.pieceBytes, stripe.size - piece * stripe.pieceBytes))
}

/** Where one piece lies in the object that a bucket keeps for a part. */
export interface PiecePlace {
  readonly stripe: number
  readonly piece: number
  readonly offset: number
  readonly length: number
}

/**
 * What each bucket object of a part holds: the part's n = dataShards + parityShards objects hold one piece of every
 * stripe each, concatenated in the order of the stripes. orders[stripe][piece] is the object holding that piece.
 */
export function placesOf(
  stripes: readonly Stripe[],
  orders: readonly (readonly number[])[],
  shape: CodeShape,
): PiecePlace[][] {
  const objects: PiecePlace[][] = Array.from({ length: shape.dataShards + shape.parityShards }, () => [])
  const sizes = objects.map(() => 0)
  stripes.forEach((layout, stripe) => {
    orders[stripe]?.forEach((object, piece) => {
      const length = pieceLength(layout, piece, shape)
      objects[object]?.push({ stripe, piece, offset: sizes[object] as number, length })
      sizes[object] = (sizes[object] as number) + length
    })
  })
  return objects
}

/** Bytes of one bucket object. */
export const objectBytes = (places: readonly PiecePlace[]): number =>
  places.reduce((sum, { length }) => sum + length, 0)
