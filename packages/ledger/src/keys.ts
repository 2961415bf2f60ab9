import { concatBytes, fromBase64, readU32be, toBase64, toHex, u32be, utf8Bytes } from '@curo/crypto/bytes'
import { CuroError } from '@curo/crypto/errors'
import { sha256 } from '@curo/crypto/hash'
import { checkSigningPublicKey } from '@curo/crypto/signatures'
import { hasControlCharacters } from './control-characters.ts'

/** Signature type bytes of signed-note § Signature types that this package supports. */
export const SIGNATURE_TYPES = { ed25519: 0x01, cosignatureEd25519: 0x04, cosignatureMlDsa44: 0x06 } as const
export type SignatureType = (typeof SIGNATURE_TYPES)[keyof typeof SIGNATURE_TYPES]

const PUBLIC_KEY_BYTES: Record<SignatureType, number> = { 1: 32, 4: 32, 6: 1312 }
const SEED_BYTES = 32

/** A public key with the name under which it signs. `keyId` is the u32 of the signature line. */
export type NoteKey = { name: string; keyId: number; type: SignatureType; publicKey: Uint8Array }
/** A private key: a 32-byte seed, for Ed25519 (RFC 8032) or ML-DSA-44 (FIPS 204 § 5.1). */
export type NoteSecretKey = { name: string; keyId: number; type: SignatureType; seed: Uint8Array }

/** Key names are non-empty, without Unicode spaces or `+` (signed-note § Format), nor control characters. */
export function isKeyName(name: string): boolean {
  return name.length > 0 && !/[\p{White_Space}\p{Surrogate}+]/u.test(name) && !hasControlCharacters(name)
}

function isSignatureType(type: number | undefined): type is SignatureType {
  return type === 0x01 || type === 0x04 || type === 0x06
}

/** SHA-256(name ‖ "\n" ‖ type ‖ public key)[:4] (signed-note § Signatures). */
export function noteKeyId({ name, type, publicKey }: Omit<NoteKey, 'keyId'>): number {
  return readU32be(sha256(utf8Bytes(name), Uint8Array.of(0x0a, type), publicKey), 0)
}

/**
 * Makes a key from its parts.
 * @throws CuroError 'invalid-input' on a bad name, 'bad-key' on a key of the wrong length or a weak Ed25519 point
 */
export function noteKey({ name, type, publicKey }: Omit<NoteKey, 'keyId'>): NoteKey {
  if (!isKeyName(name))
    throw new CuroError('invalid-input', 'A key name must not be empty or hold spaces or +.')
  if (publicKey.length !== PUBLIC_KEY_BYTES[type])
    throw new CuroError('bad-key', `A public key of this type has ${PUBLIC_KEY_BYTES[type]} bytes.`)
  if (type !== SIGNATURE_TYPES.cosignatureMlDsa44) checkSigningPublicKey(publicKey)
  return { name, keyId: noteKeyId({ name, type, publicKey }), type, publicKey }
}

/** `name+hex(key ID)+base64(type ‖ public key)` (signed-note § Verifier keys). */
export function formatVkey(key: NoteKey): string {
  return `${key.name}+${toHex(u32be(key.keyId))}+${toBase64(concatBytes(Uint8Array.of(key.type), key.publicKey))}`
}

/**
 * Reads a verifier key. The key ID must be the recommended hash: all three supported types prescribe it.
 * @throws CuroError 'malformed' | 'bad-key' | 'unsupported-suite' (a signature type other than 01, 04, 06)
 */
export function parseVkey(text: string): NoteKey {
  const { name, keyId, type, material } = splitKeyText(text)
  const key = noteKey({ name, type, publicKey: material })
  if (key.keyId !== keyId)
    throw new CuroError('malformed', 'The key ID of a verifier key does not fit its key.')
  return key
}

/** `PRIVATE+KEY+name+hex(key ID)+base64(type ‖ seed)`, the form that Go's note package writes. A secret. */
export function formatSkey(key: NoteSecretKey): string {
  const material = toBase64(concatBytes(Uint8Array.of(key.type), key.seed))
  return `PRIVATE+KEY+${key.name}+${toHex(u32be(key.keyId))}+${material}`
}

/** Reads what formatSkey wrote. Whether the key ID fits is checked when the public key is derived from it. */
export function parseSkey(text: string): NoteSecretKey {
  const prefix = 'PRIVATE+KEY+'
  if (!text.startsWith(prefix)) throw new CuroError('malformed', 'A signer key starts with PRIVATE+KEY+.')
  const { name, keyId, type, material } = splitKeyText(text.slice(prefix.length))
  if (material.length !== SEED_BYTES) throw new CuroError('bad-key', 'A signer key holds a seed of 32 bytes.')
  return { name, keyId, type, seed: material }
}

function splitKeyText(text: string) {
  // The base64 part may itself hold a plus, so only the first two separate.
  const match = /^([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(text)
  const [, name = '', keyIdHex = '', materialBase64 = ''] = match ?? []
  if (!match || !isKeyName(name))
    throw new CuroError('malformed', 'A key is written name+key ID in 8 hex digits+base64.')
  const material = fromBase64(materialBase64)
  const type = material[0]
  if (!isSignatureType(type))
    throw new CuroError('unsupported-suite', 'This signature type is not supported.')
  return { name, keyId: Number.parseInt(keyIdHex, 16), type, material: material.subarray(1) }
}
