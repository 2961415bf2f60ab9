import { toBase64Url } from '@curo/crypto/bytes'
import { merkleRootOfChunks } from '@curo/crypto/merkle'
import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { type Manifest, manifestBytes, parseManifest } from './manifest.ts'
import { PIECE_BYTES } from './stripes.ts'
import { contentOf, makeVaultFixture } from './testing/vault-fixture.ts'

const content = contentOf(33 * PIECE_BYTES + 5000)
let manifest: Manifest
beforeAll(async () => {
  manifest = await makeVaultFixture().vault.put({ source: [content] })
})

// biome-ignore lint/suspicious/noExplicitAny: the point is to break it
type Loose = any
const changed = (change: (copy: Loose) => unknown): unknown => {
  const copy = structuredClone(manifest) as Loose
  change(copy)
  return copy
}

test('a manifest survives storage as JSON and has one canonical form', () => {
  const bytes = manifestBytes(manifest)
  const parsed = parseManifest(JSON.parse(Buffer.from(bytes).toString()))
  expect(parsed).toEqual(manifest)
  expect(manifestBytes(parsed)).toEqual(bytes)
  expect(Buffer.from(bytes).toString()).not.toMatch(/\s/)
})

test('an empty object has a manifest too', async () => {
  const empty = await makeVaultFixture().vault.put({ source: [] })
  expect(parseManifest(empty, { expectedRoot: merkleRootOfChunks(new Uint8Array(0)) })).toEqual(empty)
})

test('attack: a manifest whose data hashes were exchanged does not match its root', () => {
  const swapped = changed(({ parts: [part] }) => {
    const hashes = Buffer.from(part.stripes[0].hashes, 'base64url')
    hashes[0] = (hashes[0] as number) ^ 1
    part.stripes[0].hashes = toBase64Url(hashes)
  })
  expect(() => parseManifest(swapped)).toThrow(expect.objectContaining({ code: 'tampered' }))
})

test('attack: a manifest of another object does not match the signed root', async () => {
  const other = await makeVaultFixture().vault.put({ source: [contentOf(100_000, 9)] })
  expect(() => parseManifest(other, { expectedRoot: merkleRootOfChunks(content) })).toThrow(
    expect.objectContaining({ code: 'tampered' }),
  )
})

test.each<[string, (copy: Loose) => unknown]>([
  ['another version', (m) => Object.assign(m, { v: 2 })],
  ['an unknown field', (m) => Object.assign(m, { note: 'hello' })],
  ['a missing field', (m) => delete m.size],
  ['a wrong size', (m) => m.size++],
  ['parts in the wrong order', (m) => m.parts.reverse()],
  ['a part too few', (m) => m.parts.pop()],
  ['a part of no bytes', (m) => Object.assign(m.parts[1], { size: 0 })],
  ['a part of half a byte', (m) => Object.assign(m.parts[1], { size: 1.5 })],
  ['a part larger than its stripes', (m) => Object.assign(m.parts[1], { size: 2 ** 40 })],
  ['no code', (m) => Object.assign(m.parts[0], { dataShards: 0 })],
  ['a huge code', (m) => Object.assign(m.parts[0], { parityShards: 1e9 })],
  ['another piece length', (m) => Object.assign(m.parts[0], { pieceBytes: 4096 })],
  ['an object too few', (m) => m.parts[0].objects.pop()],
  ['a key that is a path', (m) => Object.assign(m.parts[0].objects[0], { key: '../../etc/passwd' })],
  ['a key with a dot', (m) => Object.assign(m.parts[0].objects[0], { key: 'aa.bb' })],
  ['an empty bucket name', (m) => Object.assign(m.parts[0].objects[0], { bucket: '' })],
  ['an order with a repeat', (m) => Object.assign(m.parts[0].stripes[0], { order: [0, 1, 2, 3, 4, 4] })],
  ['an order out of range', (m) => Object.assign(m.parts[0].stripes[0], { order: [1, 2, 3, 4, 5, 6] })],
  ['an order of strings', (m) => Object.assign(m.parts[0].stripes[0], { order: [...'012345'] })],
  [
    'hashes cut short',
    (m) => Object.assign(m.parts[0].stripes[0], { hashes: m.parts[0].stripes[0].hashes.slice(4) }),
  ],
  ['hashes that are no base64url', (m) => Object.assign(m.parts[0].stripes[0], { hashes: '!'.repeat(256) })],
  ['parts that are no list', (m) => Object.assign(m, { parts: { length: 0 } })],
])('a manifest with %s is refused', (_, change) => {
  expect(() => parseManifest(changed(change))).toThrow(
    expect.objectContaining({ code: expect.stringMatching(/malformed|tampered/) }),
  )
})

test('whatever is parsed, the answer is a manifest or a CuroError', () => {
  fc.assert(
    fc.property(fc.anything(), (value) => {
      try {
        parseManifest(value)
      } catch (error) {
        expect(error).toMatchObject({ name: 'CuroError', code: expect.stringMatching(/malformed|tampered/) })
      }
    }),
  )
})
