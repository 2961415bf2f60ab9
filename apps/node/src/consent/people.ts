import type { ConsentView } from '@curo/contract/consent'
import type { Demographics } from '@curo/contract/patients'
import { accountCell } from '../accounts/views.ts'
import type { NodeContext } from '../context.ts'
import { demographicsCell } from '../patients/views.ts'
import { openJson, openText } from '../sealed-columns.ts'

export type ClinicianFacts = { readonly name: string; readonly facts: ConsentView['grantee'] }

const NOBODY: ClinicianFacts = { name: '', facts: {} }

/** What a patient is told of the doctors in a list of hers. */
export async function clinicianFactsOf(
  node: Pick<NodeContext, 'db' | 'keys'>,
  accounts: readonly string[],
): Promise<(account: string) => ClinicianFacts> {
  if (accounts.length === 0) return () => NOBODY
  const rows = await node.db
    .selectFrom('accounts')
    .select(['id', 'name', 'profession'])
    .where('id', 'in', [...new Set(accounts)])
    .execute()
  const known = new Map(
    await Promise.all(
      rows.map(async ({ id, name, profession }) => {
        const [text, { speciality, department, qualification }] = await Promise.all([
          openText(node, accountCell('name', id), name),
          openJson<ClinicianFacts['facts']>(node, accountCell('profession', id), profession),
        ])
        return [id, { name: text, facts: { speciality, department, qualification } }] as const
      }),
    ),
  )
  return (account) => known.get(account) ?? NOBODY
}

/** Names of patients, for doctors who have had their cards in hand or their consent. */
export async function patientNamesOf(
  node: Pick<NodeContext, 'db' | 'keys'>,
  patients: readonly string[],
): Promise<Map<string, Demographics['name']>> {
  if (patients.length === 0) return new Map()
  const rows = await node.db
    .selectFrom('patients')
    .select(['id', 'demographics'])
    .where('id', 'in', [...new Set(patients)])
    .execute()
  return new Map(
    await Promise.all(
      rows.map(async ({ id, demographics }) => {
        const { name } = await openJson<Demographics>(node, demographicsCell(id), demographics)
        return [id, name] as const
      }),
    ),
  )
}
