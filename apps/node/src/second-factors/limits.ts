import { countAttempt, forgetAttempts, type Limit } from '../attempts.ts'
import type { NodeContext } from '../context.ts'
import type { Queries } from '../database.ts'

/**
 * Whoever is asked for a code has shown the password. Three codes of 10^6 are right at any moment, so thirty tries a
 * day are a chance of one in ten thousand; the owner hears of them (RFC 6238 §5.1, RFC 4226 §7.3).
 */
const CODES: Limit = { name: 'totp-hour', most: 10, seconds: 3600 }
const CODES_A_DAY: Limit = { name: 'totp-day', most: 30, seconds: 86_400 }

/** @throws 'rate-limited' */
export async function countTotpCode(node: NodeContext, account: string): Promise<void> {
  await countAttempt(node, CODES, account)
  await countAttempt(node, CODES_A_DAY, account)
}

/** The day's budget is not given back: a thief who shares the owner's day would live on her successes. */
export function forgetTotpCodes(node: NodeContext, db: Queries, account: string): Promise<void> {
  return forgetAttempts(node, db, CODES, account)
}
