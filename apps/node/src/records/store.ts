import type { Envelope, Rewrap, Wrap } from '@curo/contract/records'
import { canonicalJson } from '@curo/crypto/canonical-json'
import { CuroError } from '@curo/crypto/errors'
import { sql } from 'kysely'
import type { Queries } from '../database.ts'

type Stored = {
  id: string
  patient: string
  author: string
  category: string
  occurred: string
  content: Uint8Array | null
}

/** A record as one kind of holder opens it: statements with the digests of wraps, and the newest wrap of hers. */
export type RecordToOpen = Stored & {
  envelope: Envelope
  wrap: Wrap | null
  /** The statement that names `wrap`; null where the envelope does. */
  rewrap: Rewrap | null
}

/** A record as its patient gets it, all wraps whole. */
export type WholeRecord = Stored & { envelope: Envelope; rewraps: Rewrap[] }

type Row = Stored & { envelope: string }

const COLUMNS = sql`r.id, r.patient, r.author, r.category, to_char(r.occurred, 'YYYY-MM-DD') as occurred, r.envelope,
  r.content`

const parsed = <T>(json: string | null) => (json === null ? null : (JSON.parse(json) as T))

/** Records by id for a kind of holder, in no order; those that do not exist are simply absent. */
export async function loadRecords(
  db: Queries,
  { ids, holder }: { ids: readonly string[]; holder: Wrap['to'] },
): Promise<RecordToOpen[]> {
  const { rows } = await sql<Row & { wrap: string | null; rewrap: string | null }>`select ${COLUMNS}, w.wrap,
      s.statement as rewrap
    from records r
    left join lateral (select wrap, rewrapped_at from wraps w where w.record = r.id and w.holder = ${holder}
      order by rewrapped_at desc nulls last limit 1) w on true
    left join rewraps s on s.record = r.id and s.at = w.rewrapped_at
    where r.id = any(${ids})`.execute(db)
  return rows.map((row) => ({
    ...row,
    envelope: JSON.parse(row.envelope) as Envelope,
    wrap: parsed<Wrap>(row.wrap),
    rewrap: parsed<Rewrap>(row.rewrap),
  }))
}

/** For each statement about wraps, where it stands in time: null for the envelope. */
type PlacedWrap = { at: string | null; place: number; wrap: Wrap }

const timeOf = (at: string | null) => (at === null ? null : new Date(at).getTime())

function withWraps<T extends Envelope | Rewrap>(statement: T, at: string | null, placed: PlacedWrap[]): T {
  const wraps = [...statement.wraps]
  for (const one of placed) if (timeOf(one.at) === timeOf(at)) wraps[one.place] = one.wrap
  return { ...statement, wraps }
}

function asWhole({
  envelope,
  rewraps,
  wraps,
  ...row
}: Row & { rewraps: string | null; wraps: string | null }): WholeRecord {
  const placed = parsed<PlacedWrap[]>(wraps) ?? []
  const statements = parsed<Rewrap[]>(rewraps) ?? []
  return {
    ...row,
    envelope: withWraps(JSON.parse(envelope) as Envelope, null, placed),
    rewraps: statements.map((rewrap) => withWraps(rewrap, rewrap.at, placed)),
  }
}

// As one text: pg reads an array of texts character by character, a third of what opening a chart took the node.
const STATEMENTS = sql`
  (select '[' || string_agg(s.statement, ',' order by s.at) || ']' from rewraps s where s.record = r.id) as rewraps,
  (select '[' || string_agg('{"at":' || coalesce(to_json(w.rewrapped_at)::text, 'null') || ',"place":' || w.place ||
    ',"wrap":' || w.wrap || '}', ',') || ']' from wraps w where w.record = r.id) as wraps`

const PAGE_KEY = /^(\d{4}-\d\d-\d\d) ([A-Za-z0-9_-]{22})$/
const isDay = (text: string | undefined) =>
  text !== undefined && new Date(`${text}T00:00:00Z`).toJSON()?.startsWith(text) === true

/** A page of a patient's records for herself, newest clinical day first. `after` is what `pageKeyOf` gave for the last one. */
export async function loadPage(
  db: Queries,
  { patient, after, limit }: { patient: string; after: string | undefined; limit: number },
): Promise<WholeRecord[]> {
  const [, day, id] = PAGE_KEY.exec(after ?? '') ?? []
  if (after !== undefined && !isDay(day))
    throw new CuroError('invalid-input', 'There is no such page: begin with the first.')
  const beyond = day && id ? sql`and (r.occurred, r.id) < (${day}::date, ${id})` : sql``
  const { rows } = await sql<
    Row & { rewraps: string | null; wraps: string | null }
  >`select ${COLUMNS}, ${STATEMENTS} from records r where r.patient = ${patient} ${beyond}
    order by r.occurred desc, r.id desc limit ${limit}`.execute(db)
  return rows.map(asWhole)
}

export function pageKeyOf(record: Pick<WholeRecord, 'occurred' | 'id'>): string {
  return `${record.occurred} ${record.id}`
}

/** What scope rules look at, and nothing that could be read. */
export type RecordFacts = { id: string; patient: string; author: string; category: string; occurred: string }

export async function loadFacts(db: Queries, ids: readonly string[]): Promise<RecordFacts[]> {
  const { rows } = await sql<RecordFacts>`select id, patient, author, category,
    to_char(occurred, 'YYYY-MM-DD') as occurred from records where id = any(${ids})`.execute(db)
  return rows
}

/** The envelopes of a patient's records that a scope may cover, newest first, without content; wraps by digest. */
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

/** Keeps the wraps of a statement about a record beside it. `at`: of a rewrap, null for the envelope. */
export async function storeWraps(
  trx: Queries,
  statements: readonly { record: string; at: Date | null; wraps: readonly Wrap[] }[],
): Promise<void> {
  const rows = statements.flatMap(({ record, at, wraps }) =>
    wraps.map((wrap, place) => ({
      record,
      rewrapped_at: at,
      place,
      holder: wrap.to,
      wrap: canonicalJson(wrap),
    })),
  )
  if (rows.length > 0) await trx.insertInto('wraps').values(rows).execute()
}
