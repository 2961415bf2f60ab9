import {
  type AskedSignIn,
  answerSignIn as answerSecondFactor,
  type Registered,
  type RegisterOptions,
  registerAccount,
  type SecondFactorAnswer,
  startSignIn,
} from '@curo/client/accounts'
import type { Person } from '@curo/client/person'
import { endSession, getOwnAccount, type OwnAccount, type SecondFactorAsked } from '@curo/contract/accounts'
import { CuroError, isCuroError } from '@curo/crypto/errors'
import { startLogin } from '@curo/crypto/password'
import type { WorkCall, WorkContext } from '../work/context.ts'
import { resumeKept } from './kept-session.ts'

export type SignedIn = { account: OwnAccount; expiresAt: string; offline: boolean }

export type Credentials = { contact: string; password: string; device: string }

/** Loads what signing in needs, before it is needed. */
export async function prepare(context: WorkContext): Promise<void> {
  await Promise.all([context.connection(), startLogin('warm up')])
}

/** Whose password was right, until the second factor is: the key that opens her root stays here. */
let asked: AskedSignIn | undefined

/** There is no session yet: `answerSignIn` goes on. */
export type SecondFactorNeeded = Pick<SecondFactorAsked, 'methods' | 'passkey'> & { until: string }

export type { SecondFactorAnswer } from '@curo/client/accounts'

/** @throws CuroError 'unauthorized' (number or password), 'rate-limited', 'forbidden' (rejected or suspended) */
export async function signIn(
  context: WorkContext,
  credentials: Credentials,
  { signal }: WorkCall,
): Promise<SignedIn | { secondFactor: SecondFactorNeeded }> {
  const step = await startSignIn(await context.connection(), credentials, { signal })
  asked = step.asked
  if (step.person) return enter(context, step.person)
  const { methods, passkey, expiresAt } = step.asked
  return { secondFactor: { methods, passkey, until: expiresAt } }
}

/** @throws CuroError 'unauthorized' (wrong or used code, wrong passkey), 'expired' (begin again), 'rate-limited' */
export async function answerSignIn(
  context: WorkContext,
  answer: SecondFactorAnswer,
  { signal }: WorkCall,
): Promise<SignedIn> {
  if (!asked) throw new CuroError('expired', 'This sign-in is over. Begin again with your password.')
  const person = await answerSecondFactor(asked, answer, { signal })
  asked = undefined
  return enter(context, person)
}

async function enter(context: WorkContext, person: Person): Promise<SignedIn> {
  await context.setPerson(person)
  return { account: person.account, expiresAt: person.expiresAt, offline: false }
}

/** After a reload, without the password; null when this device has forgotten the key. */
export async function resume(context: WorkContext, { kept }: { kept: string }): Promise<SignedIn | null> {
  const resumed = await resumeKept(kept, context.connection)
  if (!resumed) return null
  const { person, offline } = resumed
  await context.setPerson(person, { isKept: true })
  return { account: person.account, expiresAt: person.expiresAt, offline }
}

/** Whose session the browser's cookie carries, though her keys are not here; null when there is none. */
export async function whoIsSignedIn(context: WorkContext): Promise<OwnAccount | null> {
  const { api } = await context.connection()
  try {
    return await api.call(getOwnAccount, {})
  } catch (error) {
    if (isCuroError(error, 'unauthorized', 'forbidden')) return null
    throw error
  }
}

/** Ends the browser's session at the node; it works without keys, and counts as done when it had ended already. */
export async function signOut(context: WorkContext): Promise<void> {
  const { api } = await context.connection()
  try {
    await api.call(endSession, { params: { session: 'current' } }, { timeoutMs: 5000 })
  } catch (error) {
    if (!isCuroError(error, 'unauthorized', 'not-found')) throw error
  }
}

/** A doctor, member of staff, auditor or administrator; she then waits for approval. */
export async function register(
  context: WorkContext,
  options: RegisterOptions,
  { signal }: WorkCall,
): Promise<Registered> {
  return registerAccount(await context.connection(), options, { signal })
}
