import type { CardKey, PublishedKeys } from '@curo/contract/patients'
import { attestPoints, getPatientKeys } from '@curo/contract/patients'
import { deriveCategoryKey } from '@curo/crypto/account'
import { equalBytes } from '@curo/crypto/bytes'
import { CuroError } from '@curo/crypto/errors'
import type { CallOptions } from './api.ts'
import { type Card, cardHolder } from './cards.ts'
import { type VerifiedKeys, verifyPublishedKeys } from './keys.ts'
import { attest, type Holder, publishedHalf } from './patient-keys.ts'
import type { PatientPerson } from './person.ts'

export type OwnKeysPublished = { published: PublishedKeys; keys: VerifiedKeys }

async function verifyOwn(patient: PatientPerson, published: PublishedKeys): Promise<VerifiedKeys> {
  const keys = await verifyPublishedKeys({
    published,
    custodian: patient.hospital.origin,
    trust: { identity: patient.identity.publicKey },
    patient: patient.account.patient,
  })
  const own =
    equalBytes(keys.seal, patient.seal.publicKey) && equalBytes(keys.identity, patient.identity.publicKey)
  if (!own)
    throw new CuroError(
      'bad-key',
      'The hospital’s computer shows other keys than your own. Do not go on; report it.',
    )
  return keys
}

/** A patient's own published keys, which must be those of her root. @throws CuroError 'bad-key' */
export async function fetchOwnKeys(
  patient: PatientPerson,
  options: CallOptions = {},
): Promise<OwnKeysPublished> {
  const params = { patient: patient.account.patient }
  const published = await patient.api.call(getPatientKeys, { params }, options)
  return { published, keys: await verifyOwn(patient, published) }
}

/**
 * The same, after attesting whatever of hers is not attested yet: nobody seals to it before. Harmless to repeat.
 * @param card only who has it in hand can check the card's own point
 * @throws CuroError 'bad-key' when the node offers a half of its own making
 */
export async function attestOwnKeys(
  patient: PatientPerson,
  { card }: { card?: Card | undefined } = {},
  options: CallOptions = {},
): Promise<VerifiedKeys> {
  const { published, keys } = await fetchOwnKeys(patient, options)
  const holders = await unattested(patient, { keys, card, cardKey: published.card })
  if (holders.length === 0) return keys
  const attestation = await attest({
    patient: patient.account.patient,
    custodian: patient.hospital.origin,
    mediation: published.mediation,
    holders,
    key: patient.identity,
  })
  const params = { patient: patient.account.patient }
  await patient.api.call(attestPoints, { params, body: attestation }, { ...options, repeatable: true })
  return verifyOwn(patient, { ...published, attestations: [...published.attestations, attestation] })
}

async function unattested(
  patient: PatientPerson,
  { keys, card, cardKey }: { keys: VerifiedKeys; card: Card | undefined; cardKey: CardKey | null },
): Promise<Holder[]> {
  const holders: Holder[] = []
  for (const [category, key] of keys.categories) {
    if (key.publicKey) continue
    const { seed } = await deriveCategoryKey(patient.root, category, key.epoch)
    if (publishedHalf(seed).x !== key.x)
      throw new CuroError(
        'bad-key',
        'One of your published keys is not of your making. Do not go on; report it.',
      )
    holders.push({ x: key.x, seed })
  }
  const own = card && cardHolder(card)
  if (own && own.x === cardKey?.x && !keys.card?.publicKey) holders.push(own)
  return holders
}
