import { x25519 as nobleX25519 } from '@noble/curves/ed25519.js'
import { describe, expect, it } from 'vitest'
import { concatBytes, fromHex, toHex } from './bytes.ts'
import { randomBytes } from './random.ts'
import { checkX25519Point, importX25519Scalar, x25519PublicValue } from './x25519.ts'

const badKey = { code: 'bad-key' }

/** Points of small order of Curve25519 and its twist, with the encodings that wrap around p. */
const SMALL_ORDER = [
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000000',
  'e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800',
  '5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
]

describe('X25519', () => {
  it('gives the vectors of RFC 7748 §5.2', async () => {
    const vectors = [
      [
        'a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4',
        'e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c',
        'c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552',
      ],
      [
        '4b66e9d4d1b4673c5ad22691957d6af5c11b6421e0ea01d42ca4169e7918ba0d',
        'e5210f12786811d3f4b7959d0538ae2c31dbe7106fc03c3efc4cd549c715a493',
        '95cbde9476e8907d7aade45cb4b873f88b595a68799fa152e6f8f7647aac7957',
      ],
    ] as const
    for (const [scalar, point, product] of vectors)
      expect(toHex(await importX25519Scalar(fromHex(scalar)).multiply(fromHex(point)))).toBe(product)
  })

  it('agrees with a second implementation and commutes', async () => {
    for (let i = 0; i < 20; i++) {
      const [a, b] = [randomBytes(32), randomBytes(32)]
      const [pointA, pointB] = [x25519PublicValue(a), x25519PublicValue(b)]
      expect(toHex(pointA)).toBe(toHex(nobleX25519.getPublicKey(a)))
      const product = toHex(await importX25519Scalar(a).multiply(pointB))
      expect(product).toBe(toHex(await importX25519Scalar(b).multiply(pointA)))
      expect(product).toBe(toHex(nobleX25519.scalarMult(a, pointB)))
    }
  })

  it.each(SMALL_ORDER)(
    'refuses the small-order value %s, with either top bit, before and while multiplying',
    async (hex) => {
      const point = fromHex(hex)
      const withTopBit = concatBytes(point.subarray(0, 31), Uint8Array.of((point[31] as number) | 0x80))
      for (const value of [point, withTopBit]) {
        expect(() => checkX25519Point(value)).toThrow(expect.objectContaining(badKey))
        await expect(importX25519Scalar(randomBytes(32)).multiply(value)).rejects.toMatchObject(badKey)
      }
    },
  )

  it('refuses the second encodings of good values: one key, one name', () => {
    const point = x25519PublicValue(randomBytes(32))
    checkX25519Point(point)
    point[31] = (point[31] as number) | 0x80
    expect(() => checkX25519Point(point)).toThrow(expect.objectContaining(badKey))
    const nine = fromHex(`f6${'ff'.repeat(30)}7f`) // p + 9
    expect(() => checkX25519Point(nine)).toThrow(expect.objectContaining(badKey))
    checkX25519Point(fromHex(`eb${'ff'.repeat(30)}7f`)) // p − 2 is canonical
  })

  it('refuses other lengths', async () => {
    expect(() => checkX25519Point(new Uint8Array(31))).toThrow(expect.objectContaining(badKey))
    expect(() => importX25519Scalar(new Uint8Array(33))).toThrow(expect.objectContaining(badKey))
    expect(() => x25519PublicValue(new Uint8Array(31))).toThrow(expect.objectContaining(badKey))
    await expect(importX25519Scalar(randomBytes(32)).multiply(new Uint8Array(31))).rejects.toMatchObject(
      badKey,
    )
  })
})
