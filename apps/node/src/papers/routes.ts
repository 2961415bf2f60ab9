import * as contract from '@curo/contract/papers'
import type { NodeContext } from '../context.ts'
import { type Handler, handle } from '../http.ts'
import { keepPaper, openPaper, papersOf, takeAwayPaper } from './service.ts'

export function paperHandlers(node: NodeContext): Handler[] {
  return [
    handle(contract.addPaper, ({ params, query, body, session }) =>
      keepPaper(node, session, { patient: params.patient, ...query, bytes: body }),
    ),
    handle(contract.listPapers, async ({ params, session }) => ({
      papers: await papersOf(node, session, params.patient),
    })),
    handle(contract.readPaper, ({ params, session, reply }) =>
      openPaper(node, { session, id: params.paper, reply }),
    ),
    handle(contract.removePaper, ({ params, session }) => takeAwayPaper(node, session, params.paper)),
  ]
}
