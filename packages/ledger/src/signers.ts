import { utf8Bytes } from '@curo/crypto/bytes'
import { CuroError } from '@curo/crypto/errors'
import { mlDsa44PublicKey } from '@curo/crypto/mldsa'
import { importSigningKey, verifyRaw } from '@curo/crypto/signatures'
import { type Checkpoint, formatCheckpoint, parseCheckpoint } from './checkpoint.ts'
import { cosignatureVerifier, cosignCheckpoint } from './cosignature.ts'
import {
  type NoteKey,
  type NoteSecretKey,
  noteKey,
  parseVkey,
  SIGNATURE_TYPES,
  type SignatureType,
} from './keys.ts'
import { formatNote, formatSignatureLine, type Note, type NoteVerifier, openNote } from './note.ts'

export type KeyVerifier = NoteVerifier & { key: NoteKey }

/** The verifier of a key or vkey, whatever its type. */
export function verifierOf(key: NoteKey | string): KeyVerifier {
  const parsed = typeof key === 'string' ? parseVkey(key) : key
  if (parsed.type !== SIGNATURE_TYPES.ed25519) return cosignatureVerifier(parsed)
  const { name, keyId, publicKey } = parsed
  return {
    key: parsed,
    name,
    keyId,
    verify: async (text, signature) =>
      signature.length === 64 && verifyRaw({ publicKey, message: utf8Bytes(text), signature }),
  }
}

/** Derives both halves of a note key from a 32-byte seed. */
export async function deriveNoteKey({
  name,
  type,
  seed,
}: {
  name: string
  type: SignatureType
  seed: Uint8Array
}): Promise<{ key: NoteKey; secret: NoteSecretKey }> {
  const publicKey =
    type === SIGNATURE_TYPES.cosignatureMlDsa44
      ? mlDsa44PublicKey(seed)
      : (await importSigningKey(seed)).publicKey
  const key = noteKey({ name, type, publicKey })
  return { key, secret: { name, keyId: key.keyId, type, seed } }
}

/** Signs the text of a note; returns the signature line. 04 and 06 keys sign checkpoints only and need the time. */
export async function signText({
  key,
  text,
  time,
}: {
  key: NoteSecretKey
  text: string
  time?: number
}): Promise<string> {
  if (key.type !== SIGNATURE_TYPES.ed25519) return cosignCheckpoint({ key, text, time: time ?? 0 })
  const signature = await (await importSigningKey(key.seed)).sign(utf8Bytes(text))
  return formatSignatureLine({ name: key.name, keyId: key.keyId, signature })
}

/** Signs a text of any kind and returns the whole note. */
export async function signNote({
  text,
  keys,
  time,
}: {
  text: string
  keys: readonly NoteSecretKey[]
  time?: number
}) {
  const lines = await Promise.all(
    keys.map((key) => signText(time === undefined ? { key, text } : { key, text, time })),
  )
  return formatNote({ text, signatures: lines.map((line) => ({ line: line.slice(0, -1) })) })
}

/**
 * A log signs its tree head. The first key must bear the origin as its name.
 * @throws CuroError 'invalid-input' when it does not
 */
export async function signCheckpoint({
  checkpoint,
  keys,
  time,
}: {
  checkpoint: Checkpoint
  keys: readonly NoteSecretKey[]
  time?: number
}): Promise<string> {
  if (keys[0]?.name !== checkpoint.origin)
    throw new CuroError('invalid-input', 'A log signs with a key that bears its origin as name.')
  const text = formatCheckpoint(checkpoint)
  return signNote(time === undefined ? { text, keys } : { text, keys, time })
}

/**
 * Verifies a checkpoint against the keys of its log and returns it. A key speaks only for the log whose origin it bears.
 * @throws CuroError 'malformed' | 'forged-signature'
 */
export async function openCheckpoint({
  note,
  logKeys,
}: {
  note: string | Uint8Array | Note
  logKeys: readonly NoteKey[]
}): Promise<Checkpoint> {
  const { text, verified } = await openNote(note, logKeys.map(verifierOf))
  const checkpoint = parseCheckpoint(text)
  if (!verified.some(({ verifier }) => verifier.name === checkpoint.origin))
    throw new CuroError('forged-signature', 'The key that signed this checkpoint is that of another log.')
  return checkpoint
}
