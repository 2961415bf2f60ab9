import { CuroError } from '@curo/crypto/errors'
import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { guardAccess } from './access.ts'
import type { NodeContext } from './context.ts'

/** Alive: the process answers. Ready: it can serve, so a balancer may send requests. Metrics: the operator's. */
export function registerHealth(server: FastifyInstance, node: NodeContext, isStopping: () => boolean): void {
  server.get('/healthz', { config: { routeName: 'healthz' } }, async () => ({ status: 'alive' }))
  server.get('/readyz', { config: { routeName: 'readyz' } }, async () => {
    if (isStopping()) throw new CuroError('unavailable', 'This process is stopping.')
    try {
      await sql`select 1`.execute(node.db)
    } catch (cause) {
      throw new CuroError('unavailable', 'The database does not answer.', { cause })
    }
    return { status: 'ready' }
  })
  server.get('/metrics', { config: { routeName: 'metrics' } }, async (request, reply) => {
    await guardAccess(node, { access: 'operator', method: 'GET' }, request)
    node.metrics.gauge('curo_database_connections', 'Open database connections').set(node.pool.totalCount)
    node.metrics
      .gauge('curo_database_waiting', 'Requests waiting for a connection')
      .set(node.pool.waitingCount)
    return reply.type(node.metrics.registry.contentType).send(await node.metrics.registry.metrics())
  })
}
