import { ml_kem768 } from '@noble/post-quantum/ml-kem.js'
import { asBufferSource, type Bytes, concatBytes, fromHex, toBase64Url } from './bytes.ts'
import { CuroError } from './errors.ts'
import { nodeCrypto } from './node-crypto.ts'

/** ML-KEM-768 (FIPS 203), through the platform where it has it and through noble elsewhere. */
export const ML_KEM_SEED_BYTES = 64
export const ML_KEM_PUBLIC_BYTES = 1184
export const ML_KEM_CIPHERTEXT_BYTES = 1088

const Q = 3329

/** PKCS #8 and SubjectPublicKeyInfo around a raw seed and a raw public key (RFC 9935). */
const PKCS8_SEED_PREFIX = fromHex('3054020100300b060960864801650304040204428040')
const SPKI_PREFIX = fromHex('308204b2300b0609608648016503040402038204a100')

export type MlKemKey = {
  readonly publicKey: Bytes
  /** 32-byte shared secret. A forged ciphertext gives another secret, not an error (implicit rejection). */
  decapsulate(ciphertext: Uint8Array): Promise<Bytes>
}

export type Encapsulation = { ciphertext: Bytes; sharedSecret: Bytes }

type NodeKem = {
  encapsulate(key: unknown): { ciphertext: Uint8Array; sharedKey: Uint8Array }
  decapsulate(key: unknown, ciphertext: Uint8Array): Uint8Array
}

/** Node 24.7 and newer on OpenSSL 3.5: no @types for it in the Node 20 types. */
function detectNodeKem(): NodeKem | undefined {
  const candidate = nodeCrypto as unknown as Partial<NodeKem> | undefined
  if (typeof candidate?.decapsulate !== 'function' || typeof candidate.encapsulate !== 'function')
    return undefined
  try {
    importNodeSeed(new Uint8Array(ML_KEM_SEED_BYTES))
    return candidate as NodeKem
  } catch {
    return undefined // built against an older OpenSSL
  }
}

function importNodeSeed(seed: Uint8Array) {
  const key = concatBytes(PKCS8_SEED_PREFIX, seed) as Buffer<ArrayBuffer>
  return (nodeCrypto as NonNullable<typeof nodeCrypto>).createPrivateKey({
    key,
    format: 'der',
    type: 'pkcs8',
  })
}

const nodeKem = detectNodeKem()

/** FIPS 203 §7.2: length, and every 12-bit coefficient below q. Throws 'bad-key'. */
export function checkMlKemPublicKey(publicKey: Uint8Array): void {
  if (publicKey.length !== ML_KEM_PUBLIC_BYTES)
    throw new CuroError('bad-key', `An ML-KEM-768 public key has 1184 bytes, not ${publicKey.length}.`)
  for (let i = 0; i < ML_KEM_PUBLIC_BYTES - 32; i += 3) {
    const middle = publicKey[i + 1] as number
    const first = (publicKey[i] as number) | ((middle & 0x0f) << 8)
    const second = (middle >> 4) | ((publicKey[i + 2] as number) << 4)
    if (first >= Q || second >= Q)
      throw new CuroError(
        'bad-key',
        'This ML-KEM-768 public key is damaged or forged; ask its owner for it again.',
      )
  }
}

function nobleKey(seed: Uint8Array): MlKemKey {
  const { publicKey, secretKey } = ml_kem768.keygen(seed) as { publicKey: Bytes; secretKey: Bytes }
  let opened = 0
  let prepared: { decapsulate(ciphertext: Uint8Array, secretKey: Uint8Array): Uint8Array } | undefined
  return {
    publicKey,
    async decapsulate(ciphertext) {
      // Expanding the public matrix ahead costs half a decapsulation and saves 40 % of each: worth it from the second on.
      if (opened++ > 0) prepared ??= ml_kem768.prepare(publicKey)
      return (prepared ?? ml_kem768).decapsulate(ciphertext, secretKey) as Bytes
    },
  }
}

type WebKem = {
  decapsulateBits(algorithm: string, key: CryptoKey, ciphertext: Bytes): Promise<ArrayBuffer>
}

let webKem: Promise<WebKem | undefined> | undefined

