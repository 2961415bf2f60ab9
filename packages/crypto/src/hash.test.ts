import { hkdf } from '@noble/hashes/hkdf.js'
import { hmac } from '@noble/hashes/hmac.js'
import { sha256 as nobleSha256 } from '@noble/hashes/sha2.js'
import { describe, expect, it } from 'vitest'
import { concatBytes, fromHex, toHex, utf8Bytes } from './bytes.ts'
import { hkdfSha256, hmacSha256, sha256 } from './hash.ts'
import { randomBytes } from './random.ts'

it('SHA-256 gives the vectors of FIPS 180-4', () => {
  expect(toHex(sha256())).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
  expect(toHex(sha256(utf8Bytes('abc')))).toBe(
    'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  )
  expect(toHex(sha256(utf8Bytes('a'), utf8Bytes('bc')))).toBe(toHex(sha256(utf8Bytes('abc'))))
})

it('HMAC gives the vectors of RFC 4231, with short and long keys', () => {
  expect(toHex(hmacSha256(new Uint8Array(20).fill(0x0b), utf8Bytes('Hi There')))).toBe(
    'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7',
  )
  expect(
    toHex(
      hmacSha256(
        new Uint8Array(131).fill(0xaa),
        utf8Bytes('Test Using Larger Than Block-Size Key - Hash Key First'),
      ),
    ),
  ).toBe('60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54')
})

it('HKDF gives the vectors of RFC 5869 appendix A.1 and A.2', () => {
  const first = hkdfSha256({
    ikm: new Uint8Array(22).fill(0x0b),
    salt: fromHex('000102030405060708090a0b0c'),
    info: fromHex('f0f1f2f3f4f5f6f7f8f9'),
    length: 42,
  })
  expect(toHex(first)).toBe(
    '3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865',
  )
  const range = (from: number) => Uint8Array.from({ length: 80 }, (_, i) => from + i)
  const second = hkdfSha256({ ikm: range(0), salt: range(0x60), info: range(0xb0), length: 82 })
  expect(toHex(second)).toBe(
    'b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41c65e590e09da3275600c2f09b8367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87',
  )
})

it('agrees with a second implementation at every length', () => {
  for (let length = 0; length < 200; length++) {
    const [a, b] = [randomBytes(length), randomBytes(200 - length)]
    expect(toHex(sha256(a, b))).toBe(toHex(nobleSha256(concatBytes(a, b))))
    expect(toHex(hmacSha256(a, b))).toBe(toHex(hmac(nobleSha256, a, b)))
    expect(toHex(hkdfSha256({ ikm: a, salt: b, info: a, length: length + 1 }))).toBe(
      toHex(hkdf(nobleSha256, a, b, a, length + 1)),
    )
  }
})

describe('HKDF', () => {
  it.each([0, -1, 1.5, 8161])('refuses to give %d bytes', (length) => {
    const nothing = new Uint8Array(0)
    expect(() => hkdfSha256({ ikm: nothing, salt: nothing, info: nothing, length })).toThrow(
      expect.objectContaining({ code: 'invalid-input' }),
    )
  })
})
