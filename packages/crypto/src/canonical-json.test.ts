import canonicalize from 'canonicalize'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toHex, utf8Bytes } from './bytes.ts'
import { canonicalBytes, canonicalJson, canonicalJsonAround, parseCanonicalJson } from './canonical-json.ts'

describe('canonical JSON', () => {
  it('gives the example of RFC 8785 §3.2.2', () => {
    const value = JSON.parse(
      '{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],' +
        '"string":"\\u20ac$\\u000F\\u000aA\'\\u0042\\u0022\\u005c\\\\\\"\\/","literals":[null,true,false]}',
    )
    expect(canonicalJson(value)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],' +
        '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    )
  })

  it('sorts members by UTF-16 code units (RFC 8785 §3.2.3)', () => {
    const value = { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\ud83d\ude00': 5, '\u0080': 6, '\u00f6': 7 }
    expect(Object.values(JSON.parse(canonicalJson(value)))).toHaveLength(7)
    const order = [...canonicalJson(value).matchAll(/:(\d)/g)].map(([, digit]) => digit).join('')
    expect(order).toBe('2467153')
  })

  it('gives the number samples of RFC 8785 appendix B', () => {
    const samples: [number, string][] = [
      [-0, '0'],
      [5e-324, '5e-324'],
      [1.7976931348623157e308, '1.7976931348623157e+308'],
      [9007199254740992, '9007199254740992'],
      [295147905179352830000, '295147905179352830000'],
      [1e21, '1e+21'],
      [9.999999999999997e22, '9.999999999999997e+22'],
      [333333333.3333332, '333333333.3333332'],
      [0.000001, '0.000001'],
      [1e-7, '1e-7'],
    ]
    for (const [value, text] of samples) expect(canonicalJson(value)).toBe(text)
  })

  it('agrees with a second implementation on any JSON, and reads back', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6, stringUnit: 'binary' }), (value) => {
        const json = JSON.parse(JSON.stringify(value))
        expect(canonicalJson(json)).toBe(canonicalize(json))
        expect(parseCanonicalJson(canonicalBytes(json))).toEqual(json)
      }),
    )
  })

  class Card {
    number = '4539'
  }
  const cycle: unknown[] = []
  cycle.push(cycle)
  it.each([
    ['undefined', undefined],
    ['an undefined member', { a: undefined }],
    ['a hole in an array', [1, undefined]],
    ['NaN', { a: Number.NaN }],
    ['infinity', [Number.POSITIVE_INFINITY]],
    ['a bigint', { a: 1n }],
    ['a function', { a: () => 1 }],
    ['a symbol', { a: Symbol('a') }],
    ['a lone surrogate', { a: '\ud800' }],
    ['a lone surrogate in a name', { '\udc00': 1 }],
    ['a date', { at: new Date(0) }],
    ['a map', new Map([['a', 1]])],
    ['bytes', { a: new Uint8Array(2) }],
    ['a class instance', new Card()],
    ['a cycle', cycle],
  ])('refuses %s instead of dropping it', (_, value) =>
    expect(() => canonicalJson(value)).toThrow(expect.objectContaining({ code: 'invalid-input' })),
  )

  it('takes __proto__ as an ordinary member', () => {
    expect(canonicalJson(JSON.parse('{"__proto__":{"b":1},"a":2}'))).toBe('{"__proto__":{"b":1},"a":2}')
  })

  it.each([
    '{"b":1,"a":2}',
    '{"a":1,"a":2}',
    '{ "a":1}',
    '{"a":1.0}',
    '{"a":"\\u0041"}',
    '[1,]',
    '',
    '"\\ud800"',
  ])('a text that is not canonical is refused: %s', (text) =>
    expect(() => parseCanonicalJson(utf8Bytes(text))).toThrow(expect.objectContaining({ code: 'malformed' })),
  )

  it('writes UTF-8', () => expect(toHex(canonicalBytes('€'))).toBe('22e282ac22'))
})

describe('the canonical JSON around one member', () => {
  it('is the text with it and without it', () => {
    const object = fc.dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue({ depthSize: 'small' }))
    fc.assert(
      fc.property(
        object,
        fc.string({ unit: 'grapheme' }),
        fc.string({ unit: 'grapheme' }),
        (value, name, member) => {
          const { [name]: _, ...without } = value
          const textWith = canonicalJsonAround(value, name)
          expect(textWith(undefined)).toBe(canonicalJson(without))
          expect(textWith(member)).toBe(canonicalJson({ ...without, [name]: member }))
        },
      ),
    )
  })

  it('is refused for what is no plain object', () => {
    for (const value of [new Date(), new Map()])
      expect(() => canonicalJsonAround(value, 'signature')).toThrow(
        expect.objectContaining({ code: 'invalid-input' }),
      )
  })
})
