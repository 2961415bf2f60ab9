import type { Grant } from '@curo/contract/consent'
import type { EmergencyConfirmation, EmergencyRequest, EmergencyView } from '@curo/contract/emergencies'
import type { LedgerReceipt } from '@curo/contract/ledger'
import { equalBytes, toBase64Url } from '@curo/crypto/bytes'
import { canonicalJson } from '@curo/crypto/canonical-json'
import { CuroError } from '@curo/crypto/errors'
import { randomId } from '@curo/crypto/random'
import { signBody, verifyBody } from '@curo/crypto/signatures'
import type { Transaction } from 'kysely'
import { nameOf } from '../accounts/directory.ts'
import { recordActivity } from '../audit/activity.ts'
import { isFresh } from '../consent/rules.ts'
import { consented, insertConsent } from '../consent/store-grant.ts'
import type { NodeContext } from '../context.ts'
import { type Database, inTransaction } from '../database.ts'
import { checkStatementRecorded } from '../ledger/recorded-statement.ts'
import { openJson, sealJson } from '../sealed-columns.ts'
import type { Session } from '../sessions.ts'
import {
  EMERGENCY_MS,
  EMERGENCY_SCOPE,
  emergencyCell,
  noSuchEmergency,
  openEmergencyRequest,
  requestDigest,
} from './rules.ts'
import { tellOfEmergency } from './telling.ts'
import { type EmergencyRow, viewEmergencies } from './views.ts'

type Confirming = { session: Session; id: string; confirmation: EmergencyConfirmation }

/**
 * [Note: two doctors] An emergency is confirmed by another doctor's own signature over the very request, in her own
 * session, while both are approved and the card is still in use. In one transaction: the row is taken, the consent is
 * made, both statements stand in one entry of class emergency, and the patient and
 * her guardians are told. Repeating it answers as before.
 * @throws 'not-found', 'forbidden' (the same person, a suspended one, a blocked card), 'expired', 'conflict',
 *   'forged-signature'
 */
export async function confirmEmergency(
  node: NodeContext,
  { session, id, confirmation }: Confirming,
): Promise<{ emergency: EmergencyView; receipt: LedgerReceipt }> {
  const waiting = await node.db.selectFrom('emergencies').selectAll().where('id', '=', id).executeTakeFirst()
  if (!waiting) throw noSuchEmergency()
  const request = await openEmergencyRequest(node, waiting)
  await checkConfirmation(node, { session, id, confirmation }, request)
  if (waiting.confirmed_by) return repeated(node, waiting, confirmation)
  const now = node.clock()
  const names = {
    doctor: await nameOf(node, waiting.account),
    second: session.account.name,
  }
  const tell = await tellOfEmergency(node, waiting.patient)
  const sealed = await sealJson(node, emergencyCell('confirmation', id), confirmation)
  const done = await inTransaction(node.db, async (trx) => {
    const row = await trx
      .selectFrom('emergencies')
      .selectAll()
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirstOrThrow(noSuchEmergency)
    if (row.confirmed_by) return null
    if (row.expires_at <= now)
      throw new CuroError(
        'expired',
        'Nobody confirmed this in time. Ask again, with the card in hand and a colleague beside you.',
      )
    const asker = await lockClinicians(trx, { asker: row.account, second: session.account.id })
    await checkCardInUse(trx, row)
    const grant = await makeGrant(node, { row, asker, reason: request.reason, now })
    await insertConsent(trx, node, { grant, sealedKeys: null, now })
    const [receipt] = await node.ledger.submit(trx, [
      {
        patient: row.patient,
        class: 'emergency',
        kind: 'emergency',
        id,
        at: now.toISOString(),
        details: {
          consent: grant.id,
          by: [
            { account: row.account, identity: toBase64Url(asker) },
            { account: session.account.id, identity: toBase64Url(session.account.identity) },
          ],
          reason: request.reason,
          ...consented(grant),
        },
        statements: [
          { kind: 'emergency-request', document: request },
          { kind: 'emergency-confirmation', document: confirmation },
        ],
      },
    ])
    if (!receipt) throw new CuroError('internal', 'The emergency was not written.')
    checkStatementRecorded(receipt, request)
    checkStatementRecorded(receipt, confirmation)
    const confirmed = await trx
      .updateTable('emergencies')
      .set({ confirmed_by: session.account.id, confirmed_at: now, confirmation: sealed, consent: grant.id })
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirstOrThrow()
    await tell(trx, { ...names, at: now })
    await recordActivity(trx, { kind: 'emergency', outcome: 'confirmed', by: session.account, at: now })
    return { row: confirmed, receipt }
  })
  if (!done) return repeated(node, await loadAgain(node, id), confirmation)
  const [emergency] = await viewEmergencies(node, [done.row])
  return { emergency: emergency as EmergencyView, receipt: done.receipt }
}

