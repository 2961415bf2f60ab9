import type { ConsentRequest } from '@curo/contract/consent'
import type { NodeContext } from '../context.ts'
import { openJson, openText } from '../sealed-columns.ts'
import type { ConsentTables } from './tables.ts'

export type RequestRow = ConsentTables['consent_requests']

export const requestCell = (row: string) => ({ table: 'consent_requests', column: 'request', row }) as const

export const refusalCell = (row: string) => ({ table: 'consent_requests', column: 'refusal', row }) as const

/** What the patient said when she refused, or null. */
export async function openRefusal(
  node: Pick<NodeContext, 'keys'>,
  row: Pick<RequestRow, 'id' | 'refusal'>,
): Promise<string | null> {
  return row.refusal && (await openText(node, refusalCell(row.id), row.refusal))
}

/** The signed request behind a row. */
export async function openRequest(
  node: Pick<NodeContext, 'keys'>,
  row: Pick<RequestRow, 'id' | 'request'>,
): Promise<ConsentRequest> {
  return await openJson<ConsentRequest>(node, requestCell(row.id), row.request)
}
