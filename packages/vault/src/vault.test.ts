import { toBase64Url } from '@curo/crypto/bytes'
import { merkleRootOfChunks } from '@curo/crypto/merkle'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { combineParts, parseManifest } from './manifest.ts'
import { objectsOf } from './orphans.ts'
import { LEAF_BYTES, PIECE_BYTES } from './stripes.ts'
import { collect, contentOf, inChunks, isSame, makeVaultFixture } from './testing/vault-fixture.ts'
import { makeVault } from './vault.ts'

const STRIPE = 4 * PIECE_BYTES
const PART = 8 * STRIPE
const content = contentOf(2 * PART + STRIPE + 5)

test.each([
  0,
  1,
  2,
  ...[LEAF_BYTES, 4 * LEAF_BYTES, 16 * LEAF_BYTES, PIECE_BYTES, STRIPE, STRIPE + LEAF_BYTES, PART].flatMap(
    (size) => [size - 1, size, size + 1],
  ),
  2 * PART + STRIPE + 5,
])('%d bytes come back as they were, under the root of their 4 KiB leaves', async (size) => {
  const { vault } = makeVaultFixture()
  const bytes = content.subarray(0, size)
  const manifest = await vault.put({ source: inChunks(bytes, 300_007) })
  expect(manifest.size).toBe(size)
  expect(manifest.root).toBe(toBase64Url(merkleRootOfChunks(bytes)))
  expect(isSame(await collect(vault.read({ manifest })), bytes)).toBe(true)
  const stored = JSON.parse(JSON.stringify(manifest))
  expect(parseManifest(stored, { expectedRoot: merkleRootOfChunks(bytes) })).toEqual(manifest)
})

test('any range can be read, and only its pieces are fetched', async () => {
  const { vault, buckets } = makeVaultFixture()
  const manifest = await vault.put({ source: [content] })
  await fc.assert(
    fc.asyncProperty(fc.nat(content.length), fc.nat(content.length), async (a, b) => {
      const [start, end] = a < b ? [a, b] : [b, a]
      expect(isSame(await collect(vault.read({ manifest, start, end })), content.subarray(start, end))).toBe(
        true,
      )
    }),
    { numRuns: 15 },
  )
  for (const bucket of buckets) bucket.calls.get = 0
  await collect(vault.read({ manifest, start: PART + 10, end: PART + 20 }))
  expect(buckets.reduce((sum, { calls }) => sum + calls.get, 0)).toBe(1)
})

test('a range outside the object is refused', async () => {
  const { vault } = makeVaultFixture()
  const manifest = await vault.put({ source: [content.subarray(0, 100)] })
  for (const range of [{ start: -1 }, { end: 101 }, { start: 5, end: 4 }, { start: 0.5 }])
    await expect(collect(vault.read({ manifest, ...range }))).rejects.toMatchObject({ code: 'invalid-input' })
})

test('parts stored on their own, in any order, combine into the same object', async () => {
  const { vault } = makeVaultFixture()
  const pieces = [
    content.subarray(0, PART),
    content.subarray(PART, PART + STRIPE),
    content.subarray(PART + STRIPE),
  ]
  const last = await vault.putPart({ source: inChunks(pieces[2]?.subarray(0, PART) as Uint8Array, 65_536) })
  const [first, second] = await Promise.all([
    vault.putPart({ source: pieces[0] as Uint8Array }),
    vault.putPart({ source: pieces[1] as Uint8Array }),
  ])
  const manifest = combineParts([first, second, last])
  expect(manifest.root).toBe(toBase64Url(merkleRootOfChunks(content.subarray(0, 2 * PART + STRIPE))))
  expect(isSame(await collect(vault.read({ manifest })), content.subarray(0, 2 * PART + STRIPE))).toBe(true)
  expect(() => combineParts([last, { ...first, size: 5 }, second])).toThrow(
    expect.objectContaining({ code: 'invalid-input' }),
  )
})

test('a part that is too large or empty is refused and leaves nothing', async () => {
  const { vault, stores } = makeVaultFixture()
  const tooLong = content.subarray(0, PART + 1)
  await expect(vault.putPart({ source: inChunks(tooLong, 65_536) })).rejects.toMatchObject({
    code: 'too-large',
  })
  await expect(vault.putPart({ source: tooLong })).rejects.toMatchObject({ code: 'too-large' })
  await expect(vault.putPart({ source: new Uint8Array(0) })).rejects.toMatchObject({ code: 'invalid-input' })
  await expect(vault.putPart({ source: inChunks(new Uint8Array(0), 1) })).rejects.toMatchObject({
    code: 'invalid-input',
  })
  expect(stores.every(({ objects }) => objects.size === 0)).toBe(true)
})

