import { isCuroError } from '@curo/crypto/errors'
import type { NoteKey } from '@curo/ledger/keys'
import type pg from 'pg'
import type { NodeContext } from '../context.ts'
import { Cosigners } from '../network/cosigners.ts'
import { CHANNEL } from './announcements.ts'
import { withDeadline } from './deadline.ts'
import { Finality } from './finality.ts'
import { readHead, resumeLog, stopLog } from './head.ts'
import { Recovery } from './recovery.ts'
import { type Round, Sequencer, type SequencerOptions } from './sequencer.ts'
import { Submitter } from './submitter.ts'
import { Wake, type WakeOptions } from './wake.ts'

export type TermOptions = {
  node: Pick<NodeContext, 'keys' | 'pool' | 'ledger' | 'log'>
  logKey: NoteKey
  sequencing: SequencerOptions
  timing: WakeOptions
  onRound: (round: Round, startedAt: number) => void
}

/** The connection of a leader that hears nothing for so long is given up, and the lock with it. */
const ROUND_DEADLINE_MS = 60_000
/** How often a log that is behind looks for what it misses. */
const RECOVERY_PAUSE_MS = 10_000

/**
 * What one process does while it leads, on the connection that holds the lock: sequences, has its checkpoints
 * cosigned, and while the log is stopped signs nothing.
 */
export class Term {
  readonly #client: pg.PoolClient
  readonly #options: TermOptions
  readonly #wake: Wake
  readonly #finality: Finality

  constructor(client: pg.PoolClient, options: TermOptions) {
    this.#client = client
    this.#options = options
    this.#wake = new Wake(options.timing)
    this.#finality = makeFinality(options)
  }

  async run(signal: AbortSignal): Promise<void> {
    const { log, ledger } = this.#options.node
    const client = this.#client
    const announce = (entries: number) => this.#wake.announce(entries)
    const unlead = ledger instanceof Submitter ? ledger.announcements.lead(announce) : () => {}
    client.on('notification', ({ payload }) => announce(Number(payload)))
    const ended = new AbortController()
    signal.addEventListener('abort', () => ended.abort(), { once: true })
    let cosigning = Promise.resolve()
    try {
      await client.query(`LISTEN ${CHANNEL}`)
      await this.#recover(signal)
      const sequencer = await Sequencer.takeOver(client, this.#options.sequencing)
      log.info({ size: sequencer.size }, 'this process sequences the ledger')
      cosigning = this.#finality.run(ended.signal).catch((err) => {
        log.error({ err }, 'asking the witnesses stopped')
      })
      while (!signal.aborted && !(await this.#isBehind())) await this.#round(sequencer, signal)
    } finally {
      unlead()
      ended.abort()
      await cosigning
    }
  }

  async #round(sequencer: Sequencer, signal: AbortSignal): Promise<void> {
    const startedAt = performance.now()
    const isStopped = (await readHead(this.#client))?.stopped != null
    const round = isStopped ? null : await withDeadline(sequencer.round(), ROUND_DEADLINE_MS)
    if (round) this.#options.onRound(round, startedAt)
    this.#finality.poke()
    const placed = round?.placed ?? 0
    if (placed < this.#options.sequencing.maxBatch) await this.#wake.next({ startedAt, took: placed, signal })
  }

  async #isBehind(): Promise<boolean> {
    return (await readHead(this.#client))?.stopped?.why === 'behind'
  }

  /** Compares with the witnesses before anything is signed; while the log is behind, catches up ([Note: behind]). */
  async #recover(signal: AbortSignal): Promise<void> {
    const { node, logKey, sequencing } = this.#options
    const executor = this.#client
    await this.#finality.compare()
    if (!(await this.#isBehind())) return
    // The tiles of the backup must be whole before others' are put after them.
    await Sequencer.takeOver(executor, sequencing)
    const { keys, log } = node
    const recovery = new Recovery({ executor, folder: sequencing.folder, logKey, dataKey: keys.dataKey, log })
    while (!signal.aborted) {
      try {
        await recovery.catchUp()
        if (await this.#finality.compare()) {
          await resumeLog(executor)
          log.warn('the log has caught up with its witnesses and goes on')
          return
        }
      } catch (error) {
        if (!isCuroError(error, 'ledger-fork')) throw error
        await stopLog(executor, { why: 'fork', reason: error.message })
        return
      }
      log.warn('the log is behind and waits for a mirror or for all witnesses to answer')
      await pause(RECOVERY_PAUSE_MS, signal)
    }
  }
}

export function makeFinality({ node: { pool, log }, logKey, sequencing: { folder } }: TermOptions): Finality {
  const cosigners = new Cosigners({ executor: pool, folder, logKey, log })
  return new Finality({ executor: pool, folder, cosigners, log })
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
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
