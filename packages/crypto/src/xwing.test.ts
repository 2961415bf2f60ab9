import { x25519 } from '@noble/curves/ed25519.js'
import { ml_kem768_x25519 } from '@noble/post-quantum/hybrid.js'
import { ml_kem768 } from '@noble/post-quantum/ml-kem.js'
import { describe, expect, it } from 'vitest'
import { concatBytes, fromHex, toHex } from './bytes.ts'
import { randomBytes } from './random.ts'
import {
  checkSealingPublicKey,
  deriveSealingKeyPair,
  ENCAPSULATION_BYTES,
  expandSealingSeed,
  keyIdOf,
  makeSealingKeyPair,
  SEALING_PUBLIC_KEY_BYTES,
  xwingDecapsulate,
  xwingEncapsulate,
} from './xwing.ts'

/** draft-connolly-cfrg-xwing-kem-10, appendix C (IETF Trust, Revised BSD); of the long values the first and last bytes. */
const VECTORS = [
  {
    seed: '7f9c2ba4e88f827d616045507605853ed73b8093f6efbc88eb1a6eacfa66ef26',
    pk: [
      'e2236b35a8c24b39b10aa1323a96a919a2ced88400633a7b07131713fc14b2b5b19cfc3d',
      'eff389b27dce59844570216223593d4ba32d9abac8cd049040ef6534',
    ],
    eseed:
      '3cb1eea988004b93103cfb0aeefd2a686e01fa4a58e8a3639ca8a1e3f9ae57e235b8cc873c23dc62b8d260169afa2f75ab916a58d974918835d25e6a435085b2',
    ct: [
      'b83aa828d4d62b9a83ceffe1d3d3bb1ef31264643c070c5798927e41fb07914a273f8f96',
      '7f31ed6f7cb1600de56f17576740ce2a32fc5145030145cfb97e63e0e41d354274a079d3e6fb2e15',
    ],
    ss: 'd2df0522128f09dd8e2c92b1e905c793d8f57a54c3da25861f10bf4ca613e384',
  },
  {
    seed: 'badfd6dfaac359a5efbb7bcc4b59d538df9a04302e10c8bc1cbf1a0b3a5120ea',
    pk: [
      '0333285fa253661508c9fb444852caa4061636cb060e69943b431400134ae1fbc0228724',
      'cbb48fd4c562a576549f85b528c953926d96ea8a160b8843f1c89c62',
    ],
    eseed:
      '17cda7cfad765f5623474d368ccca8af0007cd9f5e4c849f167a580b14aabdefaee7eef47cb0fca9767be1fda69419dfb927e9df07348b196691abaeb580b32d',
    ct: [
      'c93beb22326705699bbc3d1d0aa6339be7a405debe61a7c337e1a91453c097a6f77c1306',
      '00342d123f618aa8c91bdf6e0e03200693c9651e469aee6f91c98bea4127ae66312f4ae3ea155b67',
    ],
    ss: 'f2e86241c64d60f6649fbc6c5b7d17180b780a3f34355e64a85749949c45f150',
  },
] as const

