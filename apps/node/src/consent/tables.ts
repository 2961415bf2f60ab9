import type { Scope } from '@curo/contract/consent'
import type { JSONColumnType } from 'kysely'

export type ConsentTables = {
  consent_requests: {
    id: string
    patient: string
    account: string
    request: Buffer
    card_in_hand: boolean
    state: 'pending' | 'granted' | 'refused'
    consent: string | null
    /** Sealed text. */
    refusal: Buffer | null
    created_at: Date
    expires_at: Date
  }
  consents: {
    id: string
    patient: string
    account: string
    identity: Buffer
    given_by: 'otp' | 'app' | 'emergency'
    scope: JSONColumnType<Scope>
    single_use: boolean
    not_after: Date
    statement: Buffer
    sealed_keys: Buffer | null
    first_used_at: Date | null
    /** When it was taken back, or given back. */
    revoked_at: Date | null
    /** The doctor gave it back herself. */
    given_back: boolean
    /** What was signed to end it: by the patient, or by the doctor who gave it back. */
    revocation: Buffer | null
    created_at: Date
  }
}
