import { ed25519, x25519 } from '@noble/curves/ed25519.js'
import { sha3_256, shake256 } from '@noble/hashes/sha3.js'
import { ml_kem768 } from '@noble/post-quantum/ml-kem.js'
import { AEAD_AES_256_GCM, KDF_HKDF_SHA256, KEM_MLKEM768_X25519 } from '@panva/hpke-noble'
import * as HPKE from 'hpke'
import { describe, expect, it } from 'vitest'
import { asBufferSource, concatBytes, fromHex, toHex, utf8Bytes } from './bytes.ts'
import { hkdfSha256 } from './hash.ts'
import { hpkeOpen } from './hpke.ts'
import {
  holderHalf,
  makeMediationScalar,
  mediatedPublicKey,
  mediationPoint,
  mediationStep,
  openMediated,
} from './mediated.ts'
import { randomBytes } from './random.ts'
import { sealTo } from './seal-to.ts'

const ORDER = ed25519.Point.Fn.ORDER
const info = 'curo/v1/test'

const toNumber = (bytes: Uint8Array) => BigInt(`0x${toHex(bytes.slice().reverse())}`)

/** RFC 7748 §5: what X25519 makes of 32 bytes. */
function clamp(scalar: Uint8Array): bigint {
  const bytes = scalar.slice()
  bytes[0] = (bytes[0] as number) & 248
  bytes[31] = ((bytes[31] as number) & 127) | 64
  return toNumber(bytes)
}

/**
 * A clamped scalar k with k ≡ x·s modulo the group order, if there is one: k = 2^254 + 8t with t < 2^251, so for about
 * half of all pairs. k is the private X25519 key that belongs to P = s·x·B.
 */
function combinedScalar(x: Uint8Array, s: Uint8Array): Uint8Array | undefined {
  const { Fn } = ed25519.Point
  const t = Fn.mul(Fn.create(clamp(x) * clamp(s) - (1n << 254n)), Fn.inv(8n))
  if (t >= 1n << 251n) return undefined
  const k = (1n << 254n) + 8n * t
  expect(k % ORDER).toBe((clamp(x) * clamp(s)) % ORDER)
  return fromHex(k.toString(16).padStart(64, '0')).reverse()
}

/** As mediated.ts derives it; if that changed, this and every stored wrap would break. */
function keyScalar(scalar: Uint8Array, holderPoint: Uint8Array): Uint8Array {
  const label = concatBytes(utf8Bytes('curo/v1/mediation\0'), holderPoint)
  return hkdfSha256({ ikm: scalar, salt: new Uint8Array(0), info: label, length: 32 })
}

async function makeCombinable() {
  for (;;) {
    const [seed, scalar] = [randomBytes(32), makeMediationScalar()]
    const { kemPublicKey, x25519PublicKey: holderPoint } = holderHalf(seed)
    const expanded = shake256(seed, { dkLen: 96 })
    const combined = combinedScalar(expanded.slice(64), keyScalar(scalar, holderPoint))
    if (!combined) continue
    const point = await mediationPoint(scalar, holderPoint)
    const kem = ml_kem768.keygen(expanded.slice(0, 64))
    return {
      seed,
      scalar,
      holderPoint,
      point,
      combined,
      kem,
      publicKey: mediatedPublicKey({ kemPublicKey, point }),
    }
  }
}

describe('a mediated opening', () => {
  it('equals a plain X-Wing opening with the combined key, written from the draft with another library', async () => {
    for (let i = 0; i < 5; i++) {
      const { seed, scalar, holderPoint, point, combined, kem, publicKey } = await makeCombinable()
      expect(toHex(x25519.getPublicKey(combined))).toBe(toHex(point))
      const plaintext = randomBytes(32)
      const sealed = await sealTo({ publicKey, plaintext, info })

      const step = await mediationStep(scalar, holderPoint, sealed)
      expect(await openMediated({ seed, point, sealed, step, info })).toEqual(plaintext)

      const [ctM, ctX] = [sealed.slice(0, 1088), sealed.slice(1088, 1120)]
      const ssM = ml_kem768.decapsulate(ctM, kem.secretKey)
      const ssX = x25519.scalarMult(combined, ctX)
      const sharedSecret = sha3_256(concatBytes(ssM, ssX, ctX, point, fromHex('5c2e2f2f5e5c')))
      expect(await hpkeOpen({ sharedSecret, info, sealed: sealed.subarray(1120) })).toEqual(plaintext)
    }
  })

  it('opens what a standard HPKE library sealed', async () => {
    const { seed, scalar, holderPoint, point, publicKey } = await makeCombinable()
    const suite = new HPKE.CipherSuite(KEM_MLKEM768_X25519, KDF_HKDF_SHA256, AEAD_AES_256_GCM)
    const recipient = await suite.DeserializePublicKey(asBufferSource(publicKey))
    const plaintext = randomBytes(32)
    const aad = utf8Bytes('place')
    const { encapsulatedSecret, ciphertext } = await suite.Seal(recipient, plaintext, {
      info: utf8Bytes(info),
      aad,
    })
    const sealed = concatBytes(encapsulatedSecret, ciphertext)
    const step = await mediationStep(scalar, holderPoint, sealed)
    expect(await openMediated({ seed, point, sealed, step, info, aad })).toEqual(plaintext)
  })
})
