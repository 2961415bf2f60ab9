import { putKeyring } from '@curo/contract/accounts'
import { equalBytes } from '@curo/crypto/bytes'
import { decodeCard, encodeCard } from '@curo/crypto/card'
import { CuroError } from '@curo/crypto/errors'
import type { CallOptions } from './api.ts'
import type { Card } from './cards.ts'
import type { Connection } from './connection.ts'
import { currentLookupKey, type Keyring, sealKeyring } from './keyring.ts'
import { fetchOwnKeys } from './own-keys.ts'
import { publishedHalf } from './patient-keys.ts'
import type { PatientPerson } from './person.ts'

/**
 * [Note: the card in the app] The keyring keeps what her card's code carries, sealed under her root, so that her telephone
 * can stand in for the plastic. The root opens more than the card does, so nothing is lost by it; and like the card it
 * opens nothing without the code sent to her telephone.
 */
export function cardCodeOf({ payload }: Pick<Card, 'payload'>, { homeNode }: { homeNode: string }): string {
  return encodeCard({ ...payload, homeNode }).split('#')[1] ?? ''
}

/** The address to show as a QR code, or null where this account has not seen the card in force. A secret. */
export function ownCardAddress({ hospital, keyring }: Pick<PatientPerson, 'hospital' | 'keyring'>) {
  const { card, cardCode } = keyring
  if (cardCode === undefined || decodeCard(cardCode).cardNumber !== card) return null
  return `${hospital.homeNode}/card#${cardCode}`
}

/**
 * Takes the card in hand into her app, after checking that it is the one in force.
 * @returns the patient with the keyring that knows it; keep this one
 * @throws CuroError 'wrong-key' (another's card, or one that was replaced), 'conflict' (this device does not know yet that
 * the card was replaced: sign in again)
 */
export async function keepOwnCard(
  patient: PatientPerson,
  card: Card,
  options: CallOptions = {},
): Promise<PatientPerson> {
  const { keys } = await fetchOwnKeys(patient, options)
  const { payload, number, seed, signing } = card
  const isInForce =
    keys.card?.number === number &&
    keys.card.lookupEpoch === payload.lookupEpoch &&
    keys.card.x === publishedHalf(seed).x &&
    equalBytes(keys.card.proofKey, signing.publicKey)
  if (!isInForce)
    throw new CuroError('wrong-key', 'This is not your card, or it was replaced by a newer one.')
  const { epoch, key } = currentLookupKey(patient.keyring)
  if (epoch !== payload.lookupEpoch || !equalBytes(key, payload.lookupKey))
    throw new CuroError(
      'conflict',
      'Your card was replaced meanwhile. Sign out and in again, then try once more.',
    )
  const keyring: Keyring = { ...patient.keyring, card: number, cardCode: cardCodeOf(card, patient.hospital) }
  await putOwnKeyring(patient, keyring, options)
  return { ...patient, keyring }
}

async function putOwnKeyring(
  { api, root, account }: Pick<PatientPerson, 'root' | 'account'> & Pick<Connection, 'api'>,
  keyring: Keyring,
  options: CallOptions,
): Promise<void> {
  const sealed = await sealKeyring({ root, patient: account.patient, keyring })
  await api.call(putKeyring, { body: { keyring: sealed } }, options)
}
