import type { Passkey } from '@curo/contract/passkeys'
import { finishPasskey, putPasskeyRoot, removePasskey } from '@curo/contract/passkeys'
import type { RouteArguments } from '@curo/contract/route'
import { fromBase64Url, toBase64Url } from '@curo/crypto/bytes'
import { CuroError } from '@curo/crypto/errors'
import { randomId } from '@curo/crypto/random'
import type { Selectable, Transaction } from 'kysely'
import { checkOwnChange } from '../accounts/own-change.ts'
import { tellChange } from '../accounts/owner.ts'
import { recordActivity } from '../audit/activity.ts'
import type { NodeContext } from '../context.ts'
import { type Database, inTransaction, isUniqueViolation } from '../database.ts'
import type { Localised } from '../messages/languages.ts'
import { asBuffer, openText, sealText } from '../sealed-columns.ts'
import type { Session } from '../sessions.ts'
import { takeCeremony } from './ceremonies.ts'
import type { PasskeyTables } from './tables.ts'
import { verifyCreation } from './verifying.ts'

const MOST = 20
const nameCell = (row: string) => ({ table: 'passkeys', column: 'name', row }) as const
const absent = () => new CuroError('not-found', 'There is no such passkey of yours.')

type Row = Selectable<PasskeyTables['passkeys']>

async function view(node: NodeContext, row: Row): Promise<Passkey> {
  return {
    id: row.id,
    credential: toBase64Url(row.credential),
    name: await openText(node, nameCell(row.id), row.name),
    unlocks: row.wrapped_root !== null,
    createdAt: row.created_at.toISOString(),
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
  }
}

export async function ownPasskeys(node: NodeContext, session: Session): Promise<Passkey[]> {
  const rows = await node.db
    .selectFrom('passkeys')
    .selectAll()
    .where('account', '=', session.account.id)
    .orderBy('created_at')
    .execute()
  return Promise.all(rows.map((row) => view(node, row)))
}

/** @throws 'unauthorized' for an answer that does not hold, 'conflict' for one passkey too many or one twice */
export async function addPasskey(
  node: NodeContext,
  session: Session,
  body: RouteArguments<typeof finishPasskey>['body'],
): Promise<Passkey> {
  await checkOwnChange(node, session.account, { route: finishPasskey, body })
  const { challenge, account } = await takeCeremony(node.db, node, { id: body.ceremony, purpose: 'add' })
  if (account !== session.account.id) throw new CuroError('unauthorized', 'Begin to add the passkey again.')
  const made = await verifyCreation(node, { answer: body.answer, challenge })
  const id = randomId()
  const row: Row = {
    id,
    account,
    credential: asBuffer(fromBase64Url(made.id)),
    public_key: asBuffer(made.publicKey),
    counter: made.counter,
    transports: body.answer.response.transports,
    name: await sealText(node, nameCell(id), body.name),
    wrapped_root: body.wrappedRoot === null ? null : asBuffer(fromBase64Url(body.wrappedRoot)),
    created_at: node.clock(),
    last_used_at: null,
  }
  try {
    await inTransaction(node.db, async (trx) => {
      await lockOwner(trx, account)
      const { count } = await trx
        .selectFrom('passkeys')
        .select((of) => of.fn.countAll<number>().as('count'))
        .where('account', '=', account)
        .executeTakeFirstOrThrow()
      if (Number(count) >= MOST)
        throw new CuroError('conflict', `${MOST} passkeys are enough: remove one first.`)
      await trx
        .insertInto('passkeys')
        .values({ ...row, transports: JSON.stringify(row.transports) })
        .execute()
      await note(trx, node, session, {
        outcome: 'passkey-added',
        change: { en: 'a passkey was added', hi: 'एक पासकी जोड़ी गई' },
      })
    })
  } catch (cause) {
    if (!isUniqueViolation(cause)) throw cause
    throw new CuroError('conflict', 'This passkey is registered already.', { cause })
  }
  return view(node, row)
}

/** @throws 'not-found', 'forged-signature', 'expired' */
export async function wrapByPasskey(
  node: NodeContext,
  session: Session,
  { passkey, body }: { passkey: string; body: RouteArguments<typeof putPasskeyRoot>['body'] },
): Promise<void> {
  await checkOwnChange(node, session.account, { route: putPasskeyRoot, body: { ...body, passkey } })
  const wrapped = await node.db
    .updateTable('passkeys')
    .set({ wrapped_root: asBuffer(fromBase64Url(body.wrappedRoot)) })
    .where('id', '=', passkey)
    .where('account', '=', session.account.id)
    .executeTakeFirst()
  if (wrapped.numUpdatedRows === 0n) throw absent()
}

/** @throws 'not-found', 'forged-signature', 'expired' */
export async function forgetPasskey(
  node: NodeContext,
  session: Session,
  { passkey, body }: { passkey: string; body: RouteArguments<typeof removePasskey>['body'] },
): Promise<void> {
  await checkOwnChange(node, session.account, { route: removePasskey, body: { ...body, passkey } })
  await inTransaction(node.db, async (trx) => {
    const removed = await trx
      .deleteFrom('passkeys')
      .where('id', '=', passkey)
      .where('account', '=', session.account.id)
      .executeTakeFirst()
    if (removed.numDeletedRows === 0n) throw absent()
    await note(trx, node, session, {
      outcome: 'passkey-removed',
      change: { en: 'a passkey was removed', hi: 'एक पासकी हटाई गई' },
    })
  })
}

async function lockOwner(trx: Transaction<Database>, account: string) {
  return trx
    .selectFrom('accounts')
    .select(['id', 'contact', 'patient'])
    .where('id', '=', account)
    .forUpdate()
    .executeTakeFirstOrThrow()
}

async function note(
  trx: Transaction<Database>,
  node: NodeContext,
  session: Session,
  { outcome, change }: { outcome: string; change: Localised },
): Promise<void> {
  const owner = await lockOwner(trx, session.account.id)
  await recordActivity(trx, { kind: 'account', outcome, by: session.account, at: node.clock() })
  await tellChange(trx, node, owner, change)
}
