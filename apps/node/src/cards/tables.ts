export type CardTables = {
  cards: {
    number_token: Buffer
    number: Buffer
    patient: string
    lookup_epoch: number
    status: 'active' | 'blocked'
    x: Buffer
    proof_key: Buffer
    key: Buffer
    issued_at: Date
    blocked_at: Date | null
    blocked_by: string | null
    block_reason: Buffer | null
  }
  activations: {
    id: string
    patient: string
    nonce: string
    created_at: Date
    token_hash: Buffer | null
    token_expires_at: Date | null
    finished_at: Date | null
  }
}
