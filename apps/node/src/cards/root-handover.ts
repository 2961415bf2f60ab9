import type { AccountKeys } from '@curo/contract/accounts'
import type { activationFinish } from '@curo/contract/cards'
import type { IdentityRotation, Mediation, PublishedKeys } from '@curo/contract/patients'
import { fromBase64Url, toBase64Url } from '@curo/crypto/bytes'
import { canonicalBytes } from '@curo/crypto/canonical-json'
import { CuroError } from '@curo/crypto/errors'
import { sha256 } from '@curo/crypto/hash'
import { verifyCosignedBody } from '@curo/crypto/signatures'
import type { Transaction } from 'kysely'
import type { z } from 'zod'
import type { NodeContext } from '../context.ts'
import type { Database } from '../database.ts'
import { checkStatementRecorded } from '../ledger/recorded-statement.ts'
import { cardKeyCell, loadPublishedKeys, phoneOf } from '../patients/directory.ts'
import { checkCardKey, checkEpochsGoForward, checkPatientKeys } from '../patients/key-rules.ts'
import { makePoints, openMediationScalar, storePoints } from '../patients/mediation.ts'
import { checkWrappedRoots } from '../patients/registration.ts'
import { asBuffer, sealJson } from '../sealed-columns.ts'
import { replaceWrappedRoots } from './reissue.ts'

type ActivationFinish = z.output<typeof activationFinish>

/**
 * Last step, inside the transaction that creates the account: the root that the desk knew gives way to one that
 * only the patient's device has seen. Old and new identity sign the change.
 * @throws 'unauthorized' for a wrong, used or old token; 'invalid-input', 'bad-key', 'forged-signature'
 */
export async function finishActivation(
  trx: Transaction<Database>,
  node: NodeContext,
  given: { activation: ActivationFinish; account: string; contact: string; accountKeys: AccountKeys },
): Promise<{ patient: string; mediation: Mediation }> {
  const { activation, account, contact, accountKeys } = given
  const now = node.clock()
  const used = await trx
    .updateTable('activations')
    .set({ finished_at: now })
    .where('token_hash', '=', asBuffer(sha256(fromBase64Url(activation.token))))
    .where('token_expires_at', '>', now)
    .where('finished_at', 'is', null)
    .returning('patient')
    .executeTakeFirst()
  if (!used) throw new CuroError('unauthorized', 'This activation is over or was used: scan the card again.')
  const { patient } = used
  if ((await phoneOf({ db: trx, keys: node.keys }, patient)) !== contact)
    throw new CuroError('invalid-input', 'Sign in with the telephone number that the desk registered.')
  await trx
    .selectFrom('patients')
    .select('id')
    .where('id', '=', patient)
    .where('activated_at', 'is', null)
    .forUpdate()
    .executeTakeFirstOrThrow(() => new CuroError('conflict', 'The app was activated already: sign in.'))
  const before = await loadPublishedKeys(node, patient, trx)
  if (!before?.card) throw new CuroError('forbidden', 'This card is blocked. The desk can issue a new one.')
  await checkNewKeys({ patient, before, activation, accountKeys })
  await storeNewKeys(trx, node, { patient, before, activation })
  const [receipt] = await node.ledger.submit(trx, [
    {
      patient,
      class: 'patient',
      kind: 'register',
      id: account,
      at: now.toISOString(),
      details: {
        patient,
        identity: activation.keys.identity,
        previous: before.keys.identity,
        keys: toBase64Url(sha256(canonicalBytes(activation.keys))),
      },
      statements: [{ kind: 'rotate-identity', document: activation.rotation }],
    },
  ])
  // The account's id is the client's choice: with the patient's own, her registration would stand for this.
  if (receipt) checkStatementRecorded(receipt, activation.rotation)
  const after = await loadPublishedKeys(node, patient, trx)
  if (!after) throw new CuroError('internal', 'The new keys were not stored.')
  return { patient, mediation: after.mediation }
}

async function checkNewKeys(given: {
  patient: string
  before: PublishedKeys
  activation: ActivationFinish
  accountKeys: AccountKeys
}): Promise<void> {
  const { patient, before, activation, accountKeys } = given
  const { rotation, keys, cardKey } = activation
  const refuse = (sentence: string) => new CuroError('invalid-input', sentence)
  await checkRotation(rotation, { patient, from: before.keys.identity, to: keys.identity })
  if (accountKeys.identity !== keys.identity || accountKeys.seal !== keys.seal)
    throw refuse('The account and the patient have the same identity and account key.')
  await checkPatientKeys(keys, { patient, revision: before.keys.revision + 1 })
  checkEpochsGoForward(before.keys, keys)
  if (keys.seal === before.keys.seal) throw refuse('A new root has a new account key.')
  const known = new Set([...before.keys.categories.map((key) => key.x), before.card?.x])
  if (keys.categories.some((key) => known.has(key.x)))
    throw refuse('The desk knew the old category keys: the next epochs need new ones.')
  await checkCardKey(cardKey, {
    patient,
    identity: keys.identity,
    lookupEpoch: before.card?.lookupEpoch ?? -1,
  })
  const same = (['card', 'kem', 'x', 'proofKey'] as const).every(
    (member) => cardKey[member] === before.card?.[member],
  )
  if (!same) throw refuse('Activating keeps the card as it is; a new card is issued afterwards.')
  checkWrappedRoots(activation.wrappedRoots)
}

async function checkRotation(
  rotation: IdentityRotation,
  expected: { patient: string; from: string; to: string },
): Promise<void> {
  if (rotation.patient !== expected.patient || rotation.from !== expected.from || rotation.to !== expected.to)
    throw new CuroError('conflict', 'The rotation does not lead from the key in force to the new one.')
  if (rotation.from === rotation.to)
    throw new CuroError('invalid-input', 'A new root has a new identity key.')
  await verifyCosignedBody({
    kind: 'rotate-identity',
    body: rotation,
    expectedSigners: [expected.from, expected.to],
  })
}

async function storeNewKeys(
  trx: Transaction<Database>,
  node: NodeContext,
  given: { patient: string; before: PublishedKeys; activation: ActivationFinish },
): Promise<void> {
  const { patient, activation } = given
  const { rotation, keys, cardKey, wrappedRoots } = activation
  const identity = asBuffer(fromBase64Url(keys.identity))
  const points = await makePoints(
    await openMediationScalar({ db: trx, keys: node.keys }, patient),
    keys.categories.map((key) => key.x),
  )
  await trx
    .insertInto('patient_keys')
    .values({ patient, revision: keys.revision, identity, keys: JSON.stringify(keys) })
    .execute()
  await trx
    .insertInto('patient_identity_rotations')
    .values({ patient, revision: keys.revision, rotation: JSON.stringify(rotation) })
    .execute()
  await storePoints(
    trx,
    patient,
    points.map((point) => ({ ...point, holder: 'category' })),
  )
  await trx
    .updateTable('cards')
    .set({ key: await sealJson(node, cardKeyCell(patient, cardKey.lookupEpoch), cardKey) })
    .where('patient', '=', patient)
    .where('status', '=', 'active')
    .execute()
  // The kit that the desk printed opens a root that is no longer in use.
  await trx.deleteFrom('patient_wrapped_roots').where('patient', '=', patient).execute()
  await replaceWrappedRoots(trx, patient, wrappedRoots)
  await trx
    .updateTable('patients')
    .set({
      identity,
      revision: keys.revision,
      keyring: asBuffer(fromBase64Url(activation.keyring)),
      activated_at: node.clock(),
    })
    .where('id', '=', patient)
    .execute()
}
