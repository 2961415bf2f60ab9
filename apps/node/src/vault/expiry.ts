import type { PartManifest } from '@curo/vault/manifest'
import { objectsOf } from '@curo/vault/orphans'
import type { NodeContext } from '../context.ts'
import { inTransaction } from '../database.ts'
import { forgetObjects } from './objects.ts'

/** Removes uploads that nobody finished in time, one by one, and the traces of those that became records. */
export async function dropExpiredUploads(node: NodeContext): Promise<void> {
  while (await dropOne(node));
}

async function dropOne(node: NodeContext): Promise<boolean> {
  const objects = await inTransaction(node.db, async (trx) => {
    const upload = await trx
      .selectFrom('uploads')
      .select('id')
      .where('expires_at', '<=', node.clock())
      .limit(1)
      .forUpdate()
      .skipLocked()
      .executeTakeFirst()
    if (!upload) return null
    const rows = await trx
      .deleteFrom('upload_parts')
      .where('upload', '=', upload.id)
      .returning('manifest')
      .execute()
    await trx.deleteFrom('uploads').where('id', '=', upload.id).execute()
    const dropped = objectsOf({ parts: rows.map((row) => row.manifest as PartManifest) })
    await forgetObjects(trx, dropped)
    return dropped
  })
  if (objects === null) return false
  // What a silent bucket keeps is an orphan from now on.
  await node.vault.remove(objects)
  return true
}
