import { merkleRootOfChunks } from '@curo/crypto/merkle'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dataPieceHash, leavesOf, rootOfSubtrees } from './piece-hash.ts'
import { drawKey, drawOrder } from './placement.ts'
import {
  LEAF_BYTES,
  objectBytes,
  PIECE_BYTES,
  pieceLength,
  placesOf,
  stripeBytes,
  stripesOf,
} from './stripes.ts'

const shapes = fc.record({
  dataShards: fc.integer({ min: 1, max: 7 }),
  parityShards: fc.integer({ min: 1, max: 4 }),
})
const boundaries = [
  1,
  LEAF_BYTES,
  4 * LEAF_BYTES,
  PIECE_BYTES,
  4 * PIECE_BYTES,
  5 * PIECE_BYTES,
  32 * PIECE_BYTES,
]
const sizes = fc.oneof(
  fc.integer({ min: 1, max: 9_000_000 }),
  fc.constantFrom(...boundaries.flatMap((size) => [Math.max(1, size - 1), size, size + 1])),
)

test('data pieces are the content, cut without gap or overlap, and start at multiples of their length', () => {
  fc.assert(
    fc.property(shapes, sizes, (shape, size) => {
      let end = 0
      for (const stripe of stripesOf(size, shape)) {
        expect(stripe.offset).toBe(end)
        expect(stripe.pieceBytes).toBeLessThanOrEqual(PIECE_BYTES)
        expect(Math.log2(stripe.pieceBytes / LEAF_BYTES) % 1).toBe(0)
        expect(stripe.offset % stripe.pieceBytes).toBe(0)
        for (let piece = 0; piece < shape.dataShards; piece++) end += pieceLength(stripe, piece, shape)
        expect(end).toBe(stripe.offset + stripe.size)
      }
      expect(end).toBe(size)
    }),
  )
})

test('a last stripe is not padded beyond twice what its content needs', () => {
  for (let size = 1; size <= stripeBytes({ dataShards: 4, parityShards: 2 }); size += 997) {
    const [stripe] = stripesOf(size, { dataShards: 4, parityShards: 2 })
    expect(stripe?.pieceBytes).toBeLessThan(2 * Math.max(LEAF_BYTES, size / 4 + 1))
  }
})

test('every piece has its own place in exactly one object', () => {
  fc.assert(
    fc.property(shapes, sizes, (shape, size) => {
      const stripes = stripesOf(size, shape)
      const count = shape.dataShards + shape.parityShards
      const orders = stripes.map(() => drawOrder(count))
      const objects = placesOf(stripes, orders, shape)
      expect(objects).toHaveLength(count)
      for (const places of objects) {
        expect(places.map(({ stripe }) => stripe)).toEqual(stripes.map((_, i) => i))
        let end = 0
        for (const { offset, length } of places) {
          expect(offset).toBe(end)
          end += length
        }
        expect(objectBytes(places)).toBe(end)
      }
      for (const [stripe] of stripes.entries())
        expect(new Set(objects.map((places) => places[stripe]?.piece)).size).toBe(count)
    }),
    { numRuns: 30 },
  )
})

test('hashes of data pieces add up to the root of the whole content', () => {
  const content = Uint8Array.from({ length: 3 * 1024 * 1024 }, (_, i) => Math.imul(i, 2654435761) >>> 24)
  fc.assert(
    fc.property(shapes, fc.integer({ min: 0, max: content.length }), (shape, size) => {
      const bytes = content.subarray(0, size)
      const subtrees = stripesOf(size, shape).flatMap((stripe) =>
        Array.from({ length: shape.dataShards }, (_, piece) => {
          const length = pieceLength(stripe, piece, shape)
          const start = stripe.offset + piece * stripe.pieceBytes
          return { hash: dataPieceHash(bytes.subarray(start, start + length)), leaves: leavesOf(length) }
        }),
      )
      expect(rootOfSubtrees(subtrees)).toEqual(merkleRootOfChunks(bytes))
    }),
    { numRuns: 40 },
  )
})

test('subtrees that do not line up are refused', () => {
  const hash = new Uint8Array(32)
  for (const leaves of [
    [3, 1],
    [1, 2],
    [4, 3, 1],
  ])
    expect(() => rootOfSubtrees(leaves.map((count) => ({ hash, leaves: count })))).toThrow(
      expect.objectContaining({ code: 'invalid-input' }),
    )
})

test('orders are drawn uniformly', () => {
  const counts = new Map<string, number>()
  const draws = 24_000
  for (let i = 0; i < draws; i++) {
    const order = drawOrder(4).join('')
    counts.set(order, (counts.get(order) ?? 0) + 1)
  }
  expect(counts.size).toBe(24)
  const expected = draws / 24
  const chiSquared = [...counts.values()].reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)
  // 23 degrees of freedom: above 71 once in a million runs.
  expect(chiSquared).toBeLessThan(71)
})

test('keys are 128 random bits that every store accepts', () => {
  const keys = Array.from({ length: 1000 }, drawKey)
  expect(new Set(keys).size).toBe(1000)
  for (const key of keys) expect(key).toMatch(/^[0-9a-f]{32}$/)
})
