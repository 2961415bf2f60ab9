import { fromBase64, toHex, utf8Bytes } from '@curo/crypto/bytes'
import { sha256 } from '@curo/crypto/hash'
import { leafHash, MerkleTreeHasher } from '@curo/crypto/merkle'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ProofBuilder } from './build-proofs.ts'
import {
  isSubtree,
  MAX_PROOF_HASHES,
  verifyConsistency,
  verifyInclusion,
  verifySubtreeConsistency,
  verifySubtreeInclusion,
} from './proofs.ts'
import { MemoryLog } from './testing/memory-log.ts'
import { describeVectors, readVectorText } from './testing/shared-vectors.ts'

const leaf = (i: number) => Uint8Array.of(i % 256)

function logOf(size: number): MemoryLog {
  return new MemoryLog().append(...Array.from({ length: size }, (_, i) => leaf(i)))
}

function rootOf(size: number, start = 0): Uint8Array {
  const tree = new MerkleTreeHasher()
  for (let i = start; i < size; i++) tree.push(leafHash(leaf(i)))
  return tree.root()
}

describe('proofs', () => {
  it('of inclusion built from tiles hold for every entry of trees around the tile width', async () => {
    for (const size of [1, 2, 3, 255, 256, 257, 511, 513, 700]) {
      const log = logOf(size)
      const builder = new ProofBuilder({ read: log.read, size })
      for (let index = 0; index < size; index++) {
        const proof = await builder.inclusion(index)
        const claim = { index, size, leafHash: leafHash(leaf(index)), proof, root: log.root }
        expect(verifyInclusion(claim)).toBe(true)
        if (index + 1 < size)
          expect(verifyInclusion({ ...claim, leafHash: leafHash(leaf(index + 1)) })).toBe(false)
      }
    }
  })

  it('of consistency hold between any two sizes, and only between these', async () => {
    const to = 300
    const log = logOf(to)
    const builder = new ProofBuilder({ read: log.read, size: to })
    for (let from = 1; from <= to; from++) {
      const claim = {
        from,
        to,
        fromRoot: rootOf(from),
        toRoot: log.root,
        proof: await builder.consistency(from),
      }
      expect(verifyConsistency(claim)).toBe(true)
      if (from > 1) expect(verifyConsistency({ ...claim, from: from - 1 })).toBe(false)
      expect(verifyConsistency({ ...claim, fromRoot: rootOf(from + 1) })).toBe(false)
    }
  })

  it('broken anywhere are refused: any hash changed, dropped, doubled or added', async () => {
    const log = logOf(600)
    const builder = new ProofBuilder({ read: log.read, size: 600 })
    await fc.assert(
      fc.asyncProperty(fc.nat(599), fc.nat(1000), fc.nat(255), async (index, at, bit) => {
        const proof = await builder.inclusion(index)
        const claim = { index, size: 600, leafHash: leafHash(leaf(index)), root: log.root }
        const i = at % proof.length
        const changed = proof.map((hash, j) => {
          if (i !== j) return hash
          const copy = hash.slice()
          copy[bit >> 3] = (copy[bit >> 3] as number) ^ (1 << (bit & 7))
          return copy
        })
        expect(verifyInclusion({ ...claim, proof: changed })).toBe(false)
        expect(verifyInclusion({ ...claim, proof: proof.toSpliced(i, 1) })).toBe(false)
        expect(verifyInclusion({ ...claim, proof: proof.toSpliced(i, 0, proof[i] as Uint8Array) })).toBe(
          false,
        )
        expect(verifyInclusion({ ...claim, proof: [...proof, log.root] })).toBe(false)
      }),
      { numRuns: 200 },
    )
  })

  it('of what is not in the tree are not built', async () => {
    const { read, size } = logOf(300)
    const builder = new ProofBuilder({ read, size })
    const refused = (proof: Promise<unknown>) =>
      expect(proof).rejects.toMatchObject({ code: 'invalid-input' })
    for (const index of [300, -1, 1.5, 2 ** 53]) await refused(builder.inclusion(index))
    for (const from of [301, -1, 1.5]) await refused(builder.consistency(from))
    await refused(builder.subtreeRoot(256, 301))
    await refused(builder.subtreeRoot(1, 3))
    expect(() => new ProofBuilder({ read, size: 2 ** 53 })).toThrow(/2\^53/)
  })

  it('work on positions beyond 32 bits, where shifts would wrap around', () => {
    // A tree of 2^40 + 1 entries: its last entry hangs directly under the root.
    const left = sha256(utf8Bytes('left half'))
    const last = leafHash(utf8Bytes('last'))
    const size = 2 ** 40 + 1
    const tree = new MerkleTreeHasher()
    tree.push(left)
    tree.push(last)
    const root = tree.root()
    expect(verifyInclusion({ index: 2 ** 40, size, leafHash: last, proof: [left], root })).toBe(true)
    expect(verifyInclusion({ index: 0, size, leafHash: last, proof: [left], root })).toBe(false)
    const claim = { from: 2 ** 40, to: size, fromRoot: left, toRoot: root, proof: [last] }
    expect(verifyConsistency(claim)).toBe(true)
  })

  it('attack: sizes and indexes that a number cannot hold exactly are refused, not rounded', () => {
    const root = rootOf(1)
    for (const size of [2 ** 53, 2 ** 64, Number.NaN, Number.POSITIVE_INFINITY, -1, 1.5]) {
      expect(verifyInclusion({ index: 0, size, leafHash: root, proof: [], root })).toBe(false)
      expect(verifyInclusion({ index: size, size: 1, leafHash: root, proof: [], root })).toBe(false)
      expect(verifyConsistency({ from: size, to: size, fromRoot: root, toRoot: root, proof: [] })).toBe(false)
    }
  })

  it('attack: a proof longer than any tree is high is refused', () => {
    const proof = Array.from({ length: MAX_PROOF_HASHES + 1 }, () => new Uint8Array(32))
    expect(verifyInclusion({ index: 1, size: 2 ** 52, leafHash: rootOf(1), proof, root: rootOf(1) })).toBe(
      false,
    )
  })

  it('a node hash cannot pass for a leaf, nor a root of the wrong length', async () => {
    const log = logOf(4)
    const inner = rootOf(2)
    const sibling = rootOf(4, 2)
    expect(verifyInclusion({ index: 0, size: 4, leafHash: inner, proof: [sibling], root: log.root })).toBe(
      false,
    )
    const short = log.root.subarray(0, 31)
    expect(verifyInclusion({ index: 0, size: 1, leafHash: short, proof: [], root: short })).toBe(false)
  })

  it('consistency from an empty tree proves nothing and is refused', () => {
    const toRoot = rootOf(3)
    expect(verifyConsistency({ from: 0, to: 3, fromRoot: rootOf(0), toRoot, proof: [] })).toBe(false)
    expect(verifyConsistency({ from: 0, to: 0, fromRoot: rootOf(0), toRoot: rootOf(0), proof: [] })).toBe(
      false,
    )
  })
})

