import type { AccountKeys } from '@curo/contract/accounts'
import type { Role } from '@curo/contract/route'
import type { Generated, JSONColumnType } from 'kysely'

export type AccountStatus = 'pending' | 'active' | 'rejected' | 'suspended'

export type AccountTables = {
  accounts: {
    id: string
    role: Role
    status: AccountStatus
    contact_token: Buffer
    contact: Buffer
    name: Buffer
    profession: Buffer
    opaque_record: string
    wrapped_root: Buffer
    identity: Buffer
    keys: JSONColumnType<AccountKeys>
    registry_revision: number | null
    registry_leaf: string | null
    patient: string | null
    created_at: Date
    decided_by: Generated<string | null>
    decided_at: Generated<Date | null>
    decision_reason: Generated<Buffer | null>
  }
  account_search: { token: string | number; account: string }
  sessions: {
    id: string
    account: string
    token_hash: Buffer
    device: Buffer | null
    created_at: Date
    last_used_at: Date
    expires_at: Date
    ended_at: Date | null
  }
  logins: {
    id: string
    account: string | null
    contact_token: Buffer
    state: Buffer
    expires_at: Date
  }
  attempts: { subject: Buffer; tries: number; window_ends: Date }
}
