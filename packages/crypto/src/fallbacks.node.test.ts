import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { toHex, utf8Bytes } from './bytes.ts'
import * as withPlatform from './ed25519.ts'
import { sha256 } from './hash.ts'
import * as mediatedWithPlatform from './mediated.ts'
import { randomBytes } from './random.ts'
import { openSealed, sealTo } from './seal-to.ts'
import { openBytes, sealBytes } from './stream.ts'
import { deriveSealingKeyPair } from './xwing.ts'

/** Which parts of the platform a browser may lack. Everything has to work, and agree, without them. */
const LACKING: Record<string, string[]> = {
  'a browser with everything': [],
  'a browser without X25519, Ed25519 and ML-KEM': ['X25519', 'Ed25519', 'ML-KEM-768'],
}

describe.each(Object.entries(LACKING))('in %s', (_, lacking) => {
  beforeEach(() => {
    vi.resetModules()
    vi.stubGlobal('process', { ...process, getBuiltinModule: undefined })
    const importKey = crypto.subtle.importKey.bind(crypto.subtle) as (
      ...args: unknown[]
    ) => Promise<CryptoKey>
    vi.spyOn(crypto.subtle, 'importKey').mockImplementation((...args: unknown[]) => {
      const name = args[2] as string
      return lacking.includes(name) ? Promise.reject(new Error(`no ${name} here`)) : importKey(...args)
    })
  })
  afterEach(() => {
    vi.unstubAllGlobals()
    vi.restoreAllMocks()
    vi.resetModules()
  })

  it('nothing of Node is used', async () => {
    expect((await import('./node-crypto.ts')).nodeCrypto).toBeUndefined()
  })

  it('hashes, sealed content and base64 agree with Node', async () => {
    const bytes = randomBytes(70_000)
    const hash = await import('./hash.ts')
    expect(toHex(hash.sha256(bytes))).toBe(toHex(sha256(bytes)))
    const text = await import('./bytes.ts')
    expect(text.toBase64Url(bytes)).toBe(Buffer.from(bytes).toString('base64url'))
    expect(text.fromBase64(text.toBase64(bytes))).toEqual(bytes)
    expect(() => text.fromBase64Url('Zh')).toThrow(expect.objectContaining({ code: 'malformed' }))
    const stream = await import('./stream.ts')
    const dek = randomBytes(32)
    for (const plaintext of [bytes.subarray(0, 100), bytes]) {
      const here = await stream.sealBytes({ dek, plaintext, chunkBytes: 40_000 })
      expect(await openBytes({ dek, sealed: here.sealed, root: here.root })).toEqual(plaintext.slice())
      const there = await sealBytes({ dek, plaintext, chunkBytes: 40_000 })
      expect(await stream.openBytes({ dek, sealed: there.sealed, root: there.root })).toEqual(
        plaintext.slice(),
      )
    }
  })

  it('sealing agrees with Node in both directions', async () => {
    const seed = randomBytes(32)
    const { publicKey } = deriveSealingKeyPair(seed)
    const xwing = await import('./xwing.ts')
    expect(toHex(xwing.deriveSealingKeyPair(seed.slice()).publicKey)).toBe(toHex(publicKey))
    const sealing = await import('./seal-to.ts')
    const info = 'curo/v1/test'
    const plaintext = utf8Bytes('across')
    for (let i = 0; i < 3; i++) {
      const here = await sealing.sealTo({ publicKey, plaintext, info })
      expect(await openSealed({ seed, sealed: here, info })).toEqual(plaintext)
      const there = await sealTo({ publicKey, plaintext, info })
      expect(await sealing.openSealed({ seed, sealed: there, info })).toEqual(plaintext)
      there[3] = (there[3] as number) ^ 1
      await expect(sealing.openSealed({ seed, sealed: there, info })).rejects.toMatchObject({
        code: 'wrong-key',
      })
    }
  })

  it('mediation agrees with Node and refuses small-order values', async () => {
    const mediated = await import('./mediated.ts')
    const [seed, scalar] = [randomBytes(32), mediated.makeMediationScalar()]
    const { x25519PublicKey: holderPoint } = mediated.holderHalf(seed)
    const point = await mediatedWithPlatform.mediationPoint(scalar, holderPoint)
    expect(toHex(await mediated.mediationPoint(scalar, holderPoint))).toBe(toHex(point))
    const share = mediated.mediationShare(scalar, holderPoint)
    await mediated.checkMediationPoint({ seed, share, point })
    await mediatedWithPlatform.checkMediationPoint({ seed, share, point })
    const { importX25519Scalar } = await import('./x25519.ts')
    for (const u of [0, 1]) {
      const small = Uint8Array.of(u, ...new Uint8Array(31))
      await expect(importX25519Scalar(scalar).multiply(small)).rejects.toMatchObject({ code: 'bad-key' })
    }
  })

  it('signatures agree with Node', async () => {
    const { importEd25519Seed, verifyEd25519 } = await import('./ed25519.ts')
    const [seed, message] = [randomBytes(32), utf8Bytes('signed')]
    const here = await importEd25519Seed(seed)
    const there = await withPlatform.importEd25519Seed(seed)
    const signature = await here.sign(message)
    expect(toHex(here.publicKey)).toBe(toHex(there.publicKey))
    expect(toHex(signature)).toBe(toHex(await there.sign(message)))
    expect(await verifyEd25519(here.publicKey, message, signature)).toBe(true)
    expect(await verifyEd25519(here.publicKey, utf8Bytes('Signed'), signature)).toBe(false)
    await expect(verifyEd25519(new Uint8Array(32), message, signature)).rejects.toMatchObject({
      code: 'bad-key',
    })
  })
})
