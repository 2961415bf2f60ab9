import { equalBytes, fromBase64Url, toBase64Url } from '@curo/crypto/bytes'
import { CuroError } from '@curo/crypto/errors'
import { leafHash, nodeHash } from '@curo/crypto/merkle'
import { randomBytes } from '@curo/crypto/random'
import { dataSubtrees, type Manifest } from './manifest.ts'
import { HASH_BYTES, leavesOf, rootOfSubtrees, type Subtree } from './piece-hash.ts'
import { LEAF_BYTES } from './stripes.ts'

/**
 * What an auditor knows of an object, and trusts: its signed root and its size in bytes. The size matters: a root alone
 * would let a store answer for leaf 2 of a smaller tree with another leaf of the real one.
 */
export interface AuditTarget {
  readonly root: Uint8Array
  readonly size: number
}

/** Answer to “show me leaf number `leaf`”. Plain JSON. */
export interface LeafProof {
  readonly leaf: number
  /** base64url of the leaf: 4096 bytes of ciphertext, fewer only at the object's end. */
  readonly bytes: string
  /** base64url of the hashes on the way from the leaf to the root, 32 bytes each (RFC 6962 §2.1.1). */
  readonly path: string
}

/**
 * `count` leaf numbers drawn uniformly, with repetition. If a fraction f of an object is lost or altered, a challenge
 * misses it with probability (1−f)^count: 460 leaves find one per cent with 99 % certainty, whatever the size.
 */
export function drawChallenge({ size, count }: { size: number; count: number }): number[] {
  const leaves = leavesOf(size)
  if (leaves === 0) return []
  return Array.from({ length: count }, () => drawLeaf(leaves))
}

function drawLeaf(leaves: number): number {
  // 53 random bits; the few values beyond the last multiple of `leaves` are drawn again.
  const fair = 2 ** 53 - (2 ** 53 % leaves)
  for (;;) {
    const bytes = randomBytes(7)
    const drawn = bytes.reduce((value, byte, i) => value * 256 + (i === 0 ? byte & 0x1f : byte), 0)
    if (drawn < fair) return drawn % leaves
  }
}

/** Throws 'tampered' unless the answer is the challenged leaf of the object with this root. */
export function verifyLeafProof(target: AuditTarget, challenged: number, proof: LeafProof): void {
  const bytes = fromBase64Url(proof.bytes)
  const path = fromBase64Url(proof.path)
  const leaves = leavesOf(target.size)
  const expectedBytes = Math.min(LEAF_BYTES, target.size - challenged * LEAF_BYTES)
  const isWellFormed =
    proof.leaf === challenged &&
    Number.isSafeInteger(challenged) &&
    challenged >= 0 &&
    challenged < leaves &&
    bytes.length === expectedBytes &&
    path.length % HASH_BYTES === 0
  if (
    !isWellFormed ||
    !equalBytes(rootFromPath({ leaf: challenged, leaves, hash: leafHash(bytes), path }), target.root)
  )
    throw new CuroError('tampered', 'The store could not show what it was given to keep: repair the object.')
}

/** RFC 9162 §2.1.3.2. Gives an empty array, which is no root, when the path has the wrong length. */
function rootFromPath(options: {
  leaf: number
  leaves: number
  hash: Uint8Array
  path: Uint8Array
}): Uint8Array {
  const { path } = options
  let { hash, leaf: position } = options
  let last = options.leaves - 1
  for (let at = 0; at < path.length; at += HASH_BYTES) {
    const sibling = path.subarray(at, at + HASH_BYTES)
    if (last === 0) return new Uint8Array(0)
    if (position % 2 === 1 || position === last) {
      hash = nodeHash(sibling, hash)
      while (position % 2 === 0 && position !== 0) {
        position /= 2
        last = Math.floor(last / 2)
      }
    } else hash = nodeHash(hash, sibling)
    position = Math.floor(position / 2)
    last = Math.floor(last / 2)
  }
  return last === 0 ? hash : new Uint8Array(0)
}

/**
 * Proves one leaf from the data piece that holds it: within the piece from its bytes, above it from the manifest's
 * hashes alone. `pieceStart` is where the piece begins in the object.
 */
export function proveLeaf(options: {
  manifest: Manifest
  leaf: number
  piece: Uint8Array
  pieceStart: number
}): LeafProof {
  const { manifest, leaf, piece, pieceStart } = options
  const at = leaf * LEAF_BYTES - pieceStart
  const within = Array.from({ length: leavesOf(piece.length) }, (_, i) => ({
    hash: leafHash(piece.subarray(i * LEAF_BYTES, (i + 1) * LEAF_BYTES)),
    leaves: 1,
  }))
  const above = [...dataSubtrees(manifest.parts)].filter(({ leaves }) => leaves > 0)
  const path = [...pathTo(within, at / LEAF_BYTES), ...pathTo(above, leaf)]
  return {
    leaf,
    bytes: toBase64Url(piece.subarray(at, at + LEAF_BYTES)),
    path: toBase64Url(Uint8Array.from(path.flatMap((hash) => [...hash]))),
  }
}

/** Sibling hashes from the subtree that contains the leaf up to the root (RFC 6962 §2.1.1), lowest first. */
function pathTo(subtrees: readonly Subtree[], leaf: number): Uint8Array[] {
  if (subtrees.length <= 1) return []
  const total = subtrees.reduce((sum, { leaves }) => sum + leaves, 0)
  let split = 1
  while (split * 2 < total) split *= 2
  let boundary = 0
  for (let before = 0; before < split; boundary++) before += subtrees[boundary]?.leaves ?? 0
  const [left, right] = [subtrees.slice(0, boundary), subtrees.slice(boundary)]
  return leaf < split
    ? [...pathTo(left, leaf), rootOfSubtrees(right)]
    : [...pathTo(right, leaf - split), rootOfSubtrees(left)]
}
