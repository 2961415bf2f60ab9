import { describe, expect, it } from 'vitest'
import { type Bytes, concatBytes, fromHex, toHex } from './bytes.ts'
import {
  ChunkedRootHasher,
  EMPTY_ROOT,
  hashPairs,
  leafHash,
  MerkleTreeHasher,
  merkleRootOfChunks,
  nodeHash,
} from './merkle.ts'
import { randomBytes } from './random.ts'

/** MTH of RFC 6962 §2.1, word for word. */
function definedRoot(leaves: readonly Uint8Array[]): Bytes {
  if (leaves.length === 0) return EMPTY_ROOT
  if (leaves.length === 1) return leafHash(leaves[0] as Uint8Array)
  let split = 1
  while (split * 2 < leaves.length) split *= 2
  return nodeHash(definedRoot(leaves.slice(0, split)), definedRoot(leaves.slice(split)))
}

/** Inputs and roots of the reference tree in transparency-dev/merkle (Apache-2.0), testonly/constants.go. */
const LEAVES = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
]
const ROOTS = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
]

describe('MerkleTreeHasher', () => {
  it('gives the roots of the reference tree at every size', () => {
    const tree = new MerkleTreeHasher()
    expect(toHex(tree.root())).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
    for (const [i, leaf] of LEAVES.entries()) {
      tree.push(leafHash(fromHex(leaf)))
      expect(tree.size).toBe(i + 1)
      expect(toHex(tree.root())).toBe(ROOTS[i])
    }
  })

  it('is the root of RFC 6962 for 0 to 130 leaves', () => {
    const leaves: Uint8Array[] = []
    const tree = new MerkleTreeHasher()
    for (let size = 0; size <= 130; size++) {
      expect(toHex(tree.root())).toBe(toHex(definedRoot(leaves)))
      const leaf = randomBytes(size % 7)
      leaves.push(leaf)
      tree.push(leafHash(leaf))
    }
  })

  it('refuses a leaf that was not hashed', () => {
    expect(() => new MerkleTreeHasher().push(new Uint8Array(31))).toThrow(
      expect.objectContaining({ code: 'invalid-input' }),
    )
  })

  it('tells a leaf from a node with the same bytes (second preimage)', () => {
    const [left, right] = [leafHash(fromHex('01')), leafHash(fromHex('02'))]
    expect(toHex(leafHash(concatBytes(left, right)))).not.toBe(toHex(nodeHash(left, right)))
  })
})

describe('ChunkedRootHasher', () => {
  it('gives one root however the bytes are cut', () => {
    const bytes = randomBytes(4096 * 5 + 17)
    const leaves = Array.from({ length: 6 }, (_, i) => bytes.subarray(i * 4096, (i + 1) * 4096))
    const expected = toHex(definedRoot(leaves))
    expect(toHex(merkleRootOfChunks(bytes))).toBe(expected)
    for (const step of [1, 100, 4095, 4096, 4097, 9000]) {
      const hasher = new ChunkedRootHasher()
      for (let at = 0; at < bytes.length; at += step) hasher.update(bytes.subarray(at, at + step))
      expect(toHex(hasher.finish())).toBe(expected)
    }
  })

  it('has no empty last leaf at an exact multiple, and the empty root for nothing', () => {
    const bytes = randomBytes(8192)
    expect(toHex(merkleRootOfChunks(bytes))).toBe(
      toHex(nodeHash(leafHash(bytes.subarray(0, 4096)), leafHash(bytes.subarray(4096)))),
    )
    expect(toHex(merkleRootOfChunks(new Uint8Array(0)))).toBe(toHex(EMPTY_ROOT))
  })

  it.each([0, -1, 1.5, Number.NaN])('refuses leaves of %d bytes', (leafSize) =>
    expect(() => new ChunkedRootHasher({ leafSize })).toThrow(
      expect.objectContaining({ code: 'invalid-input' }),
    ),
  )
})

describe('a row of hashes', () => {
  it('is hashed in pairs to the row above, without the odd last one', () => {
    const hashes = Array.from({ length: 5 }, () => randomBytes(32))
    const above = [0, 2].map((i) => nodeHash(hashes[i] as Bytes, hashes[i + 1] as Bytes))
    expect(hashPairs(concatBytes(...hashes))).toEqual(concatBytes(...above))
    expect(hashPairs(hashes[0] as Bytes)).toHaveLength(0)
  })

  it('has no node made of anything but two hashes of 32 bytes', () => {
    const hash = randomBytes(32)
    expect(() => nodeHash(hash, hash.subarray(1))).toThrow(/32/)
    expect(() => nodeHash(concatBytes(hash, hash), hash)).toThrow(/32/)
  })
})
