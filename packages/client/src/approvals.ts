import {
  type AccountDocument,
  addDocument as addDocumentRoute,
  changeAccount as changeAccountRoute,
  DOCUMENT_BYTES,
  dropDocument as dropDocumentRoute,
  findAccounts as findAccountsRoute,
  getAccount as getAccountRoute,
  listDocuments as listDocumentsRoute,
  listOwnDocuments as listOwnDocumentsRoute,
  readDocument as readDocumentRoute,
  type WorkingAccount,
} from '@curo/contract/approvals'
import { sniffFileType } from '@curo/contract/file-types'
import { CuroError } from '@curo/crypto/errors'
import type { CallInput, CallOptions } from './api.ts'
import { type Person, verifyAccountKeys } from './person.ts'

export type { AccountDocument, WorkingAccount } from '@curo/contract/approvals'

/**
 * Attaches a document to one's own registration; also while it waits for approval.
 * @throws CuroError 'too-large' (5 MiB), 'invalid-input' (no PDF, PNG or JPEG), 'conflict' (six are there already)
 */
export async function addDocument(
  person: Person,
  { kind, bytes }: { kind: AccountDocument['kind']; bytes: Uint8Array },
  options: CallOptions = {},
): Promise<AccountDocument> {
  if (bytes.length > DOCUMENT_BYTES)
    throw new CuroError(
      'too-large',
      'A document may have 5 MiB at most. Scan it with fewer colours or pages.',
    )
  if (!sniffFileType(bytes)) throw new CuroError('invalid-input', 'Attach a PDF, a PNG or a JPEG picture.')
  return person.api.call(addDocumentRoute, { query: { kind }, body: bytes }, options)
}

/** What one has attached oneself. */
export async function listOwnDocuments(
  person: Person,
  options: CallOptions = {},
): Promise<AccountDocument[]> {
  return (await person.api.call(listOwnDocumentsRoute, {}, options)).documents
}

/** Takes back one's own, while nobody has decided. @throws CuroError 'not-found', 'conflict' */
export async function dropDocument(
  person: Person,
  document: string,
  options: CallOptions = {},
): Promise<void> {
  await person.api.call(dropDocumentRoute, { params: { document } }, options)
}

/** For an administrator: what somebody attached. */
export async function listDocuments(
  person: Person,
  account: string,
  options: CallOptions = {},
): Promise<AccountDocument[]> {
  return (await person.api.call(listDocumentsRoute, { params: { account } }, options)).documents
}

/**
 * A document for an administrator to look at; that she read it is written down. Show it with a viewer of the page's own,
 * never in a frame: it comes from a stranger.
 * @throws CuroError 'not-found'; 'tampered' when it is not what the list says
 */
export async function readDocument(
  person: Person,
  { id, type, size }: Pick<AccountDocument, 'id' | 'type' | 'size'>,
  options: CallOptions = {},
): Promise<Uint8Array> {
  const bytes = await person.api.call(readDocumentRoute, { params: { document: id } }, options)
  if (bytes.length !== size || sniffFileType(bytes) !== type)
    throw new CuroError('tampered', 'This document is not what the list says. Ask for it again.')
  return bytes
}

export type AccountSearch = NonNullable<CallInput<typeof findAccountsRoute>['body']>

/** People who work here; every word typed begins a name, speciality, department or number. @throws CuroError 'forbidden' */
export async function findAccounts(
  person: Person,
  filter: AccountSearch = {},
  options: CallOptions = {},
): Promise<{ accounts: WorkingAccount[]; next: string | null }> {
  return person.api.call(findAccountsRoute, { body: filter }, { ...options, repeatable: true })
}

/** @throws CuroError 'not-found', 'forbidden' */
export async function getAccount(
  person: Person,
  account: string,
  options: CallOptions = {},
): Promise<WorkingAccount> {
  return person.api.call(getAccountRoute, { params: { account } }, options)
}

export type AccountChange = CallInput<typeof changeAccountRoute>['body'] & { account: string }

/**
 * Changes somebody's role, name or professional details; who is given another role signs in again.
 * @throws CuroError 'not-found', 'forbidden' (one's own role), 'conflict' (the last administrator, a refused registration)
 */
export async function changeAccount(
  person: Person,
  { account, ...body }: AccountChange,
  options: CallOptions = {},
): Promise<WorkingAccount> {
  const changed = await person.api.call(changeAccountRoute, { params: { account }, body }, options)
  await verifyAccountKeys(changed.keys, account)
  return changed
}
