import { CuroError } from '@curo/crypto/errors'
import type pg from 'pg'
import type { Queries } from './database.ts'

const FIRST_START_LOCK = 0x66697273

/**
 * Does the work of the very first start, again on the next one should it have failed or been cut short. Of several
 * processes one does it and the others wait for it.
 */
export async function onceInALifetime(pool: pg.Pool, db: Queries, work: () => Promise<void>): Promise<void> {
  if (await isDone(db)) return
  const client = await pool.connect()
  try {
    // Waiting for the other process is not a statement that hangs.
    await client.query('set statement_timeout = 0')
    await client.query('select pg_advisory_lock($1)', [FIRST_START_LOCK])
    if (await isDone(db)) return
    await work()
    await db.insertInto('node_state').values({ name: 'first-start' }).execute()
  } finally {
    // The session's lock and setting end with its connection.
    client.release(true)
  }
}

const DEMO_LOCK = 0x64656d6f

/** Does the work unless another process is at it; null then. The lock of a process that dies ends with its connection. */
export async function whileAlone<T>(pool: pg.Pool, work: () => Promise<T>): Promise<T | null> {
  const client = await pool.connect()
  try {
    const { rows } = await client.query<{ alone: boolean }>('select pg_try_advisory_lock($1) as alone', [
      DEMO_LOCK,
    ])
    if (!rows[0]?.alone) return null
    try {
      return await work()
    } finally {
      await client.query('select pg_advisory_unlock($1)', [DEMO_LOCK]).catch(() => {})
    }
  } finally {
    client.release(true)
  }
}

async function isDone(db: Queries): Promise<boolean> {
  const row = await db
    .selectFrom('node_state')
    .select('name')
    .where('name', '=', 'first-start')
    .executeTakeFirst()
  return row !== undefined
}

export type NodeKind = 'demo' | 'training' | 'real'

const OF: Readonly<Record<string, string>> = {
  demo: 'This data folder belongs to a demo: choose another one.',
  training: 'This data folder belongs to a training hospital: set training to true, or choose another one.',
  real: 'This data folder belongs to a real hospital: start the node with its curo.config.json, and training not set.',
}

/**
 * A database is a demo's, a training hospital's or a real one's from its first start and for ever: a demo's people have
 * known passwords, and nobody may be invented where patients are real.
 * @throws 'unavailable' when it is of another kind
 */
export async function refuseOtherKind(db: Queries, kind: NodeKind): Promise<void> {
  await db
    .insertInto('node_state')
    .values({ name: 'kind', value: kind })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const row = await db.selectFrom('node_state').select('value').where('name', '=', 'kind').executeTakeFirst()
  if (row?.value !== kind)
    throw new CuroError('unavailable', OF[row?.value ?? ''] ?? 'This data folder is of another kind.')
}
