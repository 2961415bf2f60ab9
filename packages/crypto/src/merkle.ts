import type { Bytes } from './bytes.ts'
import { concatBytes } from './bytes.ts'
import { CuroError } from './errors.ts'
import { SHA256_BYTES, sha256, sha256Into } from './hash.ts'

/** Sealed content is hashed in leaves of this size, so that an auditor can ask for any 4 KiB of it. */
export const SEALED_LEAF_BYTES = 4096

/** Root of the tree without leaves: SHA-256 of nothing (RFC 6962 §2.1). */
export const EMPTY_ROOT: Bytes = sha256()

const LEAF_PREFIX = Uint8Array.of(0x00)
const NODE_PREFIX = 0x01

/** RFC 6962 §2.1: SHA-256(0x00 ‖ data). */
export function leafHash(data: Uint8Array): Bytes {
  return sha256(concatBytes(LEAF_PREFIX, data))
}

/** 0x01 ‖ left ‖ right, filled anew for each node: nothing here runs in parallel. */
const node = new Uint8Array(1 + 2 * SHA256_BYTES)
node[0] = NODE_PREFIX

/** RFC 6962 §2.1: SHA-256(0x01 ‖ left ‖ right), both of 32 bytes. */
export function nodeHash(left: Uint8Array, right: Uint8Array): Bytes {
  if (left.length !== SHA256_BYTES || right.length !== SHA256_BYTES)
    throw new CuroError('invalid-input', 'A node of a hash tree is made of two hashes of 32 bytes.')
  node.set(left, 1)
  node.set(right, 1 + SHA256_BYTES)
  const hash = new Uint8Array(SHA256_BYTES)
  sha256Into(node, hash, 0)
  return hash
}

/** One level up: the node hashes of each two neighbours in a row of 32-byte hashes. An odd last one is left out. */
export function hashPairs(row: Uint8Array): Bytes {
  const pairs = Math.floor(row.length / (2 * SHA256_BYTES))
  const hashes = new Uint8Array(pairs * SHA256_BYTES)
  for (let i = 0; i < pairs; i++) {
    node.set(row.subarray(i * 2 * SHA256_BYTES, (i + 1) * 2 * SHA256_BYTES), 1)
    sha256Into(node, hashes, i * SHA256_BYTES)
  }
  return hashes
}

/** Where the left and the right child stand in 0x01 ‖ left ‖ right. */
const LEFT = 1
const RIGHT = 1 + SHA256_BYTES

/**
 * Computes an RFC 6962 root leaf by leaf, holding only the roots of the perfect subtrees (a compact range): one node per
 * level, whose left child is there exactly when that bit of `size` is set. Hashes are written straight to where the
 * next level reads them.
 */
export class MerkleTreeHasher {
  readonly #nodes: Uint8Array[] = []
  #size = 0

  /** Number of leaves so far. */
  get size(): number {
    return this.#size
  }

  /** Appends one leaf by its hash (32 bytes, see leafHash). */
  push(hash: Uint8Array): void {
    if (hash.length !== SHA256_BYTES)
      throw new CuroError('invalid-input', 'A leaf hash has 32 bytes; hash the leaf with leafHash first.')
    this.#nodeAt(0).set(hash, this.#size % 2 === 0 ? LEFT : RIGHT)
    this.#ascend()
  }

  /** Appends one leaf given as 0x00 ‖ data, not hashed yet. */
  pushPrefixed(prefixedLeaf: Uint8Array): void {
    sha256Into(prefixedLeaf, this.#nodeAt(0), this.#size % 2 === 0 ? LEFT : RIGHT)
    this.#ascend()
  }

  /** The root of all leaves so far; more may follow. */
  root(): Bytes {
    let root: Bytes | undefined
    for (const [level, node] of this.#nodes.entries()) {
      if (Math.floor(this.#size / 2 ** level) % 2 === 0) continue
      const left = node.slice(LEFT, RIGHT)
      root = root ? nodeHash(left, root) : left
    }
    return root ?? EMPTY_ROOT.slice()
  }

  #nodeAt(level: number): Uint8Array {
    let node = this.#nodes[level]
    if (!node) {
      node = new Uint8Array(RIGHT + SHA256_BYTES)
      node[0] = NODE_PREFIX
      this.#nodes[level] = node
    }
    return node
  }

  /** Completes every node whose right child has just arrived. */
  #ascend(): void {
    let index = this.#size++
    for (let level = 0; index % 2 === 1; level++) {
      index = Math.floor(index / 2)
      sha256Into(this.#nodeAt(level), this.#nodeAt(level + 1), index % 2 === 0 ? LEFT : RIGHT)
    }
  }
}

/** Cuts a byte stream, arriving in pieces of any size, into leaves of `leafSize` and hashes them into a root. */
export class ChunkedRootHasher {
  readonly #tree = new MerkleTreeHasher()
  /** 0x00 ‖ the leaf being filled. */
  readonly #leaf: Uint8Array
  #filled = 1

  constructor({ leafSize = SEALED_LEAF_BYTES }: { leafSize?: number } = {}) {
    if (!Number.isSafeInteger(leafSize) || leafSize < 1)
      throw new CuroError('invalid-input', `${leafSize} is not a leaf size in bytes.`)
    // The leaf itself starts at a multiple of 8: copies out of shared memory are four times as fast.
    this.#leaf = new Uint8Array(new ArrayBuffer(8 + leafSize), 7)
  }

  update(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; ) {
      const take = Math.min(this.#leaf.length - this.#filled, bytes.length - at)
      this.#leaf.set(bytes.subarray(at, at + take), this.#filled)
      this.#filled += take
      at += take
      if (this.#filled === this.#leaf.length) this.#pushLeaf(this.#leaf)
    }
  }

  /** The root of everything seen; the last leaf may be short. Without any byte it is EMPTY_ROOT. */
  finish(): Bytes {
    if (this.#filled > 1) this.#pushLeaf(this.#leaf.subarray(0, this.#filled))
    return this.#tree.root()
  }

  #pushLeaf(prefixedLeaf: Uint8Array): void {
    this.#tree.pushPrefixed(prefixedLeaf)
    this.#filled = 1
  }
}

/** Root of `bytes` cut into leaves of `leafSize`. */
export function merkleRootOfChunks(bytes: Uint8Array, leafSize: number = SEALED_LEAF_BYTES): Bytes {
  const hasher = new ChunkedRootHasher({ leafSize })
  hasher.update(bytes)
  return hasher.finish()
}
