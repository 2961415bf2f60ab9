import { isCuroError } from '@curo/crypto/errors'
import type { FastifyReply } from 'fastify'
import { SESSION_COOKIE } from '../access.ts'
import type { NodeContext } from '../context.ts'
import type { Session } from '../sessions.ts'
import { endOwnSession } from './own-sessions.ts'
import type { SignedIn } from './signing-in.ts'

type Delivery = {
  signedIn: SignedIn
  as: 'token' | 'cookie'
  /** The session that the browser had. */
  before: Session | null
  reply: FastifyReply
}

/** Hands a new session over, as a token or as a cookie that no script sees. */
export async function deliverSession(
  node: NodeContext,
  { signedIn, as, before, reply }: Delivery,
): Promise<Omit<SignedIn, 'token'> & { token: string | null }> {
  if (as === 'token') return signedIn
  // A browser holds one session: the one before would live on unseen.
  if (before) await endOwnSession(node, before, 'current').catch(ignoreEnded)
  setSessionCookie(node, reply, signedIn.token)
  return { ...signedIn, token: null }
}

function ignoreEnded(error: unknown): void {
  if (!isCuroError(error, 'not-found')) throw error
}

/** For browsers: a cookie that no script reads and no other site sends, gone when the browser closes. null removes it. */
export function setSessionCookie(node: NodeContext, reply: FastifyReply, token: string | null): void {
  const attributes = ['Path=/v1', 'HttpOnly', 'SameSite=Strict']
  if (node.config.publicUrl?.startsWith('https:')) attributes.push('Secure')
  if (token === null) attributes.push('Max-Age=0')
  reply.header('set-cookie', [`${SESSION_COOKIE}=${token ?? ''}`, ...attributes].join('; '))
}
