import type { Damage } from '@curo/vault/context'
import type { Manifest } from '@curo/vault/manifest'
import { objectsOf } from '@curo/vault/orphans'
import type { NodeContext } from '../context.ts'
import { inTransaction } from '../database.ts'
import { noteDamage } from './damages.ts'
import { forgetObjects, rememberObjects } from './objects.ts'

export const REPAIR_JOB = 'repair-record'

/** Asks for a record's damaged pieces to be rebuilt in the background; asking twice is asking once. */
export function scheduleRepair(node: NodeContext, record: string): void {
  node.jobs
    .add(REPAIR_JOB, { record }, { key: `${REPAIR_JOB} ${record}` })
    .catch((err: unknown) => node.log.error({ err }, 'a repair could not be scheduled'))
}

/** What a repair rebuilt, and what it could not. */
export type Repaired = { repaired: readonly Damage[]; remaining: readonly Damage[] }

/**
 * Rebuilds what is lost or altered of one record and stores where its pieces lie now. The old pieces are removed only
 * after that; of two repairs at once, the one that comes second changes nothing and its pieces become orphans.
 */
export async function repairRecord(node: NodeContext, record: string): Promise<Repaired | null> {
  const row = await node.db
    .selectFrom('records')
    .select('manifest')
    .where('id', '=', record)
    .executeTakeFirst()
  if (!row?.manifest) return null
  const before = row.manifest as Manifest
  const outcome = await node.vault.repair({ manifest: before })
  const { repaired, remaining } = outcome
  await noteDamage(node, record, remaining)
  if (repaired.length === 0) return { repaired, remaining }
  const isStored = await inTransaction(node.db, async (trx) => {
    const updated = await trx
      .updateTable('records')
      .set({ manifest: JSON.stringify(outcome.manifest) })
      .where('id', '=', record)
      .where('manifest', '=', JSON.stringify(before) as never)
      .executeTakeFirst()
    if (updated.numUpdatedRows === 0n) return false
    await rememberObjects(trx, objectsOf(outcome.manifest))
    await forgetObjects(trx, outcome.replaced)
    return true
  })
  if (!isStored) return { repaired: [], remaining }
  await node.vault.remove(outcome.replaced)
  return { repaired, remaining }
}
