import type { LedgerReceipt } from '@curo/contract/ledger'
import type { Language } from '@curo/contract/shapes'
import type { Vault } from '@curo/vault/vault'
import type { FastifyBaseLogger } from 'fastify'
import type { Kysely, Transaction } from 'kysely'
import type pg from 'pg'
import type { Config } from './config.ts'
import type { Database, Queries } from './database.ts'
import type { JobQueue } from './jobs.ts'
import type { NodeKeys } from './keys.ts'
import type { TemplateValues } from './messages/languages.ts'
import type { Metrics } from './observability.ts'

export type Logger = FastifyBaseLogger

/** What the frame gives to the services that stand in it. */
export type NodeFrame = {
  readonly config: Config
  readonly keys: NodeKeys
  readonly pool: pg.Pool
  readonly db: Kysely<Database>
  readonly jobs: JobQueue
  readonly clock: () => Date
  readonly log: Logger
  readonly metrics: Metrics
}

/** Everything a domain may use; given, never imported. */
export type NodeContext = NodeFrame & {
  readonly ledger: LedgerSubmitter
  readonly vault: Vault
  readonly outbox: Outbox
}

/** One event of a patient's chain, as its writer knows it (docs/ledger.md). */
export type LedgerEvent = {
  /** Patient id. */
  readonly patient: string
  readonly class: 'patient' | 'emergency'
  readonly kind: string
  /** The business object's id: unique per kind, so that a retry burns no counter. */
  readonly id: string
  /** When it happened, RFC 3339 with milliseconds. */
  readonly at: string
  readonly details: Readonly<Record<string, unknown>>
  /** What the people who acted signed, whole, under the kinds they signed it as. */
  readonly statements?: readonly LedgerStatement[]
}

export type LedgerStatement = { readonly kind: string; readonly document: Readonly<Record<string, unknown>> }

/** A patient's chain at this hospital under one lookup epoch; `chainKey` of 32 bytes (docs/ledger.md). */
export type ChainOpening = { readonly patient: string; readonly epoch: number; readonly chainKey: Uint8Array }

/** A body as the custodian signed it. */
export type LedgerBody = {
  readonly kind: string
  readonly id: string
  readonly at: string
  readonly statements?: readonly LedgerStatement[]
  readonly [member: string]: unknown
}

export interface LedgerSubmitter {
  /** Inside the caller's transaction: the events and the caller's change are durable together or not at all. */
  submit(trx: Transaction<Database>, events: readonly LedgerEvent[]): Promise<LedgerReceipt[]>
  /** Many callers share one transaction (of 256 events at most); resolves when it is durable. */
  submitAlone(events: readonly LedgerEvent[]): Promise<LedgerReceipt[]>
  /**
   * Says that a request is under way that submits alone, until the function that this returns is called. Transactions
   * wait a few milliseconds for half of those under way.
   */
  expectAlone(): () => void
  /** A public registry entry (class 0x04); resolves to its leaf hash, base64url. */
  submitRegistry(trx: Transaction<Database>, publicJson: Readonly<Record<string, unknown>>): Promise<string>
  /** Receipts given before, for these business ids of one kind. */
  receipts(db: Queries, kind: string, ids: readonly string[]): Promise<LedgerReceipt[]>
  /** The signed body of an event, unless it is unknown or was erased. */
  bodyOf(db: Queries, kind: string, id: string): Promise<LedgerBody | null>
  /** Where entries stand in the log, by leaf hash (base64url); absent until they are sequenced. */
  findIndexes(leaves: readonly string[]): Promise<ReadonlyMap<string, number>>
  /** Begins a chain; the same one again changes nothing. */
  openChain(trx: Transaction<Database>, chain: ChainOpening): Promise<void>
  /** Ends the open chain after its last event. */
  closeChain(trx: Transaction<Database>, chain: Omit<ChainOpening, 'chainKey'>): Promise<void>
}

export type OutboxMessage = {
  /** A telephone number (E.164) or an e-mail address. */
  readonly to: string
  readonly channel: 'sms' | 'email'
  readonly template: string
  /** Beside `hospital`, the hospital's name, which every template may use. */
  readonly values: TemplateValues
  /** Of the recipient; the hospital's first language where absent. */
  readonly language?: Language | undefined
}

export interface Outbox {
  /** Sent after the caller's transaction commits, never before. */
  enqueue(trx: Transaction<Database>, message: OutboxMessage): Promise<void>
}

export type { Vault }
