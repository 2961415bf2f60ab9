import type { ConsentRequest, Grant } from '@curo/contract/consent'
import { fromBase64Url } from '@curo/crypto/bytes'
import { CuroError } from '@curo/crypto/errors'
import type { Transaction } from 'kysely'
import { recordActivity } from '../audit/activity.ts'
import type { NodeContext } from '../context.ts'
import type { Database } from '../database.ts'
import { wakeAccount, wakePatient } from '../push/waking.ts'
import { sealJson } from '../sealed-columns.ts'
import type { Session } from '../sessions.ts'
import { type ConsentRow, consentCell } from './service.ts'

/** What was asked for or allowed, as every body about it says it. */
export function consented({ scope, purpose, use, notAfter }: ConsentRequest | Grant) {
  return { scope, purpose, use, notAfter }
}

/** The consent's row, inside the caller's transaction. */
export async function insertConsent(
  trx: Transaction<Database>,
  node: Pick<NodeContext, 'keys'>,
  { grant, sealedKeys, now }: { grant: Grant; sealedKeys: Uint8Array | null; now: Date },
): Promise<ConsentRow> {
  const row = await trx
    .insertInto('consents')
    .values({
      id: grant.id,
      patient: grant.patient,
      account: grant.grantee.account,
      identity: Buffer.from(fromBase64Url(grant.grantee.identity)),
      given_by: grant.by,
      scope: JSON.stringify(grant.scope),
      single_use: grant.use === 'single',
      not_after: new Date(grant.notAfter),
      statement: await sealJson(node, consentCell('statement', grant.id), grant),
      sealed_keys: sealedKeys && Buffer.from(sealedKeys),
      first_used_at: null,
      revoked_at: null,
      given_back: false,
      revocation: null,
      created_at: now,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  return row as ConsentRow
}

/** The doctor learns of a yes from the app; a yes by code she has entered herself, so the patient's devices learn of it. */
async function wakeOthers(trx: Transaction<Database>, node: NodeContext, grant: Grant): Promise<void> {
  if (grant.by === 'app') await wakeAccount(trx, node, grant.grantee.account)
  else await wakePatient(trx, node, grant.patient)
}

/** Stores a grant and writes it in the ledger, inside the caller's transaction. Shared by the desk and the app. */
export async function storeGrant(
  trx: Transaction<Database>,
  node: NodeContext,
  given: { grant: Grant; sealedKeys: Uint8Array | null; by: Session['account']; now: Date },
): Promise<ConsentRow> {
  const { grant, by, now } = given
  const row = await insertConsent(trx, node, given)
  await wakeOthers(trx, node, grant)
  if (grant.request) {
    const answered = await trx
      .updateTable('consent_requests')
      .set({ state: 'granted', consent: grant.id })
      .where('id', '=', grant.request)
      .where('patient', '=', grant.patient)
      .where('account', '=', grant.grantee.account)
      .where('state', '=', 'pending')
      .where('expires_at', '>', now)
      .executeTakeFirst()
    if (answered.numUpdatedRows === 0n)
      throw new CuroError('conflict', 'This request has been answered or has lapsed.')
  }
  await recordActivity(trx, { kind: 'consent', outcome: 'granted', by, at: now })
  await node.ledger.submit(trx, [
    {
      patient: grant.patient,
      class: 'patient',
      kind: 'grant',
      id: grant.id,
      at: now.toISOString(),
      details: { consent: grant.id, grantee: grant.grantee, by: grant.by, ...consented(grant) },
      statements: [{ kind: 'grant', document: grant }],
    },
  ])
  return row
}
