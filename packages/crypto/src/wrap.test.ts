import { describe, expect, it } from 'vitest'
import { equalBytes, utf8Bytes } from './bytes.ts'
import { randomBytes } from './random.ts'
import { unwrapSecret, wrapSecret } from './wrap.ts'

const wrappingKey = randomBytes(32)
const secret = randomBytes(32)
const context = 'account root by test'
const aad = utf8Bytes('account 7')

describe('wrapping a key', () => {
  it('comes back with the same key, context and AAD', async () => {
    for (const length of [0, 1, 32, 9000]) {
      const longSecret = randomBytes(length)
      const wrapped = await wrapSecret({ wrappingKey, secret: longSecret, context, aad })
      expect(wrapped.length).toBe(81 + length)
      expect(await unwrapSecret({ wrappingKey, wrapped, context, aad })).toEqual(longSecret)
    }
  })

  it('never gives the same bytes twice', async () => {
    const [a, b] = [
      await wrapSecret({ wrappingKey, secret, context }),
      await wrapSecret({ wrappingKey, secret, context }),
    ]
    expect(equalBytes(a.subarray(1, 33), b.subarray(1, 33))).toBe(false)
    expect(equalBytes(a.subarray(65), b.subarray(65))).toBe(false)
  })

  it('refuses another key or context as the wrong key, another AAD as tampered', async () => {
    const wrapped = await wrapSecret({ wrappingKey, secret, context, aad })
    await expect(unwrapSecret({ wrappingKey: randomBytes(32), wrapped, context, aad })).rejects.toMatchObject(
      {
        code: 'wrong-key',
      },
    )
    await expect(unwrapSecret({ wrappingKey, wrapped, context: 'else', aad })).rejects.toMatchObject({
      code: 'wrong-key',
    })
    await expect(unwrapSecret({ wrappingKey, wrapped, context })).rejects.toMatchObject({ code: 'tampered' })
  })

  it('refuses every flipped byte and every truncation', async () => {
    const wrapped = await wrapSecret({ wrappingKey, secret, context, aad })
    for (let at = 0; at < wrapped.length; at++) {
      const flipped = wrapped.slice()
      flipped[at] = (flipped[at] as number) ^ 0x20
      const code = at === 0 ? 'unsupported-suite' : at < 65 ? 'wrong-key' : 'tampered'
      await expect(unwrapSecret({ wrappingKey, wrapped: flipped, context, aad })).rejects.toMatchObject({
        code,
      })
      const cut = unwrapSecret({ wrappingKey, wrapped: wrapped.slice(0, at), context, aad })
      await expect(cut).rejects.toMatchObject({ code: at < 81 ? 'truncated' : 'tampered' })
    }
  })

  it('refuses a wrapping key of another length', async () => {
    await expect(wrapSecret({ wrappingKey: randomBytes(16), secret, context })).rejects.toMatchObject({
      code: 'bad-key',
    })
  })
})
