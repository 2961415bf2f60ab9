import type { Manifest } from '@curo/vault/manifest'
import type { JSONColumnType } from 'kysely'

export type RecordsTables = {
  records: {
    id: string
    patient: string
    author: string
    category: string
    epoch: number
    kind: string
    occurred: string
    created: Date
    size: string | number
    sealed_size: string | number
    root: Buffer
    envelope_hash: Buffer
    envelope: string
    content: Buffer | null
    manifest: JSONColumnType<Manifest> | null
    stored_at: Date
  }
  rewraps: {
    record: string
    at: Date
    statement: string
  }
  wraps: {
    record: string
    rewrapped_at: Date | null
    place: number
    holder: string
    wrap: string
  }
}
