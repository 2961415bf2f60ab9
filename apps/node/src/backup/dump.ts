import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { CuroError } from '@curo/crypto/errors'
import type pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { readMigrations } from '../migrations.ts'

export type DumpedTable = { name: string; columns: string[] }
type ForeignKey = { table: string; name: string; definition: string }

/**
 * Writes the whole database as plain SQL that `psql` restores into an empty database: the schema from the migrations,
 * then the rows of every table as COPY blocks, all from one snapshot. Work goes on meanwhile. Personal columns stay
 * sealed. Background jobs are not part of it: they are found again from what waits.
 * @param inSnapshot runs inside the snapshot, before the rows are read
 */
export async function dumpDatabaseSql<T = void>(
  pool: pg.Pool,
  file: string,
  inSnapshot?: (client: pg.PoolClient) => Promise<T>,
): Promise<{ tables: DumpedTable[]; result: T | undefined }> {
  const client = await pool.connect()
  try {
    await client.query('SET statement_timeout = 0')
    await client.query('SET idle_in_transaction_session_timeout = 0')
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
    const result = await inSnapshot?.(client)
    const tables = await listTables(client)
    await pipeline(
      Readable.from(dumpParts(client, tables)),
      createWriteStream(file, { mode: 0o600, flush: true }),
    )
    await client.query('COMMIT')
    return { tables, result }
  } finally {
    // Gives its settings up with the connection.
    client.release(true)
  }
}

async function* dumpParts(
  client: pg.PoolClient,
  tables: readonly DumpedTable[],
): AsyncGenerator<string | Uint8Array> {
  const foreignKeys = await listForeignKeys(client)
  yield '-- Curo database. Restore into an empty database: psql --set ON_ERROR_STOP=1 --file database.sql <database>\n'
  yield "SET client_encoding = 'UTF8';\nSET standard_conforming_strings = on;\nSET statement_timeout = 0;\nBEGIN;\n\n"
  yield 'CREATE TABLE migrations (name text PRIMARY KEY, hash text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now());\n\n'
  yield* await schemaParts(client)
  // Rows refer to each other in circles; and a migration may have written some.
  for (const { table, name } of foreignKeys)
    yield `ALTER TABLE ${quote(table)} DROP CONSTRAINT ${quote(name)};\n`
  yield `TRUNCATE ${tables.map(({ name }) => quote(name)).join(', ')};\n\n`
  for (const { name, columns } of tables) {
    const target = `${quote(name)} (${columns.map(quote).join(', ')})`
    yield `COPY ${target} FROM stdin;\n`
    yield* client.query(copyTo(`COPY ${target} TO STDOUT`))
    yield '\\.\n\n'
  }
  for (const { table, name, definition } of foreignKeys)
    yield `ALTER TABLE ${quote(table)} ADD CONSTRAINT ${quote(name)} ${definition};\n`
  yield* await sequenceParts(client)
  yield '\nCOMMIT;\n'
}

/** @throws CuroError 'unavailable' when the database was migrated by another version */
async function schemaParts(client: pg.PoolClient): Promise<string[]> {
  const { rows } = await client.query<{ name: string; hash: string }>(
    'SELECT name, hash FROM migrations ORDER BY name',
  )
  const known = new Map(readMigrations().map((migration) => [migration.name, migration]))
  return rows.map(({ name, hash }) => {
    const migration = known.get(name)
    if (migration?.hash !== hash)
      throw new CuroError(
        'unavailable',
        'The database was made by another version of Curo: back it up with that one.',
      )
    return `-- ${name}\n${migration.sql.trimEnd()}\n\n`
  })
}

async function listTables(client: pg.PoolClient): Promise<DumpedTable[]> {
  const { rows } = await client.query<DumpedTable>(
    `SELECT c.relname AS name, array_agg(a.attname::text ORDER BY a.attnum) AS columns
     FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
       AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
     GROUP BY c.relname ORDER BY c.relname`,
  )
  return rows
}

async function listForeignKeys(client: pg.PoolClient): Promise<ForeignKey[]> {
  const { rows } = await client.query<ForeignKey>(
    `SELECT c.relname AS table, k.conname AS name, pg_get_constraintdef(k.oid) AS definition
     FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
     WHERE k.contype = 'f' AND c.relnamespace = 'public'::regnamespace ORDER BY 1, 2`,
  )
  return rows
}

/** Sequences are not rows: they go on from where the dump found them. */
async function sequenceParts(client: pg.PoolClient): Promise<string[]> {
  const { rows } = await client.query<{ name: string; last: string | number | null }>(
    "SELECT sequencename AS name, last_value AS last FROM pg_sequences WHERE schemaname = 'public' ORDER BY 1",
  )
  return rows
    .filter(({ last }) => last !== null)
    .map(({ name, last }) => `SELECT setval('${quote(name)}', ${last});\n`)
}

function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
