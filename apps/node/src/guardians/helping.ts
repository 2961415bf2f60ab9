import { releaseShare } from '@curo/contract/guardians'
import type { RouteArguments } from '@curo/contract/route'
import { fromBase64Url, toBase64Url } from '@curo/crypto/bytes'
import { CuroError } from '@curo/crypto/errors'
import { namesOf } from '../accounts/directory.ts'
import { checkOwnChange } from '../accounts/own-change.ts'
import { recordActivity } from '../audit/activity.ts'
import type { NodeContext } from '../context.ts'
import { inTransaction, type Queries } from '../database.ts'
import { asBuffer } from '../sealed-columns.ts'
import type { Session } from '../sessions.ts'

/** Requests that wait for guardians: neither refused, nor over, and the set is still the one that was asked. */
function openRequests(db: Queries, now: Date) {
  return db
    .selectFrom('guardian_requests')
    .innerJoin('recoveries', 'recoveries.id', 'guardian_requests.recovery')
    .where('recoveries.state', '=', 'confirmed')
    .where('recoveries.expires_at', '>', now)
    .where('guardian_requests.refused_at', 'is', null)
}

/** Whose guardian one is, and who asks. */
export async function guardianshipsOf(node: NodeContext, session: Session) {
  const guardian = session.account.id
  const held = await node.db
    .selectFrom('guardianships')
    .innerJoin('guardian_sets', 'guardian_sets.owner', 'guardianships.owner')
    .select(['guardianships.owner', 'sealed_share', 'made_at'])
    .where('guardian', '=', guardian)
    .orderBy('made_at')
    .execute()
  const asked = await openRequests(node.db, node.clock())
    .innerJoin('guardianships', 'guardianships.owner', 'guardian_requests.owner')
    .leftJoin('guardian_releases', (join) =>
      join
        .onRef('guardian_releases.recovery', '=', 'guardian_requests.recovery')
        .onRef('guardian_releases.guardian', '=', 'guardianships.guardian'),
    )
    .select([
      'guardian_requests.recovery',
      'guardian_requests.owner',
      'request_key',
      'asked_at',
      'opens_at',
      'recoveries.expires_at',
      'released_at',
    ])
    .where('guardianships.guardian', '=', guardian)
    .orderBy('asked_at')
    .execute()
  const names = await namesOf(
    node,
    held.map(({ owner }) => owner),
  )
  const nameOf = (owner: string) => names.get(owner) ?? ''
  return {
    guardianships: held.map(({ owner, sealed_share, made_at }) => ({
      owner,
      name: nameOf(owner),
      since: made_at.toISOString(),
      sealedShare: toBase64Url(sealed_share),
    })),
    requests: asked.map((row) => ({
      recovery: row.recovery,
      owner: row.owner,
      name: nameOf(row.owner),
      requestKey: toBase64Url(row.request_key),
      askedAt: row.asked_at.toISOString(),
      opensAt: row.opens_at.toISOString(),
      expiresAt: row.expires_at.toISOString(),
      released: row.released_at !== null,
    })),
  }
}

/**
 * A guardian's share for one request; a second one takes the place of the first.
 * @throws 'not-found' for a request that is over, or is not for this guardian; 'forged-signature', 'expired'
 */
export async function acceptShare(
  node: NodeContext,
  session: Session,
  given: { recovery: string; body: RouteArguments<typeof releaseShare>['body'] },
): Promise<void> {
  const { recovery, body } = given
  await checkOwnChange(node, session.account, { route: releaseShare, body: { ...body, recovery } })
  const guardian = session.account.id
  const now = node.clock()
  await inTransaction(node.db, async (trx) => {
    const request = await openRequests(trx, now)
      .innerJoin('guardianships', 'guardianships.owner', 'guardian_requests.owner')
      .select('guardian_requests.recovery')
      .where('guardian_requests.recovery', '=', recovery)
      .where('guardianships.guardian', '=', guardian)
      .forUpdate('guardian_requests')
      .executeTakeFirst()
    if (!request) throw new CuroError('not-found', 'There is no such request to you any more.')
    const values = { sealed_share: asBuffer(fromBase64Url(body.sealedShare)), released_at: now }
    await trx
      .insertInto('guardian_releases')
      .values({ recovery, guardian, ...values })
      .onConflict((conflict) => conflict.columns(['recovery', 'guardian']).doUpdateSet(values))
      .execute()
    await recordActivity(trx, { kind: 'account', outcome: 'share-released', by: session.account, at: now })
  })
}
