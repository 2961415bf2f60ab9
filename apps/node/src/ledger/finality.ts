import type { Logger } from '../context.ts'
import type { Cosigners, Gathered, GatherOptions } from '../network/cosigners.ts'
import { type Head, markFinal, readHead } from './head.ts'
import type { Executor } from './sql.ts'
import type { TileFolder } from './tile-folder.ts'

const FIRST_PAUSE_MS = 500
const LONGEST_PAUSE_MS = 30_000
/** Starting does not wait longer than this for hospitals that do not answer. */
const COMPARE_TIMEOUT_MS = 2_000

/** Brings published checkpoints to a quorum of witnesses, always the newest one; runs beside the sequencer. */
export class Finality {
  readonly #executor: Executor
  readonly #folder: TileFolder
  readonly #cosigners: Cosigners
  readonly #log: Logger
  #poked = false
  #ring: (() => void) | null = null

  constructor({
    executor,
    folder,
    cosigners,
    log,
  }: { executor: Executor; folder: TileFolder; cosigners: Cosigners; log: Logger }) {
    this.#executor = executor
    this.#folder = folder
    this.#cosigners = cosigners
    this.#log = log
  }

  /** There is perhaps something newly published. */
  poke(): void {
    this.#poked = true
    this.#ring?.()
  }

  /**
   * Asks every witness about the newest checkpoint before anything new is signed: whoever has seen more than the log
   * holds stops it ([Note: behind]).
   * @returns whether all witnesses agree; those that do not answer do not
   */
  async compare(): Promise<boolean> {
    const head = await readHead(this.#executor)
    if (!head) return true
    const { witnesses, cosigned, stopped } = await this.#gather(head, {
      waitForAll: true,
      timeoutMs: COMPARE_TIMEOUT_MS,
    })
    return stopped === null && cosigned === witnesses
  }

  /** Returns when the signal is aborted; whatever goes wrong is tried again. */
  async run(signal: AbortSignal): Promise<void> {
    let pause = FIRST_PAUSE_MS
    while (!signal.aborted) {
      const outcome = await this.#once(signal).catch((err) => {
        this.#log.error({ err }, 'the witnesses could not be asked')
        return 'failed' as const
      })
      // After a failure the newest checkpoint waits its turn; otherwise the next publication rings.
      if (outcome === 'failed') await this.#sleep(pause, signal, false)
      if (outcome === 'idle') await this.#sleep(LONGEST_PAUSE_MS, signal, true)
      pause = outcome === 'failed' ? Math.min(2 * pause, LONGEST_PAUSE_MS) : FIRST_PAUSE_MS
    }
  }

  async #once(signal: AbortSignal): Promise<'final' | 'failed' | 'idle'> {
    this.#poked = false
    const head = await readHead(this.#executor)
    if (!head || head.stopped || head.publishedSize <= head.finalSize) return 'idle'
    const { witnesses, cosigned, final } = await this.#gather(head, { signal })
    if (final !== null) return 'final'
    if (witnesses === 0) return 'idle'
    this.#log.warn({ size: head.publishedSize, cosigned }, 'no quorum of witnesses yet')
    return 'failed'
  }

  #gather(
    head: Head,
    options: Partial<Pick<GatherOptions, 'waitForAll' | 'timeoutMs' | 'signal'>> = {},
  ): Promise<Gathered> {
    const note = head.publishedCheckpoint ?? head.checkpoint
    const size = head.publishedCheckpoint === null ? head.size : head.publishedSize
    return this.#cosigners.gather({
      ...options,
      note,
      size,
      onFinal: (final) => this.#publishFinal(size, final),
    })
  }

  /**
   * The files show the cosignatures only while nothing newer is published; the database keeps them in any case, and is
   * the last to be told: who hears that a size is final finds the cosignatures in `checkpoint`.
   */
  async #publishFinal(size: number, note: string): Promise<void> {
    const head = await readHead(this.#executor)
    try {
      if (head?.publishedSize === size) await this.#folder.writeCheckpoint({ size, note })
    } finally {
      await markFinal(this.#executor, { size, checkpoint: note })
    }
  }

  #sleep(ms: number, signal: AbortSignal, untilPoked: boolean): Promise<void> {
    if (signal.aborted || (untilPoked && this.#poked)) return Promise.resolve()
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer)
        signal.removeEventListener('abort', done)
        this.#ring = null
        resolve()
      }
      const timer = setTimeout(done, ms)
      signal.addEventListener('abort', done, { once: true })
      if (untilPoked) this.#ring = done
    })
  }
}
