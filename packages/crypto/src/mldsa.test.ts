import { expect, it } from 'vitest'
import { equalBytes, utf8Bytes } from './bytes.ts'
import { ML_DSA_44_PUBLIC_KEY_BYTES, mlDsa44PublicKey, signMlDsa44, verifyMlDsa44 } from './mldsa.ts'
import { randomBytes } from './random.ts'

const seed = randomBytes(32)
const message = utf8Bytes('subtree/v1\n\0')

it('an ML-DSA-44 signature holds for its message and key only', () => {
  const publicKey = mlDsa44PublicKey(seed)
  expect(publicKey.length).toBe(ML_DSA_44_PUBLIC_KEY_BYTES)
  const signature = signMlDsa44({ seed, message })
  expect(signature.length).toBe(2420)
  expect(verifyMlDsa44({ publicKey, message, signature })).toBe(true)
  expect(verifyMlDsa44({ publicKey, message: utf8Bytes('another'), signature })).toBe(false)
  expect(verifyMlDsa44({ publicKey: mlDsa44PublicKey(randomBytes(32)), message, signature })).toBe(false)
  for (const at of [0, 32, 1000, 2335, 2419]) {
    const flipped = signature.slice()
    flipped[at] = (flipped[at] as number) ^ 1
    expect(verifyMlDsa44({ publicKey, message, signature: flipped })).toBe(false)
  }
})

it('ML-DSA-44 signs with fresh randomness, so its signatures are no identifier', () => {
  expect(equalBytes(signMlDsa44({ seed, message }), signMlDsa44({ seed, message }))).toBe(false)
})

it('ML-DSA-44 takes garbage for a signature that does not hold, never for an error', () => {
  const publicKey = mlDsa44PublicKey(seed)
  for (let i = 0; i < 20; i++) {
    expect(verifyMlDsa44({ publicKey, message, signature: randomBytes(2420) })).toBe(false)
    expect(verifyMlDsa44({ publicKey: randomBytes(1312), message, signature: randomBytes(2420) })).toBe(false)
  }
  expect(verifyMlDsa44({ publicKey, message, signature: new Uint8Array(0) })).toBe(false)
  expect(verifyMlDsa44({ publicKey: publicKey.slice(1), message, signature: randomBytes(2420) })).toBe(false)
  expect(() => mlDsa44PublicKey(randomBytes(31))).toThrow(expect.objectContaining({ code: 'bad-key' }))
})
