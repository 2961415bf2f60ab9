import { type AccountDocument, MOST_DOCUMENTS } from '@curo/contract/approvals'
import { sniffFileType } from '@curo/contract/file-types'
import { CuroError } from '@curo/crypto/errors'
import { randomId } from '@curo/crypto/random'
import type { FastifyReply } from 'fastify'
import type { Transaction } from 'kysely'
import { recordActivity } from '../audit/activity.ts'
import type { NodeContext } from '../context.ts'
import { type Database, inTransaction } from '../database.ts'
import { openBytes, sealBytes } from '../sealed-columns.ts'
import type { Session } from '../sessions.ts'
import type { ApprovalTables } from './tables.ts'

/*
 * [Note: sealed by the node] Documents are sealed with the node's data key, not to the administrators' own keys: whoever
 * registers has nothing to check an administrator's key against (only doctors stand in the ledger's registry), so a key
 * that the node hands out protects against nobody who has the node; and the next administrator must be able to read them.
 */

const noSuchDocument = () => new CuroError('not-found', 'There is no such document.')
const bytesCell = (row: string) => ({ table: 'account_documents', column: 'bytes', row }) as const

type Row = Omit<ApprovalTables['account_documents'], 'bytes'>
const COLUMNS = ['id', 'account', 'kind', 'type', 'size', 'created_at'] as const

const viewOf = ({ created_at, ...row }: Row): AccountDocument => ({
  ...row,
  createdAt: created_at.toISOString(),
})

/**
 * Attaches a document to one's own registration.
 * @throws 'invalid-input' for another type than its first bytes may say, 'conflict' for one too many
 */
export async function attachDocument(
  node: NodeContext,
  session: Session,
  { kind, bytes }: { kind: AccountDocument['kind']; bytes: Uint8Array },
): Promise<AccountDocument> {
  const type = sniffFileType(bytes)
  if (!type) throw new CuroError('invalid-input', 'Attach a PDF, a PNG or a JPEG picture.')
  const { id: account } = session.account
  const id = randomId()
  const row: Row = { id, account, kind, type, size: bytes.length, created_at: node.clock() }
  const sealed = await sealBytes(node, bytesCell(id), bytes)
  await inTransaction(node.db, async (trx) => {
    // One after another: of two at once neither would see the other.
    await trx.selectFrom('accounts').select('id').where('id', '=', account).forUpdate().execute()
    const { count } = await trx
      .selectFrom('account_documents')
      .select((of) => of.fn.countAll<string>().as('count'))
      .where('account', '=', account)
      .executeTakeFirstOrThrow()
    if (Number(count) >= MOST_DOCUMENTS)
      throw new CuroError('conflict', `At most ${MOST_DOCUMENTS} documents: take one back first.`)
    await trx
      .insertInto('account_documents')
      .values({ ...row, bytes: sealed })
      .execute()
  })
  return viewOf(row)
}

export async function documentsOf(node: NodeContext, account: string): Promise<AccountDocument[]> {
  const rows = await node.db
    .selectFrom('account_documents')
    .select(COLUMNS)
    .where('account', '=', account)
    .orderBy('created_at')
    .orderBy('id')
    .execute()
  return rows.map(viewOf)
}

/** Takes back one's own document, while the registration waits. @throws 'not-found', 'conflict' */
export async function takeBackDocument(node: NodeContext, session: Session, id: string): Promise<void> {
  const { id: account, status } = session.account
  const mine = node.db.selectFrom('account_documents').select('id').where('id', '=', id)
  if (!(await mine.where('account', '=', account).executeTakeFirst())) throw noSuchDocument()
  if (status !== 'pending')
    throw new CuroError('conflict', 'This was decided about already: an administrator keeps it.')
  await node.db.deleteFrom('account_documents').where('id', '=', id).where('account', '=', account).execute()
}

/** One document for an administrator; that it was read is written down. @throws 'not-found' */
export async function openDocument(
  node: NodeContext,
  { session, id, reply }: { session: Session; id: string; reply: FastifyReply },
): Promise<Uint8Array> {
  const row = await node.db
    .selectFrom('account_documents')
    .select(['type', 'bytes'])
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row) throw noSuchDocument()
  const by = session.account
  await recordActivity(node.db, { kind: 'document', outcome: 'read', by, at: node.clock() })
  // Never shown by the browser itself: a page's viewer does, with what it knows to be safe.
  reply.type(row.type).header('content-disposition', 'attachment')
  return openBytes(node, bytesCell(id), row.bytes)
}

/** Whoever is refused leaves nothing behind. */
export async function forgetDocuments(trx: Transaction<Database>, account: string): Promise<void> {
  await trx.deleteFrom('account_documents').where('account', '=', account).execute()
}
