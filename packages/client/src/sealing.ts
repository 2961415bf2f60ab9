import { requestAuthorPoint } from '@curo/contract/patients'
import type { Envelope } from '@curo/contract/records'
import { fromBase64Url, toBase64Url } from '@curo/crypto/bytes'
import type { Category } from '@curo/crypto/category'
import { CuroError } from '@curo/crypto/errors'
import { checkMediationPoint, holderHalf, mediatedPublicKey } from '@curo/crypto/mediated'
import { makeEnvelope, type Recipient } from '@curo/crypto/record'
import type { CallOptions } from './api.ts'
import type { VerifiedKeys } from './keys.ts'
import type { Person } from './person.ts'

/** To whom a record of this patient is sealed, and with what its stub is. Made once for many records. */
export type Sealing = {
  person: Person
  keys: VerifiedKeys
  /** Sealed-to keys of the author herself; none for a patient, who has her account key. */
  author: Recipient | null
  stubKey: Uint8Array
}

export type PrepareSealing = {
  keys: VerifiedKeys
  /** From the card, from the keys a patient sealed to the doctor, or from the keyring. */
  stubKey: Uint8Array
}

/**
 * Prepares to write for one patient. For a doctor this fetches and checks the node's half of her own key for the patient.
 * @throws CuroError 'bad-key' when the node offers a half of its own making; 'not-found'
 */
export async function prepareSealing(
  person: Person,
  { keys, stubKey }: PrepareSealing,
  options: CallOptions = {},
): Promise<Sealing> {
  const author =
    person.account.role === 'doctor' ? await authorRecipient(person, keys.patient, options) : null
  return { person, keys, author, stubKey }
}

async function authorRecipient(person: Person, patient: string, options: CallOptions): Promise<Recipient> {
  const { seed } = person.seal
  const { kemPublicKey, x25519PublicKey } = holderHalf(seed)
  const { points } = await person.api.call(
    requestAuthorPoint,
    { params: { patient } },
    { ...options, repeatable: true },
  )
  const own = points.find(({ x }) => x === toBase64Url(x25519PublicKey))
  if (!own)
    throw new CuroError('bad-key', 'The hospital’s computer gave a half for another key than your own.')
  const [point, share] = [fromBase64Url(own.point), fromBase64Url(own.share)]
  await checkMediationPoint({ seed, share, point })
  return { to: 'author', publicKey: mediatedPublicKey({ kemPublicKey, point }), point, share }
}

/** The patient’s own keys, and of the mediated ones those that were attested: never anything else. */
export function recipientsFor(keys: VerifiedKeys, category: Category): Recipient[] {
  const recipients: Recipient[] = [{ to: 'account', publicKey: keys.seal }]
  const mediated = { category: keys.categories.get(category), card: keys.card }
  for (const to of ['category', 'card'] as const) {
    const key = mediated[to]
    if (key?.publicKey && key.point && key.share)
      recipients.push({ to, publicKey: key.publicKey, point: key.point, share: key.share })
  }
  return recipients
}

export type EnvelopeFacts = {
  id: string
  category: Category
  kind: string
  /** Clinical day, YYYY-MM-DD. */
  occurred: string
  stub: unknown
  dek: Uint8Array
  root: Uint8Array
  size: number
  sealedSize: number
}

/** The envelope of sealed content, signed by the person who writes. @throws CuroError 'malformed' | 'too-large' */
export async function sealEnvelope(sealing: Sealing, facts: EnvelopeFacts): Promise<Envelope> {
  const { person, keys, author, stubKey } = sealing
  return makeEnvelope({
    ...facts,
    custodian: keys.custodian,
    patient: keys.patient,
    epoch: keys.categories.get(facts.category)?.epoch ?? 0,
    created: new Date().toISOString(),
    author: person.account.id,
    recipients: [...recipientsFor(keys, facts.category), ...(author ? [author] : [])],
    stubKey,
    authorKey: person.identity,
  })
}
