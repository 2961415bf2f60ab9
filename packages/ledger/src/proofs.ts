import { equalBytes } from '@curo/crypto/bytes'
import { EMPTY_ROOT, nodeHash } from '@curo/crypto/merkle'
import { isTreeSize } from './tree-size.ts'

/** Hashes from the leaf's sibling up (RFC 6962 §2.1.1, §2.1.2). */
export type Proof = readonly Uint8Array[]

/** More than any tree of 2^63 entries needs; the protocols allow no longer proof. */
export const MAX_PROOF_HASHES = 63

/** Whether `leafHash` stands at `index` in the tree of `size` entries with this root (RFC 6962 §2.1.1). */
export function verifyInclusion({
  index,
  size,
  leafHash,
  proof,
  root,
}: {
  index: number
  size: number
  leafHash: Uint8Array
  proof: Proof
  root: Uint8Array
}): boolean {
  if (!isTreeSize(index) || leafHash.length !== 32) return false
  return verifySubtreeConsistency({ start: index, end: index + 1, size, subtreeRoot: leafHash, proof, root })
}

/**
 * Whether the tree of `to` entries begins with the whole tree of `from` entries (RFC 6962 §2.1.2). From 0 is false: an
 * empty tree proves nothing (the witness protocol has its own rule for it).
 */
export function verifyConsistency({
  from,
  to,
  fromRoot,
  toRoot,
  proof,
}: {
  from: number
  to: number
  fromRoot: Uint8Array
  toRoot: Uint8Array
  proof: Proof
}): boolean {
  if (from === 0) return false
  return verifySubtreeConsistency({
    start: 0,
    end: from,
    size: to,
    subtreeRoot: fromRoot,
    proof,
    root: toRoot,
  })
}

/** Whether the leaf at `index` stands in the subtree [start, end) with this root. */
export function verifySubtreeInclusion({
  index,
  start,
  end,
  leafHash,
  proof,
  subtreeRoot,
}: {
  index: number
  start: number
  end: number
  leafHash: Uint8Array
  proof: Proof
  subtreeRoot: Uint8Array
}): boolean {
  if (!isSubtree(start, end)) return false
  return verifyInclusion({ index: index - start, size: end - start, leafHash, proof, root: subtreeRoot })
}

/** [start, end) is a subtree iff start is a multiple of the smallest power of two not below its length; it may be empty. */
export function isSubtree(start: number, end: number): boolean {
  if (!isTreeSize(start) || !isTreeSize(end) || start > end) return false
  let span = 1
  while (span < end - start) span *= 2
  return start % span === 0
}

/**
 * Whether the entries [start, end) with `subtreeRoot` are part of the tree of `size` entries with `root`
 * (draft-ietf-plants-merkle-tree-certs §4.4.3). Inclusion is the case of one leaf, consistency that of start 0. The
 * empty subtree is part of any tree.
 */
export function verifySubtreeConsistency({
  start,
  end,
  size,
  subtreeRoot,
  proof,
  root,
}: {
  start: number
  end: number
  size: number
  subtreeRoot: Uint8Array
  proof: Proof
  root: Uint8Array
}): boolean {
  if (!isSubtree(start, end) || !isTreeSize(size) || end > size) return false
  if (start === end) return proof.length === 0 && equalBytes(subtreeRoot, EMPTY_ROOT)
  // An empty proof only compares the roots; otherwise everything is hashed.
  const isHash = ({ length }: Uint8Array) => length === 32
  if (!proof.every(isHash)) return false
  if (proof.length > 0 && !isHash(subtreeRoot)) return false
  const walk = climb({ start, end, size, subtreeRoot, proof })
  return walk !== undefined && equalBytes(walk.subtree, subtreeRoot) && equalBytes(walk.root, root)
}

/**
 * Climbs from the subtree to the root. `first`, `last` and `end` are the positions of the subtree's first and last
 * node and of the tree's last node on the present level; halving by division, because shifts stop at 32 bits.
 */
function climb({
  start,
  end,
  size,
  subtreeRoot,
  proof,
}: {
  start: number
  end: number
  size: number
  subtreeRoot: Uint8Array
  proof: Proof
}): { subtree: Uint8Array; root: Uint8Array } | undefined {
  let first = start
  let last = end - 1
  let edge = size - 1
  const up = () => {
    first = Math.floor(first / 2)
    last = Math.floor(last / 2)
    edge = Math.floor(edge / 2)
  }
  const touchesEdge = last === edge
  while (first !== last && (touchesEdge || last % 2 === 1)) up()
  const whole = first === last
  const seed = whole ? subtreeRoot : proof[0]
  if (!seed) return undefined
  let subtree = seed
  let root = seed
  for (let i = whole ? 0 : 1; i < proof.length; i++) {
    const sibling = proof[i] as Uint8Array
    if (edge === 0) return undefined
    if (last % 2 === 1 || last === edge) {
      if (first < last) subtree = nodeHash(sibling, subtree)
      root = nodeHash(sibling, root)
      while (last % 2 === 0) up()
    } else root = nodeHash(root, sibling)
    up()
  }
  return edge === 0 ? { subtree, root } : undefined
}
