import type { LedgerReceipt } from '@curo/contract/ledger'
import { type EventRow, storedReceipt } from './event-store.ts'
import type { Executor } from './sql.ts'

export type EntryState = 'recorded' | 'published' | 'final'

/** An entry of a patient's chain; body and r are empty where they were erased (`withheld`). */
export type HistoryEntry = LedgerReceipt & { index: number | null; state: EntryState; withheld: boolean }

/** Where a page of history begins: after this entry. */
export type HistoryPlace = { epoch: number; seq: number }

type HistoryRow = EventRow & { leaf_index: number | null; published_size: number; final_size: number }

/** One patient's entries, oldest first, each with what opens it. */
export async function readHistory(
  executor: Executor,
  {
    patient,
    dataKey,
    after,
    limit,
  }: { patient: string; dataKey: Uint8Array; after?: HistoryPlace; limit: number },
): Promise<HistoryEntry[]> {
  const { rows } = await executor.query<HistoryRow>(
    `SELECT v.*, (SELECT e.leaf_index FROM ledger_entries e WHERE e.position = v.position) AS leaf_index,
       h.published_size, h.final_size
     FROM (SELECT patient, kind, id, epoch, seq, leaf_hash, sealed, position FROM ledger_events
           WHERE patient = $1 AND (epoch, seq) > ($2, $3) ORDER BY epoch, seq LIMIT $4) v, ledger_head h
     ORDER BY v.epoch, v.seq`,
    [patient, after?.epoch ?? -1, after?.seq ?? -1, limit],
  )
  return Promise.all(
    rows.map(async (row) => {
      const receipt = (await storedReceipt(dataKey, row)) ?? erased(row)
      const index = row.leaf_index
      const state = stateOf(index, row.published_size, row.final_size)
      return { ...receipt, index, state, withheld: row.sealed === null }
    }),
  )
}

/** How far an entry has come (ledger.md: recorded → published → final). */
export function stateOf(index: number | null, publishedSize: number, finalSize: number): EntryState {
  if (index === null || index >= publishedSize) return 'recorded'
  return index < finalSize ? 'final' : 'published'
}

/** How far the entry of one event has come; null if there is no such event. */
export async function findState(
  executor: Executor,
  event: { kind: string; id: string },
): Promise<EntryState | null> {
  const { rows } = await executor.query<Pick<HistoryRow, 'leaf_index' | 'published_size' | 'final_size'>>(
    `SELECT e.leaf_index, h.published_size, h.final_size FROM ledger_events v
     JOIN ledger_entries e USING (position), ledger_head h WHERE v.id = $1 AND v.kind = $2`,
    [event.id, event.kind],
  )
  const [row] = rows
  if (!row) return null
  const index = row.leaf_index
  return stateOf(index, row.published_size, row.final_size)
}

function erased({ kind, id, epoch, seq, leaf_hash }: EventRow): LedgerReceipt {
  return { kind, id, epoch, seq: seq, leaf: leaf_hash.toString('base64url'), body: '', r: '' }
}
