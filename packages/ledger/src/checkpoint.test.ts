import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatCheckpoint, parseCheckpoint } from './checkpoint.ts'
import { hasControlCharacters } from './control-characters.ts'
import { MAX_TREE_SIZE } from './tree-size.ts'

const text = 'example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n'

describe('a checkpoint', () => {
  it('of the specification is read and written back to the byte', () => {
    const checkpoint = parseCheckpoint(text)
    expect(checkpoint).toMatchObject({ origin: 'example.com/behind-the-sofa', size: 20852163 })
    expect(formatCheckpoint(checkpoint)).toBe(text)
  })

  it('of any origin, size and root survives writing and reading', () => {
    const sizes = fc.oneof(fc.nat(), fc.maxSafeNat())
    const origins = fc.string({ minLength: 1 }).filter((origin) => !hasControlCharacters(origin))
    fc.assert(
      fc.property(origins, sizes, fc.uint8Array({ minLength: 32, maxLength: 32 }), (origin, size, root) => {
        expect(parseCheckpoint(formatCheckpoint({ origin, size, root }))).toEqual({ origin, size, root })
      }),
    )
  })

  it('with an extension line is refused: no monitor could audit it', () => {
    expect(() => parseCheckpoint(`${text}extension\n`)).toThrow(/three lines/)
    expect(() => parseCheckpoint(`${text}\n`)).toThrow(/three lines/)
  })

  it('attack: a size with sign, space, leading zero, exponent or above 2^53 − 1 is refused', () => {
    const sizes = [
      '',
      '-1',
      '+1',
      ' 1',
      '1 ',
      '01',
      '00',
      '1e3',
      '0x10',
      '1.0',
      '١',
      '9007199254740992',
      '18446744073709551615',
    ]
    for (const size of sizes)
      expect(() => parseCheckpoint(text.replace('20852163', size)), size).toThrow(
        expect.objectContaining({ code: 'malformed' }),
      )
    expect(parseCheckpoint(text.replace('20852163', String(MAX_TREE_SIZE))).size).toBe(MAX_TREE_SIZE)
    expect(parseCheckpoint(text.replace('20852163', '0')).size).toBe(0)
  })

  it('attack: a root in base64 that Node’s decoder accepts and the specification does not is refused', () => {
    const root = 'CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I='
    const variants = [
      root.replace('/', '_'),
      root.slice(0, -1),
      root.replace('2I=', '2J='),
      ` ${root}`,
      `${root}garbage`,
      `${root.slice(0, 10)} ${root.slice(10)}`,
      root.replace('=', ''),
      'AAAA',
    ]
    for (const variant of variants) {
      expect(Buffer.from(variant, 'base64').length).toBeGreaterThan(0)
      expect(() => parseCheckpoint(text.replace(root, variant)), variant).toThrow(
        expect.objectContaining({ code: 'malformed' }),
      )
    }
  })

  it('without origin, or cut short, is refused', () => {
    expect(() => parseCheckpoint(text.slice(text.indexOf('\n')))).toThrow()
    for (let end = 0; end < text.length; end += 7) expect(() => parseCheckpoint(text.slice(0, end))).toThrow()
    expect(() => parseCheckpoint(text.slice(0, -1))).toThrow()
    expect(() => formatCheckpoint({ origin: 'a\nb', size: 0, root: new Uint8Array(32) })).toThrow()
  })
})
