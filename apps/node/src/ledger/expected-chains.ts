import { rowId, storeEvents } from './event-store.ts'
import type { ChainState } from './events.ts'
import { receiptOf } from './events.ts'
import type { Executor } from './sql.ts'
import type { Call, CallResult, Submissions } from './submissions.ts'

/** Chains whose place is remembered. */
const MOST_CHAINS = 10_000

/**
 * [Note: expected chains] Where this process last saw a chain, another process may have moved it since. Events are
 * prepared behind that place all the same, and one statement stores them if the chain still stands there: one way to the
 * database and back instead of six. Whatever does not fit (a chain moved on or closed, an id recorded before, a stopped
 * log, a fault) is left to the careful way, which locks first and asks what is recorded.
 */
export class ExpectedChains {
  readonly #submissions: Submissions
  readonly #places = new Map<string, ChainState>()

  constructor(submissions: Submissions) {
    this.#submissions = submissions
  }

  /** Remembers where chains stand in what is committed. */
  learn(chains: Iterable<ChainState>): void {
    if (this.#places.size > MOST_CHAINS) this.#places.clear()
    for (const chain of chains) this.#places.set(chain.patient, { ...chain })
  }

  /** Stores what it can, durably. @returns a result for each call that is stored, undefined for each that is not */
  async submit(executor: Executor, calls: readonly Call[]): Promise<(CallResult | undefined)[]> {
    const nothing = calls.map(() => undefined)
    const chains = this.#take(calls)
    const chosen = calls.filter((call) => isOfOne(call) && chains.has(call[0]?.patient ?? ''))
    const events = chosen.flat()
    if (events.length === 0 || new Set(events.map(rowId)).size < events.length) return nothing
    const expected = [...chains.values()].map((chain) => ({ ...chain }))
    const { prepared, sealed } = await this.#submissions.prepare(events, chains)
    const stored = await storeEvents(executor, { prepared, sealed, expected }).catch(() => new Set<string>())
    this.learn([...chains.values()].filter(({ patient }) => stored.has(patient)))
    const receipts = new Map(prepared.map((event) => [rowId(event.event), receiptOf(event)]))
    return calls.map((call) =>
      chosen.includes(call) && stored.has(call[0]?.patient ?? '')
        ? call.flatMap((event) => receipts.get(rowId(event)) ?? [])
        : undefined,
    )
  }

  /** Takes the places out, so that a second batch under way does not count on the same ones. */
  #take(calls: readonly Call[]): Map<string, ChainState> {
    const taken = new Map<string, ChainState>()
    for (const [first] of calls.filter(isOfOne)) {
      const chain = first && this.#places.get(first.patient)
      if (!chain) continue
      taken.set(chain.patient, chain)
      this.#places.delete(chain.patient)
    }
    return taken
  }
}

/** Whether all events of a call are one patient's: those of several are recorded all or none. */
function isOfOne(call: Call): boolean {
  return call.length > 0 && call.every(({ patient }) => patient === call[0]?.patient)
}
