import type pg from 'pg'
import type { Logger } from '../context.ts'

/** 'ledger' in ASCII, cut to 31 bits; one lock per database, so one per log. */
const LOCK = 0x6c656467
/** A waiting statement holds a snapshot, which keeps vacuum from cleaning: it is renewed this often. */
const LOCK_WAIT = '10s'
const LOCK_NOT_AVAILABLE = '55P03'
const FIRST_PAUSE_MS = 200
const LONGEST_PAUSE_MS = 3_000

/**
 * Runs `lead` in exactly one of the processes on a database, on the very connection that holds the lock: losing the
 * lock and losing the ability to write are one event. When a leader dies, PostgreSQL wakes the next in line.
 */
export class Leadership {
  readonly #pool: pg.Pool
  readonly #log: Logger
  readonly #stopping = new AbortController()
  #running: Promise<void> | null = null
  #waitingPid: number | null = null

  constructor({ pool, log }: { pool: pg.Pool; log: Logger }) {
    this.#pool = pool
    this.#log = log
  }

  /** `lead` returns when its signal is aborted; if it throws, the lock is given up and asked for again. */
  start(lead: (client: pg.PoolClient, signal: AbortSignal) => Promise<void>): void {
    this.#running ??= this.#run(lead)
  }

  async stop(): Promise<void> {
    this.#stopping.abort()
    if (this.#waitingPid !== null)
      await this.#pool.query('SELECT pg_cancel_backend($1)', [this.#waitingPid]).catch(() => undefined)
    await this.#running
  }

  async #run(lead: (client: pg.PoolClient, signal: AbortSignal) => Promise<void>): Promise<void> {
    const { signal } = this.#stopping
    let pause = FIRST_PAUSE_MS
    while (!signal.aborted) {
      const startedAt = performance.now()
      await this.#oneTerm(lead).catch((err) => {
        if (!signal.aborted)
          this.#log.error({ err }, 'the ledger sequencer stopped; it will be started again')
      })
      pause =
        performance.now() - startedAt > LONGEST_PAUSE_MS
          ? FIRST_PAUSE_MS
          : Math.min(2 * pause, LONGEST_PAUSE_MS)
      await pauseFor(pause, signal)
    }
  }

  /** Waits for the lock, leads, and lets go by closing the connection. */
  async #oneTerm(lead: (client: pg.PoolClient, signal: AbortSignal) => Promise<void>): Promise<void> {
    const client = await this.#pool.connect()
    const term = new AbortController()
    const end = () => term.abort()
    this.#stopping.signal.addEventListener('abort', end, { once: true })
    client.on('error', end)
    client.on('end', end)
    try {
      if (await this.#acquire(client)) await lead(client, term.signal)
    } finally {
      this.#stopping.signal.removeEventListener('abort', end)
      client.release(true)
    }
  }

  async #acquire(client: pg.PoolClient): Promise<boolean> {
    const { rows } = await client.query('SELECT pg_backend_pid() AS pid')
    // A leader that the network has cut off must lose the lock, not keep it until somebody notices.
    await client.query(
      `SET lock_timeout = '${LOCK_WAIT}'; SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5;
       SET tcp_keepalives_count = 3`,
    )
    this.#waitingPid = rows[0].pid
    try {
      while (!this.#stopping.signal.aborted) {
        try {
          await client.query('SELECT pg_advisory_lock($1)', [LOCK])
          return !this.#stopping.signal.aborted
        } catch (error) {
          if ((error as { code?: string }).code !== LOCK_NOT_AVAILABLE) throw error
        }
      }
      return false
    } finally {
      this.#waitingPid = null
    }
  }
}

function pauseFor(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    signal.addEventListener('abort', done, { once: true })
  })
}
