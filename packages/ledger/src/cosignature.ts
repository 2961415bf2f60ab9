import { concatBytes, readU64be, u64be, utf8Bytes } from '@curo/crypto/bytes'
import { CuroError } from '@curo/crypto/errors'
import { signMlDsa44, verifyMlDsa44 } from '@curo/crypto/mldsa'
import { importSigningKey, verifyRaw } from '@curo/crypto/signatures'
import { type Checkpoint, parseCheckpoint } from './checkpoint.ts'
import { type NoteKey, type NoteSecretKey, SIGNATURE_TYPES } from './keys.ts'
import { formatSignatureLine, type NoteSignature, type NoteVerifier } from './note.ts'

/** A cosignature taken apart: POSIX seconds, and the raw Ed25519 (64) or ML-DSA-44 (2420) signature. */
export type TimestampedSignature = { time: number; signature: Uint8Array }

/** The root of the entries [start, end) of a log; a checkpoint is the subtree [0, size). */
export type Subtree = { origin: string; start: number; end: number; hash: Uint8Array }

const SIGNATURE_BYTES = {
  [SIGNATURE_TYPES.cosignatureEd25519]: 64,
  [SIGNATURE_TYPES.cosignatureMlDsa44]: 2420,
}
type CosignatureType = keyof typeof SIGNATURE_BYTES

/**
 * Reads `timestamp u64be ‖ signature` (tlog-cosignature § Format).
 * @throws CuroError 'malformed' on another length or a time above 2^53 − 1
 */
export function parseTimestampedSignature(type: CosignatureType, field: Uint8Array): TimestampedSignature {
  if (field.length !== 8 + SIGNATURE_BYTES[type])
    throw new CuroError('malformed', 'A cosignature is 8 bytes of time and a signature of fixed length.')
  const time = readU64be(field, 0)
  if (time > BigInt(Number.MAX_SAFE_INTEGER))
    throw new CuroError('malformed', 'The time of a cosignature is absurd.')
  return { time: Number(time), signature: field.subarray(8) }
}

/** What an Ed25519 cosigner signs: header line, time line, the whole note text. */
export function ed25519CosignedMessage({ time, text }: { time: number; text: string }): Uint8Array {
  return utf8Bytes(`cosignature/v1\ntime ${time}\n${text}`)
}

/**
 * What an ML-DSA-44 cosigner signs (`cosigned_message` of tlog-cosignature).
 * @throws CuroError 'invalid-input' when start is not 0 but time is, or a name does not fit one byte of length
 */
export function mlDsa44CosignedMessage({
  cosigner,
  time,
  subtree: { origin, start, end, hash },
}: {
  cosigner: string
  time: number
  subtree: Subtree
}): Uint8Array {
  if (start !== 0 && time !== 0)
    throw new CuroError('invalid-input', 'A cosignature of a subtree that does not start at 0 bears no time.')
  if (hash.length !== 32) throw new CuroError('invalid-input', 'A subtree hash has 32 bytes.')
  return concatBytes(
    utf8Bytes('subtree/v1\n\0'),
    shortOpaque(cosigner),
    u64be(time),
    shortOpaque(origin),
    u64be(start),
    u64be(end),
    hash,
  )
}

function shortOpaque(text: string): Uint8Array {
  const bytes = utf8Bytes(text)
  if (bytes.length < 1 || bytes.length > 255)
    throw new CuroError('invalid-input', 'A cosigner name or an origin has 1 to 255 bytes.')
  return concatBytes(Uint8Array.of(bytes.length), bytes)
}

function checkpointSubtree({ origin, size, root }: Checkpoint): Subtree {
  return { origin, start: 0, end: size, hash: root }
}

/**
 * Cosigns the text of a checkpoint note at `time` (POSIX seconds) and returns the signature line. A type 06 key also
 * serves a log to sign its own checkpoints.
 * @throws CuroError 'invalid-input' when the time is zero or no whole number, or the key is of another type
 */
export async function cosignCheckpoint({
  key,
  text,
  time,
}: {
  key: NoteSecretKey
  text: string
  time: number
}): Promise<string> {
  if (!Number.isSafeInteger(time) || time <= 0)
    throw new CuroError('invalid-input', 'A checkpoint is cosigned at a time in whole seconds since 1970.')
  const checkpoint = parseCheckpoint(text)
  let signature: Uint8Array
  if (key.type === SIGNATURE_TYPES.cosignatureEd25519) {
    signature = await (await importSigningKey(key.seed)).sign(ed25519CosignedMessage({ time, text }))
  } else if (key.type === SIGNATURE_TYPES.cosignatureMlDsa44) {
    const subtree = checkpointSubtree(checkpoint)
    const message = mlDsa44CosignedMessage({ cosigner: key.name, time, subtree })
    signature = await signMlDsa44({ seed: key.seed, message })
  } else throw new CuroError('invalid-input', 'Only keys of type 04 and 06 can cosign.')
  return formatSignatureLine({
    name: key.name,
    keyId: key.keyId,
    signature: concatBytes(u64be(time), signature),
  })
}

/** Whether a signature field (time ‖ signature) of a 04 or 06 key holds over a checkpoint note's text. */
export async function verifyCosignature(key: NoteKey, text: string, field: Uint8Array): Promise<boolean> {
  if (key.type === SIGNATURE_TYPES.ed25519) return false
  try {
    const { time, signature } = parseTimestampedSignature(key.type, field)
    const checkpoint = parseCheckpoint(text)
    const { publicKey } = key
    if (key.type === SIGNATURE_TYPES.cosignatureEd25519)
      return await verifyRaw({ publicKey, message: ed25519CosignedMessage({ time, text }), signature })
    const message = mlDsa44CosignedMessage({
      cosigner: key.name,
      time,
      subtree: checkpointSubtree(checkpoint),
    })
    return await verifyMlDsa44({ publicKey, message, signature })
  } catch (error) {
    if (error instanceof CuroError) return false
    throw error
  }
}

/** A verifier for openNote from a 04 or 06 key. */
export function cosignatureVerifier(key: NoteKey): NoteVerifier & { key: NoteKey } {
  return {
    key,
    name: key.name,
    keyId: key.keyId,
    verify: (text, signature) => verifyCosignature(key, text, signature),
  }
}

/** The time of a cosignature that has been verified. */
export function cosignatureTime(key: NoteKey, { signature }: NoteSignature): number {
  if (key.type === SIGNATURE_TYPES.ed25519)
    throw new CuroError('invalid-input', 'Plain signatures bear no time.')
  return parseTimestampedSignature(key.type, signature).time
}
