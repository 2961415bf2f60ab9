import type { Generated } from 'kysely'

export type EmergencyTables = {
  emergencies: {
    id: string
    patient: string
    account: string
    card_epoch: number
    request: Buffer
    created_at: Date
    expires_at: Date
    confirmed_by: Generated<string | null>
    confirmed_at: Generated<Date | null>
    confirmation: Generated<Buffer | null>
    consent: Generated<string | null>
    reviewed_by: Generated<string | null>
    reviewed_at: Generated<Date | null>
    review_outcome: Generated<'justified' | 'not-justified' | null>
    review_reason: Generated<Buffer | null>
  }
}
