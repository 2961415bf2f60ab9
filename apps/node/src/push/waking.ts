import type { Transaction } from 'kysely'
import type { NodeContext } from '../context.ts'
import type { Database } from '../database.ts'

export const PUSH_TASK = 'push.send'
const MOST_ATTEMPTS = 6

type WithJobs = Pick<NodeContext, 'jobs'>

/**
 * Wakes an account's devices when the caller's transaction commits: something waits for her. What it is, she sees when
 * she looks; several at once are one push.
 */
export async function wakeAccount(
  trx: Transaction<Database>,
  { jobs }: WithJobs,
  account: string,
): Promise<void> {
  const subscriptions = await trx
    .selectFrom('push_subscriptions')
    .innerJoin('sessions', 'sessions.id', 'push_subscriptions.session')
    .select('push_subscriptions.id')
    .where('push_subscriptions.account', '=', account)
    .where('sessions.ended_at', 'is', null)
    .execute()
  for (const { id } of subscriptions)
    await jobs.enqueue(trx, {
      task: PUSH_TASK,
      payload: { subscription: id },
      key: `push ${id}`,
      maxAttempts: MOST_ATTEMPTS,
    })
}

/** The same for a patient, if she has activated her app. */
export async function wakePatient(
  trx: Transaction<Database>,
  node: WithJobs,
  patient: string,
): Promise<void> {
  const account = await trx
    .selectFrom('accounts')
    .select('id')
    .where('patient', '=', patient)
    .executeTakeFirst()
  if (account) await wakeAccount(trx, node, account.id)
}
