import { mkdir, stat } from 'node:fs/promises'
import { CuroError } from '@curo/crypto/errors'
import { type Config, parseConfig } from './config.ts'
import type { Logger, NodeContext, NodeFrame } from './context.ts'
import { type DatabaseConnection, openDatabase, openPool } from './database.ts'
import type { Domain } from './domains.ts'
import { acquireEmbeddedPostgres } from './embedded-postgres/server.ts'
import { makeJobQueue, migrateJobs, startJobs } from './jobs.ts'
import { keysExist, loadKeys, makeKeys, type NodeKeys } from './keys.ts'
import { migrate } from './migrations.ts'
import { onceInALifetime, refuseOtherKind } from './node-state.ts'
import { makeLogger, makeMetrics } from './observability.ts'
import { buildServer, listenForRedirects, reloadCertificate } from './server.ts'
import type { Services } from './services.ts'
import { makeSetupCode, readSetupCode } from './setup-code.ts'
import { Shutdown } from './shutdown.ts'
import { refuseWeakSecrets } from './weak-secrets.ts'

/** The configuration, or parts of it; everything else has its default. */
export type StartOptions = Partial<
  Omit<
    Config,
    | 'database'
    | 'recovery'
    | 'push'
    | 'limits'
    | 'log'
    | 'jobs'
    | 'session'
    | 'tls'
    | 'operator'
    | 'vault'
    | 'mail'
    | 'sms'
  >
> & {
  [Part in
    | 'database'
    | 'recovery'
    | 'push'
    | 'limits'
    | 'log'
    | 'jobs'
    | 'session'
    | 'tls'
    | 'operator'
    | 'vault'
    | 'mail'
    | 'sms']?: Partial<Config[Part]>
} & { readonly dataFolder: string }

export type StartSurroundings = {
  readonly log?: Logger
  readonly clock?: () => Date
  /** Told when work inside a transaction asks for another connection; logged where absent. */
  readonly onSecondConnection?: (fault: Error) => void
  /** Replaces services, for tests of one domain. */
  readonly services?: Partial<Services>
  readonly domains?: readonly Domain[]
  /** Called as soon as the node answers, before the first start's work. */
  readonly onAnswering?: (node: RunningNode) => void
  /** Called after the very first start, and again on the next one should it fail; must be repeatable. */
  readonly onFirstStart?: (node: {
    address: string
    context: NodeContext
    setupCode: string
  }) => Promise<void>
}

export type RunningNode = {
  /** `https://host:port` without a slash at the end. */
  readonly address: string
  readonly context: NodeContext
  /** Finishes what is under way, then closes everything; the second call waits for the first. */
  stop(): Promise<void>
  reloadCertificate(): void
}

/**
 * Starts a node: keys, database, migrations, services, routes, jobs, in this order; whatever was started is
 * stopped again when a later step fails.
 * @throws 'invalid-input' for a configuration that cannot work, 'unavailable' with what to do otherwise
 */
export async function startNode(
  options: StartOptions,
  surroundings: StartSurroundings = {},
): Promise<RunningNode> {
  const config = parseConfig(options)
  refuseUnsafe(config)
  const log = surroundings.log ?? makeLogger({ level: config.log.level })
  const shutdown = new Shutdown(log)
  try {
    return await start({ config, log, shutdown, surroundings })
  } catch (error) {
    await shutdown.run()
    throw error
  }
}

