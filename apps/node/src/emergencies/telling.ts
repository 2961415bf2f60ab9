import type { Demographics } from '@curo/contract/patients'
import type { Transaction } from 'kysely'
import { tellOwner } from '../accounts/owner.ts'
import type { NodeContext } from '../context.ts'
import type { Database } from '../database.ts'
import { tellPatient } from '../patients/telling.ts'
import { demographicsCell } from '../patients/views.ts'
import { openJson } from '../sealed-columns.ts'

export type EmergencyNotice = { readonly doctor: string; readonly second: string; readonly at: Date }

/** Prepares to tell the patient and whom she named as guardians; sent in the transaction that confirms. */
export async function tellOfEmergency(
  node: NodeContext,
  patient: string,
): Promise<(trx: Transaction<Database>, notice: EmergencyNotice) => Promise<void>> {
  const tell = await tellPatient(node, patient)
  return async (trx, notice) => {
    await tell(trx, { template: 'emergency-opened', values: notice })
    const guardians = await trx
      .selectFrom('accounts as ward')
      .innerJoin('guardianships', 'guardianships.owner', 'ward.id')
      .innerJoin('accounts as guardian', 'guardian.id', 'guardianships.guardian')
      .select(['guardian.id', 'guardian.contact', 'guardian.patient'])
      .where('ward.patient', '=', patient)
      .execute()
    if (guardians.length === 0) return
    const name = await nameIn(trx, node, patient)
    for (const guardian of guardians)
      await tellOwner(trx, node, guardian, {
        template: 'emergency-of-ward',
        values: { ...notice, patient: name },
      })
  }
}

async function nameIn(trx: Transaction<Database>, node: NodeContext, patient: string): Promise<string> {
  const row = await trx
    .selectFrom('patients')
    .select('demographics')
    .where('id', '=', patient)
    .executeTakeFirstOrThrow()
  const { name } = await openJson<Demographics>(node, demographicsCell(patient), row.demographics)
  return `${name.given} ${name.family}`.trim()
}
