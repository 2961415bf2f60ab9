import { type ConsentView, type Grant, type GrantedKeys, grantedKeys } from '@curo/contract/consent'
import { deriveCategorySeed } from '@curo/crypto/account'
import { equalBytes, fromBase64Url, toBase64Url, utf8Bytes, utf8Text } from '@curo/crypto/bytes'
import { canonicalBytes } from '@curo/crypto/canonical-json'
import type { Category } from '@curo/crypto/category'
import { CuroError } from '@curo/crypto/errors'
import { openSealed, sealTo } from '@curo/crypto/seal-to'
import { signBody, verifyBody } from '@curo/crypto/signatures'
import type { CallOptions } from './api.ts'
import { fetchPatientKeys } from './cards.ts'
import { verifyConsent } from './consent.ts'
import { stubKeysOf } from './keyring.ts'
import type { CategoryEpochs } from './patient-keys.ts'
import type { PatientPerson, Person } from './person.ts'

const INFO = 'curo/v1/granted-keys'
const KIND = 'granted-keys'

export type SealGrantedKeys = {
  /** Id of the consent: the keys open for it only. */
  consent: string
  /** The doctor's sealing key, verified in the ledger. */
  to: Uint8Array
  categories: readonly Category[]
  epochs: CategoryEpochs
}

/**
 * Seals to a doctor what she needs besides the custodian's step: the category keys of every epoch until now, and the keys
 * of the stubs. The custodian holds back what the consent does not cover. base64url.
 */
export async function sealGrantedKeys(
  patient: PatientPerson,
  { consent, to, categories, epochs }: SealGrantedKeys,
): Promise<string> {
  const body = {
    v: 1 as const,
    consent,
    stubKeys: stubKeysOf(patient.keyring).map(toBase64Url),
    categories: categories.flatMap((category) =>
      Array.from({ length: epochs[category] + 1 }, (_, epoch) => {
        const seed = deriveCategorySeed(patient.root, category, epoch)
        return { category, epoch, seed: toBase64Url(seed) }
      }),
    ),
  }
  const content: GrantedKeys = await signBody({ kind: KIND, body, key: patient.identity })
  const sealed = await sealTo({
    publicKey: to,
    plaintext: canonicalBytes(content),
    info: INFO,
    aad: utf8Bytes(consent),
  })
  return toBase64Url(sealed)
}

/** What a patient sealed to a doctor, opened. */
export type OpenedGrant = {
  stubKeys: Uint8Array[]
  categories: { category: Category; epoch: number; seed: Uint8Array }[]
}

/**
 * Opens what came with a consent, after checking that consent, and that its patient made these keys: whoever seals under a
 * key of somebody else's making shows him what the timeline says.
 * @param identities the patient's, where they are known from her card
 * @throws CuroError 'not-found' (a consent without keys), 'wrong-key' when they were not sealed to this person for this
 *   consent; 'forged-signature' | 'tampered' when it is not the patient's; 'malformed'
 */
export async function openGrantedKeys(
  person: Person,
  { consent, identities }: { consent: ConsentView; identities?: readonly Uint8Array[] | undefined },
  options: CallOptions = {},
): Promise<OpenedGrant> {
  const { grant, sealedKeys } = consent
  if (sealedKeys === null)
    throw new CuroError('not-found', 'This consent brings no keys: it is good only with the card in hand.')
  await verifyConsent(person, { consent, ...(identities ? { identities } : {}) })
  const plaintext = await openSealed({
    seed: person.seal.seed,
    sealed: fromBase64Url(sealedKeys),
    info: INFO,
    aad: utf8Bytes(grant.id),
  })
  const content = readContent(plaintext)
  const signer = await verifyBody({ kind: KIND, body: content })
  const hers = content.consent === grant.id && (await isHers(person, { grant, signer }, options))
  if (!hers)
    throw new CuroError(
      'forged-signature',
      'The keys that came with this consent were not made by the patient. Nothing was opened; report it.',
    )
  return {
    stubKeys: content.stubKeys.map(fromBase64Url),
    categories: content.categories.map((entry) => ({ ...entry, seed: fromBase64Url(entry.seed) })),
  }
}

function readContent(plaintext: Uint8Array): GrantedKeys {
  try {
    return grantedKeys.parse(JSON.parse(utf8Text(plaintext)))
  } catch (cause) {
    throw new CuroError(
      'malformed',
      'The keys of this consent are not in form. Ask the patient to allow you again.',
      { cause },
    )
  }
}

/** The key that signed the consent, or one that followed it: her app may have been activated anew since. */
async function isHers(
  person: Person,
  { grant, signer }: { grant: Grant; signer: Uint8Array },
  options: CallOptions,
): Promise<boolean> {
  if (grant.by !== 'app') return false
  if (grant.signer === toBase64Url(signer)) return true
  const trust = { identity: fromBase64Url(grant.signer) }
  const { identities } = await fetchPatientKeys(person, { patient: grant.patient, trust }, options)
  return identities.some((identity) => equalBytes(identity, signer))
}