function detectWebKem(): Promise<WebKem | undefined> {
  webKem ??= importWebSeed(new Uint8Array(ML_KEM_SEED_BYTES)).then(
    () => ('decapsulateBits' in crypto.subtle ? (crypto.subtle as unknown as WebKem) : undefined),
    () => undefined,
  )
  return webKem
}

async function importWebSeed(seed: Uint8Array): Promise<CryptoKey> {
  const usages = ['decapsulateBits' as KeyUsage]
  return crypto.subtle.importKey('raw-seed' as 'raw', asBufferSource(seed), 'ML-KEM-768', false, usages)
}

function webKey(seed: Uint8Array, fallback: MlKemKey): MlKemKey {
  let key: Promise<CryptoKey> | undefined
  return {
    publicKey: fallback.publicKey,
    async decapsulate(ciphertext) {
      const subtle = await detectWebKem()
      if (!subtle) return fallback.decapsulate(ciphertext)
      key ??= importWebSeed(seed)
      return new Uint8Array(await subtle.decapsulateBits('ML-KEM-768', await key, asBufferSource(ciphertext)))
    },
  }
}

/** Expands a 64-byte seed (d ‖ z) into a key ready for many decapsulations. Throws 'bad-key' on another length. */
export function importMlKemSeed(seed: Uint8Array): MlKemKey {
  if (seed.length !== ML_KEM_SEED_BYTES)
    throw new CuroError('bad-key', `An ML-KEM-768 seed has 64 bytes, not ${seed.length}.`)
  if (nodeKem) {
    const privateKey = importNodeSeed(seed)
    const der = nodeCrypto?.createPublicKey(privateKey).export({ format: 'der', type: 'spki' }) as Uint8Array
    return {
      publicKey: new Uint8Array(der.subarray(SPKI_PREFIX.length)),
      decapsulate: async (ciphertext) => new Uint8Array(nodeKem.decapsulate(privateKey, checked(ciphertext))),
    }
  }
  const key = nodeCrypto ? nobleKey(seed) : webKey(seed.slice(), nobleKey(seed))
  return {
    publicKey: key.publicKey,
    decapsulate: async (ciphertext) => key.decapsulate(checked(ciphertext)),
  }
}

function checked(ciphertext: Uint8Array): Uint8Array {
  if (ciphertext.length === ML_KEM_CIPHERTEXT_BYTES) return ciphertext
  throw new CuroError('truncated', `An ML-KEM-768 ciphertext has 1088 bytes, not ${ciphertext.length}.`)
}

/** One visit seals every record to the same few keys; expanding a key's public matrix is half of an encapsulation. */
const MAX_PREPARED = 32
const prepared = new Map<string, ReturnType<typeof prepareKey>>()

function prepareKey(publicKey: Uint8Array): {
  encapsulate(): { cipherText: Uint8Array; sharedSecret: Uint8Array }
} {
  return ml_kem768.prepare(publicKey)
}

function prepareToEncapsulate(publicKey: Uint8Array): ReturnType<typeof prepareKey> {
  const name = toBase64Url(publicKey)
  const key = prepared.get(name) ?? prepareKey(publicKey)
  prepared.delete(name) // and to the end: the first one is the longest unused
  prepared.set(name, key)
  const [oldest] = prepared.keys()
  if (prepared.size > MAX_PREPARED && oldest !== undefined) prepared.delete(oldest)
  return key
}

/** A fresh shared secret (32 bytes) for the holder of `publicKey`. Throws 'bad-key' as checkMlKemPublicKey does. */
export function encapsulate(publicKey: Uint8Array): Encapsulation {
  checkMlKemPublicKey(publicKey)
  if (nodeKem && nodeCrypto) {
    const key = concatBytes(SPKI_PREFIX, publicKey) as Buffer<ArrayBuffer>
    const { ciphertext, sharedKey } = nodeKem.encapsulate(
      nodeCrypto.createPublicKey({ key, format: 'der', type: 'spki' }),
    )
    return { ciphertext: new Uint8Array(ciphertext), sharedSecret: new Uint8Array(sharedKey) }
  }
  const { cipherText, sharedSecret } = prepareToEncapsulate(publicKey).encapsulate()
  return { ciphertext: cipherText as Bytes, sharedSecret: sharedSecret as Bytes }
}
