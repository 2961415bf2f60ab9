import { CuroError } from '@curo/crypto/errors'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Logger } from './context.ts'

const LEVELS = { trace: 10, debug: 20, info: 30, warn: 40, error: 50, fatal: 60, silent: 100 } as const
export type LogLevel = keyof typeof LEVELS

/**
 * One JSON object a line. An error is written as its code, its place and its causes, not its message, unless
 * the message is ours (CuroError): a database's or a parser's message may quote a person's data.
 */
export function makeLogger(options: {
  level: LogLevel
  write?: (line: string) => void
  bound?: Readonly<Record<string, unknown>>
}): Logger {
  const { level, bound = {} } = options
  const write = options.write ?? ((line) => process.stderr.write(line))
  const at = (name: Exclude<LogLevel, 'silent'>) =>
    LEVELS[name] < LEVELS[level]
      ? () => undefined
      : (first: unknown, second?: unknown) => {
          const fields = typeof first === 'string' ? { msg: first } : { ...plain(first), msg: second }
          write(`${JSON.stringify({ level: name, time: new Date().toISOString(), ...bound, ...fields })}\n`)
        }
  return {
    level,
    trace: at('trace'),
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    fatal: at('fatal'),
    silent: () => undefined,
    child: (bindings: Record<string, unknown>) =>
      makeLogger({ level, write, bound: { ...bound, ...plain(bindings) } }),
  } as unknown as Logger
}

/** Fastify's own calls carry the raw request and reply; neither is ever written. */
function plain(fields: unknown): Record<string, unknown> {
  if (fields instanceof Error) return { err: describeError(fields) }
  if (fields === null || typeof fields !== 'object') return {}
  const { req: _request, res: _reply, err, ...rest } = fields as Record<string, unknown>
  return { ...rest, ...(err === undefined ? {} : { err: describeError(err) }) }
}

type DescribedError = {
  name: string
  code?: string
  sentence?: string
  constraint?: string
  at?: string[]
  cause?: DescribedError
}

function describeError(error: unknown, depth = 0): DescribedError {
  if (!(error instanceof Error)) return { name: typeof error }
  const { code, constraint } = error as { code?: unknown; constraint?: unknown }
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  return {
    name: error.name,
    ...(typeof code === 'string' ? { code } : {}),
    ...(typeof constraint === 'string' ? { constraint } : {}),
    ...(error instanceof CuroError ? { sentence: error.message } : {}),
    at: frames.slice(0, 6).map((line) => line.trim()),
    ...(error.cause !== undefined && depth < 3 ? { cause: describeError(error.cause, depth + 1) } : {}),
  }
}

export type Metrics = {
  readonly registry: Registry
  /** Seconds, by route name, method and status. */
  readonly requests: Histogram<'route' | 'method' | 'status'>
  /** The counter of that name, made on first use. */
  counter<L extends string = never>(name: string, help: string, labels?: readonly L[]): Counter<L>
  gauge<L extends string = never>(name: string, help: string, labels?: readonly L[]): Gauge<L>
  histogram<L extends string = never>(
    name: string,
    help: string,
    options?: { labels?: readonly L[]; buckets?: number[] },
  ): Histogram<L>
}

export function makeMetrics(options: { processMetrics: boolean }): Metrics {
  const registry = new Registry()
  const registers = [registry]
  if (options.processMetrics) collectDefaultMetrics({ register: registry })
  const once = <T>(name: string, make: () => T): T =>
    (registry.getSingleMetric(name) as T | undefined) ?? make()
  return {
    registry,
    requests: new Histogram({
      name: 'curo_http_request_seconds',
      help: 'Time to answer a request',
      labelNames: ['route', 'method', 'status'],
      buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers,
    }),
    counter: (name, help, labels = []) =>
      once(name, () => new Counter({ name, help, labelNames: [...labels], registers })),
    gauge: (name, help, labels = []) =>
      once(name, () => new Gauge({ name, help, labelNames: [...labels], registers })),
    histogram: (name, help, { labels = [], buckets } = {}) =>
      once(
        name,
        () =>
          new Histogram({ name, help, labelNames: [...labels], registers, ...(buckets ? { buckets } : {}) }),
      ),
  }
}
