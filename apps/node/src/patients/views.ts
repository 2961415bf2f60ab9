import type { Demographics, PatientSummary } from '@curo/contract/patients'
import type { Selectable } from 'kysely'
import type { NodeContext } from '../context.ts'
import { openJson, openText } from '../sealed-columns.ts'
import type { PatientTables } from './tables.ts'

export const demographicsCell = (row: string) => ({ table: 'patients', column: 'demographics', row }) as const
export const cardNumberCell = (numberToken: Uint8Array) =>
  ({ table: 'cards', column: 'number', row: Buffer.from(numberToken).toString('base64url') }) as const

type Row = Pick<Selectable<PatientTables['patients']>, 'id' | 'demographics' | 'activated_at' | 'created_at'>

/** What the desk sees; in the order of the rows. The card in use, or else the last one that was blocked. */
export async function viewPatients(
  node: Pick<NodeContext, 'db' | 'keys'>,
  rows: readonly Row[],
): Promise<PatientSummary[]> {
  if (rows.length === 0) return []
  const cards = await node.db
    .selectFrom('cards')
    .distinctOn('patient')
    .select(['patient', 'number_token', 'number', 'status'])
    .where(
      'patient',
      'in',
      rows.map((row) => row.id),
    )
    .orderBy('patient')
    .orderBy('lookup_epoch', 'desc')
    .execute()
  const cardOf = new Map(cards.map((card) => [card.patient, card]))
  return Promise.all(
    rows.map(async (row) => {
      const card = cardOf.get(row.id)
      return {
        id: row.id,
        demographics: await openJson<Demographics>(node, demographicsCell(row.id), row.demographics),
        card: card
          ? {
              number: await openText(node, cardNumberCell(card.number_token), card.number),
              status: card.status,
            }
          : null,
        activated: row.activated_at !== null,
        createdAt: row.created_at.toISOString(),
      }
    }),
  )
}
