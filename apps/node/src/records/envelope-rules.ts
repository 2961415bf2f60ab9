import type { PublishedKeys } from '@curo/contract/patients'
import type { Envelope, Wrap } from '@curo/contract/records'
import { concatBytes, fromBase64Url } from '@curo/crypto/bytes'
import { CuroError } from '@curo/crypto/errors'
import { checkWrapProof, wholeWraps } from '@curo/crypto/record'
import { keyIdOf } from '@curo/crypto/xwing'

/** ML-KEM-768's encapsulation key; an X-Wing public key is this and 32 bytes of X25519. */
const KEM_PUBLIC_BYTES = 1184

/** A key that wraps may be for: its id, and for a mediated one the holder's X. */
export type WrapKey = { keyId: string; holderPoint?: Uint8Array }
/** The keys in force, by kind of holder; one that is not attested or not there is absent. */
export type WrapKeys = Partial<Record<Wrap['to'], WrapKey>>

function mediatedKey(kem: Uint8Array, x: Uint8Array, point: string): WrapKey {
  return { keyId: keyIdOf(concatBytes(kem, fromBase64Url(point))), holderPoint: x }
}

/** The attested point for a holder's X, or undefined: nobody seals to an unattested key. */
function attestedPoint(published: PublishedKeys, x: string): string | undefined {
  return published.attestations
    .flatMap((statement) => statement.points)
    .findLast((candidate) => candidate.x === x)?.point
}

/** The keys of a patient that a record of this category and epoch is sealed to. */
export function patientWrapKeys(published: PublishedKeys, category: string, epoch: number): WrapKeys {
  const half = published.keys.categories.find((entry) => entry.category === category && entry.epoch === epoch)
  const halves = { category: half, card: published.card }
  const keys: WrapKeys = { account: { keyId: keyIdOf(fromBase64Url(published.keys.seal)) } }
  for (const to of ['category', 'card'] as const) {
    const held = halves[to]
    const point = held && attestedPoint(published, held.x)
    if (held && point) keys[to] = mediatedKey(fromBase64Url(held.kem), fromBase64Url(held.x), point)
  }
  return keys
}

/** The author's own key, with the point she was given for this patient and attests by signing the envelope. */
export function authorWrapKey(sealKey: Uint8Array, point: string): WrapKey {
  return mediatedKey(sealKey.subarray(0, KEM_PUBLIC_BYTES), sealKey.subarray(KEM_PUBLIC_BYTES), point)
}

const refuse = (sentence: string) => new CuroError('invalid-input', sentence)

/**
 * Checks that wraps are for these keys and no others, and that whoever sends a mediated one made it for this record:
 * a wrap for a stranger's key, or a copied encapsulation, would be a second door. An account wrap is required, so that
 * the patient can always open without anyone's help. All of them must be there, not their digests.
 * @returns the wraps
 * @throws CuroError `invalid-input`, `forged-signature`
 */
export async function checkWraps({
  record,
  statement,
  keys,
  scalar,
}: {
  record: string
  statement: Pick<Envelope, 'wraps'>
  keys: WrapKeys
  scalar: Uint8Array
}): Promise<Wrap[]> {
  const wraps = wholeWraps(statement)
  if (wraps.length < statement.wraps.length)
    throw refuse('A record is sent with its wraps, not their digests.')
  if (!wraps.some((wrap) => wrap.to === 'account'))
    throw refuse('A record must be sealed to the patient’s own account key.')
  if (new Set(wraps.map((wrap) => wrap.to)).size !== wraps.length)
    throw refuse('A record is sealed to each holder once.')
  for (const wrap of wraps) {
    const key = keys[wrap.to]
    if (!key || wrap.keyId !== key.keyId)
      throw refuse(`The ${wrap.to} key is not the one in force. Fetch the patient’s keys and seal again.`)
    const mediated = key.holderPoint !== undefined
    if (mediated !== (wrap.point !== undefined))
      throw refuse('A mediated wrap names the point it was sealed to.')
    if (key.holderPoint)
      await checkWrapProof({ wrap: wrap as never, recordId: record, scalar, holderPoint: key.holderPoint })
  }
  return wraps
}
