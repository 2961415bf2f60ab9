import type { Attestation, IdentityRotation, Mediation, PublishedKeys } from '@curo/contract/patients'
import { deriveIdentityKey, makeAccountRoot } from '@curo/crypto/account'
import { fromBase64Url, toBase64Url } from '@curo/crypto/bytes'
import { makeMediationScalar, mediationPoint, mediationShare } from '@curo/crypto/mediated'
import { randomBytes, randomDigits, randomId } from '@curo/crypto/random'
import { cosignBody, importSigningKey, type SigningKey } from '@curo/crypto/signatures'
import { attest, firstEpochs, type Holder, makeCardKey, makePatientKeys } from '../patient-keys.ts'

export const ORIGIN = 'node.test/log'

/** The custodian's half for each holder's X. */
export async function mediate(scalar: Uint8Array, holders: readonly Pick<Holder, 'x'>[]): Promise<Mediation> {
  const points = await Promise.all(
    holders.map(async ({ x }) => ({
      x,
      share: toBase64Url(mediationShare(scalar, fromBase64Url(x))),
      point: toBase64Url(await mediationPoint(scalar, fromBase64Url(x))),
    })),
  )
  return { points }
}

export type TestPatient = {
  patient: string
  root: Uint8Array
  identity: SigningKey
  scalar: Uint8Array
  cardSeed: Uint8Array
  cardSigning: SigningKey
  holders: Holder[]
  published: PublishedKeys
}

/** A patient with card, as registerPatientAtDesk leaves her, at a custodian whose scalar the test knows. */
export async function makeTestPatient(patient = randomId()): Promise<TestPatient> {
  const root = makeAccountRoot()
  const scalar = makeMediationScalar()
  const cardSeed = randomBytes(32)
  const cardSigning = await importSigningKey(randomBytes(32))
  const { keys, holders, identity } = await makePatientKeys({
    patient,
    root,
    revision: 0,
    epochs: firstEpochs(),
  })
  const cardKey = await makeCardKey({
    patient,
    card: randomDigits(16),
    lookupEpoch: 0,
    cardSeed,
    proofKey: cardSigning.publicKey,
    identity,
  })
  const all = [...holders, { x: cardKey.x, seed: cardSeed }]
  const mediation = await mediate(scalar, all)
  const attestation = await attest({ patient, custodian: ORIGIN, mediation, holders: all, key: identity })
  const published = { patient, keys, card: cardKey, mediation, attestations: [attestation], rotations: [] }
  return { patient, root, identity, scalar, cardSeed, cardSigning, holders: all, published }
}

/** The same patient after activation: a new root, handed over to, and everything signed anew. */
export async function activateTestPatient(
  before: TestPatient,
): Promise<TestPatient & { rotation: IdentityRotation }> {
  const { patient, scalar, cardSeed, cardSigning, published } = before
  const root = makeAccountRoot()
  const identity = await deriveIdentityKey(root)
  const { keys, holders } = await makePatientKeys({ patient, root, revision: 1, epochs: firstEpochs() })
  const cardKey = await makeCardKey({
    patient,
    card: published.card?.card ?? '',
    lookupEpoch: 0,
    cardSeed,
    proofKey: cardSigning.publicKey,
    identity,
  })
  const all = [...holders, { x: cardKey.x, seed: cardSeed }]
  const mediation = await mediate(scalar, all)
  const attestation: Attestation = await attest({
    patient,
    custodian: ORIGIN,
    mediation,
    holders: all,
    key: identity,
  })
  const body = {
    v: 1 as const,
    patient,
    from: toBase64Url(before.identity.publicKey),
    to: toBase64Url(identity.publicKey),
    at: new Date().toISOString(),
  }
  const kind = 'rotate-identity'
  const rotation = await cosignBody({
    kind,
    body: await cosignBody({ kind, body, key: before.identity }),
    key: identity,
  })
  return {
    ...before,
    root,
    identity,
    holders: all,
    rotation,
    published: {
      patient,
      keys,
      card: cardKey,
      mediation,
      attestations: [...published.attestations, attestation],
      rotations: [rotation],
    },
  }
}
