import * as contract from '@curo/contract/approvals'
import type { NodeContext } from '../context.ts'
import { type Handler, handle } from '../http.ts'
import { changeOneAccount } from './changes.ts'
import { attachDocument, documentsOf, openDocument, takeBackDocument } from './documents.ts'
import { findWorkingAccounts, getWorkingAccount } from './people.ts'

export function approvalHandlers(node: NodeContext): Handler[] {
  return [
    handle(contract.addDocument, ({ query, body, session }) =>
      attachDocument(node, session, { kind: query.kind, bytes: body }),
    ),
    handle(contract.listOwnDocuments, async ({ session }) => ({
      documents: await documentsOf(node, session.account.id),
    })),
    handle(contract.dropDocument, ({ params, session }) => takeBackDocument(node, session, params.document)),
    handle(contract.listDocuments, async ({ params }) => ({
      documents: await documentsOf(node, params.account),
    })),
    handle(contract.readDocument, ({ params, session, reply }) =>
      openDocument(node, { session, id: params.document, reply }),
    ),
    handle(contract.findAccounts, ({ body }) => findWorkingAccounts(node, body)),
    handle(contract.getAccount, ({ params }) => getWorkingAccount(node, params.account)),
    handle(contract.changeAccount, ({ params, body, session }) =>
      changeOneAccount(node, session, { account: params.account, ...body }),
    ),
  ]
}
