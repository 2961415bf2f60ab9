import type { Generated } from 'kysely'

export type MessageState = 'waiting' | 'delivered' | 'expired' | 'failed'

export type MessageTables = {
  outbox: {
    id: string
    no: Generated<number>
    channel: 'sms' | 'email'
    template: string
    sealed: Buffer | null
    state: Generated<MessageState>
    created_at: Date
    useful_until: Date
    ended_at: Generated<Date | null>
    last_fault: Generated<string | null>
  }
}
