import type { AccountKeys } from '@curo/contract/accounts'
import type { CardProof } from '@curo/contract/cards'
import {
  attestPoints,
  type CardKey,
  type Demographics,
  type Mediation,
  type PatientKeys,
  registerPatient,
} from '@curo/contract/patients'
import type { Role } from '@curo/contract/route'
import { deriveCategoryKey, deriveIdentityKey, deriveSealKey, makeAccountRoot } from '@curo/crypto/account'
import { toBase64Url, utf8Bytes } from '@curo/crypto/bytes'
import {
  deriveCardKeyPair,
  deriveCardSigningKey,
  deriveCardWrapKey,
  makeCardNumber,
  makeCardSecret,
} from '@curo/crypto/card'
import { CATEGORIES } from '@curo/crypto/category'
import { deriveChainKey, makeLookupKey } from '@curo/crypto/lookup'
import { holderHalf } from '@curo/crypto/mediated'
import { randomBytes, randomDigits, randomId } from '@curo/crypto/random'
import { type SigningKey, signBody } from '@curo/crypto/signatures'
import { wrapSecret } from '@curo/crypto/wrap'
import { insertAccount } from '../accounts/registration.ts'
import type { AccountStatus } from '../accounts/tables.ts'
import { inTransaction } from '../database.ts'
import { startSession } from '../sessions.ts'
import type { TestNode } from './test-node.ts'

export type TestAccount = {
  readonly id: string
  readonly token: string
  readonly contact: string
  readonly name: string
  readonly root: Uint8Array
  readonly identity: SigningKey
  readonly keys: AccountKeys
}

export const inventedPhone = () => `+9198${randomDigits(8)}`

/** Public keys of an account, as its client makes and signs them. */
export async function makeAccountKeys(account: string, root: Uint8Array): Promise<AccountKeys> {
  const identity = await deriveIdentityKey(root)
  const seal = await deriveSealKey(root)
  const body = {
    v: 1 as const,
    account,
    identity: toBase64Url(identity.publicKey),
    seal: toBase64Url(seal.publicKey),
    at: new Date().toISOString(),
  }
  return signBody({ kind: 'account-keys', body, key: identity })
}

/**
 * Somebody with a role and a session, put into the database as registration would, without the second that two
 * rounds of Argon2id take. How one registers and signs in is tested with the accounts.
 */
export async function makeAccount(
  node: TestNode,
  options: { role: Role; status?: AccountStatus; name?: string; patient?: string; root?: Uint8Array },
): Promise<TestAccount> {
  const { role, status = 'active', name = `Invented ${role}`, patient = null } = options
  const id = randomId()
  const root = options.root ?? makeAccountRoot()
  const identity = await deriveIdentityKey(root)
  const keys = await makeAccountKeys(id, root)
  const contact = inventedPhone()
  const { context } = node
  const session = await inTransaction(context.db, async (trx) => {
    const wrappedRoot = toBase64Url(randomBytes(64))
    const given = { id, contact, role, name, profession: {}, record: 'none', wrappedRoot, keys }
    await insertAccount(trx, context, { given, status, patient })
    return startSession(trx, {
      account: id,
      sealedDevice: null,
      now: context.clock(),
      config: context.config,
    })
  })
  return { id, token: session.token, contact, name, root, identity, keys }
}

export type TestCard = {
  readonly number: string
  readonly secret: Uint8Array
  readonly signing: SigningKey
  readonly seed: Uint8Array
  readonly lookupKey: Uint8Array
  readonly lookupEpoch: number
}

export async function makeCard(lookupEpoch = 0): Promise<TestCard> {
  const secret = makeCardSecret()
  const [pair, signing] = await Promise.all([deriveCardKeyPair(secret), deriveCardSigningKey(secret)])
  return {
    number: makeCardNumber(),
    secret,
    signing,
    seed: pair.seed,
    lookupKey: makeLookupKey(),
    lookupEpoch,
  }
}

export async function makeCardKey(patient: string, card: TestCard, identity: SigningKey): Promise<CardKey> {
  const body = {
    v: 1 as const,
    patient,
    card: card.number,
    lookupEpoch: card.lookupEpoch,
    ...publicHalf(card.seed),
    proofKey: toBase64Url(card.signing.publicKey),
    at: new Date().toISOString(),
  }
  return signBody({ kind: 'card-key', body, key: identity })
}

