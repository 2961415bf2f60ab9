import type { Generated, JSONColumnType } from 'kysely'

type Count = Generated<number>

export type AuditTables = {
  damaged_records: {
    record: string
    pieces: number
    lost: number
    buckets: JSONColumnType<Record<string, number>>
    since: Date
    looked_at: Date
  }
  activity: { id: string; at: Date; kind: string; outcome: string; account: string | null }
  scrubs: {
    id: string
    state: 'running' | 'done' | 'failed'
    started_by: string | null
    started_at: Date
    finished_at: Date | null
    runner: string | null
    beat_at: Generated<Date>
    after_record: Generated<string>
    records_done: Generated<boolean>
    buckets_done: Count
    records: Count
    total: Count
    pieces: Count
    missing: Count
    corrupt: Count
    repaired: Count
    lost: Count
    orphans: Count
  }
}
