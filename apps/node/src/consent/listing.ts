import type { ConsentRequestView, ConsentView, listConsents, listRequests } from '@curo/contract/consent'
import type { RouteArguments } from '@curo/contract/route'
import { type Selectable, sql } from 'kysely'
import type { NodeContext } from '../context.ts'
import { comesAfter, pageOf, readPlace } from '../pages.ts'
import type { Session } from '../sessions.ts'
import { patientBehind } from './grants.ts'
import { openRefusal, openRequest } from './open-request.ts'
import { clinicianFactsOf, patientNamesOf } from './people.ts'
import { consentStateAt, SINGLE_USE_MS } from './rules.ts'
import { type ConsentRow, viewOf } from './service.ts'
import type { ConsentTables } from './tables.ts'

type RequestRow = Selectable<ConsentTables['consent_requests']>
type RequestQuery = RouteArguments<typeof listRequests>['query']
type ConsentQuery = RouteArguments<typeof listConsents>['query']

/** Whose lists these are: those a patient was asked and gave, or those a doctor asked and received. */
async function whose(node: NodeContext, session: Session) {
  return session.account.role === 'patient'
    ? (['patient', (await patientBehind(node, session)).patient] as const)
    : (['account', session.account.id] as const)
}

export async function listOwnRequests(node: NodeContext, session: Session, query: RequestQuery) {
  const now = node.clock()
  const { state, after, limit } = query
  const [column, value] = await whose(node, session)
  let asked = node.db.selectFrom('consent_requests').selectAll().where(column, '=', value)
  if (state === 'pending' || state === 'expired')
    asked = asked.where('state', '=', 'pending').where('expires_at', state === 'pending' ? '>' : '<=', now)
  else if (state) asked = asked.where('state', '=', state)
  const rows = await asked
    .where(comesAfter(readPlace(after)))
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()
  const { page, next } = pageOf(rows, limit)
  return { requests: await requestViews(node, page), next }
}

/** Requests as the doctor who asked and the patient who was asked see them, in the order of the rows. */
export async function requestViews(
  node: NodeContext,
  rows: readonly RequestRow[],
): Promise<ConsentRequestView[]> {
  const [factsOf, names, consents] = await Promise.all([
    clinicianFactsOf(
      node,
      rows.map((row) => row.account),
    ),
    patientNamesOf(
      node,
      rows.filter(isKnownToDoctor).map((row) => row.patient),
    ),
    consentStatesOf(
      node,
      rows.flatMap((row) => row.consent ?? []),
    ),
  ])
  const now = node.clock()
  return Promise.all(
    rows.map(async (row) => {
      const { name, facts } = factsOf(row.account)
      return {
        request: await openRequest(node, row),
        state: row.state === 'pending' && row.expires_at <= now ? ('expired' as const) : row.state,
        from: name,
        asker: facts,
        patientName: isKnownToDoctor(row) ? (names.get(row.patient) ?? null) : null,
        cardInHand: row.card_in_hand,
        consent: row.consent,
        consentState: consents.get(row.consent ?? '') ?? null,
        refusal: await openRefusal(node, row),
        expiresAt: row.expires_at.toISOString(),
      }
    }),
  )
}

/** Who only knows an id learns no name by asking. */
const isKnownToDoctor = (row: Pick<RequestRow, 'card_in_hand' | 'state'>) =>
  row.card_in_hand || row.state === 'granted'

async function consentStatesOf(
  node: NodeContext,
  ids: readonly string[],
): Promise<Map<string, ConsentView['state']>> {
  if (ids.length === 0) return new Map()
  const rows = await node.db
    .selectFrom('consents')
    .select(['id', 'not_after', 'single_use', 'first_used_at', 'revoked_at', 'given_back'])
    .where('id', 'in', ids)
    .execute()
  const now = node.clock()
  return new Map(rows.map((row) => [row.id, consentStateAt(row, now)]))
}

/** `consentStateAt` as the database says it. */
function stateIs(state: NonNullable<ConsentQuery['state']>, now: Date) {
  const visitOver = sql`(single_use and first_used_at <= ${new Date(now.getTime() - SINGLE_USE_MS)})`
  const over = {
    revoked: sql<boolean>`revoked_at is not null and not given_back`,
    'given-back': sql<boolean>`revoked_at is not null and given_back`,
    expired: sql<boolean>`revoked_at is null and not_after <= ${now}`,
    used: sql<boolean>`revoked_at is null and not_after > ${now} and coalesce(${visitOver}, false)`,
    active: sql<boolean>`revoked_at is null and not_after > ${now} and not coalesce(${visitOver}, false)`,
  }
  return over[state]
}

export async function listOwnConsents(node: NodeContext, session: Session, query: ConsentQuery) {
  const { state, patient, after, limit } = query
  const [column, value] = await whose(node, session)
  let given = node.db.selectFrom('consents').selectAll().where(column, '=', value)
  if (patient) given = given.where('patient', '=', patient)
  if (state) given = given.where(stateIs(state, node.clock()))
  const rows = await given
    .where(comesAfter(readPlace(after)))
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()
  const { page, next } = pageOf(rows as ConsentRow[], limit)
  return { consents: await consentViews(node, page), next }
}

export async function consentViews(node: NodeContext, rows: readonly ConsentRow[]): Promise<ConsentView[]> {
  const [factsOf, names] = await Promise.all([
    clinicianFactsOf(
      node,
      rows.map((row) => row.account),
    ),
    patientNamesOf(
      node,
      rows.map((row) => row.patient),
    ),
  ])
  const now = node.clock()
  return Promise.all(
    rows.map(async (row) => {
      const { name, facts } = factsOf(row.account)
      const view = await viewOf(node, row, { granteeName: name, now })
      return { ...view, grantee: facts, patientName: names.get(row.patient) ?? null }
    }),
  )
}
