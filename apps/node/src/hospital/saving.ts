import type { HospitalProfile } from '@curo/contract/hospital'
import { CuroError } from '@curo/crypto/errors'
import { recordActivity } from '../audit/activity.ts'
import type { NodeContext } from '../context.ts'
import { inTransaction } from '../database.ts'
import type { Session } from '../sessions.ts'
import { type StoredProfile, storedProfile } from './profile.ts'
import { renameHospital } from './registry.ts'

/**
 * Saves the profile over the revision that was read.
 * @throws 'conflict' when somebody else has saved another meanwhile
 */
export async function saveProfile(
  node: NodeContext,
  { session, profile, revision }: { session: Session; profile: HospitalProfile; revision: number },
): Promise<StoredProfile> {
  const now = node.clock()
  const values = {
    profile: JSON.stringify(profile),
    revision: revision + 1,
    updated_at: now,
    updated_by: session.account.id,
  }
  await inTransaction(node.db, async (trx) => {
    const saved =
      revision === 0
        ? await trx
            .insertInto('hospital_profile')
            .values(values)
            .onConflict((conflict) => conflict.doNothing())
            .executeTakeFirst()
        : await trx
            .updateTable('hospital_profile')
            .set(values)
            .where('revision', '=', revision)
            .executeTakeFirst()
    const rows = 'numUpdatedRows' in saved ? saved.numUpdatedRows : (saved.numInsertedOrUpdatedRows ?? 0n)
    if (rows === 0n)
      throw new CuroError('conflict', 'Somebody else has saved the profile meanwhile: reload it first.')
    await renameHospital(trx, node, profile.name)
    await recordActivity(trx, { kind: 'hospital', outcome: 'changed', by: session.account, at: now })
  })
  return storedProfile(node)
}
