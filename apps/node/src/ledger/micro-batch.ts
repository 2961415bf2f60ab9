import { withDeadline } from './deadline.ts'

/** Many small requests at once become few large ones. */
export type MicroBatchOptions<I, O> = {
  /** Does the work; answers in the order of the items. */
  run: (items: I[]) => Promise<O[]>
  /** What an item counts for, such as how many rows it writes. */
  weigh: (item: I) => number
  /** A run is full at this weight; a heavier item runs alone. */
  fullWeight: number
  /** How many runs may be under way at once. */
  maxRunning: number
  /** How long an item waits at most for others that are expected. */
  gatherMs: number
  /** A run that is not over by then counts as failed, so that it does not hold up the others. */
  deadlineMs: number
}

type Waiting<I, O> = { item: I; resolve: (result: O) => void; reject: (error: unknown) => void }

/**
 * Gathers what arrives while earlier work is under way, as a database groups commits: alone, a request waits for
 * nothing; under load, each run takes all that has gathered. Who works for an item before it comes or after it is done
 * says so with `expect`: a run then begins with half of those. With fewer, runs are many and small; with all of them,
 * everybody waits for one run together, and nobody works meanwhile.
 */
export class MicroBatch<I, O> {
  readonly #options: MicroBatchOptions<I, O>
  #waiting: Waiting<I, O>[] = []
  #weight = 0
  #running = 0
  #planned = false
  #expected = 0
  #hasGathered = false
  #gathering: NodeJS.Timeout | undefined

  constructor(options: MicroBatchOptions<I, O>) {
    this.#options = options
  }

  add(item: I): Promise<O> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject })
      this.#weight += this.#options.weigh(item)
      this.#plan()
    })
  }

  /** Somebody is busy for an item of theirs, until the function that this returns is called. */
  expect(): () => void {
    let isOver = false
    this.#expected++
    return () => {
      if (isOver) return
      isOver = true
      this.#expected--
      this.#plan()
    }
  }

  #plan(): void {
    const { fullWeight, maxRunning } = this.#options
    if (this.#planned || this.#waiting.length === 0 || this.#running >= maxRunning) return
    // A second run beside the first pays only when it is a full one.
    if (this.#running > 0 && this.#weight < fullWeight) return
    if (this.#mayGather()) return
    this.#planned = true
    setImmediate(() => {
      this.#planned = false
      void this.#runOnce()
      this.#plan()
    })
  }

  /** Whether more are to be waited for. */
  #mayGather(): boolean {
    if (this.#hasGathered || this.#waiting.length >= Math.floor(this.#expected / 2)) return false
    this.#gathering ??= setTimeout(() => {
      this.#hasGathered = true
      this.#plan()
    }, this.#options.gatherMs)
    return true
  }

  async #runOnce(): Promise<void> {
    const batch = this.#take()
    this.#running++
    try {
      const run = this.#options.run(batch.map(({ item }) => item))
      const results = await withDeadline(run, this.#options.deadlineMs)
      batch.forEach(({ resolve }, at) => {
        resolve(results[at] as O)
      })
    } catch (error) {
      for (const { reject } of batch) reject(error)
    } finally {
      this.#running--
      this.#plan()
    }
  }

  #take(): Waiting<I, O>[] {
    clearTimeout(this.#gathering)
    this.#gathering = undefined
    this.#hasGathered = false
    let weight = 0
    let count = 0
    for (const { item } of this.#waiting) {
      const more = this.#options.weigh(item)
      if (count > 0 && weight + more > this.#options.fullWeight) break
      weight += more
      count++
    }
    this.#weight -= weight
    return this.#waiting.splice(0, count)
  }
}
