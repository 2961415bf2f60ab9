import { type KeyringContent, keyringContent } from '@curo/contract/accounts'
import { fromBase64Url, toBase64Url, utf8Bytes, utf8Text } from '@curo/crypto/bytes'
import { canonicalBytes } from '@curo/crypto/canonical-json'
import { CuroError } from '@curo/crypto/errors'
import { hkdfSha256 } from '@curo/crypto/hash'
import { deriveStubKey } from '@curo/crypto/lookup'
import { unwrapSecret, wrapSecret } from '@curo/crypto/wrap'

/** What a patient keeps beside her root: the lookup keys of every card she had, and the roots before this one. */
export type Keyring = {
  /** By rising epoch; the last is in force. */
  lookupKeys: { epoch: number; key: Uint8Array }[]
  /** Oldest first. */
  previousRoots: Uint8Array[]
  /** The number of the card in force. */
  card?: string
  /** What that card's address carries after its #, where her app has seen it. [Note: the card in the app] */
  cardCode?: string
}

const CONTEXT = 'keyring'

function keyringKey(root: Uint8Array): Uint8Array {
  return hkdfSha256({ ikm: root, salt: new Uint8Array(0), info: utf8Bytes('curo/v1/keyring'), length: 32 })
}

export type SealKeyringOptions = { root: Uint8Array; patient: string; keyring: Keyring }

/** The keyring sealed under the root, base64url; bound to the patient. */
export async function sealKeyring({ root, patient, keyring }: SealKeyringOptions): Promise<string> {
  const content: KeyringContent = {
    v: 1,
    lookupKeys: keyring.lookupKeys.map(({ epoch, key }) => ({ epoch, key: toBase64Url(key) })),
    previousRoots: keyring.previousRoots.map(toBase64Url),
    ...(keyring.card === undefined ? {} : { card: keyring.card }),
    ...(keyring.cardCode === undefined ? {} : { cardCode: keyring.cardCode }),
  }
  const wrapped = await wrapSecret({
    wrappingKey: keyringKey(root),
    secret: canonicalBytes(content),
    context: CONTEXT,
    aad: utf8Bytes(patient),
  })
  return toBase64Url(wrapped)
}

export type OpenKeyringOptions = { root: Uint8Array; patient: string; sealed: string }

/** @throws CuroError 'wrong-key' | 'tampered' | 'malformed' when it is not this patient's keyring */
export async function openKeyring({ root, patient, sealed }: OpenKeyringOptions): Promise<Keyring> {
  const secret = await unwrapSecret({
    wrappingKey: keyringKey(root),
    wrapped: fromBase64Url(sealed),
    context: CONTEXT,
    aad: utf8Bytes(patient),
  })
  const content = keyringContent.safeParse(JSON.parse(utf8Text(secret)))
  if (!content.success)
    throw new CuroError('malformed', 'The keyring was written by a newer Curo; update this program.', {
      cause: content.error,
    })
  const { lookupKeys, previousRoots, card, cardCode } = content.data
  return {
    lookupKeys: lookupKeys
      .map(({ epoch, key }) => ({ epoch, key: fromBase64Url(key) }))
      .sort((a, b) => a.epoch - b.epoch),
    previousRoots: previousRoots.map(fromBase64Url),
    ...(card === undefined ? {} : { card }),
    ...(cardCode === undefined ? {} : { cardCode }),
  }
}

/** Keys of the stubs of all her records, newest first. */
export function stubKeysOf(keyring: Keyring): Uint8Array[] {
  return keyring.lookupKeys.map(({ key }) => deriveStubKey(key)).reverse()
}

/** The lookup key in force. */
export function currentLookupKey(keyring: Keyring): { epoch: number; key: Uint8Array } {
  const last = keyring.lookupKeys.at(-1)
  if (!last)
    throw new CuroError('not-found', 'This account’s keyring has no lookup key. Activate the card again.')
  return last
}
