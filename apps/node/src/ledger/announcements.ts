import type pg from 'pg'

export const CHANNEL = 'ledger_pending'
/** Many submissions are told to another process in one message, outside of any transaction: a NOTIFY inside would make all of them commit one after another. */
const GATHER_MS = 50

/** Tells whoever sequences, here or in another process, that entries are about to be committed. */
export class Announcements {
  readonly #pool: pg.Pool
  #leader: ((entries: number) => void) | null = null
  #gathered = 0
  #timer: NodeJS.Timeout | null = null

  constructor(pool: pg.Pool) {
    this.#pool = pool
  }

  announce(entries: number): void {
    if (entries === 0) return
    if (this.#leader) {
      this.#leader(entries)
      return
    }
    this.#gathered += entries
    this.#timer ??= setTimeout(() => this.#send(), GATHER_MS).unref()
  }

  /** The sequencer of this process leads: it is told directly. @returns what ends that */
  lead(leader: (entries: number) => void): () => void {
    this.#leader = leader
    return () => {
      if (this.#leader === leader) this.#leader = null
    }
  }

  /** A message that is lost delays entries until the leader's next look, no more. */
  #send(): void {
    const text = String(this.#gathered)
    this.#gathered = 0
    this.#timer = null
    this.#pool.query('SELECT pg_notify($1, $2)', [CHANNEL, text]).catch(() => undefined)
  }
}
