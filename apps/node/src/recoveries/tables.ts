import type { Generated } from 'kysely'

export type RecoveryTables = {
  recovery_kits: {
    account: string
    wrapped: Buffer
    verifier: Buffer
    made_at: Date
    rehearsed_at: Generated<Date | null>
  }
  recoveries: {
    id: string
    means: 'kit' | 'guardians'
    account: string | null
    state: 'started' | 'confirmed' | 'finished' | 'ended'
    token_hash: Generated<Buffer | null>
    created_at: Date
    expires_at: Date
  }
}
