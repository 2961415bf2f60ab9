import { fromBase64Url, toBase64Url } from '@curo/crypto/bytes'
import { leafHash, merkleRootOfChunks, nodeHash } from '@curo/crypto/merkle'
import { describe, expect, test } from 'vitest'
import { drawChallenge, type LeafProof, verifyLeafProof } from './audit.ts'
import { LEAF_BYTES, PIECE_BYTES } from './stripes.ts'
import { contentOf, makeVaultFixture } from './testing/vault-fixture.ts'

const tampered = expect.objectContaining({ code: 'tampered' })

/** RFC 6962 §2.1.1 as it is written, recursion and all. */
function slowPath(leaf: number, leaves: Uint8Array[]): Uint8Array[] {
  if (leaves.length === 1) return []
  let split = 1
  while (split * 2 < leaves.length) split *= 2
  const left = leaves.slice(0, split)
  const right = leaves.slice(split)
  return leaf < split
    ? [...slowPath(leaf, left), slowRoot(right)]
    : [...slowPath(leaf - split, right), slowRoot(left)]
}
function slowRoot(leaves: Uint8Array[]): Uint8Array {
  if (leaves.length === 1) return leafHash(leaves[0] as Uint8Array)
  let split = 1
  while (split * 2 < leaves.length) split *= 2
  return nodeHash(slowRoot(leaves.slice(0, split)), slowRoot(leaves.slice(split)))
}

test.each([1, 4095, 4096, 4097, 16_384, 16_385, 65_537, 200_000, PIECE_BYTES * 4 + 1])(
  'every leaf of %d bytes can be proved to an auditor who knows root and size only',
  async (size) => {
    const { vault } = makeVaultFixture()
    const content = contentOf(size, size)
    const manifest = await vault.put({ source: [content] })
    const target = { root: merkleRootOfChunks(content), size }
    const leaves = Array.from({ length: Math.ceil(size / LEAF_BYTES) }, (_, i) =>
      content.subarray(i * LEAF_BYTES, (i + 1) * LEAF_BYTES),
    )
    for (const leaf of [...leaves.keys()].filter((i) => i < 20 || i > leaves.length - 20)) {
      const proof = await vault.proveLeaf({ manifest, leaf })
      verifyLeafProof(target, leaf, JSON.parse(JSON.stringify(proof)))
      expect(proof.path).toBe(toBase64Url(Buffer.concat(slowPath(leaf, leaves))))
    }
    await expect(vault.proveLeaf({ manifest, leaf: leaves.length })).rejects.toMatchObject({
      code: 'invalid-input',
    })
    await expect(vault.proveLeaf({ manifest, leaf: -1 })).rejects.toMatchObject({ code: 'invalid-input' })
  },
)

test('random leaves of an object of several parts', async () => {
  const { vault } = makeVaultFixture()
  const size = 70 * PIECE_BYTES + 12_345
  const content = contentOf(size)
  const manifest = await vault.put({ source: [content] })
  for (const leaf of drawChallenge({ size, count: 60 }))
    verifyLeafProof(
      { root: merkleRootOfChunks(content), size },
      leaf,
      await vault.proveLeaf({ manifest, leaf }),
    )
})

test('a lost leaf is proved from the other pieces, a lost object cannot be proved', async () => {
  const { vault, stores } = makeVaultFixture()
  const content = contentOf(PIECE_BYTES * 4)
  const manifest = await vault.put({ source: [content] })
  const target = { root: merkleRootOfChunks(content), size: content.length }
  for (const store of stores.slice(0, 2)) store.objects.clear()
  for (let leaf = 0; leaf < 256; leaf += 17)
    verifyLeafProof(target, leaf, await vault.proveLeaf({ manifest, leaf }))
  stores[2]?.objects.clear()
  const outcomes = await Promise.allSettled(
    [0, 64, 128, 192].map((leaf) => vault.proveLeaf({ manifest, leaf })),
  )
  expect(outcomes.filter(({ status }) => status === 'rejected').length).toBeGreaterThan(0)
})

describe('attacks of a store that has lost the leaf', async () => {
  const { vault } = makeVaultFixture()
  const size = 6 * LEAF_BYTES
  const content = contentOf(size)
  const manifest = await vault.put({ source: [content] })
  const target = { root: merkleRootOfChunks(content), size }
  const honest = await vault.proveLeaf({ manifest, leaf: 2 })
  const attempt = (proof: Partial<LeafProof>, against = target, leaf = 2) => {
    verifyLeafProof(against, leaf, { ...honest, ...proof })
  }

  test('the honest answer passes', () => attempt({}))
  test('another leaf in its place', async () => {
    const other = await vault.proveLeaf({ manifest, leaf: 4 })
    expect(() => attempt(other)).toThrow(tampered)
    expect(() => attempt({ ...other, leaf: 2 })).toThrow(tampered)
  })
  test('a changed byte, a shortened or lengthened leaf', () => {
    const bytes = fromBase64Url(honest.bytes)
    const flipped = Uint8Array.from(bytes)
    flipped[0] = (flipped[0] as number) ^ 1
    for (const forged of [flipped, bytes.subarray(1), Buffer.concat([bytes, Buffer.of(0)])])
      expect(() => attempt({ bytes: toBase64Url(forged) })).toThrow(tampered)
  })
  test('an inner node sold as a leaf', () => {
    const path = fromBase64Url(honest.path)
    expect(() =>
      attempt({ bytes: toBase64Url(path.subarray(0, 64)), path: toBase64Url(path.subarray(64)) }),
    ).toThrow(tampered)
  })
  test('a path that is too short, too long or no multiple of a hash', () => {
    const path = fromBase64Url(honest.path)
    for (const forged of [
      path.subarray(32),
      Buffer.concat([path, Buffer.alloc(32)]),
      path.subarray(1),
      Buffer.of(),
    ])
      expect(() => attempt({ path: toBase64Url(forged) })).toThrow(tampered)
  })
  test('leaf 4 of 6 passes for leaf 2 of 4: which is why the auditor must know the size', async () => {
    const other = await vault.proveLeaf({ manifest, leaf: 4 })
    expect(() => attempt({ ...other, leaf: 2 }, { ...target, size: 4 * LEAF_BYTES })).not.toThrow()
    expect(() => attempt({ ...other, leaf: 2 })).toThrow(tampered)
  })
  test('garbage where base64url should be', () => {
    expect(() => attempt({ path: '***' })).toThrow(expect.objectContaining({ code: 'malformed' }))
  })
})

test('challenges are drawn over all leaves alike', () => {
  const counts = new Array(5).fill(0)
  for (const leaf of drawChallenge({ size: 5 * LEAF_BYTES, count: 20_000 })) counts[leaf]++
  for (const count of counts) expect(Math.abs(count - 4000)).toBeLessThan(400)
  expect(drawChallenge({ size: 0, count: 5 })).toEqual([])
  const large = drawChallenge({ size: Number.MAX_SAFE_INTEGER, count: 1000 })
  expect(Math.max(...large)).toBeGreaterThan(2 ** 40)
  expect(Math.max(...large)).toBeLessThan(2 ** 41)
})
