import { CuroError } from '@curo/crypto/errors'
import { sha256, sha256Into } from '@curo/crypto/hash'
import { EMPTY_ROOT, nodeHash } from '@curo/crypto/merkle'
import { LEAF_BYTES } from './stripes.ts'

export const HASH_BYTES = 32

const LEAF_PREFIX = 0x00
/** 0x00 ‖ a leaf that has no byte before it. */
const firstLeaf = new Uint8Array(1 + LEAF_BYTES)
/** 0x01 ‖ left ‖ right. */
const node = new Uint8Array(1 + 2 * HASH_BYTES)
node[0] = 0x01

/** 32 bytes: plain SHA-256. Parity is no part of the object's tree, and this takes two thirds of the time. */
export const parityPieceHash = (piece: Uint8Array): Uint8Array => sha256(piece)

/**
 * 32 bytes: the RFC 6962 root of a data piece's 4 KiB leaves [Note: pieces are subtrees].
 * Writes to `piece` while it works, and leaves it as it was: a leaf is hashed where it lies, its prefix put for a moment
 * in place of the byte before it. That spares the copy of every byte, an eighth of the time. Nobody else may use the
 * piece meanwhile.
 */
export function dataPieceHash(piece: Uint8Array): Uint8Array {
  if (piece.length === 0) return EMPTY_ROOT
  let count = leavesOf(piece.length)
  const hashes = new Uint8Array(count * HASH_BYTES)
  firstLeaf.set(piece.subarray(0, LEAF_BYTES), 1)
  sha256Into(firstLeaf.subarray(0, 1 + Math.min(piece.length, LEAF_BYTES)), hashes, 0)
  for (let leaf = 1; leaf < count; leaf++) {
    const before = leaf * LEAF_BYTES - 1
    const kept = piece[before] as number
    piece[before] = LEAF_PREFIX
    try {
      sha256Into(piece.subarray(before, before + 1 + LEAF_BYTES), hashes, leaf * HASH_BYTES)
    } finally {
      piece[before] = kept
    }
  }
  // Level by level, each over the start of the one below; an odd last node moves up as it is.
  for (; count > 1; count = Math.ceil(count / 2)) {
    for (let pair = 0; 2 * pair < count; pair++) {
      const from = 2 * pair * HASH_BYTES
      if (2 * pair + 1 === count) hashes.copyWithin(pair * HASH_BYTES, from, from + HASH_BYTES)
      else {
        node.set(hashes.subarray(from, from + 2 * HASH_BYTES), 1)
        sha256Into(node, hashes, pair * HASH_BYTES)
      }
    }
  }
  return hashes.subarray(0, HASH_BYTES)
}

/** Leaves in `bytes` of content; the last may be short. */
export const leavesOf = (bytes: number): number => Math.ceil(bytes / LEAF_BYTES)

/** A node of an RFC 6962 tree by the leaves below it. */
export interface Subtree {
  readonly hash: Uint8Array
  readonly leaves: number
}

/**
 * The RFC 6962 root over neighbouring subtrees. Each but the last must be perfect (2^j leaves) and begin at a multiple
 * of its size, as data pieces do; throws 'invalid-input' otherwise, and gives the root of nothing for none.
 */
export function rootOfSubtrees(subtrees: Iterable<Subtree>): Uint8Array {
  const left: Subtree[] = []
  let total = 0
  let closed = false
  for (const { hash, leaves } of subtrees) {
    if (leaves === 0) continue
    if (closed || (left.length > 0 && total % perfectAtLeast(leaves) !== 0))
      throw new CuroError('invalid-input', 'These pieces do not line up as subtrees of one tree.')
    closed = leaves !== perfectAtLeast(leaves)
    total += leaves
    let top: Subtree = { hash, leaves }
    while (!closed && left.at(-1)?.leaves === top.leaves) {
      const sibling = left.pop() as Subtree
      top = { hash: nodeHash(sibling.hash, top.hash), leaves: 2 * top.leaves }
    }
    left.push(top)
  }
  return (
    left.reduceRight<Uint8Array | null>((root, { hash }) => (root ? nodeHash(hash, root) : hash), null) ??
    EMPTY_ROOT
  )
}

function perfectAtLeast(leaves: number): number {
  let perfect = 1
  while (perfect < leaves) perfect *= 2
  return perfect
}
