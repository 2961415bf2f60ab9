import { CuroError } from '@curo/crypto/errors'
import { isSubtree, type Proof } from './proofs.ts'
import { TileHashes, type TileSource, type TreeNode } from './tile-reader.ts'
import { foldPeaks } from './tile-tree.ts'
import { isTreeSize } from './tree-size.ts'

/** Makes proofs against one tree size out of the tiles of a log. Tiles are read once each, several at a time. */
export class ProofBuilder {
  readonly size: number
  readonly #hashes: TileHashes

  constructor(source: TileSource) {
    if (!isTreeSize(source.size))
      throw new CuroError('invalid-input', 'A tree size is a whole number below 2^53.')
    this.size = source.size
    this.#hashes = new TileHashes(source)
  }

  /** PATH(index, D[size]) of RFC 6962 §2.1.1. @throws CuroError 'invalid-input' | 'not-found' | 'truncated' */
  async inclusion(index: number): Promise<Proof> {
    return this.subtreeConsistency(index, index + 1)
  }

  /** PROOF(from, D[size]) of RFC 6962 §2.1.2; empty from 0 and from the size itself. */
  consistency(from: number): Promise<Proof> {
    return this.subtreeConsistency(0, from)
  }

  /** SUBTREE_PROOF(start, end, D[size]) of draft-ietf-plants-merkle-tree-certs §4.4.1. */
  async subtreeConsistency(start: number, end: number): Promise<Proof> {
    if (!isSubtree(start, end) || end > this.size)
      throw new CuroError('invalid-input', 'There is no such entry or subtree in a tree of this size.')
    return start === end ? [] : this.#roots(proofRanges(start, end, this.size))
  }

  /** Root over the entries [start, end), which must be a subtree. */
  async subtreeRoot(start: number, end: number): Promise<Uint8Array> {
    if (!isSubtree(start, end) || end > this.size)
      throw new CuroError('invalid-input', 'There is no such subtree in a tree of this size.')
    const [root] = await this.#roots([[start, end]])
    return root as Uint8Array
  }

  /** Roots of several subtrees; all tiles they need are read at once. */
  async #roots(ranges: readonly (readonly [start: number, end: number])[]): Promise<Uint8Array[]> {
    const parts = ranges.map(([start, end]) => perfectSubtrees(start, end))
    const hashes = await this.#hashes.nodes(parts.flat())
    let next = 0
    return parts.map(({ length }) => {
      next += length
      return foldPeaks(hashes.slice(next - length, next))
    })
  }
}

/** The ranges whose roots make up the proof, in its order: from the subtree's sibling up to the root's child. */
function proofRanges(start: number, end: number, size: number): [number, number][] {
  const ranges: [number, number][] = []
  let [low, high] = [0, size]
  /** Whether the verifier knows the root of what is left of the subtree. */
  let known = true
  let first = start
  while (!(first === low && end === high)) {
    const middle = low + largestPowerBelow(high - low)
    if (end <= middle) {
      ranges.push([middle, high])
      high = middle
    } else {
      ranges.push([low, middle])
      low = middle
      if (first < middle) {
        first = middle
        known = false
      }
    }
  }
  if (!known) ranges.push([low, high])
  return ranges.reverse()
}

function perfectSubtrees(start: number, end: number): TreeNode[] {
  const nodes: TreeNode[] = []
  for (let low = start; low < end; ) {
    let level = 0
    while (2 ** (level + 1) <= end - low) level++
    nodes.push({ level, index: low / 2 ** level })
    low += 2 ** level
  }
  return nodes
}

/** Largest power of two smaller than n, n > 1. */
function largestPowerBelow(n: number): number {
  let power = 1
  while (power * 2 < n) power *= 2
  return power
}
