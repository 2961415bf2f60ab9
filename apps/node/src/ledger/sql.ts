import { CompiledQuery } from 'kysely'
import type pg from 'pg'
import type { Queries } from '../database.ts'

// biome-ignore lint/suspicious/noExplicitAny: rows are typed where they are asked for
type Row = any

/** Whoever can run a statement: a pool, a client, or a transaction seen through `inside`. */
export type Executor = {
  query<R = Row>(text: string, values?: readonly unknown[]): Promise<{ rows: R[] }>
}

/** The ledger's bulk statements are SQL text; this runs them in the caller's Kysely transaction. */
export function inside(transaction: Queries): Executor {
  return {
    query: async <R>(text: string, values: readonly unknown[] = []) => {
      const { rows } = await transaction.executeQuery(CompiledQuery.raw(text, [...values]))
      return { rows: rows as R[] }
    },
  }
}

/** The pool, running one statement under a name: each connection plans it once. */
export function planned(pool: pg.Pool, name: string): Executor {
  return {
    query: <R>(text: string, values: readonly unknown[] = []) =>
      pool.query<R & pg.QueryResultRow>({ name, text, values: [...values] }),
  }
}
