import { sniffFileType } from '@curo/contract/file-types'
import { MOST_PAPERS, type Paper } from '@curo/contract/papers'
import { CuroError } from '@curo/crypto/errors'
import { randomId } from '@curo/crypto/random'
import type { FastifyReply } from 'fastify'
import { namesOf } from '../accounts/directory.ts'
import { recordActivity } from '../audit/activity.ts'
import type { NodeContext } from '../context.ts'
import { inTransaction } from '../database.ts'
import { patientExists, patientOfAccount } from '../patients/directory.ts'
import { openBytes, sealBytes } from '../sealed-columns.ts'
import type { Session } from '../sessions.ts'
import type { PaperTables } from './tables.ts'

/*
 * [Note: a signed paper is the hospital’s] The hospital must be able to show it, also against the patient, so it is sealed
 * with the node's data key like applicants' documents ([Note: sealed by the node]) and not to her keys. It is no record:
 * nothing clinical belongs in it, no door to records answers with it, and she sees it and who has read it.
 */

/** How long whoever scanned a paper may take it away as a mistake. */
const MISTAKE_MS = 24 * 3_600_000
const READINGS_SHOWN = 20

const noSuchPatient = () => new CuroError('not-found', 'There is no such patient here.')
const noSuchPaper = () => new CuroError('not-found', 'There is no such paper.')
const bytesCell = (row: string) => ({ table: 'papers', column: 'bytes', row }) as const

type Row = Omit<PaperTables['papers'], 'bytes'>
const COLUMNS = ['id', 'patient', 'kind', 'type', 'size', 'added_by', 'created_at'] as const

type GivenPaper = { patient: string; kind: Paper['kind']; bytes: Uint8Array; id?: string | undefined }

/**
 * Keeps a signed paper; one that comes again under its id, because the answer was lost, is kept once.
 * @throws 'not-found', 'invalid-input' for another type than its first bytes may say, 'conflict' for one too many
 * and for an id that another paper has
 */
export async function keepPaper(
  node: NodeContext,
  session: Session,
  { patient, kind, bytes, id = randomId() }: GivenPaper,
): Promise<Paper> {
  const type = sniffFileType(bytes)
  if (!type) throw new CuroError('invalid-input', 'Choose a PDF, a PNG or a JPEG picture.')
  const by = session.account
  let row: Row = { id, patient, kind, type, size: bytes.length, added_by: by.id, created_at: node.clock() }
  const sealed = await sealBytes(node, bytesCell(id), bytes)
  await inTransaction(node.db, async (trx) => {
    // One after another: of two at once neither would see the other.
    const locked = trx.selectFrom('patients').select('id').where('id', '=', patient).forUpdate()
    if (!(await locked.executeTakeFirst())) throw noSuchPatient()
    const known = await trx.selectFrom('papers').select(COLUMNS).where('id', '=', id).executeTakeFirst()
    if (known) {
      if (!isSamePaper(known, row)) throw new CuroError('conflict', 'Another paper has this id.')
      row = known
      return
    }
    const { count } = await trx
      .selectFrom('papers')
      .select((of) => of.fn.countAll<string>().as('count'))
      .where('patient', '=', patient)
      .executeTakeFirstOrThrow()
    if (Number(count) >= MOST_PAPERS)
      throw new CuroError('conflict', `At most ${MOST_PAPERS} papers of one patient are kept.`)
    await trx
      .insertInto('papers')
      .values({ ...row, bytes: sealed })
      .execute()
    await recordActivity(trx, { kind: 'paper', outcome: 'stored', by, at: row.created_at })
  })
  const [kept] = await viewPapers(node, [row])
  if (!kept) throw noSuchPaper()
  return kept
}

const isSamePaper = (one: Row, other: Row): boolean =>
  (['patient', 'kind', 'type', 'size', 'added_by'] as const).every((column) => one[column] === other[column])

/** The newest first. A patient sees her own and nobody else's. @throws 'not-found' */
export async function papersOf(node: NodeContext, session: Session, patient: string): Promise<Paper[]> {
  const mayAsk =
    session.account.role === 'patient'
      ? (await patientOfAccount(node.db, session.account.id)) === patient
      : await patientExists(node.db, patient)
  if (!mayAsk) throw noSuchPatient()
  const rows = await node.db
    .selectFrom('papers')
    .select(COLUMNS)
    .where('patient', '=', patient)
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .execute()
  return viewPapers(node, rows)
}

async function viewPapers(node: NodeContext, rows: readonly Row[]): Promise<Paper[]> {
  if (rows.length === 0) return []
  const ids = rows.map(({ id }) => id)
  const readings = await node.db
    .selectFrom('paper_readings')
    .selectAll()
    .where('paper', 'in', ids)
    .orderBy('at', 'desc')
    .execute()
  const people = [...rows.map((row) => row.added_by), ...readings.map(({ account }) => account)]
  const names = await namesOf(node, [...new Set(people)])
  const nameOf = (account: string) => names.get(account) ?? ''
  return rows.map(({ created_at, added_by, ...row }) => ({
    ...row,
    addedBy: nameOf(added_by),
    createdAt: created_at.toISOString(),
    readings: readings
      .filter(({ paper }) => paper === row.id)
      .slice(0, READINGS_SHOWN)
      .map(({ at, account }) => ({ at: at.toISOString(), by: nameOf(account) })),
  }))
}

/**
 * One paper. Whoever of the hospital reads it is written down before it is given.
 * @throws 'not-found', for a patient also where it is another's
 */
export async function openPaper(
  node: NodeContext,
  { session, id, reply }: { session: Session; id: string; reply: FastifyReply },
): Promise<Uint8Array> {
  const by = session.account
  const own = by.role === 'patient' ? await patientOfAccount(node.db, by.id) : null
  let asked = node.db.selectFrom('papers').select(['type', 'bytes']).where('id', '=', id)
  if (by.role === 'patient') asked = asked.where('patient', '=', own ?? '')
  const row = await asked.executeTakeFirst()
  if (!row) throw noSuchPaper()
  if (by.role !== 'patient') {
    const at = node.clock()
    await inTransaction(node.db, async (trx) => {
      await trx.insertInto('paper_readings').values({ paper: id, account: by.id, at }).execute()
      await recordActivity(trx, { kind: 'paper', outcome: 'read', by, at })
    })
  }
  // Never shown by the browser itself: a page's viewer does, with what it knows to be safe.
  reply.type(row.type).header('content-disposition', 'attachment')
  return openBytes(node, bytesCell(id), row.bytes)
}

/** @throws 'not-found'; 'forbidden' to whoever did not scan it within the day before, and is no administrator */
export async function takeAwayPaper(node: NodeContext, session: Session, id: string): Promise<void> {
  const by = session.account
  const at = node.clock()
  await inTransaction(node.db, async (trx) => {
    const row = await trx
      .selectFrom('papers')
      .select(['added_by', 'created_at'])
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst()
    if (!row) throw noSuchPaper()
    const isOwnMistake = row.added_by === by.id && at.getTime() - row.created_at.getTime() < MISTAKE_MS
    if (!isOwnMistake && by.role !== 'admin')
      throw new CuroError(
        'forbidden',
        'Only who scanned it, within a day, or an administrator may delete it.',
      )
    await trx.deleteFrom('papers').where('id', '=', id).execute()
    await recordActivity(trx, { kind: 'paper', outcome: 'removed', by, at })
  })
}
