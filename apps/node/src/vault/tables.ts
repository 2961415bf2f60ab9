import type { PartManifest } from '@curo/vault/manifest'
import type { JSONColumnType } from 'kysely'

export type VaultTables = {
  uploads: {
    id: string
    account: string
    sealed_size: string | number
    created_at: Date
    expires_at: Date
    record: string | null
  }
  vault_objects: { bucket: string; key: string }
  upload_parts: {
    upload: string
    part: number
    manifest: JSONColumnType<PartManifest>
  }
}
