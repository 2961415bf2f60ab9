import { ed25519 } from '@noble/curves/ed25519.js'
import { sha512 } from '@noble/hashes/sha2.js'
import { describe, expect, it } from 'vitest'
import { type Bytes, concatBytes, fromHex, toHex, utf8Bytes } from './bytes.ts'
import { checkSigningPublicKey, importEd25519Seed, verifyEd25519, verifyWithoutPlatform } from './ed25519.ts'
import { randomBytes } from './random.ts'

const { Point } = ed25519
const ORDER = Point.Fn.ORDER
/** A point of order 8. */
const TORSION = Point.fromHex('c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a', true)
const message = utf8Bytes('opening 1')

const littleEndian = (bytes: Uint8Array) => BigInt(`0x${toHex(bytes.slice().reverse())}`)
const toBytes = (value: bigint) => fromHex(value.toString(16).padStart(64, '0')).reverse()

/** Signs with a chosen R, A and scalar, as a malicious signer can: S = r + H(R, A, M)·a. */
function forge(options: { r: bigint; R: Uint8Array; a: bigint; A: Uint8Array }): Bytes {
  const h = littleEndian(sha512(concatBytes(options.R, options.A, message))) % ORDER
  return concatBytes(options.R, toBytes((options.r + h * options.a) % ORDER))
}

async function bothVerify(publicKey: Uint8Array, signature: Uint8Array): Promise<boolean> {
  const platform = await verifyEd25519(publicKey, message, signature)
  expect(verifyWithoutPlatform(publicKey, message, signature)).toBe(platform)
  return platform
}

describe('Ed25519, the same verdict with and without the platform', () => {
  it('two hundred signers in turn, each again after the others: none is taken for another', async () => {
    const signers = await Promise.all(Array.from({ length: 200 }, () => importEd25519Seed(randomBytes(32))))
    const signatures = await Promise.all(signers.map(({ sign }) => sign(message)))
    for (let round = 0; round < 2; round++)
      for (const [at, { publicKey }] of signers.entries()) {
        expect(await verifyEd25519(publicKey, message, signatures[at] as Uint8Array)).toBe(true)
        expect(await verifyEd25519(publicKey, message, signatures[(at + 1) % 200] as Uint8Array)).toBe(false)
      }
  })

  it('honest signatures hold, and no flipped bit of them', async () => {
    const key = await importEd25519Seed(randomBytes(32))
    const signature = await key.sign(message)
    expect(await bothVerify(key.publicKey, signature)).toBe(true)
    for (const at of [0, 31, 32, 50, 63]) {
      const flipped = signature.slice()
      flipped[at] = (flipped[at] as number) ^ 1
      expect(await bothVerify(key.publicKey, flipped)).toBe(false)
    }
    expect(await verifyEd25519(key.publicKey, message, signature.slice(1))).toBe(false)
    expect(await verifyEd25519(key.publicKey, utf8Bytes('opening 2'), signature)).toBe(false)
  })

  it('S + order is refused: signatures are not malleable', async () => {
    const key = await importEd25519Seed(randomBytes(32))
    const signature = await key.sign(message)
    const malleated = concatBytes(
      signature.subarray(0, 32),
      toBytes(littleEndian(signature.subarray(32)) + ORDER),
    )
    expect(await bothVerify(key.publicKey, malleated)).toBe(false)
  })

  it('an R with a torsion part, on which verifiers with and without cofactor disagree, is refused', async () => {
    const a = littleEndian(randomBytes(32)) % ORDER
    const A = Point.BASE.multiply(a).toBytes()
    const r = littleEndian(randomBytes(32)) % ORDER
    const honest = forge({ r, R: Point.BASE.multiply(r).toBytes(), a, A })
    expect(await bothVerify(A, honest)).toBe(true)
    const mixed = forge({ r, R: Point.BASE.multiply(r).add(TORSION).toBytes(), a, A })
    expect(await bothVerify(A, mixed)).toBe(false)
  })

  it('a key of mixed order is refused at registration', () => {
    const a = littleEndian(randomBytes(32)) % ORDER
    const honest = Point.BASE.multiply(a)
    checkSigningPublicKey(honest.toBytes())
    const mixed = honest.add(TORSION).toBytes()
    expect(() => checkSigningPublicKey(mixed)).toThrow(expect.objectContaining({ code: 'bad-key' }))
  })

  it('a seed of another length makes no key', async () => {
    await expect(importEd25519Seed(new Uint8Array(31))).rejects.toMatchObject({ code: 'bad-key' })
  })
})
