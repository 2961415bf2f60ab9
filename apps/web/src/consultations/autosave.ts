import { isCuroError } from '@curo/crypto/errors'

/**
 * `saved`: it is with the hospital. `kept`: it is sealed on this device and the hospital does not answer. `conflict`:
 * another window wrote meanwhile (`version` 0: it signed or gave up). `failed`: the hospital refused it.
 */
export type SaveState =
  | { at: 'new' }
  | { at: 'changed' }
  | { at: 'saving' }
  | { at: 'saved'; savedAt: string }
  | { at: 'kept' }
  | { at: 'conflict'; version: number }
  | { at: 'failed'; error: unknown }

export type AutosaveOptions<T> = {
  /** Keeps it on this device. */
  keep: (value: T, version: number) => Promise<void>
  save: (value: T, version: number) => Promise<{ version: number; savedAt: string }>
  version: number
  state?: SaveState
  /** After the last letter, in ms. */
  wait?: number
}

const WAIT_MS = 1200
const KEEP_AFTER_MS = 250
const FIRST_RETRY_MS = 4000
const LONGEST_RETRY_MS = 60_000

/**
 * Saves what is being written a moment after the last letter, one save at a time, over the version that it has seen. It
 * is kept on the device before it is sent, and sent again until the hospital answers.
 */
export class Autosave<T> {
  readonly #options: AutosaveOptions<T>
  readonly #listeners = new Set<() => void>()
  #version: number
  #state: SaveState
  /** What has not been saved yet. */
  #pending: { value: T } | null = null
  #running: Promise<void> | null = null
  #keepTimer: ReturnType<typeof setTimeout> | undefined
  #saveTimer: ReturnType<typeof setTimeout> | undefined
  #retryMs = FIRST_RETRY_MS
  #stopped = false

  constructor(options: AutosaveOptions<T>) {
    this.#options = options
    this.#version = options.version
    this.#state = options.state ?? { at: 'new' }
  }

  get state(): SaveState {
    return this.#state
  }

  get version(): number {
    return this.#version
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  change(value: T): void {
    this.#pending = { value }
    clearTimeout(this.#keepTimer)
    this.#keepTimer = setTimeout(() => void this.#keep(), KEEP_AFTER_MS)
    if (this.#state.at === 'conflict') return
    if (this.#state.at !== 'kept') this.#become({ at: 'changed' })
    this.#schedule(this.#options.wait ?? WAIT_MS)
  }

  /** Saves now what is not saved yet. Resolves when it is saved, kept, refused or in conflict. */
  async flush(): Promise<SaveState> {
    clearTimeout(this.#saveTimer)
    await this.#running
    if (this.#pending && this.#state.at !== 'conflict') await this.#run()
    return this.#state
  }

  /** What is here replaces what another window saved. */
  async overwrite(version: number): Promise<SaveState> {
    this.#version = version
    this.#become({ at: 'changed' })
    return this.flush()
  }

  /** Nothing is saved any more: it was signed or given up. */
  stop(): void {
    this.#stopped = true
    this.#pending = null
    clearTimeout(this.#keepTimer)
    clearTimeout(this.#saveTimer)
  }

  async #keep(): Promise<void> {
    clearTimeout(this.#keepTimer)
    // A device without room is no reason to stop: it is sent in a moment.
    if (this.#pending && !this.#stopped)
      await this.#options.keep(this.#pending.value, this.#version).catch(() => {})
  }

  #schedule(after: number): void {
    clearTimeout(this.#saveTimer)
    this.#saveTimer = setTimeout(() => void this.flush(), after)
  }

  #run(): Promise<void> {
    this.#running = this.#send().finally(() => {
      this.#running = null
    })
    return this.#running
  }

  async #send(): Promise<void> {
    const sent = this.#pending
    if (!sent || this.#stopped) return
    const wasKept = this.#state.at === 'kept'
    if (!wasKept) this.#become({ at: 'saving' })
    await this.#keep()
    try {
      const { version, savedAt } = await this.#options.save(sent.value, this.#version)
      this.#version = version
      this.#retryMs = FIRST_RETRY_MS
      if (this.#pending === sent) {
        this.#pending = null
        this.#become({ at: 'saved', savedAt })
      } else this.#again()
    } catch (error) {
      this.#fail(error)
    }
  }

  /** It was changed while it was saved. */
  #again(): void {
    if (this.#stopped) return
    this.#become({ at: 'changed' })
    this.#schedule(this.#options.wait ?? WAIT_MS)
  }

  #fail(error: unknown): void {
    if (this.#stopped) return
    if (isCuroError(error, 'unavailable', 'rate-limited')) {
      this.#become({ at: 'kept' })
      this.#schedule(this.#retryMs)
      this.#retryMs = Math.min(this.#retryMs * 2, LONGEST_RETRY_MS)
    } else if (isCuroError(error, 'conflict')) {
      const { version = 0 } = (error.details ?? {}) as { version?: number }
      this.#become({ at: 'conflict', version })
    } else this.#become({ at: 'failed', error })
  }

  #become(state: SaveState): void {
    if (this.#stopped) return
    this.#state = state
    for (const listener of this.#listeners) listener()
  }
}
