import { describe, expect, it } from 'vitest'
import {
  deriveCategoryKey,
  deriveIdentityKey,
  deriveSealKey,
  fingerprintOf,
  makeAccountRoot,
} from './account.ts'
import { toBase64Url, toHex } from './bytes.ts'
import { CATEGORIES, type Category, isCategory } from './category.ts'
import { deriveChainKey, deriveStubKey, makeLookupKey } from './lookup.ts'
import { checkSigningPublicKey } from './signatures.ts'
import { checkSealingPublicKey } from './xwing.ts'

const root = makeAccountRoot()

describe('the keys of an account', () => {
  it('are all different: by purpose, by category, by epoch, by root', async () => {
    const seeds = [(await deriveSealKey(root)).seed]
    for (const category of CATEGORIES)
      for (const epoch of [0, 1, 255, 256, 0xffffffff])
        seeds.push((await deriveCategoryKey(root, category, epoch)).seed)
    seeds.push((await deriveSealKey(makeAccountRoot())).seed, (await deriveIdentityKey(root)).publicKey, root)
    expect(new Set(seeds.map(toBase64Url)).size).toBe(seeds.length)
  })

  it('derive the same every time, and their public halves are well formed', async () => {
    const keysOf = async (of: Uint8Array) => [
      (await deriveIdentityKey(of)).publicKey,
      (await deriveSealKey(of)).publicKey,
    ]
    const [identity, seal] = (await keysOf(root)) as [Uint8Array, Uint8Array]
    expect(await keysOf(root.slice())).toEqual([identity, seal])
    checkSigningPublicKey(identity)
    checkSealingPublicKey(seal)
  })

  it('refuse a root, a category or an epoch that is none', async () => {
    await expect(deriveIdentityKey(new Uint8Array(31))).rejects.toMatchObject({ code: 'bad-key' })
    await expect(deriveSealKey(new Uint8Array(0))).rejects.toMatchObject({ code: 'bad-key' })
    const gossip = 'gossip' as Category
    await expect(deriveCategoryKey(root, gossip, 0)).rejects.toMatchObject({ code: 'invalid-input' })
    for (const epoch of [-1, 0.5, 2 ** 32, Number.NaN])
      await expect(deriveCategoryKey(root, 'vitals', epoch)).rejects.toMatchObject({ code: 'invalid-input' })
    expect(isCategory('constructor')).toBe(false)
  })

  it('the fingerprint is 16 bytes of a hash made for it alone', async () => {
    const { publicKey: identity } = await deriveIdentityKey(root)
    expect(fingerprintOf(identity).length).toBe(16)
    expect(toHex(fingerprintOf(identity))).not.toBe(toHex(fingerprintOf(root)))
  })
})

describe('the lookup key', () => {
  it('gives every hospital and every epoch a chain key of its own, unrelated to the stub key', () => {
    const lookupKey = makeLookupKey()
    const keys = [deriveStubKey(lookupKey)]
    for (const origin of ['asha.example/log', 'asha.example/lo', 'setu.example/log'])
      for (const epoch of [0, 1]) keys.push(deriveChainKey({ lookupKey, origin, epoch }))
    expect(new Set(keys.map(toHex)).size).toBe(keys.length)
  })

  it('refuses an origin that could run into the epoch, and keys of another length', () => {
    const lookupKey = makeLookupKey()
    for (const origin of ['', 'a\0b', 'a\nb'])
      expect(() => deriveChainKey({ lookupKey, origin, epoch: 0 })).toThrow(
        expect.objectContaining({ code: 'invalid-input' }),
      )
    expect(() => deriveStubKey(new Uint8Array(16))).toThrow(expect.objectContaining({ code: 'bad-key' }))
  })
})
