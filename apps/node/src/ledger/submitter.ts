import type { LedgerReceipt } from '@curo/contract/ledger'
import { fromBase64Url, toBase64Url, toHex } from '@curo/crypto/bytes'
import { CuroError, isCuroError } from '@curo/crypto/errors'
import { encodeEntry } from '@curo/ledger/entries'
import type { Kysely, Transaction } from 'kysely'
import type pg from 'pg'
import type { ChainOpening, LedgerBody, LedgerSubmitter } from '../context.ts'
import { type Database, inTransaction, type Queries, sqlState } from '../database.ts'
import { databaseFault } from '../database-faults.ts'
import { Announcements } from './announcements.ts'
import { findRecorded, rowId } from './event-store.ts'
import { ExpectedChains } from './expected-chains.ts'
import { MicroBatch } from './micro-batch.ts'
import { findPublicIndexes, storePublicEntry } from './public-entries.ts'
import { type Executor, inside, planned } from './sql.ts'
import {
  type Call,
  type CallResult,
  refuseWhileStopped,
  type SubmissionKeys,
  Submissions,
} from './submissions.ts'

const BATCH_EVENTS = 256
const BATCHES_AT_ONCE = 2
const GATHER_MS = 20
/** Longer than a statement may take. */
const BATCH_DEADLINE_MS = 35_000

/** How the other domains write to the ledger. */
export class Submitter implements LedgerSubmitter {
  readonly announcements: Announcements
  readonly #db: Kysely<Database>
  readonly #submissions: Submissions
  readonly #expected: ExpectedChains
  readonly #batch: MicroBatch<Call, CallResult>
  readonly #pool: pg.Pool
  readonly #planned: Executor
  readonly #dataKey: Uint8Array

