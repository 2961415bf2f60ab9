import { Readable } from 'node:stream'
import type { RouteArguments, RouteDefinition } from '@curo/contract/route'
import { utf8Text } from '@curo/crypto/bytes'
import { CuroError } from '@curo/crypto/errors'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import { guardAccess } from './access.ts'
import type { NodeContext } from './context.ts'
import type { Session } from './sessions.ts'

/** Who calls: certain where the route asks for it, possible where it is public. */
type SessionFor<R extends RouteDefinition> = R['access'] extends 'public' | 'operator'
  ? Session | null
  : Session
type BodyFor<R extends RouteDefinition> = R['rawBody'] extends 'application/octet-stream'
  ? Buffer
  : R['rawBody'] extends string
    ? string
    : RouteArguments<R>['body']
type AnswerFor<R extends RouteDefinition> = R['rawResponse'] extends string
  ? Uint8Array | string | Readable
  : R['response'] extends z.ZodType
    ? z.input<R['response']>
    : // biome-ignore lint/suspicious/noConfusingVoidType: it becomes the Promise<void> that a handler without an answer returns
      void

export type HandlerInput<R extends RouteDefinition> = {
  readonly params: RouteArguments<R>['params']
  readonly query: RouteArguments<R>['query']
  readonly body: BodyFor<R>
  readonly session: SessionFor<R>
  readonly request: FastifyRequest
  readonly reply: FastifyReply
}

/** A route of the contract and what answers it. */
export type Handler = {
  readonly route: RouteDefinition
  readonly run: (input: HandlerInput<RouteDefinition>) => Promise<unknown>
}

/** Ties a route to its function; parsing, access and errors are the frame's business. */
export function handle<const R extends RouteDefinition>(
  route: R,
  run: (input: HandlerInput<R>) => Promise<AnswerFor<R>>,
): Handler {
  return { route, run: run as Handler['run'] }
}

const DEFAULT_BODY_LIMIT = 1024 * 1024

/**
 * Registers the handlers. In this order a request meets: access, rate limit, body limit, parsing, the handler, and
 * the check of its answer, so that nobody learns from a parse error what she may not call.
 */
export async function registerHandlers(
  server: FastifyInstance,
  node: NodeContext,
  handlers: readonly Handler[],
): Promise<void> {
  await server.register(async (json) => {
    for (const handler of handlers) if (!handler.route.rawBody) addRoute(json, node, handler)
  })
  await server.register(async (raw) => {
    raw.removeAllContentTypeParsers()
    // C2SP clients send notes under any media type or none.
    raw.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
    for (const handler of handlers) if (handler.route.rawBody) addRoute(raw, node, handler)
  })
}

function addRoute(server: FastifyInstance, node: NodeContext, { route, run }: Handler): void {
  const factor = node.config.limits.callsFactor
  const limited = route.callsPerMinute !== undefined && factor > 0
  server.route({
    method: route.method,
    url: route.path,
    bodyLimit: route.bodyLimit ?? DEFAULT_BODY_LIMIT,
    config: {
      routeName: route.name,
      ...(limited
        ? { rateLimit: { max: Math.ceil((route.callsPerMinute ?? 1) * factor), timeWindow: '1 minute' } }
        : {}),
    },
    // Before the body is read: an uninvited caller cannot make the node read a large one.
    onRequest: async (request) => {
      request.session = await guardAccess(node, route, request)
    },
    handler: async (request, reply) => {
      const answer = await run({
        params: route.params?.parse(request.params) as never,
        query: route.query?.parse(request.query) as never,
        body: parseBody(route, request.body) as never,
        session: request.session as Session,
        request,
        reply,
      })
      return sendAnswer(route, reply, answer)
    },
  })
}

function parseBody(route: RouteDefinition, body: unknown): unknown {
  if (!route.rawBody) return route.body?.parse(body)
  const bytes = Buffer.isBuffer(body) ? body : Buffer.alloc(0)
  return route.rawBody === 'application/octet-stream' ? bytes : utf8Text(bytes)
}

function sendAnswer(route: RouteDefinition, reply: FastifyReply, answer: unknown): FastifyReply {
  if (route.rawResponse) {
    if (!reply.hasHeader('content-type')) reply.type(route.rawResponse)
    if (reply.statusCode === 200 && route.status) reply.code(route.status)
    return reply.send(answer instanceof Readable || typeof answer === 'string' ? answer : asBuffer(answer))
  }
  if (!route.response) return reply.code(204).send()
  const parsed = route.response.safeParse(answer)
  if (!parsed.success)
    throw new CuroError('internal', `The answer of ${route.name} does not keep the contract.`, {
      cause: parsed.error,
    })
  return reply.code(route.status ?? 200).send(parsed.data)
}

function asBuffer(answer: unknown): Buffer {
  if (!(answer instanceof Uint8Array))
    throw new CuroError('internal', 'A raw answer must be bytes, text or a stream.')
  return Buffer.from(answer.buffer, answer.byteOffset, answer.byteLength)
}

declare module 'fastify' {
  interface FastifyRequest {
    session: Session | null
  }
  interface FastifyContextConfig {
    routeName?: string
  }
}
