export type WakeOptions = {
  /** How often a round is made while there is work. */
  intervalMs: number
  /** So many entries start a round before its time, but not sooner than `shortestMs` after the last: rounds cost, so under load they grow. */
  soonEntries: number
  shortestMs: number
  /** A submitter announces before it commits: for this long after an announcement rounds go on. */
  alertMs: number
  /** An announcement may be lost with the process that meant to make it; so an idle log is looked at this often. */
  heartbeatMs: number
}

/** Decides when the sequencer looks for work: told, not polling. */
export class Wake {
  readonly #options: WakeOptions
  #announced = 0
  #lastAnnouncement = Number.NEGATIVE_INFINITY
  #ring: (() => void) | null = null

  constructor(options: WakeOptions) {
    this.#options = options
  }

  /** Entries are about to be committed. */
  announce(entries: number): void {
    this.#announced += entries
    this.#lastAnnouncement = performance.now()
    this.#ring?.()
  }

  /** Resolves when the next round is due, or at once when `signal` is aborted. `startedAt`: of the last round. */
  async next({
    startedAt,
    took,
    signal,
  }: {
    startedAt: number
    took: number
    signal: AbortSignal
  }): Promise<void> {
    const { intervalMs, soonEntries, shortestMs, alertMs, heartbeatMs } = this.#options
    const isAlert = () => took > 0 || performance.now() - this.#lastAnnouncement < alertMs
    if (!isAlert()) await this.#sleep(heartbeatMs, signal, () => isAlert())
    const sinceStart = () => performance.now() - startedAt
    await this.#sleep(shortestMs - sinceStart(), signal, () => false)
    await this.#sleep(intervalMs - sinceStart(), signal, () => this.#announced >= soonEntries)
    this.#announced = 0
  }

  /** Sleeps until the time is over, an announcement makes `enough` true, or the signal. */
  #sleep(ms: number, signal: AbortSignal, enough: () => boolean): Promise<void> {
    if (ms <= 0 || signal.aborted || enough()) return Promise.resolve()
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer)
        signal.removeEventListener('abort', done)
        this.#ring = null
        resolve()
      }
      const timer = setTimeout(done, ms)
      signal.addEventListener('abort', done, { once: true })
      this.#ring = () => {
        if (enough()) done()
      }
    })
  }
}
