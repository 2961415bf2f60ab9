import type { Generated } from 'kysely'

export type GuardianTables = {
  guardian_sets: { owner: string; commitment: Buffer; made_at: Date }
  guardianships: { owner: string; guardian: string; sealed_share: Buffer }
  guardian_requests: {
    recovery: string
    owner: string
    request_key: Buffer
    asked_at: Date
    opens_at: Date
    refusal_hash: Buffer
    refused_at: Generated<Date | null>
  }
  guardian_releases: { recovery: string; guardian: string; sealed_share: Buffer; released_at: Date }
}
