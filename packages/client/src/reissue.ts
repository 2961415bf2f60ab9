import { reissueCard as reissueCardRoute } from '@curo/contract/cards'
import { attestPoints } from '@curo/contract/patients'
import { fingerprintOf } from '@curo/crypto/account'
import { toBase64Url } from '@curo/crypto/bytes'
import {
  deriveCardKeyPair,
  deriveCardSigningKey,
  encodeCard,
  makeCardNumber,
  makeCardSecret,
} from '@curo/crypto/card'
import { deriveChainKey, makeLookupKey } from '@curo/crypto/lookup'
import type { CallOptions } from './api.ts'
import { cardHolder } from './cards.ts'
import { currentLookupKey, type Keyring, sealKeyring } from './keyring.ts'
import { attest, makeCardKey } from './patient-keys.ts'
import { wrapRootByCard } from './patients.ts'
import type { PatientPerson } from './person.ts'

export type ReissuedCard = {
  /** What the new card's QR shows. A secret: print it, then forget it. */
  card: string
  cardNumber: string
  /** The patient with the keyring that knows the new card; keep this one. */
  person: PatientPerson
}

/**
 * A new card with a new secret and lookup epoch; the old one is blocked. Earlier records open with it once they were
 * re-wrapped (rewrapRecords).
 * @throws CuroError 'bad-key' when the node offers a half of its own making; 'conflict' (another device did the same)
 */
export async function reissueCard(patient: PatientPerson, options: CallOptions = {}): Promise<ReissuedCard> {
  const { api, hospital, root, identity, account } = patient
  const id = account.patient
  const lookupEpoch = currentLookupKey(patient.keyring).epoch + 1
  const cardNumber = makeCardNumber()
  const cardSecret = makeCardSecret()
  const lookupKey = makeLookupKey()
  const { seed } = deriveCardKeyPair(cardSecret)
  const { publicKey: proofKey } = await deriveCardSigningKey(cardSecret)
  const cardKey = await makeCardKey({
    patient: id,
    card: cardNumber,
    lookupEpoch,
    cardSeed: seed,
    proofKey,
    identity,
  })
  const card = encodeCard({
    homeNode: hospital.homeNode,
    cardNumber,
    cardSecret,
    lookupKey,
    lookupEpoch,
    fingerprint: fingerprintOf(identity.publicKey),
  })
  const keyring: Keyring = {
    ...patient.keyring,
    lookupKeys: [...patient.keyring.lookupKeys, { epoch: lookupEpoch, key: lookupKey }],
    card: cardNumber,
    cardCode: card.split('#')[1] ?? '',
  }
  const chainKey = deriveChainKey({ lookupKey, origin: hospital.origin, epoch: lookupEpoch })
  const mediation = await api.call(
    reissueCardRoute,
    {
      params: { patient: id },
      body: {
        cardKey,
        chain: { epoch: lookupEpoch, chainKey: toBase64Url(chainKey) },
        wrappedRoots: [await wrapRootByCard({ root, patient: id, cardSecret })],
        keyring: await sealKeyring({ root, patient: id, keyring }),
      },
    },
    options,
  )
  const attestation = await attest({
    patient: id,
    custodian: hospital.origin,
    mediation,
    holders: [cardHolder({ seed })],
    key: identity,
  })
  await api.call(
    attestPoints,
    { params: { patient: id }, body: attestation },
    { ...options, repeatable: true },
  )
  return { card, cardNumber, person: { ...patient, keyring } }
}
