import type { FastifyRequest } from 'fastify'
import { addressOf } from '../accounts/limits.ts'
import { countAttempt, type Limit } from '../attempts.ts'
import type { NodeContext } from '../context.ts'

/** Of one address, for one number and for all: enough for somebody who mistypes, and for a ward behind one address. */
const STARTS_FOR_CONTACT: Limit = { name: 'recovery-contact', most: 6, seconds: 3600 }
const STARTS: Limit = { name: 'recovery-address', most: 40, seconds: 3600 }
/** Each code that is sent buys five guesses at six digits; a day's worth must stay far from 10^6. */
const CODES_SENT: Limit = { name: 'recovery-codes', most: 15, seconds: 86_400 }
/** A password is chosen once; more evaluations would be guesses at another one. */
const PASSWORD_STEPS: Limit = { name: 'recovery-password', most: 10, seconds: 3600 }

/** Counts for any number alike, so that the refusal says nothing about it. @throws 'rate-limited' */
export async function countStart(node: NodeContext, contact: string, request: FastifyRequest): Promise<void> {
  await countAttempt(node, STARTS, addressOf(request))
  await countAttempt(node, STARTS_FOR_CONTACT, `${contact} ${addressOf(request)}`)
}

/**
 * For each means by itself: who merely knows the number can use up what asks the guardians, not what the kit needs.
 * @throws 'rate-limited'
 */
export function countCode(
  node: NodeContext,
  { account, means }: { account: string; means: string },
): Promise<void> {
  return countAttempt(node, CODES_SENT, `${means} ${account}`)
}

/** @throws 'rate-limited' */
export function countPasswordStep(node: NodeContext, recovery: string): Promise<void> {
  return countAttempt(node, PASSWORD_STEPS, recovery)
}
