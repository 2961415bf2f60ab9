import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { BlockList } from 'node:net'
import { createSecureContext } from 'node:tls'
import { CuroError } from '@curo/crypto/errors'
import rateLimit from '@fastify/rate-limit'
import Fastify, { type FastifyInstance, LogController } from 'fastify'
import type { Config } from './config.ts'
import type { NodeContext } from './context.ts'
import { asCuroError, problemOf } from './errors.ts'
import { registerHealth } from './health.ts'
import { type Handler, registerHandlers } from './http.ts'
import { registerSite } from './web/site.ts'

const HEADERS: Readonly<Record<string, string>> = {
  'cache-control': 'no-store',
  'content-security-policy':
    "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
}
const TWO_YEARS_S = 63_072_000

const INSIDE = new BlockList()
for (const [network, bits] of [
  ['127.0.0.0', 8],
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const)
  INSIDE.addSubnet(network, bits, 'ipv4')
INSIDE.addAddress('::1', 'ipv6')
INSIDE.addSubnet('fc00::', 7, 'ipv6')

/** One proxy, on this machine or network: the address that it saw counts, not those its client claims before. */
function isOurProxy(address: string, hop: number): boolean {
  const plain = address.replace(/^::ffff:/, '')
  return hop === 0 && INSIDE.check(plain, plain.includes(':') ? 'ipv6' : 'ipv4')
}

/** The HTTP server with everything that is the same for all routes. */
export async function buildServer(options: {
  node: NodeContext
  handlers: readonly Handler[]
  isStopping: () => boolean
}): Promise<FastifyInstance> {
  const { node, handlers } = options
  const { config, log, metrics } = node
  const server = Fastify({
    ...tlsOptions(config),
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: config.behindProxy ? isOurProxy : false,
    routerOptions: { maxParamLength: 400 },
    forceCloseConnections: 'idle',
    exposeHeadRoutes: false,
    return503OnClosing: true,
    requestTimeout: 120_000,
    genReqId: () => Math.random().toString(36).slice(2, 12),
  }) as unknown as FastifyInstance
  server.decorateRequest('session', null)

  server.addHook('onRequest', async (_request, reply) => {
    reply.headers(HEADERS)
    if (isSecure(config))
      reply.header('strict-transport-security', `max-age=${TWO_YEARS_S}; includeSubDomains`)
  })
  // The route's name, never its path with ids in it, nor the query, nor the address.
  server.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.config.routeName ?? request.routeOptions.url ?? 'unknown'
    const status = reply.statusCode
    metrics.requests.observe({ route, method: request.method, status }, reply.elapsedTime / 1000)
    log.debug(
      { request: request.id, route, method: request.method, status, ms: Math.round(reply.elapsedTime) },
      'answered',
    )
  })
  // A connection kept open by a client that was answered while stopping would hold the stop back.
  server.addHook('onSend', async (_request, reply) => {
    if (options.isStopping()) reply.header('connection', 'close')
  })
  server.addHook('onResponse', async () => {
    if (options.isStopping()) setImmediate(() => server.server.closeIdleConnections())
  })
  server.setErrorHandler((thrown, request, reply) => {
    const error = asCuroError(thrown)
    const isMediaType = (thrown as { statusCode?: number } | null)?.statusCode === 415
    const problem = isMediaType ? problemOf(error, 415) : problemOf(error)
    const route = request.routeOptions.config.routeName ?? request.routeOptions.url ?? 'unknown'
    if (problem.status >= 500) log.error({ request: request.id, route, err: error }, 'a request failed')
    if (problem.status === 401) reply.header('www-authenticate', 'Bearer')
    const wait = error.details?.retryAfterSeconds
    if (typeof wait === 'number') reply.header('retry-after', Math.ceil(wait))
    return reply.code(problem.status).type('application/problem+json').send(problem)
  })
  const answerWithSite = await registerSite(server, { demo: config.demo })
  server.setNotFoundHandler((request, reply) => {
    if (answerWithSite(request, reply)) return reply
    throw new CuroError('not-found', 'There is nothing here.')
  })

  await server.register(rateLimit, {
    global: false,
    errorResponseBuilder: (_request, context) =>
      new CuroError('rate-limited', 'Too many requests: wait a minute and try again.', {
        details: { retryAfterSeconds: Math.ceil(context.ttl / 1000) },
      }),
  })
  registerHealth(server, node, options.isStopping)
  await registerHandlers(server, node, handlers)
  return server
}

const isSecure = (config: Config) =>
  config.tls.cert !== undefined || config.publicUrl?.startsWith('https:') === true

function tlsOptions(config: Config) {
  if (config.tls.cert === undefined) return {}
  return { https: { ...readCertificate(config), minVersion: 'TLSv1.2' as const } }
}

/** @throws 'unavailable' when the files are missing or do not belong together */
function readCertificate({ tls }: Config): { cert: Buffer; key: Buffer } {
  try {
    const pair = { cert: readFileSync(tls.cert ?? ''), key: readFileSync(tls.key ?? '') }
    createSecureContext(pair)
    return pair
  } catch (cause) {
    throw new CuroError(
      'unavailable',
      'The TLS certificate or its key cannot be used: check tls.cert and tls.key.',
      { cause },
    )
  }
}

/** Takes a renewed certificate without dropping a connection. */
export function reloadCertificate(server: FastifyInstance, config: Config): void {
  if (config.tls.cert === undefined) return
  const secure = server.server as unknown as { setSecureContext(options: object): void }
  secure.setSecureContext({ ...readCertificate(config), minVersion: 'TLSv1.2' })
}

/** Answers plain HTTP with the same address under https; the Host header has no say in where to. */
export async function listenForRedirects(config: Config, address: string): Promise<Server | null> {
  if (config.tls.redirectPort === undefined || config.tls.cert === undefined) return null
  const base = new URL(config.publicUrl ?? address).origin
  const server = createServer((request, response) => {
    const path = request.url?.startsWith('/') ? request.url : '/'
    response.writeHead(308, { location: `${base}${path}`, 'content-length': '0', connection: 'close' }).end()
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(config.tls.redirectPort, config.host, resolve)
  })
  return server
}
