export type PushTables = {
  push_subscriptions: {
    id: string
    account: string
    session: string
    endpoint_token: Buffer
    endpoint: Buffer
    created_at: Date
  }
}
