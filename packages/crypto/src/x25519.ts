import { x25519 as nobleX25519 } from '@noble/curves/ed25519.js'
import { asBufferSource, type Bytes, concatBytes, fromHex, toBase64Url, toHex } from './bytes.ts'
import { CuroError } from './errors.ts'
import { nodeCrypto } from './node-crypto.ts'

export const X25519_BYTES = 32

const BASE_POINT = Uint8Array.of(9, ...new Uint8Array(31))
/** PKCS #8 around a raw X25519 scalar (RFC 8410 §7): WebCrypto has no raw import for private keys. */
const PKCS8_PREFIX = fromHex('302e020100300506032b656e04220420')
/** JWK import checks that x is there but computes with d alone; this spares deriving the public key first. */
const UNUSED_PUBLIC_PART = toBase64Url(new Uint8Array(X25519_BYTES))

/**
 * The canonical u-coordinates of the points of small order on Curve25519 and its twist: multiplying one by a clamped
 * scalar gives zero, whatever the scalar (RFC 7748 §6.1).
 */
const SMALL_ORDER = new Set([
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000000',
  'e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800',
  '5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
])

/** Throws 'bad-key' unless `point` is the one canonical encoding (u < 2^255 − 19) of a point not of small order. */
export function checkX25519Point(point: Uint8Array): void {
  if (point.length !== X25519_BYTES)
    throw new CuroError('bad-key', `An X25519 public value has 32 bytes, not ${point.length}.`)
  const last = point[31] as number
  const beyondField =
    last > 0x7f ||
    (last === 0x7f && (point[0] as number) >= 0xed && point.subarray(1, 31).every((b) => b === 0xff))
  if (beyondField || SMALL_ORDER.has(toHex(point)))
    throw new CuroError(
      'bad-key',
      'This X25519 public value is forged (small order or not canonical); refuse its owner.',
    )
}

/** A scalar held ready for many multiplications. */
export type X25519Scalar = {
  /** scalar · point on u-coordinates, scalar clamped (RFC 7748 §5). Throws 'bad-key' when the product is zero. */
  multiply(point: Uint8Array): Promise<Bytes>
}

function smallOrder(cause?: unknown): CuroError {
  return new CuroError(
    'bad-key',
    'This X25519 value has small order and is refused; it cannot come from an honest party.',
    {
      cause,
    },
  )
}

function nodeScalar(scalar: Uint8Array, node: NonNullable<typeof nodeCrypto>): X25519Scalar {
  const jwk = { kty: 'OKP', crv: 'X25519' }
  const privateKey = node.createPrivateKey({
    key: { ...jwk, d: toBase64Url(scalar), x: UNUSED_PUBLIC_PART },
    format: 'jwk',
  })
  return {
    async multiply(point) {
      const publicKey = node.createPublicKey({ key: { ...jwk, x: toBase64Url(point) }, format: 'jwk' })
      try {
        return new Uint8Array(node.diffieHellman({ privateKey, publicKey }))
      } catch (cause) {
        throw smallOrder(cause) // OpenSSL refuses an all-zero product and has no other reason to fail here
      }
    },
  }
}

let webCryptoHasX25519: Promise<boolean> | undefined

function detectWebCryptoX25519(): Promise<boolean> {
  webCryptoHasX25519 ??= Promise.resolve()
    .then(() => crypto.subtle.importKey('raw', BASE_POINT, 'X25519', false, []))
    .then(
      () => true,
      () => false,
    )
  return webCryptoHasX25519
}

function nobleMultiply(scalar: Uint8Array, point: Uint8Array): Bytes {
  try {
    return nobleX25519.scalarMult(scalar, point) as Bytes
  } catch (cause) {
    throw smallOrder(cause) // noble, too, refuses an all-zero product
  }
}

function webScalar(scalar: Uint8Array): X25519Scalar {
  let privateKey: Promise<CryptoKey> | undefined
  return {
    async multiply(point) {
      if (!(await detectWebCryptoX25519())) return nobleMultiply(scalar, point)
      privateKey ??= crypto.subtle.importKey('pkcs8', concatBytes(PKCS8_PREFIX, scalar), 'X25519', false, [
        'deriveBits',
      ])
      const publicKey = await crypto.subtle.importKey('raw', asBufferSource(point), 'X25519', false, [])
      try {
        const bits = await crypto.subtle.deriveBits(
          { name: 'X25519', public: publicKey },
          await privateKey,
          256,
        )
        return new Uint8Array(bits)
      } catch (cause) {
        throw smallOrder(cause)
      }
    },
  }
}

/** Readies a 32-byte scalar. Node's crypto module, else WebCrypto, else JavaScript. */
export function importX25519Scalar(scalar: Uint8Array): X25519Scalar {
  if (scalar.length !== X25519_BYTES)
    throw new CuroError('bad-key', `An X25519 scalar has 32 bytes, not ${scalar.length}.`)
  const ready = nodeCrypto ? nodeScalar(scalar, nodeCrypto) : webScalar(scalar.slice())
  return {
    async multiply(point) {
      if (point.length !== X25519_BYTES)
        throw new CuroError('bad-key', `An X25519 public value has 32 bytes, not ${point.length}.`)
      return ready.multiply(point)
    },
  }
}

/** scalar · B, synchronously: the public value that belongs to a scalar. */
export function x25519PublicValue(scalar: Uint8Array): Bytes {
  if (scalar.length !== X25519_BYTES)
    throw new CuroError('bad-key', `An X25519 scalar has 32 bytes, not ${scalar.length}.`)
  if (!nodeCrypto) return nobleX25519.getPublicKey(scalar) as Bytes
  const jwk = { kty: 'OKP', crv: 'X25519' }
  return new Uint8Array(
    nodeCrypto.diffieHellman({
      privateKey: nodeCrypto.createPrivateKey({
        key: { ...jwk, d: toBase64Url(scalar), x: UNUSED_PUBLIC_PART },
        format: 'jwk',
      }),
      publicKey: nodeCrypto.createPublicKey({ key: { ...jwk, x: toBase64Url(BASE_POINT) }, format: 'jwk' }),
    }),
  )
}
