import type { Mediation, PatientKeys } from '@curo/contract/patients'
import { equalBytes, toBase64Url } from '@curo/crypto/bytes'
import { canonicalBytes } from '@curo/crypto/canonical-json'
import { CuroError } from '@curo/crypto/errors'
import type { NodeContext } from '../context.ts'
import { inTransaction } from '../database.ts'
import type { Session } from '../sessions.ts'
import { patientOfAccount } from './directory.ts'
import { checkEpochsGoForward, checkPatientKeys } from './key-rules.ts'
import { loadPoints, makePoints, openMediationScalar, storePoints, viewPoints } from './mediation.ts'

const absent = () => new CuroError('not-found', 'There is no such patient here.')
/** The X25519 part stands behind the ML-KEM part of an X-Wing key. */
const X_OFFSET = 1184

/**
 * The next revision of a patient's own keys: new epochs of categories under the same root.
 * @returns the points of every category key of the revision, to be attested
 * @throws 'conflict' unless it is the very next revision, 'invalid-input', 'bad-key', 'forged-signature'
 */
export async function publishNextKeys(
  node: NodeContext,
  session: Session,
  given: { patient: string; keys: PatientKeys },
): Promise<Mediation> {
  const { patient, keys } = given
  if ((await patientOfAccount(node.db, session.account.id)) !== patient) throw absent()
  const scalar = await openMediationScalar(node, patient)
  return inTransaction(node.db, async (trx) => {
    // Locked by itself first: a join would look for the keys of the revision after in the snapshot before.
    const row = await trx
      .selectFrom('patients')
      .select(['revision', 'identity'])
      .where('id', '=', patient)
      .forUpdate()
      .executeTakeFirst()
    if (!row) throw absent()
    const { keys: before } = await trx
      .selectFrom('patient_keys')
      .select('keys')
      .where('patient', '=', patient)
      .where('revision', '=', row.revision)
      .executeTakeFirstOrThrow()
    const xs = keys.categories.map((key) => key.x)
    // The answer to a revision that was stored, should it have been lost on its way.
    if (equalBytes(canonicalBytes(before), canonicalBytes(keys)))
      return viewPoints(await loadPoints(trx, patient, xs))
    await checkPatientKeys(keys, { patient, revision: row.revision + 1, identity: toBase64Url(row.identity) })
    if (keys.seal !== before.seal)
      throw new CuroError('invalid-input', 'The account key only changes together with the identity.')
    checkEpochsGoForward(before, keys)
    const points = await makePoints(scalar, xs)
    await trx
      .insertInto('patient_keys')
      .values({ patient, revision: keys.revision, identity: row.identity, keys: JSON.stringify(keys) })
      .execute()
    await trx.updateTable('patients').set({ revision: keys.revision }).where('id', '=', patient).execute()
    await storePoints(
      trx,
      patient,
      points.map((point) => ({ ...point, holder: 'category' })),
    )
    return viewPoints(points)
  })
}

/** The point of a doctor's own sealing key for a patient, so that she can open again what she wrote. */
export async function authorPoint(node: NodeContext, session: Session, patient: string): Promise<Mediation> {
  const scalar = await openMediationScalar(node, patient)
  const x = toBase64Url(session.account.seal.slice(X_OFFSET))
  const points = await makePoints(scalar, [x])
  await inTransaction(node.db, (trx) =>
    storePoints(
      trx,
      patient,
      points.map((point) => ({ ...point, holder: 'author', account: session.account.id })),
    ),
  )
  return viewPoints(points)
}
