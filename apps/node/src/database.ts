import { AsyncLocalStorage } from 'node:async_hooks'
import { CuroError } from '@curo/crypto/errors'
import { Kysely, PostgresDialect, type Transaction } from 'kysely'
import pg from 'pg'
import type { AccountTables } from './accounts/tables.ts'
import type { ApprovalTables } from './approvals/tables.ts'
import type { AuditTables } from './audit/tables.ts'
import type { CardTables } from './cards/tables.ts'
import type { ConsentTables } from './consent/tables.ts'
import type { Logger } from './context.ts'
import type { DraftTables } from './drafts/tables.ts'
import type { EmergencyTables } from './emergencies/tables.ts'
import type { GuardianTables } from './guardians/tables.ts'
import type { HospitalTables } from './hospital/tables.ts'
import type { LedgerTables } from './ledger/tables.ts'
import type { MessageTables } from './messages/tables.ts'
import type { OneTimeCodesTables } from './one-time-codes/tables.ts'
import type { PaperTables } from './papers/tables.ts'
import type { PasskeyTables } from './passkeys/tables.ts'
import type { PatientTables } from './patients/tables.ts'
import type { PushTables } from './push/tables.ts'
import type { RecordsTables } from './records/tables.ts'
import type { RecoveryTables } from './recoveries/tables.ts'
import type { SecondFactorTables } from './second-factors/tables.ts'
import type { SettingsTables } from './settings/tables.ts'
import type { VaultTables } from './vault/tables.ts'

/** Every domain adds its tables here and nowhere else. */
export interface Database
  extends HospitalTables,
    AccountTables,
    ApprovalTables,
    RecoveryTables,
    SecondFactorTables,
    PasskeyTables,
    GuardianTables,
    PushTables,
    PatientTables,
    PaperTables,
    CardTables,
    OneTimeCodesTables,
    ConsentTables,
    EmergencyTables,
    DraftTables,
    SettingsTables,
    RecordsTables,
    VaultTables,
    MessageTables,
    LedgerTables,
    AuditTables {}

/** The database itself or a transaction in it. */
export type Queries = Kysely<Database>

export type DatabaseConnection =
  | { connectionString: string }
  | { host: string; port: number; user: string; password: string; database: string }

const STATEMENT_TIMEOUT_MS = 30_000
const IDLE_IN_TRANSACTION_MS = 60_000

/** A counter beyond 2^53 − 1 would lose digits without a word. */
function safeInteger(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value))
    throw new CuroError('internal', 'A number in the database exceeds 2^53 − 1.')
  return value
}

/** Calendar days stay text: a Date would shift them by the machine's time zone. */
const PARSERS = new Map<number, (text: string) => unknown>([
  [pg.types.builtins.INT8, safeInteger],
  [pg.types.builtins.DATE, (text) => text],
])
const types = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    (format !== 'binary' && PARSERS.get(oid)) || pg.types.getTypeParser(oid, format),
} as pg.CustomTypesConfig

/**
 * [Note: one connection per request] Work inside a transaction uses that transaction only. Were it to ask the pool
 * for a second connection, as many requests at once as the pool has connections would wait for each other.
 * The tests watch over it. A running node does not: it would make every promise of the process dearer.
 */
const transactionUnderWay = new AsyncLocalStorage<{ isOpen: boolean }>()
/** Pools whose breaches somebody is told of, and the databases over them. */
const watched = new WeakSet<object>()

export type PoolOptions = {
  connection: DatabaseConnection
  size: number
  log: Logger
  /** Told of a breach of that rule, which is watched for in this pool. */
  onSecondConnection?: ((fault: Error) => void) | undefined
}

export function openPool(options: PoolOptions): pg.Pool {
  const pool = new pg.Pool({
    ...options.connection,
    max: options.size,
    types,
    application_name: 'curo',
    connectionTimeoutMillis: 10_000,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
  })
  if (options.onSecondConnection) watchConnections(pool, options.onSecondConnection)
  // A connection lost while idle: the pool opens another for the next query.
  const lost = (err: Error) => options.log.warn({ err }, 'a database connection was lost')
  pool.on('error', lost)
  pool.on('connect', (client) => void client.on('error', lost))
  return pool
}

function watchConnections(pool: pg.Pool, onSecondConnection: (fault: Error) => void): void {
  watched.add(pool)
  const connect = pool.connect.bind(pool) as (...args: unknown[]) => unknown
  pool.connect = ((...args: unknown[]) => {
    if (transactionUnderWay.getStore()?.isOpen)
      onSecondConnection(new CuroError('internal', 'A transaction asked for a second connection.'))
    return connect(...args)
  }) as typeof pool.connect
}

export function openDatabase(pool: pg.Pool): Kysely<Database> {
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) })
  if (watched.has(pool)) watched.add(db)
  return db
}

/** serialization_failure, deadlock_detected (PostgreSQL Appendix A). */
const RETRIED = new Set(['40001', '40P01'])
const MOST_ATTEMPTS = 5

export const sqlState = (error: unknown): string | undefined => (error as { code?: string } | null)?.code
export const isUniqueViolation = (error: unknown): boolean => sqlState(error) === '23505'

/**
 * Runs the work in one transaction, again from the start when PostgreSQL says it lost a race; at most five
 * times. The work must have no effect outside the transaction.
 */
export async function inTransaction<T>(
  db: Kysely<Database>,
  work: (trx: Transaction<Database>) => Promise<T>,
  options: { isolation?: 'read committed' | 'repeatable read' | 'serializable' } = {},
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      const transaction = db.transaction()
      return await (options.isolation
        ? transaction.setIsolationLevel(options.isolation)
        : transaction
      ).execute(async (trx) => {
        if (!watched.has(db)) return await work(trx)
        const mark = { isOpen: true }
        try {
          return await transactionUnderWay.run(mark, () => work(trx))
        } finally {
          mark.isOpen = false
        }
      })
    } catch (error) {
      if (attempt === MOST_ATTEMPTS || !RETRIED.has(sqlState(error) ?? '')) throw error
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 10 * 2 ** attempt))
    }
  }
}
