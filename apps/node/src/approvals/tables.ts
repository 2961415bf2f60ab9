import type { AccountDocument } from '@curo/contract/approvals'

export type ApprovalTables = {
  account_documents: {
    id: string
    account: string
    kind: AccountDocument['kind']
    type: AccountDocument['type']
    size: number
    bytes: Buffer
    created_at: Date
  }
}