export async function makeCardProof(
  card: TestCard,
  options: { account?: string; at?: Date } = {},
): Promise<CardProof> {
  const { account, at = new Date() } = options
  const body = { v: 1 as const, card: card.number, at: at.toISOString(), nonce: randomId() }
  return signBody({ kind: 'card-proof', body: account ? { ...body, account } : body, key: card.signing })
}

export function publicHalf(seed: Uint8Array): { kem: string; x: string } {
  const half = holderHalf(seed)
  return { kem: toBase64Url(half.kemPublicKey), x: toBase64Url(half.x25519PublicKey) }
}

export async function makePatientKeys(options: {
  patient: string
  root: Uint8Array
  revision: number
  epoch: number
}): Promise<PatientKeys> {
  const { patient, root, revision, epoch } = options
  const identity = await deriveIdentityKey(root)
  const seal = await deriveSealKey(root)
  const categories = await Promise.all(
    CATEGORIES.map(async (category) => {
      const { seed } = await deriveCategoryKey(root, category, epoch)
      return { category, epoch, ...publicHalf(seed) }
    }),
  )
  const body = {
    v: 1 as const,
    patient,
    revision,
    identity: toBase64Url(identity.publicKey),
    seal: toBase64Url(seal.publicKey),
    categories,
    at: new Date().toISOString(),
  }
  return signBody({ kind: 'patient-keys', body, key: identity })
}

export const inventedDemographics = (over: Partial<Demographics> = {}): Demographics => ({
  name: { given: 'Asha', family: 'Invented' },
  birthDate: '1980-03-12',
  sex: 'female',
  phone: inventedPhone(),
  identifiers: [],
  ...over,
})

export type TestPatient = {
  readonly id: string
  readonly root: Uint8Array
  readonly identity: SigningKey
  readonly keys: PatientKeys
  readonly card: TestCard
  readonly cardKey: CardKey
  readonly demographics: Demographics
  readonly mediation: Mediation
}

/** What the desk's client sends to register a patient. */
export async function makeRegistration(node: TestNode, demographics = inventedDemographics()) {
  const id = randomId()
  const root = makeAccountRoot()
  const identity = await deriveIdentityKey(root)
  const card = await makeCard()
  const keys = await makePatientKeys({ patient: id, root, revision: 0, epoch: 0 })
  const cardKey = await makeCardKey(id, card, identity)
  const wrapped = await wrapSecret({
    wrappingKey: await deriveCardWrapKey(card.secret),
    secret: root,
    context: 'account root by card',
    aad: utf8Bytes(id),
  })
  const { origin } = node.context.config
  const chainKey = deriveChainKey({ lookupKey: card.lookupKey, origin, epoch: 0 })
  const body = {
    id,
    demographics,
    keys,
    cardKey,
    chain: { epoch: 0, chainKey: toBase64Url(chainKey) },
    wrappedRoots: [{ by: 'card' as const, wrapped: toBase64Url(wrapped) }],
    keyring: toBase64Url(randomBytes(100)),
  }
  return { body, root, identity, card }
}

/** A patient registered and attested through the routes, as the desk does it. */
export async function makePatient(
  node: TestNode,
  desk: TestAccount,
  demographics = inventedDemographics(),
): Promise<TestPatient> {
  const { body, root, identity, card } = await makeRegistration(node, demographics)
  const { status, body: answer } = await node.call(registerPatient, { body }, desk)
  if (status !== 201) throw new Error(`registering a patient answered ${status}: ${JSON.stringify(answer)}`)
  const { mediation } = answer
  const attestation = await signBody({
    kind: 'attestation',
    body: {
      v: 1 as const,
      patient: body.id,
      custodian: node.context.config.origin,
      points: mediation.points,
      at: new Date().toISOString(),
    },
    key: identity,
  })
  await node.call(attestPoints, { params: { patient: body.id }, body: attestation }, desk)
  return {
    id: body.id,
    root,
    identity,
    keys: body.keys,
    card,
    cardKey: body.cardKey,
    demographics,
    mediation,
  }
}
