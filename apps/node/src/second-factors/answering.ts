import type { RequestAnswer } from '@curo/contract/passkey-ceremonies'
import { CuroError, isCuroError } from '@curo/crypto/errors'
import type { Transaction } from 'kysely'
import { tellOwner } from '../accounts/owner.ts'
import { beginSession, lockAccount, type SignedIn, showSession } from '../accounts/signing-in.ts'
import { recordActivity } from '../audit/activity.ts'
import type { NodeContext } from '../context.ts'
import { type Database, inTransaction } from '../database.ts'
import { takeCeremony } from '../passkeys/ceremonies.ts'
import { noteCopy } from '../passkeys/signing-in.ts'
import { refusedPasskey, useCounter, verifyAnswer } from '../passkeys/verifying.ts'
import { countTotpCode, forgetTotpCodes } from './limits.ts'
import { useTotpCode } from './service.ts'

const over = () => new CuroError('unauthorized', 'This sign-in is over: start it again.')

type Question = { id: string; account: string; device: Buffer | null; tries_left: number }

export type SecondFactorAnswer = {
  signIn: string
  code?: string | undefined
  passkey?: RequestAnswer | undefined
}

/**
 * The answer to the question after the password, for the session. A try is spent before the answer is looked at, of
 * this question and of the account: neither parallel nor ever new sign-ins buy more.
 * @throws 'unauthorized' for a wrong answer and for a sign-in that is over, 'rate-limited', 'forbidden'
 */
export async function answerQuestion(node: NodeContext, given: SecondFactorAnswer): Promise<SignedIn> {
  const question = await spendTry(node, given.signIn)
  try {
    const answer = given.passkey
      ? await checkPasskey(node, question, given.passkey)
      : await checkCode(node, question, given.code ?? '')
    const begun = await inTransaction(node.db, async (trx) => {
      const row = await lockAccount(trx, question.account)
      await closeQuestion(trx, question)
      if (!(await answer.take(trx))) return answer
      const { id, device } = question
      return beginSession(trx, node, { id, row, device, wrappedRoot: row.wrapped_root })
    })
    if ('token' in begun) return await showSession(node, begun)
    throw await begun.refuse()
  } catch (error) {
    if (isCuroError(error, 'unauthorized')) await noteRefusal(node, question)
    throw error
  }
}

/** An answer that was right; it is taken in the transaction of the session, where of two at once one is. */
type Answer = {
  take(trx: Transaction<Database>): Promise<boolean>
  /** The error for one that was not taken. */
  refuse(): Promise<CuroError>
}

async function checkCode(node: NodeContext, { account }: Question, code: string): Promise<Answer> {
  await countTotpCode(node, account)
  return {
    async take(trx) {
      await useTotpCode(trx, node, { account, code })
      await forgetTotpCodes(node, trx, account)
      return true
    },
    refuse: async () => over(),
  }
}

async function checkPasskey(node: NodeContext, question: Question, answer: RequestAnswer): Promise<Answer> {
  const { id, account } = question
  const { challenge } = await takeCeremony(node.db, node, { id, purpose: 'second-factor' })
  const used = await verifyAnswer(node, { answer, challenge, account, alone: false })
  return {
    take: (trx) => useCounter(trx, used, node.clock()),
    async refuse() {
      await noteCopy(node, used)
      return refusedPasskey()
    },
  }
}

async function spendTry(node: NodeContext, id: string): Promise<Question> {
  const question = await node.db
    .updateTable('second_factor_questions')
    .set((eb) => ({ tries_left: eb('tries_left', '-', 1) }))
    .where('id', '=', id)
    .where('tries_left', '>', 0)
    .where('expires_at', '>', node.clock())
    .returning(['id', 'account', 'device', 'tries_left'])
    .executeTakeFirst()
  if (!question) throw over()
  return question
}

/** Gone when the password was changed, or another answer was faster. */
async function closeQuestion(trx: Transaction<Database>, { id }: Question): Promise<void> {
  const closed = await trx.deleteFrom('second_factor_questions').where('id', '=', id).executeTakeFirst()
  if (closed.numDeletedRows === 0n) throw over()
}

/** Whoever fails here knew the password: after the last try its owner is told. */
async function noteRefusal(node: NodeContext, question: Question): Promise<void> {
  const now = node.clock()
  await inTransaction(node.db, async (trx) => {
    const owner = await trx
      .selectFrom('accounts')
      .select(['id', 'role', 'contact', 'patient'])
      .where('id', '=', question.account)
      .executeTakeFirstOrThrow()
    await recordActivity(trx, { kind: 'sign-in', outcome: 'refused', by: owner, at: now })
    if (question.tries_left > 0) return
    await tellOwner(trx, node, owner, { template: 'second-factor-refused', values: { at: now } })
  })
}
