import { toBase64Url } from '@curo/crypto/bytes'
import { signBody } from '@curo/crypto/signatures'
import type { Transaction } from 'kysely'
import type { NodeContext } from '../context.ts'
import type { Database } from '../database.ts'
import { openJson, openText } from '../sealed-columns.ts'
import { type AccountRow, accountCell } from './views.ts'

/**
 * Enters a doctor's keys in the ledger's registry, or takes them out, in the transaction that changes her status.
 * Only doctors stand there: nobody seals anything to the others' keys. Name and registration number are those of
 * the public professional register; without them a node could show one doctor's name with another's key.
 */
export async function enterInRegistry(
  trx: Transaction<Database>,
  node: NodeContext,
  row: AccountRow,
  state: 'active' | 'withdrawn',
): Promise<void> {
  if (row.role !== 'doctor') return
  const [name, profession] = await Promise.all([
    openText(node, accountCell('name', row.id), row.name),
    openJson<{ registrationNumber?: string }>(node, accountCell('profession', row.id), row.profession),
  ])
  const revision = row.registry_revision === null ? 0 : row.registry_revision + 1
  const member = {
    v: 1 as const,
    kind: 'doctor' as const,
    hospital: node.config.origin,
    revision,
    state,
    at: node.clock().toISOString(),
    id: row.id,
    identity: toBase64Url(row.identity),
    seal: row.keys.seal,
    name,
    ...(profession.registrationNumber ? { registration: profession.registrationNumber } : {}),
  }
  const leaf = await node.ledger.submitRegistry(
    trx,
    await signBody({ kind: 'registry', body: member, key: node.keys.nodeSigning }),
  )
  await trx
    .updateTable('accounts')
    .set({ registry_revision: revision, registry_leaf: leaf })
    .where('id', '=', row.id)
    .execute()
}
