import type { Logger } from './context.ts'

const DEADLINE_MS = 30_000

/** What was started, stopped in the opposite order; each step is bounded, none keeps the next from running. */
export class Shutdown {
  readonly #log: Logger
  readonly #steps: { name: string; stop: () => Promise<unknown> }[] = []
  #running: Promise<void> | null = null

  constructor(log: Logger) {
    this.#log = log
  }

  get hasBegun(): boolean {
    return this.#running !== null
  }

  add(name: string, stop: () => Promise<unknown>): void {
    this.#steps.push({ name, stop })
  }

  run(): Promise<void> {
    this.#running ??= this.#stopAll()
    return this.#running
  }

  async #stopAll(): Promise<void> {
    for (const { name, stop } of this.#steps.reverse()) {
      let timer: NodeJS.Timeout | undefined
      const late = new Promise<'late'>((resolve) => {
        timer = setTimeout(() => resolve('late'), DEADLINE_MS)
      })
      try {
        if ((await Promise.race([stop(), late])) === 'late')
          this.#log.error({ step: name }, 'stopping takes too long')
      } catch (err) {
        this.#log.error({ step: name, err }, 'a part of the node did not stop cleanly')
      } finally {
        clearTimeout(timer)
      }
    }
  }
}
