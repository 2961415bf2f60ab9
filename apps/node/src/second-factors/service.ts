import type { RouteArguments } from '@curo/contract/route'
import { removeTotp, startTotp } from '@curo/contract/second-factors'
import { CuroError } from '@curo/crypto/errors'
import type { Transaction } from 'kysely'
import { checkOwnChange } from '../accounts/own-change.ts'
import { tellChange } from '../accounts/owner.ts'
import { accountCell } from '../accounts/views.ts'
import { recordActivity } from '../audit/activity.ts'
import type { NodeContext } from '../context.ts'
import { type Database, inTransaction, type Queries } from '../database.ts'
import type { Localised } from '../messages/languages.ts'
import { maskedPhone } from '../one-time-codes/service.ts'
import { openBytes, openText, sealBytes } from '../sealed-columns.ts'
import type { Session } from '../sessions.ts'
import { countTotpCode } from './limits.ts'
import { makeTotpKey, stepOfCode, totpUri } from './totp.ts'

const keyCell = (row: string) => ({ table: 'totp', column: 'key', row }) as const

export async function hasTotp(db: Queries, account: string): Promise<boolean> {
  const row = await db
    .selectFrom('totp')
    .select('account')
    .where('account', '=', account)
    .where('confirmed_at', 'is not', null)
    .executeTakeFirst()
  return row !== undefined
}

export async function ownSecondFactors(node: NodeContext, session: Session) {
  const totp = await node.db
    .selectFrom('totp')
    .select('confirmed_at')
    .where('account', '=', session.account.id)
    .where('confirmed_at', 'is not', null)
    .executeTakeFirst()
  const passkeys = await node.db
    .selectFrom('passkeys')
    .select((of) => of.fn.countAll<number>().as('count'))
    .where('account', '=', session.account.id)
    .executeTakeFirstOrThrow()
  return {
    required: node.config.session.secondFactor === 'required' && session.account.role !== 'patient',
    totp: totp?.confirmed_at ? { since: totp.confirmed_at.toISOString() } : null,
    passkeys: Number(passkeys.count),
  }
}

/**
 * A key for an authenticator app. It counts once a code of it was confirmed; until then a new one takes its place.
 * @throws 'conflict' when one is confirmed already, 'forged-signature', 'expired'
 */
export async function enrolTotp(
  node: NodeContext,
  session: Session,
  body: RouteArguments<typeof startTotp>['body'],
): Promise<{ uri: string }> {
  await checkOwnChange(node, session.account, { route: startTotp, body })
  const account = session.account.id
  const key = makeTotpKey()
  const values = { key: await sealBytes(node, keyCell(account), key), made_at: node.clock(), last_step: 0 }
  const stored = await node.db
    .insertInto('totp')
    .values({ account, ...values })
    .onConflict((conflict) =>
      conflict.column('account').doUpdateSet(values).where('totp.confirmed_at', 'is', null),
    )
    .executeTakeFirst()
  if (stored.numInsertedOrUpdatedRows === 0n)
    throw new CuroError('conflict', 'There is an authenticator app already: remove it first.')
  const { contact } = await node.db
    .selectFrom('accounts')
    .select('contact')
    .where('id', '=', account)
    .executeTakeFirstOrThrow()
  const label = maskedPhone(await openText(node, accountCell('contact', account), contact))
  return { uri: totpUri(key, { issuer: `Curo ${node.config.hospitalName}`.slice(0, 100), label }) }
}

/** @throws 'unauthorized' for a wrong code, 'conflict' where nothing waits to be confirmed, 'rate-limited' */
export async function confirmEnrolment(node: NodeContext, session: Session, code: string): Promise<void> {
  const account = session.account.id
  await countTotpCode(node, account)
  const now = node.clock()
  await inTransaction(node.db, async (trx) => {
    const row = await trx
      .selectFrom('totp')
      .selectAll()
      .where('account', '=', account)
      .where('confirmed_at', 'is', null)
      .forUpdate()
      .executeTakeFirst()
    if (!row) throw new CuroError('conflict', 'No authenticator app waits to be confirmed: begin again.')
    const step = stepOfCode(await openBytes(node, keyCell(account), row.key), code, now)
    if (step === null) throw wrongCode()
    await trx
      .updateTable('totp')
      .set({ confirmed_at: now, last_step: step })
      .where('account', '=', account)
      .execute()
    await note(trx, node, session, {
      outcome: 'totp-added',
      change: {
        en: 'an authenticator app was added; signing in asks for its code',
        hi: 'एक ऑथेंटिकेटर ऐप जोड़ा गया; अब साइन इन करते समय उसका कोड पूछा जाएगा',
      },
    })
  })
}

export const wrongCode = () =>
  new CuroError(
    'unauthorized',
    'That is not the code, or it was used already. Wait for the next one; check the telephone’s clock.',
  )

/**
 * Takes a code: whoever may sign in with it is the one who has the app. Of two uses of one code one is taken.
 * @throws 'unauthorized'
 */
export async function useTotpCode(
  trx: Transaction<Database>,
  node: NodeContext,
  { account, code }: { account: string; code: string },
): Promise<void> {
  const row = await trx
    .selectFrom('totp')
    .select(['key', 'last_step'])
    .where('account', '=', account)
    .where('confirmed_at', 'is not', null)
    .forUpdate()
    .executeTakeFirst()
  const step = row ? stepOfCode(await openBytes(node, keyCell(account), row.key), code, node.clock()) : null
  if (!row || step === null || step <= row.last_step) throw wrongCode()
  await trx.updateTable('totp').set({ last_step: step }).where('account', '=', account).execute()
}

/** @throws 'unauthorized' for a wrong code, 'rate-limited', 'forged-signature', 'expired' */
export async function giveUpTotp(
  node: NodeContext,
  session: Session,
  body: RouteArguments<typeof removeTotp>['body'],
): Promise<void> {
  await checkOwnChange(node, session.account, { route: removeTotp, body })
  const account = session.account.id
  await countTotpCode(node, account)
  await inTransaction(node.db, async (trx) => {
    await useTotpCode(trx, node, { account, code: body.code })
    await trx.deleteFrom('totp').where('account', '=', account).execute()
    await note(trx, node, session, {
      outcome: 'totp-removed',
      change: {
        en: 'the authenticator app was removed; signing in no longer asks for its code',
        hi: 'ऑथेंटिकेटर ऐप हटाया गया; अब साइन इन करते समय उसका कोड नहीं पूछा जाएगा',
      },
    })
  })
}

async function note(
  trx: Transaction<Database>,
  node: NodeContext,
  session: Session,
  { outcome, change }: { outcome: string; change: Localised },
): Promise<void> {
  const owner = await trx
    .selectFrom('accounts')
    .select(['id', 'contact', 'patient'])
    .where('id', '=', session.account.id)
    .executeTakeFirstOrThrow()
  await recordActivity(trx, { kind: 'account', outcome, by: session.account, at: node.clock() })
  await tellChange(trx, node, owner, change)
}

/** For an account that came back by its kit or its guardians: what was lost with the device must not lock it again. */
export async function removeSecondFactors(trx: Transaction<Database>, account: string): Promise<void> {
  for (const table of ['totp', 'passkeys', 'passkey_ceremonies'] as const)
    await trx.deleteFrom(table).where('account', '=', account).execute()
}
