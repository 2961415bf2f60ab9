import type { DraftSummary } from '@curo/contract/drafts'
import { fromBase64Url, toBase64Url } from '@curo/crypto/bytes'
import { CuroError } from '@curo/crypto/errors'
import { sql, type Transaction } from 'kysely'
import type { NodeContext } from '../context.ts'
import { type Database, inTransaction } from '../database.ts'
import type { JobList } from '../jobs.ts'
import { patientExists } from '../patients/directory.ts'
import { asBuffer } from '../sealed-columns.ts'
import type { Session } from '../sessions.ts'

/** Patients that one doctor is writing about at a time. */
const MOST_DRAFTS = 200
/** Nobody will sign it any more. */
const KEEP_DAYS = 90

/** Absent and another's look the same. */
const noSuchDraft = () => new CuroError('not-found', 'There is no draft about this patient.')

export async function ownDrafts(node: NodeContext, session: Session): Promise<DraftSummary[]> {
  const rows = await node.db
    .selectFrom('drafts')
    .select(['patient', 'version', 'updated_at', sql<number>`length(sealed)`.as('size')])
    .where('account', '=', session.account.id)
    .orderBy('updated_at', 'desc')
    .orderBy('patient')
    .execute()
  return rows.map(({ updated_at, ...row }) => ({ ...row, updatedAt: updated_at.toISOString() }))
}

export async function ownDraft(node: NodeContext, session: Session, patient: string) {
  const row = await node.db
    .selectFrom('drafts')
    .select(['sealed', 'version', 'updated_at'])
    .where('account', '=', session.account.id)
    .where('patient', '=', patient)
    .executeTakeFirst()
  if (!row) throw noSuchDraft()
  return {
    draft: toBase64Url(row.sealed),
    version: row.version,
    updatedAt: row.updated_at.toISOString(),
  }
}

type Saving = { session: Session; patient: string; draft: string; version: number }

/**
 * Saves a draft over the version that was read. The newest wins only if whoever saves has seen the one before: of two
 * tabs, the second is told.
 * @throws 'conflict' with the version that is there (0: none any more), 'not-found' without such a patient
 */
export async function saveOwnDraft(
  node: NodeContext,
  { session, patient, draft, version }: Saving,
): Promise<{ version: number; updatedAt: string }> {
  const account = session.account.id
  const now = node.clock()
  const sealed = asBuffer(fromBase64Url(draft))
  return inTransaction(node.db, async (trx) => {
    const next = { sealed, version: sql<number>`nextval('drafts_version')`, updated_at: now }
    const saved =
      version === 0
        ? await begin(trx, { account, patient, next })
        : await trx
            .updateTable('drafts')
            .set(next)
            .where('account', '=', account)
            .where('patient', '=', patient)
            .where('version', '=', version)
            .returning('version')
            .executeTakeFirst()
    if (!saved) throw await otherVersion(trx, { account, patient })
    return { version: saved.version, updatedAt: now.toISOString() }
  })
}

type Next = { sealed: Buffer; version: ReturnType<typeof sql<number>>; updated_at: Date }

async function begin(
  trx: Transaction<Database>,
  { account, patient, next }: { account: string; patient: string; next: Next },
) {
  if (!(await patientExists(trx, patient))) throw new CuroError('not-found', 'There is no such patient here.')
  const { count } = await trx
    .selectFrom('drafts')
    .select((of) => of.fn.countAll<number>().as('count'))
    .where('account', '=', account)
    .executeTakeFirstOrThrow()
  if (count >= MOST_DRAFTS)
    throw new CuroError('storage-full', 'Too many drafts: sign or give up some of them first.')
  return trx
    .insertInto('drafts')
    .values({ account, patient, ...next })
    .onConflict((conflict) => conflict.doNothing())
    .returning('version')
    .executeTakeFirst()
}

async function otherVersion(
  trx: Transaction<Database>,
  { account, patient }: { account: string; patient: string },
): Promise<CuroError> {
  const row = await trx
    .selectFrom('drafts')
    .select('version')
    .where('account', '=', account)
    .where('patient', '=', patient)
    .executeTakeFirst()
  return new CuroError(
    'conflict',
    row
      ? 'This draft was changed in another window. Look at that version first.'
      : 'This draft was signed or given up in another window.',
    { details: { version: row?.version ?? 0 } },
  )
}

/** Forgets a draft; with a version, only that one. Forgetting it again changes nothing. @throws 'conflict' */
export async function forgetOwnDraft(
  node: NodeContext,
  { session, patient, version }: { session: Session; patient: string; version: number | undefined },
): Promise<void> {
  const account = session.account.id
  await inTransaction(node.db, async (trx) => {
    let query = trx.deleteFrom('drafts').where('account', '=', account).where('patient', '=', patient)
    if (version !== undefined) query = query.where('version', '=', version)
    const dropped = await query.executeTakeFirst()
    if (dropped.numDeletedRows > 0n || version === undefined) return
    const other = await otherVersion(trx, { account, patient })
    if (other.details?.version !== 0) throw other
  })
}

export function draftJobs(node: NodeContext): JobList {
  return {
    tasks: {
      'forget-old-drafts': async () => {
        const longAgo = new Date(node.clock().getTime() - KEEP_DAYS * 86_400_000)
        await node.db.deleteFrom('drafts').where('updated_at', '<', longAgo).execute()
      },
    },
    schedule: [{ task: 'forget-old-drafts', match: '41 2 * * *' }],
  }
}
