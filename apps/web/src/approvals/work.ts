import { type Decision, decideAccount } from '@curo/client/accounts'
import {
  type AccountChange,
  type AccountDocument,
  type AccountSearch,
  addDocument,
  changeAccount,
  dropDocument,
  findAccounts,
  getAccount,
  listDocuments,
  listOwnDocuments,
  readDocument,
  type WorkingAccount,
} from '@curo/client/approvals'
import { moved, type WorkCall, type WorkContext } from '../work/context.ts'

/** Functions that the page calls as `work.<this folder>.<function>(input, { onProgress, signal })`. */

export async function find(
  context: WorkContext,
  filter: AccountSearch,
  { signal }: WorkCall,
): Promise<{ accounts: WorkingAccount[]; next: string | null }> {
  return findAccounts(context.person(), filter, { signal })
}

export async function get(
  context: WorkContext,
  { account }: { account: string },
  { signal }: WorkCall,
): Promise<WorkingAccount> {
  return getAccount(context.person(), account, { signal })
}

/** Approves, rejects, suspends or reinstates, and says how the account stands then. */
export async function decide(
  context: WorkContext,
  decision: Decision,
  { signal }: WorkCall,
): Promise<WorkingAccount> {
  await decideAccount(context.person(), decision, { signal })
  return getAccount(context.person(), decision.account, { signal })
}

export async function change(
  context: WorkContext,
  changed: AccountChange,
  { signal }: WorkCall,
): Promise<WorkingAccount> {
  return changeAccount(context.person(), changed, { signal })
}

export async function documents(
  context: WorkContext,
  { account }: { account: string },
  { signal }: WorkCall,
): Promise<AccountDocument[]> {
  return listDocuments(context.person(), account, { signal })
}

/** The bytes of one document, checked to be what the list says. */
export async function read(
  context: WorkContext,
  document: Pick<AccountDocument, 'id' | 'type' | 'size'>,
  { signal }: WorkCall,
): Promise<Uint8Array> {
  const bytes = await readDocument(context.person(), document, { signal })
  return moved(bytes, bytes.buffer as ArrayBuffer)
}

export async function ownDocuments(
  context: WorkContext,
  _: undefined,
  { signal }: WorkCall,
): Promise<AccountDocument[]> {
  return listOwnDocuments(context.person(), { signal })
}

export async function attach(
  context: WorkContext,
  { kind, file }: { kind: AccountDocument['kind']; file: File },
  { signal }: WorkCall,
): Promise<AccountDocument> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  return addDocument(context.person(), { kind, bytes }, { signal })
}

export async function drop(
  context: WorkContext,
  { document }: { document: string },
  { signal }: WorkCall,
): Promise<void> {
  await dropDocument(context.person(), document, { signal })
}