describe('subtrees', () => {
  // Appendix C.1 of draft-ietf-plants-merkle-tree-certs: leaf i is the byte i, trees up to 130, empty subtrees included.
  const builders = Array.from(
    { length: 131 },
    (_, size) => new ProofBuilder({ read: logOf(size).read, size }),
  )
  const roots = Array.from({ length: 131 }, (_, size) => rootOf(size))
  const hexes = (proof: readonly Uint8Array[]) => proof.map((hash) => ` ${toHex(hash)}`).join('')
  function* subtrees(most: number) {
    for (let end = 0; end <= most; end++)
      for (let start = 0; start <= end; start++) if (isSubtree(start, end)) yield { start, end }
  }

  it('have the roots and inclusion proofs of the draft', async () => {
    const [rootLines, inclusionLines]: [string[], string[]] = [[], []]
    for (const { start, end } of subtrees(130)) {
      const subtreeRoot = await (builders[130] as ProofBuilder).subtreeRoot(start, end)
      rootLines.push(`[${start}, ${end}) ${toHex(subtreeRoot)}\n`)
      const entries = Array.from({ length: end - start }, (_, i) => leaf(start + i))
      const subtree = new ProofBuilder({ read: new MemoryLog().append(...entries).read, size: end - start })
      for (let index = start; index < end; index++) {
        const proof = await subtree.inclusion(index - start)
        inclusionLines.push(`${index} [${start}, ${end})${hexes(proof)}\n`)
        const claim = { index, start, end, leafHash: leafHash(leaf(index)), proof, subtreeRoot }
        if (!verifySubtreeInclusion(claim)) expect.fail(`${index} in [${start}, ${end}) did not verify`)
      }
    }
    expect(toHex(sha256(utf8Bytes(rootLines.join(''))))).toBe(
      'b82806ad4265bb151c1119c0f4db437bb4d1a1f887b3a7fba1cd4ebf552e3e81',
    )
    expect(toHex(sha256(utf8Bytes(inclusionLines.join(''))))).toBe(
      'ac2a8f989e44d99e399db448050ff5f19757df53cfb716aa81015d3955d8163f',
    )
  })

  it('have the consistency proofs of the draft', async () => {
    const lines: string[] = []
    for (let size = 0; size <= 130; size++)
      for (const { start, end } of subtrees(size)) {
        const proof = await (builders[size] as ProofBuilder).subtreeConsistency(start, end)
        lines.push(`[${start}, ${end}) ${size}${hexes(proof)}\n`)
        const subtreeRoot = await (builders[size] as ProofBuilder).subtreeRoot(start, end)
        const claim = { start, end, size, subtreeRoot, proof, root: roots[size] as Uint8Array }
        if (!verifySubtreeConsistency(claim)) expect.fail(`[${start}, ${end}) of ${size} did not verify`)
      }
    expect(toHex(sha256(utf8Bytes(lines.join(''))))).toBe(
      '10fa99b37bf9bf9ffa26b412fbd98bd75363256d0b75d61bc4538b9c9c5a0a74',
    )
  })
})

