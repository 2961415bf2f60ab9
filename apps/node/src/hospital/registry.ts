import { toBase64Url } from '@curo/crypto/bytes'
import { signBody } from '@curo/crypto/signatures'
import type { Transaction } from 'kysely'
import type { NodeContext } from '../context.ts'
import type { Database } from '../database.ts'
import { profileOf } from './profile.ts'
import { logVkey } from './service.ts'

/**
 * The hospital's own entry, which a registry begins with: the node key that signs every later one, and the log's
 * key. Written in the transaction that makes the first administrator, so before any doctor can be approved.
 */
export async function enterHospital(trx: Transaction<Database>, node: NodeContext): Promise<void> {
  const { profile } = await profileOf(node, trx)
  await enterRevision(trx, node, { revision: 0, name: profile.name })
}

/** Enters a new name; nothing where it is the one that stands there, or nothing stands there yet. */
export async function renameHospital(
  trx: Transaction<Database>,
  node: NodeContext,
  name: string,
): Promise<void> {
  const setUp = await trx.selectFrom('hospital_setup').select('at').forUpdate().executeTakeFirst()
  if (!setUp) return
  const entered = await trx.selectFrom('hospital_registry').selectAll().executeTakeFirst()
  if (entered?.name === name) return
  await enterRevision(trx, node, { revision: (entered?.revision ?? 0) + 1, name })
}

async function enterRevision(
  trx: Transaction<Database>,
  node: NodeContext,
  { revision, name }: { revision: number; name: string },
): Promise<void> {
  const { config, keys } = node
  const member = {
    v: 1 as const,
    kind: 'hospital' as const,
    hospital: config.origin,
    revision,
    state: 'active' as const,
    at: node.clock().toISOString(),
    name,
    node: toBase64Url(keys.nodeSigning.publicKey),
    log: await logVkey(node),
  }
  await node.ledger.submitRegistry(
    trx,
    await signBody({ kind: 'registry', body: member, key: keys.nodeSigning }),
  )
  await trx
    .insertInto('hospital_registry')
    .values({ revision, name })
    .onConflict((conflict) => conflict.column('singleton').doUpdateSet({ revision, name }))
    .execute()
}
