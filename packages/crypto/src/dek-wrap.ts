import { type Bytes, equalBytes, fromBase64Url, toBase64Url, utf8Bytes } from './bytes.ts'
import { canonicalBytes } from './canonical-json.ts'
import { CuroError } from './errors.ts'
import { sha256 } from './hash.ts'
import { checkStepProof, openMediated, sealToMediated } from './mediated.ts'
import { ML_KEM_PUBLIC_BYTES } from './ml-kem.ts'
import { openSealed, sealTo } from './seal-to.ts'
import { keyIdOf } from './xwing.ts'

export const DEK_BYTES = 32
const INFO = 'curo/v1/dek'

/** Whose key a wrap is for. `account` and `escrow` are plain keys; the others are mediated. */
export const WRAP_TARGETS = ['account', 'category', 'card', 'author', 'escrow'] as const
export type WrapTarget = (typeof WRAP_TARGETS)[number]

/** A record's data encryption key (DEK) sealed to one key. All bytes are base64url. */
export type Wrap = {
  to: WrapTarget
  /** keyIdOf the 1216-byte public key sealed to; for a mediated key that is kem ‖ P. */
  keyId: string
  /** enc[1120] ‖ ciphertext ‖ tag. */
  sealed: string
  /** Mediated: the custodian's P. */
  point?: string
  /** Mediated: the step proof (32 bytes), which the custodian checks before storing. See [Note: mediated keys]. */
  proof?: string
}

/** `publicKey` has 1216 bytes. For a mediated key it is mediatedPublicKey's, with P and S as attested by its holder. */
export type Recipient = {
  to: WrapTarget
  publicKey: Uint8Array
} & ({ point: Uint8Array; share: Uint8Array } | { point?: undefined; share?: undefined })

/** What a statement names a wrap by: SHA-256("curo/v1/wrap-digest\0" ‖ canonical wrap), base64url. */
export function wrapDigest(wrap: Wrap): string {
  return toBase64Url(sha256(utf8Bytes('curo/v1/wrap-digest\0'), canonicalBytes(wrap)))
}

/** Binds a wrap to its record, its role and its key: it opens, and is stored, nowhere else. */
function wrapAad(recordId: string, to: WrapTarget, keyId: string): Bytes {
  return utf8Bytes(`${INFO}\0${recordId}\0${to}\0${keyId}`)
}

export type WrapDekOptions = { dek: Uint8Array; recordId: string; recipient: Recipient }

/** Throws 'bad-key' for a forged public key, or a point that is not the one inside the public key. */
export async function wrapDek({ dek, recordId, recipient }: WrapDekOptions): Promise<Wrap> {
  if (dek.length !== DEK_BYTES)
    throw new CuroError('invalid-input', `A data encryption key has 32 bytes, not ${dek.length}.`)
  const { to, publicKey } = recipient
  const keyId = keyIdOf(publicKey)
  const sealing = { publicKey, plaintext: dek, info: INFO, aad: wrapAad(recordId, to, keyId) }
  if (!recipient.point) return { to, keyId, sealed: toBase64Url(await sealTo(sealing)) }
  if (!equalBytes(recipient.point, publicKey.subarray(ML_KEM_PUBLIC_BYTES)))
    throw new CuroError('bad-key', 'The point given is not the one in the public key; use mediatedPublicKey.')
  const { sealed, proof } = await sealToMediated({ ...sealing, share: recipient.share })
  return {
    to,
    keyId,
    sealed: toBase64Url(sealed),
    point: toBase64Url(recipient.point),
    proof: toBase64Url(proof),
  }
}

export type OpenWrapOptions = {
  wrap: Wrap
  recordId: string
  /** Seed of the recipient's key. */
  seed: Uint8Array
  /** The custodian's step for this wrap; needed exactly when the wrap has a point. */
  step?: Uint8Array | undefined
}

/** Gives the DEK. Throws 'wrong-key', 'bad-key' (forged step), 'truncated', 'malformed', 'invalid-input' (no step). */
export async function openWrap({ wrap, recordId, seed, step }: OpenWrapOptions): Promise<Bytes> {
  const opening = {
    seed,
    sealed: fromBase64Url(wrap.sealed),
    info: INFO,
    aad: wrapAad(recordId, wrap.to, wrap.keyId),
  }
  if (wrap.point === undefined) return openSealed(opening)
  if (!step)
    throw new CuroError(
      'invalid-input',
      'This wrap opens only with the step of the custodian; ask for an opening first.',
    )
  return openMediated({ ...opening, point: fromBase64Url(wrap.point), step })
}

export type WrapProofCheck = {
  wrap: Wrap
  recordId: string
  /** The custodian's scalar for the patient, and the X of the key that `wrap.keyId` names. */
  scalar: Uint8Array
  holderPoint: Uint8Array
}

/** Custodian, before storing a mediated wrap: throws 'forged-signature' unless its author made it for this record. */
export async function checkWrapProof({ wrap, recordId, scalar, holderPoint }: WrapProofCheck): Promise<void> {
  await checkStepProof({
    scalar,
    holderPoint,
    sealed: fromBase64Url(wrap.sealed),
    aad: wrapAad(recordId, wrap.to, wrap.keyId),
    proof: fromBase64Url(wrap.proof ?? ''),
  })
}
