export type DraftTables = {
  drafts: { account: string; patient: string; sealed: Buffer; version: number; updated_at: Date }
}
