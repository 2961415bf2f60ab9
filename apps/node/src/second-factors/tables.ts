import type { Generated } from 'kysely'

export type SecondFactorTables = {
  totp: {
    account: string
    key: Buffer
    made_at: Date
    confirmed_at: Generated<Date | null>
    last_step: Generated<number>
  }
  second_factor_questions: {
    id: string
    account: string
    device: Buffer | null
    tries_left: number
    expires_at: Date
  }
}
