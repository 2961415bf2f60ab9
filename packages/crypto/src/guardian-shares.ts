import {
  type Bytes,
  concatBytes,
  equalBytes,
  fromBase64Url,
  toBase64Url,
  utf8Bytes,
  utf8Text,
} from './bytes.ts'
import { canonicalBytes } from './canonical-json.ts'
import { CuroError } from './errors.ts'
import { sha256 } from './hash.ts'
import { openSealed, sealTo } from './seal-to.ts'
import type { SealingKeyPair } from './xwing.ts'

/**
 * How a guardian's share travels: sealed by the owner to the guardian, and when the owner asks for it back, opened by the
 * guardian and sealed again to a key that was made for that one request (makeSealingKeyPair). The server carries it and never sees it.
 */
const APPOINTMENT = 'curo/v1/guardian-share'
const RELEASE = 'curo/v1/guardian-release'

/** What a guardian keeps for an owner. The commitment and the identity travel with the share, so that the server
 * cannot put others in their place without two guardians' help. */
export type GuardianShare = {
  /** Account ids. */
  owner: string
  guardian: string
  /** The owner's Ed25519 identity key: what the restored root must lead to. */
  identity: Bytes
  /** Of splitAmongGuardians. */
  commitment: Bytes
  share: Bytes
}

const placeOf = (...names: string[]): Bytes => utf8Bytes(names.join('\0'))

function shareBytes({ owner, guardian, identity, commitment, share }: GuardianShare): Bytes {
  return canonicalBytes({
    v: 1,
    owner,
    guardian,
    identity: toBase64Url(identity),
    commitment: toBase64Url(commitment),
    share: toBase64Url(share),
  })
}

/** Throws 'malformed' for something else than a share. */
function readShare(bytes: Uint8Array, expected: { owner: string; guardian: string }): GuardianShare {
  const text = utf8Text(bytes)
  let parsed: Record<string, unknown>
  try {
    parsed = JSON.parse(text) as Record<string, unknown>
  } catch (cause) {
    throw new CuroError('malformed', 'This is not a guardian’s share.', { cause })
  }
  const { v, owner, guardian, identity, commitment, share } = parsed ?? {}
  const isOne =
    v === 1 &&
    owner === expected.owner &&
    guardian === expected.guardian &&
    [identity, commitment, share].every((member) => typeof member === 'string')
  if (!isOne) throw new CuroError('malformed', 'This is not the share of this guardian for this person.')
  return {
    ...expected,
    identity: fromBase64Url(identity as string),
    commitment: fromBase64Url(commitment as string),
    share: fromBase64Url(share as string),
  }
}

/** For one guardian's account key. */
export function sealShareToGuardian(share: GuardianShare, guardianSealKey: Uint8Array): Promise<Bytes> {
  return sealTo({
    publicKey: guardianSealKey,
    plaintext: shareBytes(share),
    info: APPOINTMENT,
    aad: placeOf(share.owner, share.guardian),
  })
}

export type OpenShare = { sealed: Uint8Array; keyPair: SealingKeyPair; owner: string; guardian: string }

/** Throws 'wrong-key' for another guardian's or owner's, 'truncated', 'malformed'. */
export async function openShareAsGuardian({ sealed, keyPair, ...who }: OpenShare): Promise<GuardianShare> {
  const aad = placeOf(who.owner, who.guardian)
  return readShare(await openSealed({ sealed, keyPair, info: APPOINTMENT, aad }), who)
}

export type Release = { share: GuardianShare; request: string; requestKey: Uint8Array }

export function sealShareToRequest({ share, request, requestKey }: Release): Promise<Bytes> {
  return sealTo({
    publicKey: requestKey,
    plaintext: shareBytes(share),
    info: RELEASE,
    aad: placeOf(request, share.owner, share.guardian),
  })
}

export type OpenRelease = {
  sealed: Uint8Array
  seed: Uint8Array
  request: string
  owner: string
  guardian: string
}

/** Throws 'wrong-key' for another request's, guardian's or owner's, 'truncated', 'malformed'. */
export async function openRelease({ sealed, seed, request, ...who }: OpenRelease): Promise<GuardianShare> {
  const aad = placeOf(request, who.owner, who.guardian)
  return readShare(await openSealed({ sealed, seed, info: RELEASE, aad }), who)
}

const NUMBER_DIGITS = 20

/**
 * The number that owner and guardian compare by telephone, five groups of four digits. It stands for the request's key:
 * a server that puts a key of its own in its place would have to make 2^66 keys to find one with the same number.
 */
export function requestNumber({ request, requestKey }: { request: string; requestKey: Uint8Array }): string {
  const digest = sha256(
    utf8Bytes('curo/v1/guardian-request\0'),
    placeOf(request),
    Uint8Array.of(0),
    requestKey,
  )
  let value = 0n
  for (const byte of digest) value = (value << 8n) | BigInt(byte)
  const digits = (value % 10n ** BigInt(NUMBER_DIGITS)).toString().padStart(NUMBER_DIGITS, '0')
  return (digits.match(/.{4}/g) ?? []).join(' ')
}

/** Whether two guardians hold shares of the same secret of the same person. */
export function areOfOneSet(a: GuardianShare, b: GuardianShare): boolean {
  return equalBytes(concatBytes(a.commitment, a.identity), concatBytes(b.commitment, b.identity))
}