async function start(given: {
  config: Config
  log: Logger
  shutdown: Shutdown
  surroundings: StartSurroundings
}): Promise<RunningNode> {
  const { config, log, shutdown, surroundings } = given
  const keys = await prepareKeys(config)
  // The domains' code is read while the database server starts, which takes as long.
  const [connection, { DOMAINS }, { makeServices }] = await Promise.all([
    connectionOf({ config, keys, log, shutdown }),
    import('./domains.ts'),
    import('./services.ts'),
  ])
  const { domains = DOMAINS } = surroundings
  const { onSecondConnection } = surroundings
  const pool = openPool({ connection, size: config.database.poolSize, log, onSecondConnection })
  shutdown.add('database connections', () => pool.end())
  await Promise.all([migrate(pool, log), migrateJobs(pool, log)])

  const db = openDatabase(pool)
  await refuseOtherKind(db, config.demo ? 'demo' : config.training ? 'training' : 'real')
  const frame: NodeFrame = {
    config,
    keys,
    pool,
    db,
    jobs: makeJobQueue(db),
    clock: surroundings.clock ?? (() => new Date()),
    log,
    metrics: makeMetrics({ processMetrics: config.log.level !== 'silent' }),
  }
  const context: NodeContext = { ...frame, ...(await makeServices(frame)), ...surroundings.services }
  for (const domain of domains) {
    const background = await domain.background?.(context)
    if (background) shutdown.add('background work', () => background.stop())
  }
  if (config.jobs.run) {
    const lists = domains.flatMap((domain) => domain.jobs?.(context) ?? [])
    const jobs = await startJobs({ pool, lists, concurrency: config.jobs.concurrency, log })
    shutdown.add('jobs', () => jobs.stop())
  }
  const handlers = domains.flatMap((domain) => domain.handlers?.(context) ?? [])
  const server = await buildServer({ node: context, handlers, isStopping: () => shutdown.hasBegun })
  shutdown.add('requests', () => server.close())
  const address = await server.listen({ host: config.host, port: config.port })
  config.publicUrl ??= address
  const redirects = await listenForRedirects(config, address)
  if (redirects)
    shutdown.add('redirects', () => new Promise<void>((resolve) => redirects.close(() => resolve())))

  log.info({ address }, 'the node answers')
  const running: RunningNode = {
    address,
    context,
    stop: () => shutdown.run(),
    reloadCertificate: () => reloadCertificate(server, config),
  }
  surroundings.onAnswering?.(running)
  const { onFirstStart } = surroundings
  if (onFirstStart)
    await onceInALifetime(pool, context.db, async () =>
      onFirstStart({ address, context, setupCode: (await readSetupCode(config.dataFolder)) ?? '' }),
    )
  return running
}

/** A demo makes its own keys; a real node's are made by `curo init`, so that nobody starts one by accident. */
async function prepareKeys(config: Config): Promise<NodeKeys> {
  if (!(await keysExist(config.dataFolder))) {
    if (!config.demo)
      throw new CuroError('unavailable', `There are no keys in ${config.dataFolder}: run curo init first.`)
    const made = await stat(config.dataFolder).catch(() => null)
    if (made === null) await mkdir(config.dataFolder, { recursive: true, mode: 0o700 })
    await makeSetupCode(config.dataFolder)
    await makeKeys(config.dataFolder)
  }
  return loadKeys(config.dataFolder)
}

async function connectionOf(given: {
  config: Config
  keys: NodeKeys
  log: Logger
  shutdown: Shutdown
}): Promise<DatabaseConnection> {
  const { config, keys, log, shutdown } = given
  if (config.database.url !== undefined) return { connectionString: config.database.url }
  const postgres = await acquireEmbeddedPostgres({
    dataFolder: config.dataFolder,
    password: keys.databasePassword,
    log,
    settings: { shared_buffers: config.database.sharedBuffers, max_wal_size: config.database.maxWalSize },
  })
  shutdown.add('database server', () => postgres.release())
  return postgres.connection
}

const LOOPBACK_HOSTS = new Set(['127.0.0.1', 'localhost', '::1'])

/** @throws 'invalid-input' for what would put people's data at risk */
function refuseUnsafe(config: Config): void {
  if (!config.demo) refuseWeakSecrets(config)
  const isReachable = !LOOPBACK_HOSTS.has(config.host)
  if (isReachable && config.demo)
    throw new CuroError('invalid-input', 'A demo has known passwords: it only listens on 127.0.0.1.')
  if (config.training && (config.sms.url !== undefined || config.mail.url !== undefined))
    throw new CuroError(
      'invalid-input',
      'A training hospital sends nothing: an invented telephone number may be somebody’s. Leave sms.url and mail.url out.',
    )
  if (isReachable && config.tls.cert === undefined && !config.behindProxy)
    throw new CuroError(
      'invalid-input',
      'Other machines could read what is sent: give tls.cert and tls.key, or set behindProxy when a proxy ends TLS.',
    )
}
