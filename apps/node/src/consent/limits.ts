import { countAttempt, forgetAttempts, type Limit } from '../attempts.ts'
import type { NodeContext } from '../context.ts'
import type { Queries } from '../database.ts'

/**
 * Each request buys five guesses. Without a bound on requests somebody with a photographed card would guess a code of
 * hers within days; with this one a day gives a chance of one in ten thousand. A right code gives the budget back.
 */
const WITH_CODE: Limit = { name: 'consent-code', most: 20, seconds: 86_400 }
/** One doctor to one patient who has not answered: more would bury other doctors' requests, and fill her ledger. */
const UNANSWERED: Limit = { name: 'consent-request', most: 20, seconds: 86_400 }

type Asked = { patient: string; account: string }

const pair = ({ patient, account }: Asked) => `${account} ${patient}`

/** Counts a request that sends a code. @throws 'rate-limited' */
export function countRequestWithCode(node: NodeContext, { patient }: Asked): Promise<void> {
  return countAttempt(node, WITH_CODE, patient)
}

/** Counts a request that the patient's app has to answer. @throws 'rate-limited' */
export function countRequestToApp(node: NodeContext, asked: Asked): Promise<void> {
  return countAttempt(node, UNANSWERED, pair(asked))
}

/** The patient said yes to this doctor: nothing is held against either. */
export async function forgetRequests(node: NodeContext, trx: Queries, asked: Asked): Promise<void> {
  await forgetAttempts(node, trx, WITH_CODE, asked.patient)
  await forgetAttempts(node, trx, UNANSWERED, pair(asked))
}
