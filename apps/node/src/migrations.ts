import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { toHex, utf8Bytes } from '@curo/crypto/bytes'
import { CuroError } from '@curo/crypto/errors'
import { sha256 } from '@curo/crypto/hash'
import type pg from 'pg'
import type { Logger } from './context.ts'

/** Beside `src` and `dist` alike. */
const FOLDER = fileURLToPath(new URL('../migrations/', import.meta.url))
const MIGRATION_LOCK = 0x6d696772

export type Migration = { readonly name: string; readonly sql: string; readonly hash: string }

/** The SQL files in their order: `0001-hospital.sql`. */
export function readMigrations(): Migration[] {
  return readdirSync(FOLDER)
    .filter((name) => /^\d{4}-[a-z-]+\.sql$/.test(name))
    .sort()
    .map((name) => {
      const sql = readFileSync(`${FOLDER}${name}`, 'utf8')
      return { name, sql, hash: toHex(sha256(utf8Bytes(sql))) }
    })
}

/**
 * Brings the database to this version's tables: each file once, in its own transaction, one process at a time.
 * @throws 'unavailable' when an applied file was changed, or the database is newer than this program
 */
export async function migrate(pool: pg.Pool, log: Logger, migrations = readMigrations()): Promise<void> {
  const client = await pool.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK])
    await client.query(
      'create table if not exists migrations (name text primary key, hash text not null, applied_at timestamptz not null default now())',
    )
    const rows = await client.query<{ name: string; hash: string }>('select name, hash from migrations')
    const applied = new Map(rows.rows.map((row) => [row.name, row.hash]))
    refuseOther(migrations, applied)
    for (const migration of migrations) {
      if (applied.has(migration.name)) continue
      await apply(client, migration)
      log.info({ migration: migration.name }, 'database migrated')
    }
  } finally {
    await client.query('select pg_advisory_unlock($1)', [MIGRATION_LOCK]).catch(() => undefined)
    client.release()
  }
}

function refuseOther(migrations: readonly Migration[], applied: ReadonlyMap<string, string>): void {
  const known = new Map(migrations.map((migration) => [migration.name, migration.hash]))
  for (const [name, hash] of applied) {
    if (!known.has(name))
      throw new CuroError(
        'unavailable',
        `The database has the migration ${name}, which this version does not know: start the newer version.`,
      )
    if (known.get(name) !== hash)
      throw new CuroError(
        'unavailable',
        `The migration ${name} was changed after it was applied: restore the file, and add a new one.`,
      )
  }
}

async function apply(client: pg.PoolClient, migration: Migration): Promise<void> {
  try {
    await client.query('begin')
    await client.query('set local statement_timeout = 0')
    await client.query(migration.sql)
    await client.query('insert into migrations (name, hash) values ($1, $2)', [
      migration.name,
      migration.hash,
    ])
    await client.query('commit')
  } catch (cause) {
    await client.query('rollback')
    throw new CuroError(
      'unavailable',
      `The migration ${migration.name} failed; the database is as it was before.`,
      { cause },
    )
  }
}
