import type { GiveBack, Revocation } from '@curo/contract/consent'
import { toBase64Url } from '@curo/crypto/bytes'
import { CuroError } from '@curo/crypto/errors'
import { verifyBody } from '@curo/crypto/signatures'
import type { Transaction } from 'kysely'
import { recordActivity } from '../audit/activity.ts'
import type { NodeContext } from '../context.ts'
import { type Database, inTransaction } from '../database.ts'
import { checkStatementRecorded } from '../ledger/recorded-statement.ts'
import { sealJson } from '../sealed-columns.ts'
import type { Session } from '../sessions.ts'
import { patientBehind } from './grants.ts'
import { consentStateAt } from './rules.ts'
import { type ConsentRow, consentCell, noSuchConsent } from './service.ts'

/** Takes a consent back. The very next opening is refused. Repeating it changes nothing. */
export async function revokeConsent(
  node: NodeContext,
  { session, id, revocation }: { session: Session; id: string; revocation: Revocation },
): Promise<ConsentRow> {
  const { patient, identity } = await patientBehind(node, session)
  if (revocation.consent !== id || revocation.patient !== patient) throw noSuchConsent()
  await verifyBody({ kind: 'revoke', body: revocation, expectedSigner: identity })
  const now = node.clock()
  const ended = await endedBy(node, revocation, now)
  return await inTransaction(node.db, async (trx) => {
    const revoked = await trx
      .updateTable('consents')
      .set(ended)
      .where('id', '=', id)
      .where('patient', '=', patient)
      .where('revoked_at', 'is', null)
      .returningAll()
      .executeTakeFirst()
    if (!revoked)
      return (await trx
        .selectFrom('consents')
        .selectAll()
        .where('id', '=', id)
        .where('patient', '=', patient)
        .executeTakeFirstOrThrow(noSuchConsent)) as ConsentRow
    await recordActivity(trx, { kind: 'consent', outcome: 'revoked', by: session.account, at: now })
    await writeEnd(trx, node, { row: revoked as ConsentRow, kind: 'revoke', document: revocation })
    return revoked as ConsentRow
  })
}

/**
 * The doctor gives back what is open for her: the very next opening is refused. Repeating it changes nothing. Throws
 * `not-found` for what was not given to her and this key of hers, `conflict` for what has ended otherwise.
 */
export async function giveBackConsent(
  node: NodeContext,
  { session, id, giveBack }: { session: Session; id: string; giveBack: GiveBack },
): Promise<ConsentRow> {
  const { account } = session
  if (giveBack.consent !== id || giveBack.account !== account.id) throw noSuchConsent()
  await verifyBody({ kind: 'give-back', body: giveBack, expectedSigner: account.identity })
  const now = node.clock()
  const ended = await endedBy(node, giveBack, now)
  return await inTransaction(node.db, async (trx) => {
    const before = await trx
      .selectFrom('consents')
      .selectAll()
      .where('id', '=', id)
      .where('account', '=', account.id)
      .where('patient', '=', giveBack.patient)
      .where('identity', '=', Buffer.from(account.identity))
      .forUpdate()
      .executeTakeFirstOrThrow(noSuchConsent)
    if (before.given_back) return before as ConsentRow
    if (consentStateAt(before, now) !== 'active')
      throw new CuroError('conflict', 'This consent has ended already: there is nothing left to give back.')
    const change = { ...ended, given_back: true }
    await trx.updateTable('consents').set(change).where('id', '=', id).execute()
    await recordActivity(trx, { kind: 'consent', outcome: 'given-back', by: account, at: now })
    const row: ConsentRow = { ...(before as ConsentRow), ...change }
    await writeEnd(trx, node, { row, kind: 'give-back', document: giveBack })
    return row
  })
}

async function endedBy(node: NodeContext, document: Revocation | GiveBack, now: Date) {
  const revocation = await sealJson(node, consentCell('revocation', document.consent), document)
  return { revoked_at: now, revocation }
}

type End = { row: ConsentRow } & (
  | { kind: 'revoke'; document: Revocation }
  | { kind: 'give-back'; document: GiveBack }
)

/** The line in the ledger, inside the caller's transaction; `by` tells a consent given back from one taken back. */
async function writeEnd(
  trx: Transaction<Database>,
  node: NodeContext,
  { row, kind, document }: End,
): Promise<void> {
  const { id: consent, patient, account, identity, revoked_at } = row
  const by = kind === 'give-back' ? { by: { account, identity: toBase64Url(identity) } } : {}
  const [receipt] = await node.ledger.submit(trx, [
    {
      patient,
      class: 'patient',
      kind: 'revoke',
      id: document.id,
      at: (revoked_at ?? node.clock()).toISOString(),
      details: { account, consent, ...by },
      statements: [{ kind, document }],
    },
  ])
  if (receipt) checkStatementRecorded(receipt, document)
}
