import { Readable } from 'node:stream'
import { CuroError } from '@curo/crypto/errors'
import type { Damage } from '@curo/vault/context'
import type { Manifest } from '@curo/vault/manifest'
import type { FastifyReply } from 'fastify'
import type { NodeContext } from '../context.ts'
import { scheduleRepair } from '../vault/repair.ts'

/** A record's sealed bytes as a stream, from the database or rebuilt from the buckets. The caller has checked the right. */
export async function readContent(
  node: NodeContext,
  { record, reply }: { record: string; reply: FastifyReply },
): Promise<Uint8Array | Readable> {
  const row = await node.db
    .selectFrom('records')
    .select(['content', 'manifest', 'sealed_size'])
    .where('id', '=', record)
    .executeTakeFirst()
  if (!row) throw new CuroError('not-found', 'There is no such record.')
  if (row.content) return row.content
  reply.header('content-length', String(row.sealed_size))
  const manifest = row.manifest as Manifest
  // A bucket that is silent comes back, or the operator replaces it: there is nothing to rebuild yet.
  const onDamage = ({ state }: Damage) => {
    if (state !== 'unreachable') scheduleRepair(node, record)
  }
  return Readable.from(node.vault.read({ manifest, onDamage }), { objectMode: false })
}
