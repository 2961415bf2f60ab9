import { GUARDIANS_NEEDED } from '@curo/contract/guardians'
import { fromBase64Url, toBase64Url } from '@curo/crypto/bytes'
import { CuroError } from '@curo/crypto/errors'
import { sha256 } from '@curo/crypto/hash'
import type { Transaction } from 'kysely'
import { tellOwner } from '../accounts/owner.ts'
import { recordActivity } from '../audit/activity.ts'
import type { NodeContext } from '../context.ts'
import { type Database, inTransaction, type Queries } from '../database.ts'
import { asBuffer } from '../sealed-columns.ts'
import type { Session } from '../sessions.ts'
import { hashOfRefusal } from './asking.ts'

const released = (db: Queries, recovery: string) =>
  db
    .selectFrom('guardian_releases')
    .select(['guardian', 'sealed_share'])
    .where('recovery', '=', recovery)
    .orderBy('released_at')
    .execute()

/** For whoever holds the token: nothing but a count before the waiting time is over and two have helped. */
export async function stateOfRequest(node: NodeContext, token: string) {
  const row = await node.db
    .selectFrom('recoveries')
    .innerJoin('guardian_requests', 'guardian_requests.recovery', 'recoveries.id')
    .select(['recoveries.id', 'state', 'expires_at', 'opens_at', 'refused_at'])
    .where('token_hash', '=', asBuffer(sha256(fromBase64Url(token))))
    .executeTakeFirst()
  if (!row) throw new CuroError('not-found', 'There is no such request: start again.')
  const now = node.clock()
  const shares = await released(node.db, row.id)
  const isOver = row.state !== 'confirmed' || row.expires_at <= now
  const isReady = !isOver && row.opens_at <= now && shares.length >= GUARDIANS_NEEDED
  const state = row.refused_at ? 'refused' : isOver ? 'over' : isReady ? 'ready' : 'waiting'
  return {
    state: state as 'waiting' | 'ready' | 'refused' | 'over',
    opensAt: row.opens_at.toISOString(),
    released: shares.length,
    releases: isReady
      ? shares.map(({ guardian, sealed_share }) => ({ guardian, sealedShare: toBase64Url(sealed_share) }))
      : [],
  }
}

/** Whether a new password may be set: two guardians have helped, the time to refuse is over, nobody has. */
export async function isReady(db: Queries, recovery: string, now: Date): Promise<boolean> {
  const request = await db
    .selectFrom('guardian_requests')
    .select('recovery')
    .where('recovery', '=', recovery)
    .where('opens_at', '<=', now)
    .where('refused_at', 'is', null)
    .executeTakeFirst()
  return request !== undefined && (await released(db, recovery)).length >= GUARDIANS_NEEDED
}

/** What is under way for one's own account, to be refused while there is time, and after. */
export async function ownRequests(node: NodeContext, session: Session) {
  const rows = await node.db
    .selectFrom('guardian_requests')
    .innerJoin('recoveries', 'recoveries.id', 'guardian_requests.recovery')
    .select(['recovery', 'asked_at', 'opens_at'])
    .select((eb) =>
      eb
        .selectFrom('guardian_releases')
        .whereRef('guardian_releases.recovery', '=', 'guardian_requests.recovery')
        .select((of) => of.fn.countAll<number>().as('count'))
        .as('released'),
    )
    .where('owner', '=', session.account.id)
    .where('recoveries.state', '=', 'confirmed')
    .where('recoveries.expires_at', '>', node.clock())
    .orderBy('asked_at', 'desc')
    .execute()
  return rows.map(({ recovery, asked_at, opens_at, released: count }) => ({
    recovery,
    askedAt: asked_at.toISOString(),
    opensAt: opens_at.toISOString(),
    released: Number(count),
  }))
}

/** @throws 'not-found' for another's, and for one that is over */
export async function refuseOwnRequest(node: NodeContext, session: Session, recovery: string): Promise<void> {
  await inTransaction(node.db, async (trx) => {
    const mine = await trx
      .selectFrom('guardian_requests')
      .select('recovery')
      .where('recovery', '=', recovery)
      .where('owner', '=', session.account.id)
      .executeTakeFirst()
    if (!mine || !(await refuse(trx, node, recovery))) throw absent()
  })
}

/** @throws 'not-found' for a code that is none, or of a request that is over */
export async function refuseByCode(node: NodeContext, refusal: string): Promise<void> {
  await inTransaction(node.db, async (trx) => {
    const named = await trx
      .selectFrom('guardian_requests')
      .select('recovery')
      .where('refusal_hash', '=', hashOfRefusal(refusal))
      .executeTakeFirst()
    if (!named || !(await refuse(trx, node, named.recovery))) throw absent()
  })
}

const absent = () =>
  new CuroError('not-found', 'There is no such request any more: it is over, or was refused.')

/** What the guardians released is forgotten with it. */
async function refuse(trx: Transaction<Database>, node: NodeContext, recovery: string): Promise<boolean> {
  const now = node.clock()
  const ended = await trx
    .updateTable('recoveries')
    .set({ state: 'ended' })
    .where('id', '=', recovery)
    .where('state', '=', 'confirmed')
    .where('expires_at', '>', now)
    .returning('account')
    .executeTakeFirst()
  if (!ended?.account) return false
  await trx
    .updateTable('guardian_requests')
    .set({ refused_at: now })
    .where('recovery', '=', recovery)
    .execute()
  await trx.deleteFrom('guardian_releases').where('recovery', '=', recovery).execute()
  const owner = await trx
    .selectFrom('accounts')
    .select(['id', 'role', 'contact', 'patient'])
    .where('id', '=', ended.account)
    .executeTakeFirstOrThrow()
  await recordActivity(trx, { kind: 'account', outcome: 'recovery-refused', by: owner, at: now })
  await tellOwner(trx, node, owner, { template: 'recovery-refused', values: { at: now } })
  return true
}
