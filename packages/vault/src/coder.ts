// The processor's share of the vault's work: parity and hashes. No I/O.
import { type ErasureCode, makeErasureCode } from './erasure.ts'
import { dataPieceHash, HASH_BYTES, parityPieceHash } from './piece-hash.ts'
import { type CodeShape, pieceLength, stripesOf } from './stripes.ts'

type Bytes = Uint8Array<ArrayBuffer>

export interface EncodedPart {
  /** The content that was given. */
  readonly content: Uint8Array
  /** Parity pieces, stripe after stripe, each of its stripe's pieceBytes. */
  readonly parity: Uint8Array
  /** Per stripe: the hashes of its pieces, data first. */
  readonly hashes: Bytes[]
}

export interface HashedPieces {
  readonly pieces: readonly Bytes[]
  readonly hashes: Bytes
}

export interface RebuildRequest {
  /** The stripe's pieces as they are stored, null where lost; only pieces whose hash was checked. */
  readonly pieces: readonly (Uint8Array | null)[]
  readonly wanted: readonly number[]
  readonly pieceBytes: number
}

/**
 * Does the work here or in threads. `encode` and `hash` take the memory of what they are given, unless it is shared; the
 * same bytes come back in the answer, and only those may be used from then on.
 */
export interface Coder {
  /** `parity` has room for all parity pieces. */
  encode(content: Uint8Array, parity: Uint8Array): Promise<EncodedPart>
  /** The pieces and the concatenation of their hashes; isParity[i] says of which sort a piece is. */
  hash(pieces: readonly Bytes[], isParity: readonly boolean[]): Promise<HashedPieces>
  /** The wanted pieces of one stripe, each of pieceBytes. What was given stays the caller's. */
  rebuild(request: RebuildRequest): Promise<Bytes[]>
  close(): Promise<void>
}

/** Bytes of parity that belong to a part. */
export const parityBytes = (partSize: number, shape: CodeShape): number =>
  stripesOf(partSize, shape).reduce((sum, { pieceBytes }) => sum + shape.parityShards * pieceBytes, 0)

/** Views of all pieces of a part, per stripe. */
export function piecesOf(options: {
  content: Uint8Array
  parity: Uint8Array
  shape: CodeShape
}): Uint8Array[][] {
  const { content, parity, shape } = options
  let parityOffset = 0
  return stripesOf(content.length, shape).map((stripe) =>
    Array.from({ length: shape.dataShards + shape.parityShards }, (_, piece) => {
      const length = pieceLength(stripe, piece, shape)
      if (piece < shape.dataShards) {
        const start = Math.min(stripe.offset + piece * stripe.pieceBytes, content.length)
        return content.subarray(start, start + length)
      }
      parityOffset += length
      return parity.subarray(parityOffset - length, parityOffset)
    }),
  )
}

export function hashPieces(pieces: readonly Uint8Array[], isParity: readonly boolean[]): Bytes {
  const hashes = new Uint8Array(pieces.length * HASH_BYTES)
  pieces.forEach((piece, index) => {
    hashes.set(isParity[index] ? parityPieceHash(piece) : dataPieceHash(piece), index * HASH_BYTES)
  })
  return hashes
}

export function encodePart(code: ErasureCode, content: Uint8Array, parity: Uint8Array): EncodedPart {
  const stripes = piecesOf({ content, parity, shape: code })
  const isParity = Array.from({ length: code.dataShards + code.parityShards }, (_, i) => i >= code.dataShards)
  const hashes = stripes.map((pieces) => {
    code.encodeInto(pieces.slice(0, code.dataShards), pieces.slice(code.dataShards))
    return hashPieces(pieces, isParity)
  })
  return { content, parity, hashes }
}

export const rebuildPieces = (code: ErasureCode, { pieces, wanted, pieceBytes }: RebuildRequest): Bytes[] =>
  code.reconstruct({ shards: pieces, wanted, length: pieceBytes })

/** A coder that works on the caller's thread. */
export function makeInlineCoder(shape: CodeShape): Coder {
  const code = makeErasureCode(shape)
  return {
    encode: async (content, parity) => encodePart(code, content, parity),
    hash: async (pieces, isParity) => ({ pieces, hashes: hashPieces(pieces, isParity) }),
    rebuild: async (request) => rebuildPieces(code, request),
    close: async () => {},
  }
}

/** The memory of these arrays that moves to another thread: what is shared stays where it is. */
export const movedWith = (...arrays: readonly Uint8Array[]): ArrayBuffer[] => [
  ...new Set(arrays.flatMap(({ buffer }) => (buffer instanceof ArrayBuffer ? [buffer] : []))),
]
