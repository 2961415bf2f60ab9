import type { Problem } from '@curo/contract/audit'
import { formatVkey } from '@curo/ledger/keys'
import { type RawBuilder, sql } from 'kysely'
import type { NodeContext } from '../context.ts'
import { REVIEW_WITHIN_MS } from '../emergencies/rules.ts'
import { readHead } from '../ledger/head.ts'
import { readPolicy } from '../network/policy-store.ts'
import { readWitnessStates } from '../network/witness-log.ts'
import { bucketsOf } from '../vault/service.ts'
import { lastScrub } from './scrubs.ts'

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS
/** Longer than witnesses take when all is well, and shorter than anyone should wait for. */
const FINAL_WITHIN_MS = 10 * MINUTE_MS
/** Scrubs run every night. */
const SCRUB_WITHIN_MS = 2 * DAY_MS
const LOOK_BACK_MS = 7 * DAY_MS
/** So many refused sign-ins in an hour are no longer forgotten passwords. */
const MOST_REFUSED = 50

type Found = Omit<Problem, 'since'> & { since: Date | null }
type Look = (node: NodeContext, now: Date) => Promise<Found[]>

/** What is wrong at this node now, worst first. Each look is short; none names a patient. */
export async function findProblems(node: NodeContext): Promise<{ checkedAt: string; problems: Problem[] }> {
  const now = node.clock()
  const found = (await Promise.all(LOOKS.map((look) => look(node, now)))).flat()
  const problems = found
    .map((problem) => ({ ...problem, since: problem.since?.toISOString() ?? null }))
    .sort((a, b) => Number(b.severity === 'alarm') - Number(a.severity === 'alarm'))
  return { checkedAt: now.toISOString(), problems }
}

const one = (kind: Problem['kind'], severity: Problem['severity'], rest: Partial<Found> = {}): Found => ({
  kind,
  severity,
  subject: null,
  count: 1,
  since: null,
  detail: null,
  ...rest,
})

const ledger: Look = async (node, now) => {
  const head = await readHead(node.pool)
  if (!head) return []
  const { rows } = await node.pool.query<Pick<Found, 'subject' | 'detail' | 'since'>>(
    'select stopped as subject, stopped_reason as detail, stopped_at as since from ledger_head where stopped is not null',
  )
  if (rows[0]) return [one('ledger-stopped', 'alarm', rows[0])]
  const policy = await readPolicy(node.pool)
  if (policy.witnesses.length === 0 || head.finalSize >= head.publishedSize) return []
  const since = head.aheadSince
  const isLate = since !== null && now.getTime() - since.getTime() > FINAL_WITHIN_MS
  return isLate
    ? [one('ledger-not-final', 'warning', { since, count: Math.max(1, head.publishedSize - head.finalSize) })]
    : []
}

const witnesses: Look = async (node, now) => {
  const [policy, states] = await Promise.all([readPolicy(node.pool), readWitnessStates(node.pool)])
  return policy.witnesses.flatMap(({ name, key }) => {
    const { lastAt = null, lastFaultAt = null, lastFault = null } = states.get(formatVkey(key)) ?? {}
    if (!lastFaultAt || (lastAt && lastAt >= lastFaultAt)) return []
    const since = lastAt ?? lastFaultAt
    if (now.getTime() - since.getTime() < FINAL_WITHIN_MS) return []
    return [one('witness-silent', 'warning', { subject: name, since, detail: lastFault })]
  })
}

const alarms: Look = async (node) => {
  const { rows } = await node.pool.query<{ origin: string; reason: string; count: number; since: Date }>(
    `select origin, max(reason) as reason, count(*)::int as count, min(at) as since
     from network_alarms group by origin order by origin limit 20`,
  )
  return rows.map(({ origin, reason, count, since }) =>
    one('network-alarm', 'alarm', { subject: origin, detail: reason, count, since }),
  )
}

const buckets: Look = async (node) => {
  const healths = await node.vault.probe()
  return bucketsOf(node.config).flatMap(({ name }) => {
    const health = healths[name]
    if (health?.writable) return []
    return [one('bucket-unwell', 'warning', { subject: name, detail: health?.problem ?? null })]
  })
}

/** One problem for all rows of a table that meet a condition. */
function counted(
  kind: Problem['kind'],
  severity: Problem['severity'],
  query: (node: NodeContext, now: Date) => RawBuilder<{ count: number; since: Date | null }>,
  least = 1,
): Look {
  return async (node, now) => {
    const { rows } = await query(node, now).execute(node.db)
    const { count = 0, since = null } = rows[0] ?? {}
    return count >= least ? [one(kind, severity, { count, since })] : []
  }
}

const before = (now: Date, milliseconds: number) => new Date(now.getTime() - milliseconds)

const scrubs: Look = async (node, now) => {
  const last = await lastScrub(node)
  if (last?.state === 'failed')
    return [one('scrub-failed', 'warning', { since: last.finishedAt ? new Date(last.finishedAt) : null })]
  const { rows } = await sql<{ since: Date | null; records: number }>`
    select (select max(finished_at) from scrubs where state = 'done') as since,
      (select count(*) from (select from records where manifest is not null and stored_at < ${before(now, SCRUB_WITHIN_MS)} limit 1) old) as records
  `.execute(node.db)
  const { since = null, records = 0 } = rows[0] ?? {}
  const isOverdue = records > 0 && (!since || since < before(now, SCRUB_WITHIN_MS))
  return isOverdue ? [one('scrub-overdue', 'warning', { since })] : []
}

const LOOKS: readonly Look[] = [
  ledger,
  witnesses,
  alarms,
  buckets,
  scrubs,
  counted(
    'records-lost',
    'alarm',
    () => sql`select count(*) as count, min(since) as since from damaged_records where lost > 0`,
  ),
  counted(
    'records-degraded',
    'warning',
    () => sql`select count(*) as count, min(since) as since from damaged_records where lost = 0`,
  ),
  counted(
    'messages-failed',
    'warning',
    (_node, now) => sql`select count(*) as count, min(ended_at) as since from outbox
      where state = 'failed' and ended_at > ${before(now, LOOK_BACK_MS)}`,
  ),
  counted(
    'jobs-failed',
    'warning',
    () => sql`select count(*) as count, min(created_at) as since from graphile_worker.jobs
      where attempts >= max_attempts and last_error is not null`,
  ),
  counted(
    'reviews-overdue',
    'warning',
    (_node, now) => sql`select count(*) as count, min(confirmed_at) as since from emergencies
      where confirmed_at < ${before(now, REVIEW_WITHIN_MS)} and reviewed_by is null`,
  ),
  counted(
    'sign-ins-refused',
    'warning',
    (_node, now) => sql`select count(*) as count, min(at) as since from activity
      where kind = 'sign-in' and outcome = 'refused' and at > ${before(now, 60 * MINUTE_MS)}`,
    MOST_REFUSED,
  ),
]
