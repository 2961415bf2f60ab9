import { confirmActivation, startActivation as startActivationRoute } from '@curo/contract/cards'
import type { IdentityRotation, PublishedKeys } from '@curo/contract/patients'
import { deriveIdentityKey, makeAccountRoot } from '@curo/crypto/account'
import { equalBytes, fromBase64Url, toBase64Url } from '@curo/crypto/bytes'
import { CATEGORIES } from '@curo/crypto/category'
import { CuroError } from '@curo/crypto/errors'
import { randomId } from '@curo/crypto/random'
import { makeRecoveryCode } from '@curo/crypto/recovery-kit'
import { cosignBody, type SigningKey } from '@curo/crypto/signatures'
import { registerWithPassword, signIn } from './accounts.ts'
import type { CallOptions } from './api.ts'
import { type Card, makeCardProof } from './cards.ts'
import type { Connection } from './connection.ts'
import { type Keyring, openKeyring, sealKeyring } from './keyring.ts'
import { verifyPublishedKeys } from './keys.ts'
import { cardCodeOf } from './own-card.ts'
import { attestOwnKeys } from './own-keys.ts'
import { type CategoryEpochs, epochsOf, makeCardKey, makePatientKeys } from './patient-keys.ts'
import { unwrapRootByCard, wrapRootByCard } from './patients.ts'
import { asPatient, makeAccountKeys, type PatientPerson } from './person.ts'
import { makeKit } from './recoveries.ts'

export type StartedActivation = { activation: string; sentTo: string; expiresAt: string }

/**
 * Asks for a code to the telephone that the desk registered.
 * @throws CuroError 'not-found' (unknown or blocked card), 'rate-limited'
 */
export async function startActivation(
  { api }: Connection,
  card: Card,
  options: CallOptions = {},
): Promise<StartedActivation> {
  return api.call(startActivationRoute, { body: { proof: await makeCardProof(card) } }, options)
}

export type FinishActivation = {
  card: Card
  activation: string
  code: string
  /** What she will sign in with. */
  contact: string
  password: string
  name: string
  device?: string | undefined
}

export type Activated = {
  person: PatientPerson
  /** The new printed code; the one from the desk opens nothing from now on. A secret. */
  recoveryCode: string
}

/**
 * Turns a card and a code into an account of her own: a root that no desk has known, handed over to by the old identity,
 * and the next epoch of every category key. Her earlier records are re-wrapped afterwards (rewrapRecords).
 * @throws CuroError 'unauthorized' | 'attempts-exhausted' | 'expired' (the code), 'bad-key' (the node swapped a key),
 * 'conflict' (the number has an account), 'invalid-input' (weak password)
 */
export async function finishActivation(
  connection: Connection,
  { card, activation, code, contact, password, name, device }: FinishActivation,
  options: CallOptions = {},
): Promise<Activated> {
  const { api, hospital } = connection
  const confirmed = await api.call(confirmActivation, { params: { activation }, body: { code } }, options)
  const { patient, keys: published } = confirmed
  await verifyPublishedKeys({
    published,
    custodian: hospital.origin,
    trust: { fingerprint: card.payload.fingerprint },
    patient,
  })
  const { cardSecret } = card.payload
  const oldRoot = await unwrapRootByCard({ wrapped: confirmed.wrappedRoot, patient, cardSecret })
  const oldIdentity = await identityInForce(oldRoot, published)
  const oldKeyring = await openKeyring({ root: oldRoot, patient, sealed: confirmed.keyring })

  const root = makeAccountRoot()
  const recoveryCode = makeRecoveryCode()
  const { keys, identity } = await makePatientKeys({
    patient,
    root,
    revision: published.keys.revision + 1,
    epochs: nextEpochs(epochsOf(published.keys)),
  })
  const cardKey = await makeCardKey({
    patient,
    card: card.number,
    lookupEpoch: card.payload.lookupEpoch,
    cardSeed: card.seed,
    proofKey: card.signing.publicKey,
    identity,
  })
  const keyring: Keyring = {
    ...oldKeyring,
    previousRoots: [...oldKeyring.previousRoots, oldRoot],
    card: card.number,
    cardCode: cardCodeOf(card, hospital),
  }
  const id = randomId()
  await registerWithPassword(
    connection,
    {
      password,
      root,
      body: {
        id,
        contact,
        role: 'patient',
        name,
        keys: await makeAccountKeys({ account: id, root }),
        kit: await makeKit({ root, code: recoveryCode }),
        activation: {
          token: confirmed.token,
          rotation: await rotateIdentity({ patient, from: oldIdentity, to: identity }),
          keys,
          cardKey,
          wrappedRoots: [await wrapRootByCard({ root, patient, cardSecret })],
          keyring: await sealKeyring({ root, patient, keyring }),
        },
      },
    },
    options,
  )
  const person = asPatient(await signIn(connection, { contact, password, device }, options))
  await attestOwnKeys(person, { card }, options)
  return { person, recoveryCode }
}

/** The old root must be the one whose identity is in force, or the rotation would lead nowhere. */
async function identityInForce(root: Uint8Array, published: PublishedKeys): Promise<SigningKey> {
  const identity = await deriveIdentityKey(root)
  if (!equalBytes(identity.publicKey, fromBase64Url(published.keys.identity)))
    throw new CuroError(
      'bad-key',
      'The hospital’s computer gave another key than the one in force for this card. Do not go on; report it.',
    )
  return identity
}

function nextEpochs(epochs: CategoryEpochs): CategoryEpochs {
  return Object.fromEntries(CATEGORIES.map((category) => [category, epochs[category] + 1])) as CategoryEpochs
}

/** One identity hands over to the next; both sign. */
export async function rotateIdentity({
  patient,
  from,
  to,
}: {
  patient: string
  from: SigningKey
  to: SigningKey
}): Promise<IdentityRotation> {
  const body = {
    v: 1 as const,
    patient,
    from: toBase64Url(from.publicKey),
    to: toBase64Url(to.publicKey),
    at: new Date().toISOString(),
  }
  const signedByOld = await cosignBody({ kind: 'rotate-identity', body, key: from })
  return cosignBody({ kind: 'rotate-identity', body: signedByOld, key: to })
}
