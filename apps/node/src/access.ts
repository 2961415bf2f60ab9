import type { Access, Role, RouteDefinition } from '@curo/contract/route'
import { equalBytes, utf8Bytes } from '@curo/crypto/bytes'
import { CuroError } from '@curo/crypto/errors'
import { sha256 } from '@curo/crypto/hash'
import type { FastifyRequest } from 'fastify'
import type { AccountStatus } from './accounts/tables.ts'
import type { NodeContext } from './context.ts'
import { findSession, type Session } from './sessions.ts'

export const SESSION_COOKIE = 'curo_session'

/**
 * Lets a request in or throws. Every route passes here before anything of it is read.
 * @throws 'unauthorized' without a session, 'forbidden' when the role or the account's status is not enough
 */
export async function guardAccess(
  node: NodeContext,
  route: Pick<RouteDefinition, 'access' | 'method' | 'waitingToo' | 'beforeSecondFactor'>,
  request: FastifyRequest,
): Promise<Session | null> {
  if (route.access === 'operator') {
    if (isOperator(node, request)) return null
    throw new CuroError(
      'forbidden',
      'This is for the operator of the node: call it on its machine or with the operator token.',
    )
  }
  const presented = presentedToken(request)
  if (presented?.from === 'cookie' && route.method !== 'GET') refuseForeignOrigin(node, request)
  const session = presented ? await findSession(node, presented.token) : null
  if (route.access === 'public') return session
  if (session === null) throw new CuroError('unauthorized', 'Sign in first; your session may have ended.')
  const mayWait = route.waitingToo === true && session.account.status === 'pending'
  if (session.account.status !== 'active' && !mayWait)
    throw new CuroError('forbidden', NOT_ACTIVE[session.account.status])
  if (!admits(route.access, session.account.role))
    throw new CuroError('forbidden', 'Your role does not allow this.')
  if (session.needsSecondFactor && !route.beforeSecondFactor)
    throw new CuroError('forbidden', 'This hospital asks for a second factor: set one up first.', {
      details: { needsSecondFactor: true },
    })
  return session
}

const NOT_ACTIVE: Record<AccountStatus, string> = {
  active: '',
  pending: 'Your registration waits for an administrator’s approval.',
  rejected: 'Your registration was not approved; ask the administrator.',
  suspended: 'Your account is suspended; ask the administrator.',
}

const admits = (access: Access, role: Role) => access === 'signed-in' || access.includes(role)

function presentedToken(request: FastifyRequest): { token: string; from: 'header' | 'cookie' } | null {
  const bearer = /^Bearer ([A-Za-z0-9_-]{43})$/.exec(request.headers.authorization ?? '')?.[1]
  if (bearer !== undefined) return { token: bearer, from: 'header' }
  const cookie = new RegExp(`(?:^|;\\s*)${SESSION_COOKIE}=([A-Za-z0-9_-]{43})(?:;|$)`).exec(
    request.headers.cookie ?? '',
  )?.[1]
  return cookie === undefined ? null : { token: cookie, from: 'cookie' }
}

/**
 * A cookie travels with requests that another site makes. The browser says where they come from: in Sec-Fetch-Site
 * (Fetch Metadata), which no page can set, or else in Origin (RFC 6454).
 */
function refuseForeignOrigin(node: NodeContext, request: FastifyRequest): void {
  const { origin, 'sec-fetch-site': site } = request.headers
  if (site !== undefined && site !== 'same-origin') throw anotherSite()
  if (site === 'same-origin') return
  const own = node.config.publicUrl ? new URL(node.config.publicUrl).host : request.headers.host
  if (origin === undefined || hostOf(origin) !== own) throw anotherSite()
}

const anotherSite = () => new CuroError('forbidden', 'This request comes from another site.')

const hostOf = (origin: string) => (URL.canParse(origin) ? new URL(origin).host : undefined)

/**
 * The operator: whoever has her token, or calls on this machine itself. A proxy's or a web page's request also
 * comes from this machine, so one that was forwarded, or sent by a browser for another name, does not count.
 */
export function isOperator(node: NodeContext, request: FastifyRequest): boolean {
  const { token } = node.config.operator
  const given = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1]
  if (token !== undefined && given !== undefined)
    return equalBytes(sha256(utf8Bytes(given)), sha256(utf8Bytes(token)))
  if (node.config.behindProxy || !LOOPBACK.test(request.raw.socket.remoteAddress ?? '')) return false
  const { headers } = request
  if (headers.forwarded ?? headers['x-forwarded-for'] ?? headers.via ?? headers.origin) return false
  return /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(headers.host ?? '')
}

const LOOPBACK = /^(127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+)$/
