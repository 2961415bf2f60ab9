import type { Generated, JSONColumnType } from 'kysely'

export type PasskeyTables = {
  passkeys: {
    id: string
    account: string
    credential: Buffer
    public_key: Buffer
    counter: number
    transports: JSONColumnType<string[]>
    name: Buffer
    wrapped_root: Buffer | null
    created_at: Date
    last_used_at: Generated<Date | null>
  }
  passkey_ceremonies: {
    id: string
    purpose: 'add' | 'sign-in' | 'second-factor'
    account: string | null
    challenge: string
    expires_at: Date
  }
}
