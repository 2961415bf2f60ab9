import { ed25519 } from '@noble/curves/ed25519.js'
import { sha512 } from '@noble/hashes/sha2.js'
import { asBufferSource, type Bytes, concatBytes, fromHex, toBase64Url, toHex } from './bytes.ts'
import { CuroError } from './errors.ts'
import { nodeCrypto } from './node-crypto.ts'

/** Ed25519 (RFC 8032) through Node, else WebCrypto, else noble, all judging by the same rules. */
export const SIGNING_SEED_BYTES = 32
export const SIGNING_PUBLIC_KEY_BYTES = 32
export const SIGNATURE_BYTES = 64

const PKCS8_PREFIX = fromHex('302e020100300506032b657004220420')
const UNUSED_PUBLIC_PART = toBase64Url(new Uint8Array(32))
/** Encodings of the eight points of small order, with either sign bit; a signature under one proves nothing. */
const SMALL_ORDER = new Set(
  [
    '0100000000000000000000000000000000000000000000000000000000000000',
    'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
    '0000000000000000000000000000000000000000000000000000000000000000',
    '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
    'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  ].flatMap((hex) => [hex, hex.slice(0, 62) + (Number.parseInt(hex.slice(62), 16) | 0x80).toString(16)]),
)

function badKey(why: string): never {
  throw new CuroError('bad-key', `This signing key is refused: ${why}. Ask its owner for a key made by Curo.`)
}

/** The cheap half of checkSigningPublicKey, made before every verification. Throws 'bad-key'. */
function checkEncoding(publicKey: Uint8Array): void {
  if (publicKey.length !== SIGNING_PUBLIC_KEY_BYTES) badKey(`it has ${publicKey.length} bytes, not 32`)
  const top = (publicKey[31] as number) & 0x7f
  const beyondField =
    top === 0x7f && (publicKey[0] as number) >= 0xed && publicKey.subarray(1, 31).every((b) => b === 255)
  if (beyondField) badKey('its encoding is not canonical')
  if (SMALL_ORDER.has(toHex(publicKey))) badKey('it has small order')
}

/**
 * Throws 'bad-key' unless the key is the canonical encoding of a point on the curve in the prime-order group. Verifiers
 * disagree on all others (small order, mixed order, not canonical), so they are refused when a key is registered.
 */
export function checkSigningPublicKey(publicKey: Uint8Array): void {
  checkEncoding(publicKey)
  let inPrimeOrderGroup: boolean
  try {
    inPrimeOrderGroup = ed25519.Point.fromBytes(publicKey, false).isTorsionFree()
  } catch {
    badKey('it is not a point on the curve')
  }
  if (!inPrimeOrderGroup) badKey('it is not in the prime-order group')
}

let webCryptoHasEd25519: Promise<boolean> | undefined

function detectWebCryptoEd25519(): Promise<boolean> {
  webCryptoHasEd25519 ??= Promise.resolve()
    .then(() =>
      crypto.subtle.importKey('raw', asBufferSource(ed25519.Point.BASE.toBytes()), 'Ed25519', false, [
        'verify',
      ]),
    )
    .then(
      () => true,
      () => false,
    )
  return webCryptoHasEd25519
}

/**
 * Calls for one key that are made one after the other, without waiting in between, begin together. Handing work to a thread that sleeps costs as much as a signature;
 * between two of several hundred that come one by one all threads would fall asleep again.
 */
function inOneGo<I, O>(work: (input: I) => Promise<O>): (input: I) => Promise<O> {
  let waiting: (() => void)[] = []
  const begin = () => {
    const all = waiting
    waiting = []
    for (const start of all) start()
  }
  return (input) =>
    new Promise((resolve) => {
      if (waiting.length === 0) queueMicrotask(begin)
      waiting.push(() => resolve(work(input)))
    })
}

function checkSeed(seed: Uint8Array): void {
  if (seed.length !== SIGNING_SEED_BYTES) badKey(`its seed has ${seed.length} bytes, not 32`)
}

function nodePrivateKey(seed: Uint8Array, node: NonNullable<typeof nodeCrypto>) {
  return node.createPrivateKey({
    key: { kty: 'OKP', crv: 'Ed25519', d: toBase64Url(seed), x: UNUSED_PUBLIC_PART },
    format: 'jwk',
  })
}

/** Signs on the thread that calls: for one that does nothing else. Throws 'bad-key'. */
export function signerOnThisThread(seed: Uint8Array): (message: Uint8Array) => Bytes {
  checkSeed(seed)
  if (!nodeCrypto) return (message) => ed25519.sign(message, seed) as Bytes
  const node = nodeCrypto
  const privateKey = nodePrivateKey(seed, node)
  return (message) => new Uint8Array(node.sign(null, message, privateKey))
}

/** Public key and signer of a 32-byte seed. */
export async function importEd25519Seed(
  seed: Uint8Array,
): Promise<{ publicKey: Bytes; sign(message: Uint8Array): Promise<Bytes> }> {
  checkSeed(seed)
  if (nodeCrypto) {
    const node = nodeCrypto
    const privateKey = nodePrivateKey(seed, node)
    const der = node.createPublicKey(privateKey).export({ format: 'der', type: 'spki' })
    return {
      publicKey: new Uint8Array(der.subarray(-SIGNING_PUBLIC_KEY_BYTES)),
      // In Node's thread pool: many signatures at once use all cores, and none holds up the event loop.
      sign: inOneGo(
        (message) =>
          new Promise((resolve, reject) => {
            node.sign(null, message, privateKey, (error, signature) => {
              if (error) reject(error)
              else resolve(new Uint8Array(signature))
            })
          }),
      ),
    }
  }
  const copy = new Uint8Array(seed)
  const publicKey = ed25519.getPublicKey(copy) as Bytes
  if (!(await detectWebCryptoEd25519()))
    return { publicKey, sign: async (message) => ed25519.sign(message, copy) as Bytes }
  const privateKey = await crypto.subtle.importKey(
    'pkcs8',
    concatBytes(PKCS8_PREFIX, copy),
    'Ed25519',
    false,
    ['sign'],
  )
  return {
    publicKey,
    sign: async (message) =>
      new Uint8Array(await crypto.subtle.sign('Ed25519', privateKey, asBufferSource(message))),
  }
}

function littleEndian(bytes: Uint8Array): bigint {
  return BigInt(`0x${toHex(bytes.slice().reverse())}`)
}

/** RFC 8032 §5.1.7 without the cofactor, comparing R byte by byte, as OpenSSL and BoringSSL do. */
export function verifyWithoutPlatform(
  publicKey: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
): boolean {
  const { Point } = ed25519
  const order = Point.Fn.ORDER
  const s = littleEndian(signature.subarray(32))
  if (s >= order) return false
  try {
    const key = Point.fromBytes(publicKey, false)
    const digest = sha512(concatBytes(signature.subarray(0, 32), publicKey, message))
    const h = littleEndian(digest) % order
    const hA = h === 0n ? Point.ZERO : key.multiplyUnsafe(h)
    const sB = s === 0n ? Point.ZERO : Point.BASE.multiplyUnsafe(s)
    return toHex(sB.subtract(hA).toBytes()) === toHex(signature.subarray(0, 32))
  } catch {
    return false
  }
}

/** Whether the signature holds. Throws 'bad-key' for keys of small order and encodings that are not canonical. */
export async function verifyEd25519(
  publicKey: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
): Promise<boolean> {
  const verify = verifierOf(publicKey)
  return signature.length === SIGNATURE_BYTES && (await verify({ message, signature }))
}

type Verifier = (given: { message: Uint8Array; signature: Uint8Array }) => Promise<boolean>

/** Importing a key takes a third as long as a verification, and a chart has a few authors. */
const MAX_VERIFIERS = 64
const verifiers = new Map<string, Verifier>()

/** Throws 'bad-key'. */
function verifierOf(publicKey: Uint8Array): Verifier {
  const name = toBase64Url(publicKey)
  let verifier = verifiers.get(name)
  if (!verifier) {
    checkEncoding(publicKey)
    verifier = nodeCrypto ? nodeVerifier(name, nodeCrypto) : webVerifier(publicKey.slice())
  }
  verifiers.delete(name) // and to the end: the first one is the longest unused
  verifiers.set(name, verifier)
  const [oldest] = verifiers.keys()
  if (verifiers.size > MAX_VERIFIERS && oldest !== undefined) verifiers.delete(oldest)
  return verifier
}

/** In Node's thread pool, as signing. */
function nodeVerifier(publicKeyBase64Url: string, node: NonNullable<typeof nodeCrypto>): Verifier {
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: publicKeyBase64Url }
  const key = node.createPublicKey({ key: jwk, format: 'jwk' })
  return inOneGo(
    ({ message, signature }) =>
      new Promise((resolve, reject) => {
        node.verify(null, message, key, signature, (error, holds) => {
          if (error) reject(error)
          else resolve(holds)
        })
      }),
  )
}

function webVerifier(publicKey: Bytes): Verifier {
  let key: Promise<CryptoKey> | undefined
  return async ({ message, signature }) => {
    if (!(await detectWebCryptoEd25519())) return verifyWithoutPlatform(publicKey, message, signature)
    key ??= crypto.subtle.importKey('raw', publicKey, 'Ed25519', false, ['verify'])
    try {
      return await crypto.subtle.verify(
        'Ed25519',
        await key,
        asBufferSource(signature),
        asBufferSource(message),
      )
    } catch (error) {
      key = undefined // a failed import is tried again
      throw error
    }
  }
}
