import { fromBase64Url, toBase64Url, utf8Bytes } from '@curo/crypto/bytes'
import { CuroError, isCuroError } from '@curo/crypto/errors'
import { sha256 } from '@curo/crypto/hash'
import { randomBytes, randomId } from '@curo/crypto/random'
import type { FastifyRequest } from 'fastify'
import type { Transaction } from 'kysely'
import { codePhoneOf } from '../accounts/owner.ts'
import type { NodeContext } from '../context.ts'
import { type Database, inTransaction } from '../database.ts'
import type { Localised } from '../messages/languages.ts'
import { type CodeSubject, checkCode, consumeCode, issueCode } from '../one-time-codes/service.ts'
import { asBuffer, lookupToken } from '../sealed-columns.ts'
import { accountOfKit } from './kits.ts'
import { countCode, countStart } from './limits.ts'
import type { RecoveryTables } from './tables.ts'

export const SEND_CODE_TASK = 'recoveries.send-code'
/** As one-time-codes has it; the row stays a little longer, so that a late code is told that it is late. */
const CODE_LIFETIME_MS = 5 * 60_000
const START_LIFETIME_MS = 15 * 60_000
/** Time to choose a password. */
const TOKEN_LIFETIME_MS = 30 * 60_000

type Means = RecoveryTables['recoveries']['means']

const subjectOf = (recovery: string, account: string | null): CodeSubject => ({
  purpose: 'recovery',
  subject: recovery,
  binding: sha256(utf8Bytes(`recovery\0${recovery}\0${account ?? ''}`)),
})

/**
 * Notes that somebody wants an account back. [Note: recoveries look alike] The code is made and sent by a job, for
 * nobody as for somebody: neither the answer nor its time says whether the number has an account, or the kit is its.
 * @throws 'rate-limited'
 */
export async function startRecovery(
  node: NodeContext,
  { means, account }: { means: Means; account: string | null },
): Promise<{ recovery: string; expiresAt: string }> {
  const recovery = randomId()
  const now = node.clock()
  await inTransaction(node.db, async (trx) => {
    await trx
      .insertInto('recoveries')
      .values({
        id: recovery,
        means,
        account,
        state: 'started',
        created_at: now,
        expires_at: new Date(now.getTime() + START_LIFETIME_MS),
      })
      .execute()
    await node.jobs.enqueue(trx, { task: SEND_CODE_TASK, payload: { recovery }, key: `recovery ${recovery}` })
  })
  return { recovery, expiresAt: new Date(now.getTime() + CODE_LIFETIME_MS).toISOString() }
}

/** Contact and kit together: with one of them alone nobody's telephone rings. @throws 'rate-limited' */
export async function startWithKit(
  node: NodeContext,
  given: { contact: string; kitProof: string },
  request: FastifyRequest,
): Promise<{ recovery: string; expiresAt: string }> {
  await countStart(node, given.contact, request)
  const account = await accountOfKit(node, {
    contactToken: lookupToken(node, 'contact', given.contact),
    kitProof: fromBase64Url(given.kitProof),
  })
  return startRecovery(node, { means: 'kit', account })
}

const MEANS_IN_WORDS: Record<Means, Localised> = {
  kit: { en: 'its recovery kit', hi: 'रिकवरी किट' },
  guardians: { en: 'the help of its guardians', hi: 'संरक्षकों की मदद' },
}

/** Makes the code, and sends it if there is somebody to send it to. Doing it again changes nothing. */
export async function sendCode(node: NodeContext, recovery: string): Promise<void> {
  const row = await node.db
    .selectFrom('recoveries')
    .select(['account', 'means'])
    .where('id', '=', recovery)
    .where('state', '=', 'started')
    .where('id', 'not in', (sent) =>
      sent.selectFrom('one_time_codes').select('subject').where('purpose', '=', 'recovery'),
    )
    .executeTakeFirst()
  if (!row) return
  const phone =
    row.account === null ? undefined : await phoneForCode(node, { account: row.account, means: row.means })
  const now = node.clock()
  await inTransaction(node.db, async (trx) => {
    const { code } = await issueCode(trx, subjectOf(recovery, row.account), {
      pepper: node.keys.otpPepper,
      now,
    })
    if (phone === undefined) return
    await node.outbox.enqueue(trx, {
      to: phone,
      channel: 'sms',
      template: 'recovery-otp',
      values: { code, means: MEANS_IN_WORDS[row.means] },
    })
  })
}

/** Nowhere, when this account was sent a day's worth already. */
async function phoneForCode(
  node: NodeContext,
  { account, means }: { account: string; means: Means },
): Promise<string | undefined> {
  try {
    await countCode(node, { account, means })
  } catch (error) {
    if (isCuroError(error, 'rate-limited')) return undefined
    throw error
  }
  const owner = await node.db
    .selectFrom('accounts')
    .select(['id', 'contact', 'patient'])
    .where('id', '=', account)
    .executeTakeFirst()
  return owner && codePhoneOf(node, owner)
}

export type Confirmed = { account: string; token: string }

/**
 * The code, for a token. Whose contact or kit was wrong is told that the code is.
 * @param inTheSame what else belongs into the transaction that takes the code
 * @throws as `checkCode` does; 'expired' for a recovery that is over
 */
export async function confirmRecovery(
  node: NodeContext,
  given: { means: Means; recovery: string; code: string; expiresAt?: Date },
  inTheSame: (trx: Transaction<Database>, account: string) => Promise<void> = async () => {},
): Promise<Confirmed> {
  const { means, recovery, code } = given
  const now = node.clock()
  const row = await node.db
    .selectFrom('recoveries')
    .select(['account', 'state', 'expires_at'])
    .where('id', '=', recovery)
    .where('means', '=', means)
    .executeTakeFirst()
  if (!row) throw new CuroError('not-found', 'There is no such recovery: start again.')
  const subject = subjectOf(recovery, row.account)
  await checkCode(node.db, { ...subject, code }, { pepper: node.keys.otpPepper, now })
  const { account } = row
  if (account === null) throw new CuroError('unauthorized', 'That is not the code.')
  const token = randomBytes(32)
  await inTransaction(node.db, async (trx) => {
    await consumeCode(trx, subject, now)
    const confirmed = await trx
      .updateTable('recoveries')
      .set({
        state: 'confirmed',
        token_hash: asBuffer(sha256(token)),
        expires_at: given.expiresAt ?? new Date(now.getTime() + TOKEN_LIFETIME_MS),
      })
      .where('id', '=', recovery)
      .where('state', '=', 'started')
      .where('expires_at', '>', now)
      .executeTakeFirst()
    if (confirmed.numUpdatedRows === 0n) throw new CuroError('expired', 'This recovery is over: start again.')
    await inTheSame(trx, account)
  })
  return { account, token: toBase64Url(token) }
}

/** The second step with a kit: the code, for what only the kit opens. */
export async function confirmWithKit(node: NodeContext, given: { recovery: string; code: string }) {
  const confirmed = await confirmRecovery(node, { means: 'kit', ...given })
  const kit = await node.db
    .selectFrom('recovery_kits')
    .select('wrapped')
    .where('account', '=', confirmed.account)
    .executeTakeFirst()
  if (!kit) throw new CuroError('expired', 'This kit was replaced: start again, with the newest one.')
  return { ...confirmed, wrappedRoot: toBase64Url(kit.wrapped) }
}
