import type { RouteDefinition, RouteInput, RouteOutput } from '@curo/contract/route'
import type { NodeContext } from '../context.ts'
import { DOMAINS, type Domain } from '../domains.ts'
import { runWaitingJobs } from '../jobs.ts'
import { makeKeys } from '../keys.ts'
import { makeLogger } from '../observability.ts'
import type { Services } from '../services.ts'
import { makeSetupCode } from '../setup-code.ts'
import { type StartOptions, startNode } from '../start.ts'
import { type Answer, type CallOptions, callRoute } from './call.ts'
import { makeTestDatabase } from './test-postgres.ts'

export type TestNodeOptions = Partial<StartOptions> & {
  /** Replaces services by the test's own. */
  readonly services?: Partial<Services>
  readonly domains?: readonly Domain[]
  /** Lines the node logs, in order. */
  readonly logLines?: string[]
  /** Run background jobs as in production; otherwise `runJobs` runs them when the test wants. */
  readonly withJobs?: boolean
}

export type TestNode = {
  readonly address: string
  readonly context: NodeContext
  readonly setupCode: string
  readonly databaseUrl: string
  /** The node's clock, which stands where the test puts it; real time until `set` or `advance`. */
  readonly clock: { set(instant: Date | string): void; advance(milliseconds: number): void; now(): Date }
  call<const R extends RouteDefinition>(
    route: R,
    input?: CallInput<R>,
    options?: CallOptions,
  ): Promise<Answer<RouteOutput<R>>>
  runJobs(): Promise<void>
  reloadCertificate(): void
  stop(): Promise<void>
}

type CallInput<R extends RouteDefinition> = Partial<RouteInput<R>>

/**
 * A node of its own: real HTTP on a free port, a fresh database in the test run's PostgreSQL, new keys. Address
 * limits are off (all tests call from one address); the limits in the database are as in production.
 */
export async function makeTestNode(options: TestNodeOptions = {}): Promise<TestNode> {
  const { services, domains = DOMAINS, logLines, withJobs = false, ...config } = options
  const database = await makeTestDatabase()
  const clock = makeClock()
  const secondConnections: Error[] = []
  const log = makeLogger({
    level: logLines ? 'trace' : 'fatal',
    ...(logLines ? { write: (line) => void logLines.push(line) } : {}),
  })
  try {
    const setupCode = await makeSetupCode(database.folder)
    await makeKeys(database.folder)
    const node = await startNode(
      {
        origin: 'node.test/log',
        hospitalName: 'Test Hospital',
        port: 0,
        limits: { callsFactor: 0 },
        log: { level: 'silent' },
        jobs: { run: withJobs },
        ...config,
        dataFolder: database.folder,
        database: { url: database.url, poolSize: 8, ...config.database },
      },
      {
        log,
        clock: clock.now,
        domains,
        onSecondConnection: (fault) => void secondConnections.push(fault),
        ...(services ? { services } : {}),
      },
    )
    return {
      address: node.address,
      context: node.context,
      setupCode,
      databaseUrl: database.url,
      clock,
      call: (route, input, callOptions) => callRoute(node.address, route, input ?? {}, callOptions ?? {}),
      async runJobs() {
        const lists = domains.flatMap((domain) => domain.jobs?.(node.context) ?? [])
        await runWaitingJobs({ pool: node.context.pool, lists, log })
      },
      reloadCertificate: () => node.reloadCertificate(),
      async stop() {
        await node.stop()
        await database.drop()
        if (secondConnections[0]) throw secondConnections[0]
      },
    }
  } catch (error) {
    await database.drop()
    throw error
  }
}

function makeClock() {
  let offset = 0
  let fixed: number | null = null
  const now = () => new Date(fixed ?? Date.now() + offset)
  return {
    now,
    set(instant: Date | string) {
      fixed = new Date(instant).getTime()
    },
    advance(milliseconds: number) {
      if (fixed === null) offset += milliseconds
      else fixed += milliseconds
    },
  }
}
