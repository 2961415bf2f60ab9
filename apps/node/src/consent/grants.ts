import type { ConsentView, Grant } from '@curo/contract/consent'
import { equalBytes, fromBase64Url } from '@curo/crypto/bytes'
import { canonicalJson } from '@curo/crypto/canonical-json'
import { CuroError } from '@curo/crypto/errors'
import { verifyBody } from '@curo/crypto/signatures'
import { activeClinician } from '../accounts/directory.ts'
import type { NodeContext } from '../context.ts'
import { inTransaction, isUniqueViolation } from '../database.ts'
import { identityOfPatient, patientOfAccount } from '../patients/directory.ts'
import { openJson } from '../sealed-columns.ts'
import type { Session } from '../sessions.ts'
import { forgetRequests } from './limits.ts'
import { isFresh, LONGEST_CONSENT_MS } from './rules.ts'
import { type ConsentRow, consentCell, noSuchConsent, viewOf } from './service.ts'
import { storeGrant } from './store-grant.ts'

/** The patient behind a session and the key her statements are signed with. */
export async function patientBehind(
  node: NodeContext,
  session: Session,
): Promise<{ patient: string; identity: Uint8Array }> {
  const patient = await patientOfAccount(node.db, session.account.id)
  const identity = patient && (await identityOfPatient(node.db, patient))
  if (!patient || !identity) throw new CuroError('not-found', 'This account has no health record.')
  return { patient, identity }
}

/**
 * The patient grants from her app: signed by her identity key, with the keys sealed to the doctor. Throws `not-found`
 * when the doctor is not an approved one with this very key, `forged-signature`, `invalid-input`, `conflict`.
 */
export async function grantConsent(
  node: NodeContext,
  { session, grant, sealedKeys }: { session: Session; grant: Grant; sealedKeys: string },
): Promise<ConsentView> {
  const { patient, identity } = await patientBehind(node, session)
  const now = node.clock()
  const refuse = (sentence: string) => new CuroError('invalid-input', sentence)
  if (grant.patient !== patient || grant.by !== 'app')
    throw refuse('A grant from the app is the patient’s own.')
  if (grant.hospital !== node.config.origin) throw refuse('The grant is addressed to another hospital.')
  if (!isFresh(grant.at, now))
    throw new CuroError('expired', 'This grant is not from just now. Check this device’s clock.')
  const end = new Date(grant.notAfter).getTime()
  if (end <= now.getTime() || end - now.getTime() > 10 * LONGEST_CONSENT_MS)
    throw refuse('Choose an end between now and ten years.')
  await verifyBody({ kind: 'grant', body: grant, expectedSigner: identity })
  const doctor = await activeClinician(node, grant.grantee.account)
  if (!doctor || !equalBytes(doctor.identity, fromBase64Url(grant.grantee.identity)))
    throw new CuroError('not-found', 'There is no approved doctor with this key. Look the doctor up again.')
  const stored =
    (await sameGrant(node, grant)) ??
    (await inTransaction(node.db, async (trx) => {
      if (grant.request) await forgetRequests(node, trx, { patient, account: doctor.id })
      return await storeGrant(trx, node, {
        grant,
        sealedKeys: fromBase64Url(sealedKeys),
        by: session.account,
        now,
      })
    }).catch(async (cause) => {
      if (!isUniqueViolation(cause)) throw cause
      return await sameGrant(node, grant)
    }))
  if (!stored) throw new CuroError('internal', 'The consent was not stored.')
  return await viewOf(node, stored, { granteeName: doctor.name, now })
}

/** The consent that this very grant made before, its answer having been lost. Throws `conflict` for another one. */
async function sameGrant(node: NodeContext, grant: Grant): Promise<ConsentRow | undefined> {
  const row = await node.db.selectFrom('consents').selectAll().where('id', '=', grant.id).executeTakeFirst()
  if (!row) return undefined
  const before = await openJson<Grant>(node, consentCell('statement', row.id), row.statement)
  if (canonicalJson(before) !== canonicalJson(grant))
    throw new CuroError('conflict', 'This id was used before, for another consent. Try again with a new one.')
  return row as ConsentRow
}

/** Replaces the keys sealed to a doctor who is still allowed, after a category epoch changed. */
export async function resealConsent(
  node: NodeContext,
  { session, id, sealedKeys }: { session: Session; id: string; sealedKeys: string },
): Promise<void> {
  const { patient } = await patientBehind(node, session)
  const updated = await node.db
    .updateTable('consents')
    .set({ sealed_keys: Buffer.from(fromBase64Url(sealedKeys)) })
    .where('id', '=', id)
    .where('patient', '=', patient)
    .where('given_by', '=', 'app')
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  if (updated.numUpdatedRows === 0n) throw noSuchConsent()
}