describeVectors('the vectors of transparency-dev/merkle', () => {
  type Vector = Record<'leafIdx' | 'treeSize' | 'size1' | 'size2' | 'size' | 'start' | 'end', number> &
    Partial<Record<'leafHash' | 'root' | 'root1' | 'root2', string>> & {
      proof: string[] | null
      wantErr: boolean
      file: string
    }
  const bytes = (base64: string) => fromBase64(base64)
  const proofOf = ({ proof }: Vector) => (proof ?? []).map(bytes)
  const cases: Record<string, (v: Vector) => boolean> = {
    inclusion: (v) =>
      verifyInclusion({
        index: v.leafIdx,
        size: v.treeSize,
        leafHash: bytes(v.leafHash ?? ''),
        proof: proofOf(v),
        root: bytes(v.root ?? ''),
      }),
    consistency: (v) =>
      verifyConsistency({
        from: v.size1,
        to: v.size2,
        fromRoot: bytes(v.root1 ?? ''),
        toRoot: bytes(v.root2 ?? ''),
        proof: proofOf(v),
      }),
    subtreeinclusion: (v) =>
      verifySubtreeInclusion({
        index: v.leafIdx,
        start: v.start,
        end: v.end,
        leafHash: bytes(v.leafHash ?? ''),
        proof: proofOf(v),
        subtreeRoot: bytes(v.root ?? ''),
      }),
    subtreeconsistency: (v) =>
      verifySubtreeConsistency({
        start: v.start,
        end: v.end,
        size: v.size,
        subtreeRoot: bytes(v.root1 ?? ''),
        proof: proofOf(v),
        root: bytes(v.root2 ?? ''),
      }),
  }
  const counts = { inclusion: 98, consistency: 98, subtreeinclusion: 204, subtreeconsistency: 118 }
  for (const [kind, count] of Object.entries(counts))
    it(`${kind}: all ${count} are judged as they must be`, () => {
      const vectors: Vector[] = JSON.parse(readVectorText('merkle-vectors.json'))[kind]
      expect(vectors).toHaveLength(count)
      const wrong = vectors
        .filter((vector) => cases[kind]?.(vector) === vector.wantErr)
        .map(({ file }) => file)
      expect(wrong).toEqual([])
    })
})
