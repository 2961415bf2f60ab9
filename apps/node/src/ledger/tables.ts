import type { Generated } from 'kysely'

export interface LedgerTables {
  ledger_head: {
    one: Generated<boolean>
    size: number
    root: Buffer
    checkpoint: string
    published_size: number
    published_checkpoint: string | null
    published_at: Date | null
    ahead_since: Date | null
    final_size: number
    final_checkpoint: string | null
    final_at: Date | null
    stopped: 'behind' | 'fork' | null
    stopped_reason: string | null
    stopped_at: Date | null
  }
  ledger_staging: { size: number; files: Buffer }
  ledger_entries: {
    position: Generated<number>
    tag: Buffer | null
    entry: Buffer
    leaf_hash: Buffer
    leaf_index: number | null
  }
  ledger_pending: { position: number }
  ledger_chains: {
    patient: string
    epoch: number
    chain_key: Buffer
    counter: number
    prev: Buffer | null
    closed: Generated<boolean>
  }
  ledger_events: {
    patient: string
    epoch: number
    seq: number
    position: number
    kind: string
    id: string
    leaf_hash: Buffer
    sealed: Buffer | null
    recorded_at: Generated<Date>
  }
}
