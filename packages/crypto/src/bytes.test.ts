import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeBase64, isBase64UrlOf } from './base64.ts'
import {
  concatBytes,
  equalBytes,
  fromBase64,
  fromBase64Url,
  fromHex,
  readU16be,
  readU32be,
  readU64be,
  toBase64,
  toBase64Url,
  toHex,
  u16be,
  u32be,
  u64be,
  utf8Bytes,
  utf8Text,
} from './bytes.ts'
import { randomBytes } from './random.ts'

describe('base64', () => {
  it('writes the vectors of RFC 4648 §10', () => {
    const vectors = {
      '': '',
      f: 'Zg==',
      fo: 'Zm8=',
      foo: 'Zm9v',
      foob: 'Zm9vYg==',
      fooba: 'Zm9vYmE=',
      foobar: 'Zm9vYmFy',
    }
    for (const [text, base64] of Object.entries(vectors)) {
      expect(toBase64(utf8Bytes(text))).toBe(base64)
      expect(utf8Text(fromBase64(base64))).toBe(text)
      expect(toBase64Url(utf8Bytes(text))).toBe(base64.replaceAll('=', ''))
    }
  })

  it('survives every length up to 300 and a large one', () => {
    for (const length of [...Array(300).keys(), 100_001]) {
      const bytes = randomBytes(length)
      expect(equalBytes(fromBase64(toBase64(bytes)), bytes)).toBe(true)
      expect(equalBytes(fromBase64Url(toBase64Url(bytes)), bytes)).toBe(true)
    }
  })

  it.each(['Zg', 'Zg=', 'Zh==', 'Z', 'Zm9v ', 'Zm9v\n', ' Zm9v', 'Zm-v', 'Zm9v====', 'Zm9vé', '!!!!'])(
    'refuses %j, which lenient decoders accept',
    (text) => expect(() => fromBase64(text)).toThrow(expect.objectContaining({ code: 'malformed' })),
  )

  it.each(['Zg==', 'Zh', 'Z', 'Zm9v ', 'Zm+v', 'Zm/v', 'Zm9v\0'])('refuses %j as base64url', (text) =>
    expect(() => fromBase64Url(text)).toThrow(expect.objectContaining({ code: 'malformed' })),
  )

  it('encodes a view into a larger buffer, not the buffer', () => {
    const view = randomBytes(64).subarray(10, 20)
    expect(fromBase64(toBase64(view))).toEqual(view.slice())
  })
})

describe('base64 decoded without the platform', () => {
  const anyText = fc.oneof(
    fc.base64String(),
    fc.string({ unit: fc.constantFrom(...'AQgwZm9v-_+/=é ') }),
    fc.uint8Array({ maxLength: 40 }).map((bytes) => toBase64Url(bytes)),
  )

  it('agrees with the platform’s own about every text', () => {
    const decoded = (text: string) => {
      try {
        return fromBase64Url(text)
      } catch {
        return undefined
      }
    }
    fc.assert(
      fc.property(anyText, (text) => {
        expect(decodeBase64(text, 'base64url')).toEqual(decoded(text))
        if (text.includes('=')) return
        const withPadding = text + '='.repeat((4 - (text.length % 4)) % 4)
        const standard = decodeBase64(text, 'base64')
        if (standard) expect(standard).toEqual(fromBase64(withPadding))
        else expect(() => fromBase64(withPadding)).toThrow()
      }),
      { numRuns: 2000 },
    )
  })

  it('knows the text of so many bytes without decoding it', () => {
    fc.assert(
      fc.property(anyText, fc.nat({ max: 20 }), (text, length) => {
        expect(isBase64UrlOf(length)(text)).toBe(decodeBase64(text, 'base64url')?.length === length)
      }),
      { numRuns: 2000 },
    )
    for (const length of [0, 1, 2, 3, 16, 32, 64, 1168])
      expect(isBase64UrlOf(length)(toBase64Url(randomBytes(length)))).toBe(true)
    expect(isBase64UrlOf(3)(undefined)).toBe(false)
    expect(isBase64UrlOf(3)('Zm9v\n')).toBe(false)
  })
})

describe('hex and UTF-8', () => {
  it('refuses upper case, odd lengths and strangers in hex', () => {
    expect(toHex(fromHex('00ff10'))).toBe('00ff10')
    for (const text of ['0', 'FF', 'zz', '0x00', ' 00'])
      expect(() => fromHex(text)).toThrow(expect.objectContaining({ code: 'malformed' }))
  })

  it('refuses invalid UTF-8 instead of replacing it, and keeps a byte order mark', () => {
    expect(utf8Text(utf8Bytes('\ufeffनमस्ते'))).toBe('\ufeffनमस्ते')
    for (const bytes of [[0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xe2, 0x82]])
      expect(() => utf8Text(Uint8Array.from(bytes))).toThrow(expect.objectContaining({ code: 'malformed' }))
  })
})

describe('integers', () => {
  it('write big-endian and read back', () => {
    expect(toHex(concatBytes(u16be(0x0102), u32be(0x03040506), u64be(0x0708090a0b0c0d0en)))).toBe(
      '0102030405060708090a0b0c0d0e',
    )
    expect(readU16be(u16be(65535))).toBe(65535)
    expect(readU32be(u32be(0xffffffff))).toBe(0xffffffff)
    expect(readU64be(u64be(2n ** 64n - 1n))).toBe(2n ** 64n - 1n)
    expect(readU32be(fromHex('aaaa00000001'), 2)).toBe(1)
  })

  it('refuse what does not fit', () => {
    for (const write of [
      () => u16be(65536),
      () => u32be(-1),
      () => u32be(1.5),
      () => u64be(2 ** 53),
      () => u64be(2n ** 64n),
    ])
      expect(write).toThrow(expect.objectContaining({ code: 'invalid-input' }))
    expect(() => readU32be(new Uint8Array(3))).toThrow(expect.objectContaining({ code: 'truncated' }))
    expect(() => readU32be(new Uint8Array(8), 5)).toThrow(expect.objectContaining({ code: 'truncated' }))
  })
})

it('equalBytes compares length and content', () => {
  expect(equalBytes(fromHex('0102'), fromHex('0102'))).toBe(true)
  expect(equalBytes(fromHex('0102'), fromHex('0103'))).toBe(false)
  expect(equalBytes(fromHex('0102'), fromHex('010203'))).toBe(false)
  expect(equalBytes(new Uint8Array(0), new Uint8Array(0))).toBe(true)
})
