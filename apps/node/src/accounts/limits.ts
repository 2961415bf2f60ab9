import type { FastifyRequest } from 'fastify'
import { countAttempt, forgetAttempts, type Limit } from '../attempts.ts'
import type { NodeContext } from '../context.ts'
import type { Queries } from '../database.ts'

/**
 * [Note: a try is a first message] In OPAQUE a guesser learns from the server's first answer whether the password
 * was right, and a registration's first answer is the same evaluation of the password. So both count, before they
 * are answered, against one budget per contact; only a finished sign-in gives it back. The smaller budget is for
 * one address, so that a stranger does not so easily lock a person out.
 */
const PER_CONTACT: Limit = { name: 'password-contact', most: 50, seconds: 3600 }
const PER_CONTACT_AND_ADDRESS: Limit = { name: 'password-address', most: 10, seconds: 15 * 60 }

/**
 * Nobody has proved a telephone number or been approved when she registers, and the answer says whether a number is
 * taken: enough for a hospital's first day behind one address, too few to ask for many numbers or to take them.
 */
const REGISTRATIONS: Limit = { name: 'registration-address', most: 60, seconds: 3600 }

/** @throws 'rate-limited' */
export function countRegistration(node: NodeContext, request: FastifyRequest): Promise<void> {
  return countAttempt(node, REGISTRATIONS, addressOf(request))
}

/** @throws 'rate-limited' */
export async function countPasswordTry(
  node: NodeContext,
  contact: string,
  request: FastifyRequest,
): Promise<void> {
  await countAttempt(node, PER_CONTACT_AND_ADDRESS, `${contact} ${addressOf(request)}`)
  await countAttempt(node, PER_CONTACT, contact)
}

export async function forgetPasswordTries(
  node: NodeContext,
  db: Queries,
  contact: string,
  request: FastifyRequest,
): Promise<void> {
  await forgetAttempts(node, db, PER_CONTACT_AND_ADDRESS, `${contact} ${addressOf(request)}`)
  await forgetAttempts(node, db, PER_CONTACT, contact)
}

/** One household or one attacker has a whole /64 of IPv6. */
export function addressOf(request: FastifyRequest): string {
  const { ip } = request
  return ip.includes(':') && !ip.startsWith('::ffff:') ? ip.split(':').slice(0, 4).join(':') : ip
}