test('no bucket holds a copy of the content, and no two objects of a part lie in one bucket', async () => {
  const { vault, stores } = makeVaultFixture({ count: 9 })
  const manifest = await vault.put({ source: [content] })
  for (const part of manifest.parts) {
    expect(new Set(part.objects.map((object) => object?.bucket)).size).toBe(6)
    expect(new Set(part.objects.map((object) => object?.key)).size).toBe(6)
  }
  for (const { objects } of stores)
    for (const { bytes } of objects.values()) expect(bytes.length).toBeLessThan(PART / 2)
})

test('the caller’s bytes are not touched, and may be changed once the part is stored', async () => {
  const { vault } = makeVaultFixture()
  const mine = contentOf(STRIPE, 7)
  const part = await vault.putPart({ source: mine })
  expect(isSame(mine, contentOf(STRIPE, 7))).toBe(true)
  mine.fill(0)
  expect(isSame(await collect(vault.read({ manifest: combineParts([part]) })), contentOf(STRIPE, 7))).toBe(
    true,
  )
})

test('many uploads and reads at once do not mix', async () => {
  const { vault } = makeVaultFixture()
  const sizes = [1, 70_000, STRIPE + 1, 3 * STRIPE, PART + 77, 200_000, 65_537, 2 * STRIPE]
  await Promise.all(
    sizes.map(async (size, seed) => {
      const bytes = contentOf(size, seed + 10)
      const manifest = await vault.put({ source: inChunks(bytes, 40_000 + seed) })
      const [once, again] = await Promise.all([
        collect(vault.read({ manifest })),
        collect(vault.read({ manifest })),
      ])
      expect(isSame(once, bytes) && isSame(again, bytes)).toBe(true)
    }),
  )
})

test('a hundred slow readers are given little ahead of what they take; one reader is given more', async () => {
  const { vault, buckets } = makeVaultFixture()
  const manifest = await vault.put({ source: [content] })
  const fetched = () => buckets.reduce((sum, { bytesRead }) => sum + bytesRead, 0)
  const alone = vault.read({ manifest })
  await alone.next()
  expect(fetched()).toBeGreaterThan(PART)
  await alone.return(undefined)

  const readers = Array.from({ length: 100 }, () => vault.read({ manifest }))
  await Promise.all(readers.slice(0, 20).map((reader) => reader.next()))
  const before = fetched()
  await Promise.all(readers.slice(20).map((reader) => reader.next()))
  expect((fetched() - before) / 80).toBeLessThanOrEqual(4 * STRIPE)
  for (const reader of readers) {
    const rest = await collect(reader)
    expect(isSame(rest, content.subarray(PIECE_BYTES))).toBe(true)
  }
})

test('other codes than 4+2 work the same', async () => {
  for (const [dataShards, parityShards] of [
    [1, 1],
    [2, 1],
    [3, 3],
    [10, 4],
  ] as const) {
    const { vault, stores } = makeVaultFixture({ dataShards, parityShards, count: dataShards + parityShards })
    const bytes = contentOf(3 * 1024 * 1024 + 17, dataShards)
    const manifest = await vault.put({ source: [bytes] })
    for (const { objects } of stores.slice(0, parityShards)) objects.clear()
    expect(isSame(await collect(vault.read({ manifest })), bytes)).toBe(true)
    expect(manifest.root).toBe(toBase64Url(merkleRootOfChunks(bytes)))
  }
})

test('objects that are removed are gone', async () => {
  const { vault, stores } = makeVaultFixture()
  const manifest = await vault.put({ source: [content] })
  expect(await vault.remove(objectsOf(manifest))).toEqual([])
  expect(stores.every(({ objects }) => objects.size === 0)).toBe(true)
  await expect(collect(vault.read({ manifest }))).rejects.toMatchObject({ code: 'storage-damaged' })
})

test('a vault without enough buckets, or with two of one name, is refused', () => {
  const { buckets } = makeVaultFixture({ count: 7 })
  const refused = expect.objectContaining({ code: 'invalid-input' })
  expect(() => makeVault({ buckets: buckets.slice(0, 5) })).toThrow(refused)
  expect(() => makeVault({ buckets: [...buckets.slice(0, 5), buckets[0] as (typeof buckets)[0]] })).toThrow(
    refused,
  )
  expect(() => makeVault({ buckets, minimumPieces: 3 })).toThrow(refused)
  expect(() => makeVault({ buckets, minimumPieces: 7 })).toThrow(refused)
})
