import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { equalBytes } from './bytes.ts'
import { randomBytes } from './random.ts'
import {
  deriveRecoveryKey,
  makeRecoveryCode,
  parseRecoveryCode,
  unwrapByRecoveryCode,
  wrapByRecoveryCode,
} from './recovery-kit.ts'

describe('the recovery kit', () => {
  it('its code opens the account root again', async () => {
    const [code, root] = [makeRecoveryCode(), randomBytes(32)]
    const wrapped = await wrapByRecoveryCode({ code, root })
    expect(await unwrapByRecoveryCode({ code, wrapped })).toEqual(root)
    expect(await unwrapByRecoveryCode({ code: code.toLowerCase(), wrapped })).toEqual(root)
    const older = makeRecoveryCode()
    await expect(unwrapByRecoveryCode({ code: older, wrapped })).rejects.toMatchObject({ code: 'wrong-key' })
  })

  it('is printed in seven groups of four, never twice the same', () => {
    const codes = new Set(Array.from({ length: 200 }, makeRecoveryCode))
    expect(codes.size).toBe(200)
    for (const code of codes) {
      expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(?:-[0-9A-HJKMNP-TV-Z]{4}){6}$/)
      expect(parseRecoveryCode(code)).toBe(code)
    }
  })

  it('is read as people write it', () => {
    const code = makeRecoveryCode()
    const key = deriveRecoveryKey(code)
    for (const written of [
      code.toLowerCase(),
      code.replaceAll('-', ' '),
      code.replaceAll('-', ''),
      ` ${code}\n`,
      code.replaceAll('-', '–'),
      code.replaceAll('0', 'O').replaceAll('1', 'l'),
      code.replaceAll('0', 'o').replaceAll('1', 'I'),
    ]) {
      expect(parseRecoveryCode(written)).toBe(code)
      expect(equalBytes(deriveRecoveryKey(written), key)).toBe(true)
    }
  })

  it('a typing mistake is noticed, but for one in a thousand', () => {
    const symbols = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
    let unnoticed = 0
    for (let i = 0; i < 3000; i++) {
      const code = makeRecoveryCode().replaceAll('-', '')
      const at = i % 28
      const other = symbols[(symbols.indexOf(code[at] as string) + 1 + (i % 31)) % 32]
      try {
        parseRecoveryCode(code.slice(0, at) + other + code.slice(at + 1))
        unnoticed++
      } catch {}
    }
    expect(unnoticed).toBeLessThan(20)
  })

  it.each(['', 'ABCD', `${'A'.repeat(27)}U`, `${'A'.repeat(29)}`, 'नमस्ते'])(
    '%j is refused with what to do',
    (text) => expect(() => parseRecoveryCode(text)).toThrow(expect.objectContaining({ code: 'malformed' })),
  )

  it('whatever is typed, it is a code or refused as malformed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        try {
          parseRecoveryCode(text)
        } catch (error) {
          expect(error).toMatchObject({ code: 'malformed' })
        }
      }),
    )
  })
})
