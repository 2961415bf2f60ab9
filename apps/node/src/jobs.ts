import type { CronItem, Runner, TaskList } from 'graphile-worker'
import { parseCronItems, run, runMigrations, runOnce, Logger as WorkerLogger } from 'graphile-worker'
import { sql } from 'kysely'
import type pg from 'pg'
import type { Logger } from './context.ts'
import type { Queries } from './database.ts'

/** Background work is a row in the database: done by whichever process is free, again when one dies. */
export interface JobQueue {
  /** In the caller's transaction: the job exists when that commits. */
  enqueue(trx: Queries, job: NewJob): Promise<void>
  /** Outside any transaction. */
  add(
    task: string,
    payload: Readonly<Record<string, unknown>>,
    options?: Omit<NewJob, 'task' | 'payload'>,
  ): Promise<void>
}

export type NewJob = {
  readonly task: string
  readonly payload?: Readonly<Record<string, unknown>>
  /** One waiting job per key: a second one replaces the first. */
  readonly key?: string
  /** Jobs of one queue run one after another. */
  readonly queue?: string
  readonly runAt?: Date
  readonly maxAttempts?: number
}

export type JobHandler = (payload: unknown, job: { attempt: number; lastAttempt: boolean }) => Promise<void>

export type JobList = {
  readonly tasks: Readonly<Record<string, JobHandler>>
  /** `match` is a crontab pattern in UTC: every five minutes is `*\/5 * * * *`. */
  readonly schedule?: readonly { readonly task: string; readonly match: string }[]
}

const DEFAULT_ATTEMPTS = 10

export function makeJobQueue(db: Queries): JobQueue {
  return {
    enqueue,
    add: (task, payload, options = {}) => enqueue(db, { ...options, task, payload }),
  }
}

async function enqueue(trx: Queries, job: NewJob): Promise<void> {
  await sql`select graphile_worker.add_job(
    identifier => ${job.task}::text, payload => ${JSON.stringify(job.payload ?? {})}::json,
    queue_name => ${job.queue ?? null}::text, run_at => ${job.runAt ?? null}::timestamptz,
    max_attempts => ${job.maxAttempts ?? DEFAULT_ATTEMPTS}::integer, job_key => ${job.key ?? null}::text)`.execute(
    trx,
  )
}

/** The queue's own tables; must exist before the first `enqueue`. */
export async function migrateJobs(pool: pg.Pool, log: Logger): Promise<void> {
  await runMigrations({ pgPool: pool, logger: workerLogger(log) })
}

export async function startJobs(options: {
  pool: pg.Pool
  lists: readonly JobList[]
  concurrency: number
  log: Logger
}): Promise<{ stop(): Promise<void> }> {
  const runner: Runner = await run({
    pgPool: options.pool,
    taskList: taskList(options.lists),
    parsedCronItems: parseCronItems(cronItems(options.lists)),
    concurrency: options.concurrency,
    noHandleSignals: true,
    pollInterval: 2000,
    logger: workerLogger(options.log),
  })
  return { stop: () => runner.stop() }
}

/** Runs what waits and returns when nothing is left: for tests and the command line. */
export async function runWaitingJobs(options: {
  pool: pg.Pool
  lists: readonly JobList[]
  log: Logger
}): Promise<void> {
  await runOnce({
    pgPool: options.pool,
    taskList: taskList(options.lists),
    noHandleSignals: true,
    logger: workerLogger(options.log),
  })
}

function taskList(lists: readonly JobList[]): TaskList {
  const tasks: TaskList = {}
  for (const { tasks: more } of lists)
    for (const [name, handler] of Object.entries(more))
      tasks[name] = (payload, { job }) =>
        handler(payload, { attempt: job.attempts, lastAttempt: job.attempts >= job.max_attempts })
  return tasks
}

function cronItems(lists: readonly JobList[]): CronItem[] {
  return lists.flatMap((list) => (list.schedule ?? []).map(({ task, match }) => ({ task, match })))
}

/** The worker's messages name the task; its metadata (payloads, error texts) is left out. */
function workerLogger(log: Logger): WorkerLogger {
  return new WorkerLogger(() => (level, message) => {
    // A failed job's error text could quote a person's data.
    const job = message.replace(/ with error.*$/s, '').slice(0, 200)
    if (level === 'error') log.error({ job }, 'a job failed')
    else if (level === 'warning') log.warn({ job }, 'job queue')
    else log.trace({ job }, 'job queue')
  })
}