describe('X-Wing', () => {
  it.each(VECTORS)('gives the vectors of the draft (seed $seed)', async ({ seed, pk, eseed, ct, ss }) => {
    const { publicKey } = deriveSealingKeyPair(fromHex(seed))
    expect(publicKey.length).toBe(SEALING_PUBLIC_KEY_BYTES)
    expect(toHex(publicKey).startsWith(pk[0])).toBe(true)
    expect(toHex(publicKey).endsWith(pk[1])).toBe(true)
    const coins = fromHex(eseed)
    const { cipherText } = ml_kem768.encapsulate(publicKey.subarray(0, 1184), coins.slice(0, 32))
    const encapsulation = concatBytes(cipherText, x25519.getPublicKey(coins.slice(32)))
    expect(toHex(encapsulation).startsWith(ct[0])).toBe(true)
    expect(toHex(encapsulation).endsWith(ct[1])).toBe(true)
    expect(toHex(await xwingDecapsulate(expandSealingSeed(fromHex(seed)), encapsulation))).toBe(ss)
  })

  it('agrees with a second implementation in both directions', async () => {
    const seed = randomBytes(32)
    const { publicKey } = deriveSealingKeyPair(seed)
    const other = ml_kem768_x25519.keygen(seed)
    expect(toHex(other.publicKey)).toBe(toHex(publicKey))
    const mine = await xwingEncapsulate(publicKey)
    expect(mine.encapsulation.length).toBe(ENCAPSULATION_BYTES)
    expect(toHex(ml_kem768_x25519.decapsulate(mine.encapsulation, other.secretKey))).toBe(
      toHex(mine.sharedSecret),
    )
    const theirs = ml_kem768_x25519.encapsulate(publicKey)
    const key = expandSealingSeed(seed)
    // Twice: from the second decapsulation on, a prepared key is used.
    for (let i = 0; i < 3; i++)
      expect(toHex(await xwingDecapsulate(key, theirs.cipherText))).toBe(toHex(theirs.sharedSecret))
  })

  it('a forged ciphertext gives another secret, not an error (implicit rejection)', async () => {
    const { seed, publicKey } = makeSealingKeyPair()
    const { encapsulation, sharedSecret } = await xwingEncapsulate(publicKey)
    encapsulation[5] = (encapsulation[5] as number) ^ 1
    const key = expandSealingSeed(seed)
    const first = toHex(await xwingDecapsulate(key, encapsulation))
    expect(first).not.toBe(toHex(sharedSecret))
    expect(toHex(await xwingDecapsulate(key, encapsulation))).toBe(first)
    expect(toHex(ml_kem768_x25519.decapsulate(encapsulation, seed))).toBe(first)
  })

  it('key ids are 16 bytes of SHA-256 and differ by every bit of the key', () => {
    const { publicKey } = makeSealingKeyPair()
    const id = keyIdOf(publicKey)
    expect(id).toMatch(/^[A-Za-z0-9_-]{22}$/)
    const other = new Uint8Array(publicKey)
    other[1215] = (other[1215] as number) ^ 0x80
    expect(keyIdOf(other)).not.toBe(id)
  })
})

describe('a forged sealing key is refused', () => {
  const bad = expect.objectContaining({ code: 'bad-key' })

  it('by its length', () => {
    for (const length of [0, 32, 1184, 1215, 1217])
      expect(() => checkSealingPublicKey(new Uint8Array(length))).toThrow(bad)
    expect(() => deriveSealingKeyPair(new Uint8Array(31))).toThrow(bad)
  })

  it('when a coefficient of its ML-KEM half is not below q (FIPS 203 §7.2)', async () => {
    const { publicKey } = makeSealingKeyPair()
    checkSealingPublicKey(publicKey)
    for (const at of [0, 576, 1149]) {
      for (const [first, second] of [
        [3329, 0],
        [0, 3329],
        [4095, 4095],
      ] as const) {
        const forged = new Uint8Array(publicKey)
        forged.set([first & 255, (first >> 8) | ((second & 15) << 4), second >> 4], at)
        expect(() => checkSealingPublicKey(forged)).toThrow(bad)
        await expect(xwingEncapsulate(forged)).rejects.toMatchObject({ code: 'bad-key' })
      }
      const largest = new Uint8Array(publicKey)
      largest.set([3328 & 255, (3328 >> 8) | ((3328 & 15) << 4), 3328 >> 4], at)
      checkSealingPublicKey(largest)
    }
  })

  it('when its X25519 half has small order or a second encoding', () => {
    const { publicKey } = makeSealingKeyPair()
    for (const half of [
      new Uint8Array(32),
      Uint8Array.of(1, ...new Uint8Array(31)),
      new Uint8Array(32).fill(0xff),
    ])
      expect(() => checkSealingPublicKey(concatBytes(publicKey.subarray(0, 1184), half))).toThrow(bad)
  })
})

it('sealing to more keys than are kept prepared, in any order, reaches each of them', async () => {
  const pairs = Array.from({ length: 40 }, makeSealingKeyPair)
  for (const { seed, publicKey } of [...pairs, ...pairs.slice(0, 5), ...pairs.slice(-5)]) {
    const { encapsulation, sharedSecret } = await xwingEncapsulate(publicKey)
    expect(toHex(await xwingDecapsulate(expandSealingSeed(seed), encapsulation))).toBe(toHex(sharedSecret))
  }
})
