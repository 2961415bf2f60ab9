import type { Envelope, Rewrap } from '@curo/contract/records'
import { CuroError } from '@curo/crypto/errors'
import { sql } from 'kysely'
import type { Queries } from '../database.ts'

export type StoredRecord = {
  id: string
  patient: string
  author: string
  category: string
  occurred: string
  envelope: Envelope
  rewraps: Rewrap[]
  content: Uint8Array | null
  inVault: boolean
}

type Row = {
  id: string
  patient: string
  author: string
  category: string
  occurred: string
  envelope: string
  content: Buffer | null
  in_vault: boolean
  /** A JSON array. */
  rewraps: string | null
}

const asRecord = ({ envelope, rewraps, in_vault, ...row }: Row): StoredRecord => ({
  ...row,
  inVault: in_vault,
  envelope: JSON.parse(envelope) as Envelope,
  rewraps: JSON.parse(rewraps ?? '[]') as Rewrap[],
})

// As one text: pg reads an array of texts character by character, a third of what opening a chart took the node.
const COLUMNS = sql`r.id, r.patient, r.author, r.category, to_char(r.occurred, 'YYYY-MM-DD') as occurred, r.envelope,
  r.content, r.manifest is not null as in_vault,
  (select '[' || string_agg(w.statement, ',' order by w.at) || ']' from rewraps w where w.record = r.id) as rewraps`

/** Records by id, in no order; those that do not exist are simply absent. */
export async function loadRecords(db: Queries, ids: readonly string[]): Promise<StoredRecord[]> {
  const { rows } = await sql<Row>`select ${COLUMNS} from records r where r.id = any(${ids})`.execute(db)
  return rows.map(asRecord)
}

const PAGE_KEY = /^(\d{4}-\d\d-\d\d) ([A-Za-z0-9_-]{22})$/
const isDay = (text: string | undefined) =>
  text !== undefined && new Date(`${text}T00:00:00Z`).toJSON()?.startsWith(text) === true

/** A page of a patient's records, newest clinical day first. `after` is what `pageKeyOf` gave for the last one. */
export async function loadPage(
  db: Queries,
  { patient, after, limit }: { patient: string; after: string | undefined; limit: number },
): Promise<StoredRecord[]> {
  const [, day, id] = PAGE_KEY.exec(after ?? '') ?? []
  if (after !== undefined && !isDay(day))
    throw new CuroError('invalid-input', 'There is no such page: begin with the first.')
  const beyond = day && id ? sql`and (r.occurred, r.id) < (${day}::date, ${id})` : sql``
  const { rows } = await sql<Row>`select ${COLUMNS} from records r where r.patient = ${patient} ${beyond}
    order by r.occurred desc, r.id desc limit ${limit}`.execute(db)
  return rows.map(asRecord)
}

export function pageKeyOf(record: Pick<StoredRecord, 'occurred' | 'id'>): string {
  return `${record.occurred} ${record.id}`
}

/** What scope rules look at, and nothing that could be read. */
export type RecordFacts = { id: string; patient: string; author: string; category: string; occurred: string }

export async function loadFacts(db: Queries, ids: readonly string[]): Promise<RecordFacts[]> {
  const { rows } = await sql<RecordFacts>`select id, patient, author, category,
    to_char(occurred, 'YYYY-MM-DD') as occurred from records where id = any(${ids})`.execute(db)
  return rows
}

/** The envelopes of a patient's records that a scope may cover, newest first, without content. */
export async function loadEnvelopes(
  db: Queries,
  {
    patient,
    categories,
    ids,
    from,
    to,
  }: { patient: string; categories: string[]; ids: string[]; from?: string; to?: string },
): Promise<Envelope[]> {
  const { rows } = await sql<{ envelope: string }>`select envelope from records
    where patient = ${patient} and (category = any(${categories}) or id = any(${ids}))
      and (${from ?? null}::date is null or occurred >= ${from ?? null}::date)
      and (${to ?? null}::date is null or occurred <= ${to ?? null}::date)
    order by occurred desc, id desc`.execute(db)
  return rows.map(({ envelope }) => JSON.parse(envelope) as Envelope)
}
