import * as contract from '@curo/contract/drafts'
import type { NodeContext } from '../context.ts'
import { type Handler, handle } from '../http.ts'
import { forgetOwnDraft, ownDraft, ownDrafts, saveOwnDraft } from './service.ts'

export function draftHandlers(node: NodeContext): Handler[] {
  return [
    handle(contract.listDrafts, async ({ session }) => ({ drafts: await ownDrafts(node, session) })),
    handle(contract.getDraft, ({ params, session }) => ownDraft(node, session, params.patient)),
    handle(contract.putDraft, ({ params, body, session }) =>
      saveOwnDraft(node, { session, patient: params.patient, ...body }),
    ),
    handle(contract.dropDraft, ({ params, query, session }) =>
      forgetOwnDraft(node, { session, patient: params.patient, version: query.version }),
    ),
  ]
}
