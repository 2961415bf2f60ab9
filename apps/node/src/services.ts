import type { LedgerSubmitter, NodeFrame, Outbox, Vault } from './context.ts'
import { makeSubmitter } from './ledger/service.ts'
import { makeOutbox } from './messages/outbox.ts'
import { makeNodeVault } from './vault/service.ts'

/** The services that domains use of each other; each belongs to the domain that makes it. */
export type Services = { readonly ledger: LedgerSubmitter; readonly outbox: Outbox; readonly vault: Vault }

export async function makeServices(frame: NodeFrame): Promise<Services> {
  return { ledger: makeSubmitter(frame), outbox: makeOutbox(frame), vault: makeNodeVault(frame.config) }
}
