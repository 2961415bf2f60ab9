import { putGuardians, removeGuardians } from '@curo/contract/guardians'
import type { RouteArguments } from '@curo/contract/route'
import { fingerprintOf } from '@curo/crypto/account'
import { equalBytes, fromBase64Url } from '@curo/crypto/bytes'
import { CuroError } from '@curo/crypto/errors'
import type { Transaction } from 'kysely'
import { namesOf } from '../accounts/directory.ts'
import { checkOwnChange } from '../accounts/own-change.ts'
import { tellChange, tellOwner } from '../accounts/owner.ts'
import { accountCell } from '../accounts/views.ts'
import { recordActivity } from '../audit/activity.ts'
import type { NodeContext } from '../context.ts'
import { type Database, inTransaction } from '../database.ts'
import { asBuffer, openText } from '../sealed-columns.ts'
import type { Session } from '../sessions.ts'

const absent = () =>
  new CuroError('not-found', 'Nobody here has this invitation: ask for a new one, and copy it whole.')

/**
 * Who gave one her invitation. It carries the fingerprint of her key, so nobody is found by guessing, and a swapped key
 * is not taken for hers.
 * @throws 'not-found', the same for an unknown account and for another fingerprint
 */
export async function findCandidate(
  node: NodeContext,
  session: Session,
  given: { account: string; fingerprint: string },
) {
  const row = await node.db
    .selectFrom('accounts')
    .select(['id', 'name', 'identity', 'keys'])
    .where('id', '=', given.account)
    .where('status', '=', 'active')
    .executeTakeFirst()
  const shown = fromBase64Url(given.fingerprint)
  if (!row || !equalBytes(fingerprintOf(row.identity), shown)) throw absent()
  if (row.id === session.account.id)
    throw new CuroError(
      'invalid-input',
      'This is your own invitation: somebody else has to be your guardian.',
    )
  return {
    account: row.id,
    name: await openText(node, accountCell('name', row.id), row.name),
    keys: row.keys,
  }
}

export async function ownGuardians(node: NodeContext, session: Session) {
  const set = await node.db
    .selectFrom('guardian_sets')
    .select('made_at')
    .where('owner', '=', session.account.id)
    .executeTakeFirst()
  const rows = await node.db
    .selectFrom('guardianships')
    .select('guardian')
    .where('owner', '=', session.account.id)
    .orderBy('guardian')
    .execute()
  const names = await namesOf(
    node,
    rows.map(({ guardian }) => guardian),
  )
  return {
    since: set?.made_at.toISOString() ?? null,
    guardians: rows.map(({ guardian }) => ({ account: guardian, name: names.get(guardian) ?? '' })),
  }
}

/**
 * Three guardians in place of those before, whose shares are forgotten with everything that was asked of them.
 * @throws 'invalid-input' for one twice or oneself, 'not-found' for somebody who is not active, 'forged-signature'
 */
export async function nameGuardians(
  node: NodeContext,
  session: Session,
  body: RouteArguments<typeof putGuardians>['body'],
): Promise<void> {
  await checkOwnChange(node, session.account, { route: putGuardians, body })
  const owner = session.account.id
  const guardians = body.shares.map(({ account }) => account)
  if (new Set(guardians).size !== guardians.length || guardians.includes(owner))
    throw new CuroError('invalid-input', 'Name three different people, and not yourself.')
  await inTransaction(node.db, async (trx) => {
    const self = await lockOwner(trx, owner)
    const active = await trx
      .selectFrom('accounts')
      .select(['id', 'contact', 'patient'])
      .where('id', 'in', guardians)
      .where('status', '=', 'active')
      .execute()
    if (active.length !== guardians.length)
      throw new CuroError('not-found', 'One of them is not active here any more: choose somebody else.')
    await forgetGuardians(trx, owner)
    await trx
      .insertInto('guardian_sets')
      .values({ owner, commitment: asBuffer(fromBase64Url(body.commitment)), made_at: node.clock() })
      .execute()
    await trx
      .insertInto('guardianships')
      .values(
        body.shares.map(({ account, sealedShare }) => ({
          owner,
          guardian: account,
          sealed_share: asBuffer(fromBase64Url(sealedShare)),
        })),
      )
      .execute()
    for (const guardian of active)
      await tellOwner(trx, node, guardian, {
        template: 'guardian-named',
        values: { owner: session.account.name },
      })
    await note(trx, node, session, 'guardians-named')
    await tellChange(trx, node, self, { en: 'three guardians were named', hi: 'तीन संरक्षक चुने गए' })
  })
}

/** @throws 'not-found' where there are none, 'forged-signature', 'expired' */
export async function dismissGuardians(
  node: NodeContext,
  session: Session,
  body: RouteArguments<typeof removeGuardians>['body'],
): Promise<void> {
  await checkOwnChange(node, session.account, { route: removeGuardians, body })
  await inTransaction(node.db, async (trx) => {
    const self = await lockOwner(trx, session.account.id)
    if (!(await forgetGuardians(trx, session.account.id)))
      throw new CuroError('not-found', 'You have no guardians.')
    await note(trx, node, session, 'guardians-removed')
    await tellChange(trx, node, self, { en: 'the guardians were removed', hi: 'संरक्षक हटा दिए गए' })
  })
}

const note = (trx: Transaction<Database>, node: NodeContext, session: Session, outcome: string) =>
  recordActivity(trx, { kind: 'account', outcome, by: session.account, at: node.clock() })

function lockOwner(trx: Transaction<Database>, owner: string) {
  return trx
    .selectFrom('accounts')
    .select(['id', 'contact', 'patient'])
    .where('id', '=', owner)
    .forUpdate()
    .executeTakeFirstOrThrow()
}

/** With the shares everything that was asked of those guardians ends. */
async function forgetGuardians(trx: Transaction<Database>, owner: string): Promise<boolean> {
  const forgotten = await trx.deleteFrom('guardian_sets').where('owner', '=', owner).executeTakeFirst()
  await trx
    .updateTable('recoveries')
    .set({ state: 'ended' })
    .where('account', '=', owner)
    .where('means', '=', 'guardians')
    .where('state', 'in', ['started', 'confirmed'])
    .execute()
  return forgotten.numDeletedRows > 0n
}
