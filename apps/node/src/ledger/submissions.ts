import type { LedgerReceipt } from '@curo/contract/ledger'
import { CuroError } from '@curo/crypto/errors'
import { randomValues } from '@curo/crypto/random'
import type { SigningKey } from '@curo/crypto/signatures'
import { OPENING_BYTES } from '@curo/ledger/commitments'
import type { LedgerEvent } from '../context.ts'
import { Chains } from './chains.ts'
import { findRecorded, type Recorded, rowId, sealOpenings, storeEvents } from './event-store.ts'
import { type ChainState, type PreparedEvent, prepareEvent, receiptOf } from './events.ts'
import type { Executor } from './sql.ts'

export type SubmissionKeys = { dataKey: Uint8Array; signer: SigningKey; origin: string }

/** One caller's events, recorded all or none. */
export type Call = readonly LedgerEvent[]
/** Receipts in the order of the call's events, or why none of them was recorded. */
export type CallResult = LedgerReceipt[] | CuroError

/** Writes events into the ledger's tables, inside a transaction that the caller commits. */
export class Submissions {
  readonly #keys: SubmissionKeys
  readonly chains: Chains

  constructor(keys: SubmissionKeys) {
    this.#keys = keys
    this.chains = new Chains(keys)
  }

  /**
   * Records the events of several calls: locks the patients' chains, signs, commits, stores. An event whose
   * (kind, id) is already recorded yields its first receipt and writes nothing. A call is refused with 'not-found'
   * for a patient without a chain, with 'conflict' for an id that belongs to another patient's event or was erased.
   * @returns the results in the order of the calls, and where the chains stand once this is committed
   * @throws CuroError 'unavailable' while the log must not grow
   */
  async submit(
    executor: Executor,
    calls: readonly Call[],
  ): Promise<{ results: CallResult[]; chains: Map<string, ChainState> }> {
    const events = calls.flat()
    if (events.length === 0) return { results: calls.map(() => []), chains: new Map() }
    await refuseWhileStopped(executor)
    const chains = await this.chains.lock(executor, [...new Set(events.map(({ patient }) => patient))])
    // Looked up only now: whoever held these chains before has committed what it wrote.
    const recorded = await findRecorded(executor, this.#keys.dataKey, events)
    const refusals = calls.map((call) => refusalOf(call, chains, recorded))
    const fresh = new Map<string, LedgerEvent>()
    for (const event of calls.filter((_, at) => refusals[at] === null).flat())
      if (!recorded.has(rowId(event))) fresh.set(rowId(event), fresh.get(rowId(event)) ?? event)
    const written = [...fresh.values()]
    const expected = [...new Set(written.map(({ patient }) => patient))].map((patient) => ({
      ...(chains.get(patient) as ChainState),
    }))
    const { prepared, sealed } = await this.prepare(written, chains)
    if (prepared.length > 0) {
      const stored = await storeEvents(executor, { prepared, sealed, expected })
      // The chains are locked: all that can have changed since is that the log was stopped.
      if (stored.size < expected.length) throw mustNotGrow()
    }
    for (const event of prepared)
      recorded.set(rowId(event.event), { patient: event.event.patient, receipt: receiptOf(event) })
    return { results: calls.map((call, at) => refusals[at] ?? receiptsOf(call, recorded)), chains }
  }

  /** Signs, commits and seals: each patient's events one after the other, different patients' side by side. */
  async prepare(
    events: readonly LedgerEvent[],
    chains: ReadonlyMap<string, ChainState>,
  ): Promise<{ prepared: PreparedEvent[]; sealed: Uint8Array[] }> {
    const { dataKey, origin, signer } = this.#keys
    const openings = randomValues(events.length, OPENING_BYTES)
    const byChain = new Map<ChainState, { event: LedgerEvent; r: Uint8Array }[]>()
    events.forEach((event, at) => {
      const chain = chains.get(event.patient) as ChainState
      const own = { event, r: openings[at] as Uint8Array }
      const before = byChain.get(chain)
      if (before) before.push(own)
      else byChain.set(chain, [own])
    })
    const ofChains = await Promise.all(
      [...byChain].map(async ([chain, ownEvents]) => {
        const own: PreparedEvent[] = []
        for (const { event, r } of ownEvents)
          own.push(await prepareEvent({ event, r, chain, origin, signer }))
        return own
      }),
    )
    const prepared = ofChains.flat()
    return { prepared, sealed: await sealOpenings(dataKey, prepared) }
  }
}

/** @throws CuroError 'unavailable' */
export async function refuseWhileStopped(executor: Executor): Promise<void> {
  const { rows } = await executor.query<{ stopped: string | null }>('SELECT stopped FROM ledger_head')
  if (rows[0]?.stopped) throw mustNotGrow(rows[0].stopped)
}

function mustNotGrow(ledger?: string): CuroError {
  return new CuroError(
    'unavailable',
    'The ledger of this hospital is read-only until its operator has looked at it.',
    ledger === undefined ? {} : { details: { ledger } },
  )
}

function refusalOf(
  call: Call,
  chains: Map<string, ChainState>,
  recorded: Map<string, Recorded>,
): CuroError | null {
  for (const event of call) {
    const before = recorded.get(rowId(event))
    if (before && before.patient !== event.patient)
      return new CuroError('conflict', 'This id belongs to another event.')
    if (before?.receipt === null)
      return new CuroError('conflict', 'This event was recorded before and has been erased.')
    if (!before && !chains.has(event.patient))
      return new CuroError('not-found', 'This patient is not known here; register the patient first.')
  }
  return null
}

function receiptsOf(call: Call, recorded: Map<string, Recorded>): CallResult {
  const receipts: LedgerReceipt[] = []
  for (const event of call) {
    const known = recorded.get(rowId(event))
    // Two calls of one batch may bear the same id for different patients: the first has it.
    if (!known?.receipt || known.patient !== event.patient)
      return new CuroError('conflict', 'This id belongs to another event.')
    receipts.push(known.receipt)
  }
  return receipts
}
