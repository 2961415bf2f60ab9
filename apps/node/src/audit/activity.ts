import { toBase64Url, utf8Bytes } from '@curo/crypto/bytes'
import { CuroError } from '@curo/crypto/errors'
import { sha256 } from '@curo/crypto/hash'
import { randomId } from '@curo/crypto/random'
import { sql } from 'kysely'
import type { NodeContext } from '../context.ts'
import type { Queries } from '../database.ts'
import type { Session } from '../sessions.ts'

/*
 * [Note: what activity is written] One row per act, in the act's own transaction: who did what kind of thing, with what
 * outcome, and never about whom. The tables of the domains cannot answer this: sessions and logins are forgotten, a
 * decision overwrites the one before, a refusal has no time. Openings are the exception: each has its line in the
 * ledger, so they are listed from there and the busiest path writes nothing more.
 */

type Acting = { readonly id: string; readonly role: Session['account']['role'] }

export type Act = {
  readonly kind:
    | 'account'
    | 'card'
    | 'consent'
    | 'consent-request'
    | 'document'
    | 'emergency'
    | 'hospital'
    | 'paper'
    | 'patient'
    | 'record'
    | 'scrub'
    | 'sign-in'
  readonly outcome: string
  /** Nobody for the node itself and for strangers; a patient counts as nobody, or the listing would name her. */
  readonly by: Acting | null
  readonly at: Date
}

/** Writes down that something was done, in the transaction that does it. */
export async function recordActivity(db: Queries, { kind, outcome, by, at }: Act): Promise<void> {
  const account = by && by.role !== 'patient' ? by.id : null
  await db.insertInto('activity').values({ id: randomId(), at, kind, outcome, account }).execute()
}

export type ListedAct = { id: string; at: string; kind: string; account: string | null; outcome: string }

type Row = {
  id: string
  at: Date
  /** The instant in full: a Date would lose PostgreSQL's microseconds, and pages would overlap. */
  instant: string
  kind: string
  account: string | null
  outcome: string
}

const OPENING = 'opening'
/** As the index `activity_problems` has it; a patient who says no to a doctor is none. */
const IS_PROBLEM = sql`outcome in ('refused', 'failed') and kind <> 'consent-request'`
const PLACE = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z) ([A-Za-z0-9_-]{22})$/

export type ActivityFilter = {
  kind?: string | undefined
  outcome?: string | undefined
  account?: string | undefined
  from?: string | undefined
  to?: string | undefined
  problems?: 'only' | undefined
  after?: string | undefined
  limit: number
}

/** A page of what was done here, newest first. Throws `invalid-input` for a place that no page gave. */
export async function listActivity(
  node: Pick<NodeContext, 'db' | 'ledger'>,
  filter: ActivityFilter,
): Promise<{ events: ListedAct[]; next: string | null }> {
  const { kind, outcome, account, from, to, problems, after, limit } = filter
  const [, instant, id] = PLACE.exec(after ?? '') ?? []
  if (after !== undefined && (!instant || !id))
    throw new CuroError('invalid-input', 'There is no such page: begin with the first.')
  const within = (time: string) => {
    const at = sql.ref(time)
    const conditions = [
      ...(instant ? [sql`(${at}, id) < (${instant}::timestamptz, ${id})`] : []),
      ...(from ? [sql`${at} >= ${from}::timestamptz`] : []),
      ...(to ? [sql`${at} < ${to}::timestamptz`] : []),
      sql`true`,
    ]
    return sql.join(conditions, sql` and `)
  }
  const acts = [
    ...(kind ? [sql`kind = ${kind}`] : []),
    ...(outcome ? [sql`outcome = ${outcome}`] : []),
    ...(account ? [sql`account = ${account}`] : []),
    ...(problems ? [IS_PROBLEM] : []),
    within('at'),
  ]
  const openingsToo =
    (kind === undefined || kind === OPENING) &&
    (outcome === undefined || outcome === 'recorded') &&
    account === undefined &&
    problems === undefined
  const { rows } = await sql<Row>`
    select id, at, to_char(at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as instant, kind, account, outcome
    from (
      (select id, at, kind, account, outcome from activity where ${sql.join(acts, sql` and `)}
       order by at desc, id desc limit ${limit})
      union all
      (select id, recorded_at, kind, null, 'recorded' from ledger_events
       where kind = ${OPENING} and ${openingsToo} and ${within('recorded_at')}
       order by recorded_at desc, id desc limit ${limit})
    ) acts order by at desc, id desc limit ${limit}`.execute(node.db)
  const openers = await openersOf(
    node,
    rows.filter((row) => row.kind === OPENING).map((row) => row.id),
  )
  const last = rows.length === limit ? rows.at(-1) : undefined
  return {
    events: rows.map((row) => ({
      id: row.kind === OPENING ? unlinkable(row.id) : row.id,
      at: row.at.toISOString(),
      kind: row.kind,
      account: row.kind === OPENING ? (openers.get(row.id) ?? null) : row.account,
      outcome: row.outcome,
    })),
    next: last ? `${last.instant} ${last.id}` : null,
  }
}

/** Who opened, from the ledger's bodies; nobody where a body was erased. */
async function openersOf(
  { db, ledger }: Pick<NodeContext, 'db' | 'ledger'>,
  openings: readonly string[],
): Promise<Map<string, string>> {
  if (openings.length === 0) return new Map()
  const receipts = await ledger.receipts(db, OPENING, openings)
  return new Map(
    receipts.map(({ id, body }) => [id, (JSON.parse(body) as { by: { account: string } }).by.account]),
  )
}

/** An opening's own id stands in its patient's history: shown here, it would tie the two together. */
const unlinkable = (id: string) => toBase64Url(sha256(utf8Bytes(`curo/v1/activity\0${id}`)).slice(0, 16))
