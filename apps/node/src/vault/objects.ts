import type { ObjectName } from '@curo/vault/manifest'
import { sql } from 'kysely'
import type { Queries } from '../database.ts'

const columnsOf = (objects: readonly ObjectName[]) => ({
  buckets: objects.map((object) => object.bucket),
  keys: objects.map((object) => object.key),
})

/** Writes down that a stored manifest names these objects. */
export async function rememberObjects(trx: Queries, objects: readonly ObjectName[]): Promise<void> {
  const { buckets, keys } = columnsOf(objects)
  await sql`insert into vault_objects (bucket, key) select * from unnest(${buckets}::text[], ${keys}::text[])
    on conflict do nothing`.execute(trx)
}

/** From now on these objects are orphans. */
export async function forgetObjects(trx: Queries, objects: readonly ObjectName[]): Promise<void> {
  const { buckets, keys } = columnsOf(objects)
  await sql`delete from vault_objects using unnest(${buckets}::text[], ${keys}::text[]) as gone (bucket, key)
    where vault_objects.bucket = gone.bucket and vault_objects.key = gone.key`.execute(trx)
}

/** Which of these keys of one bucket some stored manifest names. */
export async function knownKeys(db: Queries, bucket: string, keys: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ key: string }>`select key from vault_objects
    where bucket = ${bucket} and key = any(${keys})`.execute(db)
  return new Set(rows.map((row) => row.key))
}