  constructor({ db, pool, ...keys }: { db: Kysely<Database>; pool: pg.Pool } & SubmissionKeys) {
    this.#db = db
    this.#pool = pool
    this.#planned = planned(pool, 'store-ledger-events')
    this.#dataKey = keys.dataKey
    this.#submissions = new Submissions(keys)
    this.#expected = new ExpectedChains(this.#submissions)
    this.announcements = new Announcements(pool)
    this.#batch = new MicroBatch({
      run: (calls) => this.#submitTogether(calls),
      weigh: (events) => events.length,
      fullWeight: BATCH_EVENTS,
      maxRunning: BATCHES_AT_ONCE,
      gatherMs: GATHER_MS,
      deadlineMs: BATCH_DEADLINE_MS,
    })
  }

  /**
   * Inside the caller's transaction: the events and the caller's change are durable together or not at all.
   * @throws CuroError 'not-found' | 'conflict' | 'unavailable', see Submissions.submit
   */
  async submit(trx: Transaction<Database>, events: Call): Promise<LedgerReceipt[]> {
    const { results } = await this.#submissions.submit(inside(trx), [events])
    const [result] = results
    this.announcements.announce(events.length)
    return receiptsOrThrow(result)
  }

  /** Many callers share one transaction; resolves when it is durable. A caller's events are recorded all or none. */
  async submitAlone(events: Call): Promise<LedgerReceipt[]> {
    return receiptsOrThrow(await this.#batch.add(events))
  }

  expectAlone(): () => void {
    return this.#batch.expect()
  }

  /** A public registry entry (class 0x04), JSON as its maker signed it; resolves to its leaf hash, base64url. */
  async submitRegistry(trx: Transaction<Database>, json: Readonly<Record<string, unknown>>): Promise<string> {
    return this.#submitPublic(trx, encodeEntry({ class: 'registry', json }))
  }

  /** A public entry that ties this log to others (class 0x05); resolves to its leaf hash, base64url. */
  async submitLink(trx: Transaction<Database>, json: Readonly<Record<string, unknown>>): Promise<string> {
    return this.#submitPublic(trx, encodeEntry({ class: 'link', json }))
  }

  /** Receipts given before, for these business ids of one kind; those erased or unknown are left out. */
  async receipts(db: Queries, kind: string, ids: readonly string[]): Promise<LedgerReceipt[]> {
    const recorded = await findRecorded(
      inside(db),
      this.#dataKey,
      ids.map((id) => ({ kind, id })),
    )
    return ids.flatMap((id) => recorded.get(rowId({ kind, id }))?.receipt ?? [])
  }

  /** The signed body of an event, unless it is unknown or was erased. */
  async bodyOf(db: Queries, kind: string, id: string): Promise<LedgerBody | null> {
    const [receipt] = await this.receipts(db, kind, [id])
    return receipt ? (JSON.parse(receipt.body) as LedgerBody) : null
  }

  /** Where public entries stand in the log, by leaf hash (base64url); those not yet placed are left out. */
  async findIndexes(leaves: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const found = await findPublicIndexes(this.#pool, leaves.map(fromBase64Url))
    return new Map(
      leaves.flatMap((leaf) => {
        const index = found.get(toHex(fromBase64Url(leaf)))
        return index === undefined ? [] : [[leaf, index] as const]
      }),
    )
  }

  /** Begins a patient's chain; the same one again changes nothing. @throws CuroError 'conflict' */
  async openChain(trx: Transaction<Database>, chain: ChainOpening): Promise<void> {
    await this.#submissions.chains.open(inside(trx), chain)
  }

  /** Ends the open chain after its last event. */
  async closeChain(trx: Transaction<Database>, chain: Omit<ChainOpening, 'chainKey'>): Promise<void> {
    await this.#submissions.chains.close(inside(trx), chain)
  }

  async #submitPublic(trx: Transaction<Database>, entry: Uint8Array): Promise<string> {
    await refuseWhileStopped(inside(trx))
    const leaf = await storePublicEntry(inside(trx), entry)
    this.announcements.announce(1)
    return toBase64Url(leaf)
  }

  async #submitTogether(calls: Call[]): Promise<CallResult[]> {
    try {
      return await this.#submitOnce(calls)
    } catch (fault) {
      if (calls.length === 1 || !isOfContent(fault)) return calls.map(() => asRefusal(fault))
      // One call made the whole transaction fail; alone, each gets its own answer.
      return Promise.all(calls.map(async (call) => (await this.#submitTogether([call]))[0] ?? []))
    }
  }

  async #submitOnce(calls: Call[]): Promise<CallResult[]> {
    const known = await this.#expected.submit(this.#planned, calls)
    const left = calls.filter((_, at) => known[at] === undefined)
    if (left.length > 0) {
      const { results, chains } = await inTransaction(this.#db, (trx) =>
        this.#submissions.submit(inside(trx), left),
      )
      this.#expected.learn(chains.values())
      left.forEach((call, at) => {
        known[calls.indexOf(call)] = results[at]
      })
    }
    this.announcements.announce(calls.flat().length)
    return known as CallResult[]
  }
}

/** Whether what was submitted is at fault, not the database: its classes 22 (data) and 23 (constraints). */
function isOfContent(fault: unknown): boolean {
  if (fault instanceof CuroError) return fault.code !== 'unavailable'
  return /^2[23]/.test(sqlState(fault) ?? '')
}

function asRefusal(fault: unknown): CuroError {
  if (fault instanceof CuroError) return fault
  if (isOfContent(fault))
    return new CuroError('conflict', 'The ledger cannot record this beside what it holds.', { cause: fault })
  const ofDatabase = databaseFault(fault)
  if (isCuroError(ofDatabase, 'storage-full')) return ofDatabase
  return new CuroError('unavailable', 'The ledger could not record this; ask again with the same id.', {
    cause: fault,
  })
}

function receiptsOrThrow(result: CallResult | undefined): LedgerReceipt[] {
  if (result instanceof CuroError) throw result
  return result ?? []
}
