import { CuroError } from '@curo/crypto/errors'
import { merkleRootOfChunks, SEALED_LEAF_BYTES } from '@curo/crypto/merkle'

/** One leaf of sealed content and its path to the root, lowest hash first (RFC 6962 §2.1.1). */
export type ProvedLeaf = { data: Uint8Array; path: Uint8Array[] }

/** Proves a leaf of content that is held whole. Throws `invalid-input` when there is no such leaf. */
export function proveHeldLeaf(content: Uint8Array, leaf: number): ProvedLeaf {
  const leaves = Math.ceil(content.length / SEALED_LEAF_BYTES)
  if (!Number.isSafeInteger(leaf) || leaf < 0 || leaf >= leaves)
    throw new CuroError('invalid-input', 'The content has no such leaf.')
  return {
    data: content.slice(leaf * SEALED_LEAF_BYTES, (leaf + 1) * SEALED_LEAF_BYTES),
    path: pathTo(content, leaf, leaves),
  }
}

function pathTo(content: Uint8Array, leaf: number, leaves: number): Uint8Array[] {
  if (leaves === 1) return []
  let split = 1
  while (split * 2 < leaves) split *= 2
  const left = content.subarray(0, split * SEALED_LEAF_BYTES)
  const right = content.subarray(split * SEALED_LEAF_BYTES)
  return leaf < split
    ? [...pathTo(left, leaf, split), merkleRootOfChunks(right)]
    : [...pathTo(right, leaf - split, leaves - split), merkleRootOfChunks(left)]
}
