import { CuroError } from '@curo/crypto/errors'
import { EMPTY_ROOT, hashPairs, nodeHash } from '@curo/crypto/merkle'
import { HASH_BYTES, TILE_WIDTH } from './tiles.ts'

/**
 * The binary tree inside one tile: level 0 are its hashes, level r has floor(width / 2^r) hashes, each over 2^r of
 * them. A full tile ends in level 8, a single hash.
 */
export class TileTree {
  readonly width: number
  /** Rows of joined hashes. */
  readonly #levels: Uint8Array[]

  /** @throws CuroError 'malformed' unless `tile` is 1 to 256 whole hashes */
  constructor(tile: Uint8Array) {
    this.width = tile.length / HASH_BYTES
    if (!Number.isInteger(this.width) || this.width < 1 || this.width > TILE_WIDTH)
      throw new CuroError('malformed', 'A tile is 1 to 256 hashes of 32 bytes.')
    this.#levels = [tile]
    for (let row = tile; row.length > HASH_BYTES; ) {
      row = hashPairs(row)
      this.#levels.push(row)
    }
  }

  /** The hash over items [index · 2^level, (index + 1) · 2^level) of this tile; throws 'truncated' past its width. */
  node(level: number, index: number): Uint8Array {
    const row = this.#levels[level]
    const end = (index + 1) * HASH_BYTES
    if (!row || end > row.length)
      throw new CuroError('truncated', 'A tile holds fewer hashes than this tree needs.')
    return row.subarray(end - HASH_BYTES, end)
  }

  /** Hashes of the largest perfect subtrees, left to right; one for each bit set in `width`. */
  peaks(): Uint8Array[] {
    const peaks: Uint8Array[] = []
    for (let level = this.#levels.length - 1; level >= 0; level--) {
      const nodes = Math.floor(this.width / 2 ** level)
      if (nodes % 2 === 1) peaks.push(this.node(level, nodes - 1))
    }
    return peaks
  }
}

/** Root over perfect subtrees given left to right, each smaller than the one before (RFC 6962 §2.1). */
export function foldPeaks(peaks: readonly Uint8Array[]): Uint8Array {
  return peaks.length === 0 ? EMPTY_ROOT : peaks.reduceRight((right, left) => nodeHash(left, right))
}
