import { describe, expect, it } from 'vitest'
import { makeAccountRoot } from './account.ts'
import { derivePasskeyWrapKey, unwrapByPasskey, wrapByPasskey } from './passkey.ts'
import { randomBytes, randomId } from './random.ts'

describe('a passkey', () => {
  it('opens the account root again, of its own account and as itself only', async () => {
    const root = makeAccountRoot()
    const place = { prfOutput: randomBytes(32), account: randomId(), credential: 'invented' }
    const wrapped = await wrapByPasskey({ ...place, root })
    expect(await unwrapByPasskey({ ...place, wrapped })).toEqual(root)
    for (const [other, code] of [
      [{ prfOutput: randomBytes(32) }, 'wrong-key'],
      [{ account: randomId() }, 'tampered'],
      [{ credential: 'another' }, 'tampered'],
    ] as const)
      await expect(unwrapByPasskey({ ...place, ...other, wrapped })).rejects.toMatchObject({ code })
  })

  it('gives 32 bytes or none', () => {
    expect(() => derivePasskeyWrapKey(new Uint8Array(31))).toThrow(/32 bytes/)
  })
})
