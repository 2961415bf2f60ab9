import type { ConsentView, Grant, Scope } from '@curo/contract/consent'
import { toBase64Url } from '@curo/crypto/bytes'
import { CuroError } from '@curo/crypto/errors'
import type { NodeContext } from '../context.ts'
import { openJson } from '../sealed-columns.ts'
import { consentStateAt } from './rules.ts'
import type { ConsentTables } from './tables.ts'

export type ConsentRow = Omit<ConsentTables['consents'], 'scope'> & { scope: Scope }
export type Consent = ConsentRow

/** Absent and forbidden look the same. */
export const noSuchConsent = () => new CuroError('not-found', 'There is no such consent.')

/** A consent as it stands for one grantee, if it is in force at this instant. */
export async function activeConsent(
  node: NodeContext,
  { consent, account }: { consent: string; account: string },
): Promise<Consent | null> {
  const row = await node.db
    .selectFrom('consents')
    .selectAll()
    .where('id', '=', consent)
    .where('account', '=', account)
    .executeTakeFirst()
  return row && consentStateAt(row, node.clock()) === 'active' ? (row as Consent) : null
}

/** Starts the one visit that a single-use consent allows. */
export async function markUsed(node: NodeContext, consent: string): Promise<void> {
  await node.db
    .updateTable('consents')
    .set({ first_used_at: node.clock() })
    .where('id', '=', consent)
    .where('first_used_at', 'is', null)
    .execute()
}

export const consentCell = (column: 'statement' | 'revocation', row: string) =>
  ({ table: 'consents', column, row }) as const

/** A consent as its giver and its grantee see it. */
export async function viewOf(
  node: Pick<NodeContext, 'keys'>,
  row: ConsentRow,
  { granteeName, now }: { granteeName: string; now: Date },
): Promise<ConsentView> {
  return {
    grant: await openJson<Grant>(node, consentCell('statement', row.id), row.statement),
    state: consentStateAt(row, now),
    granteeName,
    grantee: {},
    patientName: null,
    sealedKeys: row.sealed_keys && toBase64Url(row.sealed_keys),
    revokedAt: row.revoked_at?.toISOString() ?? null,
  }
}