async function checkConfirmation(
  node: NodeContext,
  { session, id, confirmation }: Confirming,
  request: EmergencyRequest,
): Promise<void> {
  if (request.account === session.account.id)
    throw new CuroError('forbidden', 'Another doctor has to confirm this, in her own session.')
  const same =
    confirmation.id === id &&
    confirmation.request === requestDigest(request) &&
    confirmation.patient === request.patient &&
    confirmation.account === session.account.id &&
    confirmation.hospital === node.config.origin
  if (!same)
    throw new CuroError('invalid-input', 'This confirmation is not for this emergency. Load it again.')
  if (!isFresh(confirmation.at, node.clock()))
    throw new CuroError('expired', 'This confirmation is not from just now. Check this device’s clock.')
  await verifyBody({
    kind: 'emergency-confirmation',
    body: confirmation,
    expectedSigner: session.account.identity,
  })
}

/** Both must be approved doctors until this is committed; gives the asker's identity key. */
async function lockClinicians(
  trx: Transaction<Database>,
  { asker, second }: { asker: string; second: string },
): Promise<Uint8Array> {
  const rows = await trx
    .selectFrom('accounts')
    .select(['id', 'identity'])
    .where('id', 'in', [asker, second])
    .where('role', '=', 'doctor')
    .where('status', '=', 'active')
    .orderBy('id')
    .forShare()
    .execute()
  const [one, other] = rows
  if (!one || !other || equalBytes(one.identity, other.identity))
    throw new CuroError('forbidden', 'Two approved doctors are needed, and one of you is not.')
  return one.id === asker ? one.identity : other.identity
}

async function checkCardInUse(trx: Transaction<Database>, row: EmergencyRow): Promise<void> {
  const card = await trx
    .selectFrom('cards')
    .select('status')
    .where('patient', '=', row.patient)
    .where('lookup_epoch', '=', row.card_epoch)
    .where('status', '=', 'active')
    .forShare()
    .executeTakeFirst()
  if (!card) throw new CuroError('forbidden', 'This card has been blocked: it opens nothing any more.')
}

/** What the two have brought about, signed by this node like a consent by code: good only with the card in hand. */
async function makeGrant(
  node: NodeContext,
  given: { row: EmergencyRow; asker: Uint8Array; reason: string; now: Date },
): Promise<Grant> {
  const { row, asker, reason, now } = given
  const body = {
    v: 1 as const,
    id: randomId(),
    patient: row.patient,
    grantee: { account: row.account, identity: toBase64Url(asker) },
    hospital: node.config.origin,
    scope: EMERGENCY_SCOPE,
    purpose: { code: 'BTG' as const, text: reason },
    use: 'standing' as const,
    notAfter: new Date(now.getTime() + EMERGENCY_MS).toISOString(),
    by: 'emergency' as const,
    request: row.id,
    at: now.toISOString(),
  }
  return (await signBody({ kind: 'grant', body, key: node.keys.nodeSigning })) as Grant
}

async function loadAgain(node: NodeContext, id: string): Promise<EmergencyRow> {
  return node.db
    .selectFrom('emergencies')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirstOrThrow(noSuchEmergency)
}

/** The answer that was lost, for whoever confirmed; for anyone else it is done. */
async function repeated(
  node: NodeContext,
  row: EmergencyRow,
  confirmation: EmergencyConfirmation,
): Promise<{ emergency: EmergencyView; receipt: LedgerReceipt }> {
  const cell = emergencyCell('confirmation', row.id)
  const before = row.confirmation && (await openJson<EmergencyConfirmation>(node, cell, row.confirmation))
  if (!before || canonicalJson(before) !== canonicalJson(confirmation))
    throw new CuroError('conflict', 'This emergency has been confirmed already.')
  const [receipt] = await node.ledger.receipts(node.db, 'emergency', [row.id])
  const [emergency] = await viewEmergencies(node, [row])
  if (!receipt || !emergency) throw new CuroError('not-found', 'This emergency was erased from the ledger.')
  return { emergency, receipt }
}
