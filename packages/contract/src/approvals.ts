import { z } from 'zod'
import { account, accountStatus, profession, role } from './accounts.ts'
import { defineRoute } from './route.ts'
import { contact, id, instant, name, page } from './shapes.ts'

/** One document in bytes, and how many of them one person may attach. */
export const DOCUMENT_BYTES = 5 * 1024 * 1024
export const MOST_DOCUMENTS = 6

export const documentKind = z.enum(['licence', 'degree', 'identity', 'employment', 'other'])
export const documentType = z.enum(['application/pdf', 'image/png', 'image/jpeg'])

/** A document that somebody attached to her registration. What kind it is, she says; its type is what its bytes are. */
export const accountDocument = z.object({
  id,
  account: id,
  kind: documentKind,
  type: documentType,
  size: z.int().positive(),
  createdAt: instant,
})
export type AccountDocument = z.infer<typeof accountDocument>

export const addDocument = defineRoute({
  name: 'addDocument',
  method: 'POST',
  path: '/v1/approvals/documents',
  summary: 'Attaches a PDF, PNG or JPEG of at most 5 MiB to one’s own registration',
  access: ['doctor', 'staff', 'admin', 'auditor'],
  waitingToo: true,
  query: z.object({ kind: documentKind }),
  rawBody: 'application/octet-stream',
  bodyLimit: DOCUMENT_BYTES,
  response: accountDocument,
  status: 201,
  callsPerMinute: 60,
})

export const listOwnDocuments = defineRoute({
  name: 'listOwnDocuments',
  method: 'GET',
  path: '/v1/approvals/documents',
  summary: 'What one has attached oneself',
  access: ['doctor', 'staff', 'admin', 'auditor'],
  waitingToo: true,
  response: z.object({ documents: z.array(accountDocument) }),
})

export const dropDocument = defineRoute({
  name: 'dropDocument',
  method: 'DELETE',
  path: '/v1/approvals/documents/:document',
  summary: 'Takes back a document that one attached, while nobody has decided',
  access: ['doctor', 'staff', 'admin', 'auditor'],
  waitingToo: true,
  params: z.object({ document: id }),
})

export const listDocuments = defineRoute({
  name: 'listDocuments',
  method: 'GET',
  path: '/v1/approvals/accounts/:account/documents',
  summary: 'What somebody attached to her registration',
  access: ['admin'],
  params: z.object({ account: id }),
  response: z.object({ documents: z.array(accountDocument) }),
})

export const readDocument = defineRoute({
  name: 'readDocument',
  method: 'GET',
  path: '/v1/approvals/documents/:document',
  summary: 'One document; for an administrator, and that it was read is written down',
  access: ['admin'],
  params: z.object({ document: id }),
  rawResponse: 'application/octet-stream',
})

/** A working account as administrators see it, with the last decision about it. */
export const workingAccount = account.extend({
  contact,
  documents: z.int().nonnegative(),
  decision: z.object({ at: instant, by: z.string().nullable(), reason: z.string().nullable() }).nullable(),
})
export type WorkingAccount = z.infer<typeof workingAccount>

export const findAccounts = defineRoute({
  name: 'findAccounts',
  method: 'POST',
  path: '/v1/approvals/accounts/find',
  summary: 'People who work here by name, speciality, department, number, role and state, newest first',
  access: ['admin'],
  body: z.object({
    search: z.string().trim().max(200).optional(),
    role: role.optional(),
    status: accountStatus.optional(),
    ...page,
    limit: z.int().min(1).max(200).default(50),
  }),
  response: z.object({ accounts: z.array(workingAccount), next: z.string().nullable() }),
})

export const getAccount = defineRoute({
  name: 'getAccount',
  method: 'GET',
  path: '/v1/approvals/accounts/:account',
  summary: 'One person who works here',
  access: ['admin'],
  params: z.object({ account: id }),
  response: workingAccount,
})

export const changeAccount = defineRoute({
  name: 'changeAccount',
  method: 'PATCH',
  path: '/v1/approvals/accounts/:account',
  summary:
    'Changes somebody’s role, name or professional details; a doctor’s entry in the ledger’s registry follows',
  access: ['admin'],
  params: z.object({ account: id }),
  body: z.object({
    role: role.exclude(['patient']).optional(),
    name: name.optional(),
    profession: profession.optional(),
  }),
  response: workingAccount,
})
