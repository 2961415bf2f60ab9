import { type LedgerReceipt, listHistory } from '@curo/contract/ledger'
import { CuroError } from '@curo/crypto/errors'
import { type Body, parseBody } from '@curo/ledger/bodies'
import type { CallOptions } from './api.ts'
import type { PatientPerson } from './person.ts'

export type HistoryLine = LedgerReceipt & { index: number | null; state: string; withheld: boolean }

/** Everything the hospital wrote about the patient, in the order written. @throws CuroError 'unauthorized' */
export async function readHistory(patient: PatientPerson, options: CallOptions = {}): Promise<HistoryLine[]> {
  const lines: HistoryLine[] = []
  let after: string | null = null
  do {
    const query: { after?: string } = after === null ? {} : { after }
    const page: { entries: HistoryLine[]; next: string | null } = await patient.api.call(
      listHistory,
      { query },
      options,
    )
    if (page.next !== null && page.next === after)
      throw new CuroError('malformed', 'The hospital’s computer repeats the same page of the history.')
    lines.push(...page.entries)
    after = page.next
  } while (after !== null)
  return lines
}

/** Null for what was erased, or is no body at all: that is for the check of the history to say. */
export function bodyIn({ body, withheld }: Pick<HistoryLine, 'body' | 'withheld'>): Body | null {
  if (withheld) return null
  try {
    return parseBody(JSON.parse(body))
  } catch (error) {
    if (error instanceof CuroError || error instanceof SyntaxError) return null
    throw error
  }
}
