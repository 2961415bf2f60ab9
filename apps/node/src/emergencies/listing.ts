import type { EmergencyView, listEmergencies } from '@curo/contract/emergencies'
import type { RouteArguments } from '@curo/contract/route'
import type { NodeContext } from '../context.ts'
import { comesAfter, pageOf, readPlace } from '../pages.ts'
import { patientOfAccount } from '../patients/directory.ts'
import type { Session } from '../sessions.ts'
import { noSuchEmergency } from './rules.ts'
import { viewEmergencies } from './views.ts'

type Query = RouteArguments<typeof listEmergencies>['query']

/** Those that this person may see: administrators all, doctors what waits or is theirs, a patient hers. */
async function visibleTo(node: NodeContext, session: Session, of: 'mine' | 'to-confirm' | 'any') {
  const { id, role } = session.account
  const all = node.db.selectFrom('emergencies').selectAll()
  if (role === 'admin') return all
  if (role === 'patient') return all.where('patient', '=', (await patientOfAccount(node.db, id)) ?? '')
  return all.where((is) => {
    const hers = is.or([is('account', '=', id), is('confirmed_by', '=', id)])
    const waiting = is.and([
      is('account', '<>', id),
      is('confirmed_by', 'is', null),
      is('expires_at', '>', node.clock()),
    ])
    if (of === 'any') return is.or([hers, waiting])
    return of === 'mine' ? hers : waiting
  })
}

export async function listSomeEmergencies(
  node: NodeContext,
  session: Session,
  { of, state, review, after, limit }: Query,
): Promise<{ emergencies: EmergencyView[]; next: string | null }> {
  let query = await visibleTo(node, session, of)
  if (state === 'confirmed') query = query.where('confirmed_by', 'is not', null)
  if (state === 'waiting' || state === 'lapsed')
    query = query
      .where('confirmed_by', 'is', null)
      .where('expires_at', state === 'waiting' ? '>' : '<=', node.clock())
  if (review === 'open') query = query.where('confirmed_by', 'is not', null).where('reviewed_by', 'is', null)
  const rows = await query
    .where(comesAfter(readPlace(after)))
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()
  const { page, next } = pageOf(rows, limit)
  return { emergencies: await viewEmergencies(node, page), next }
}

/** @throws 'not-found', also for what is not this person's to see */
export async function findEmergency(node: NodeContext, session: Session, id: string): Promise<EmergencyView> {
  const row = await (await visibleTo(node, session, 'any')).where('id', '=', id).executeTakeFirst()
  const [view] = await viewEmergencies(node, row ? [row] : [])
  if (!view) throw noSuchEmergency()
  return view
}
