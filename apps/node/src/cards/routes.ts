import * as contract from '@curo/contract/cards'
import type { NodeContext } from '../context.ts'
import { type Handler, handle } from '../http.ts'
import { beginActivation, enterActivationCode } from './activation.ts'
import { issueNewCard } from './reissue.ts'
import { blockOneCard, findPatientByCard, findPatientByNumber } from './service.ts'

export function cardHandlers(node: NodeContext): Handler[] {
  return [
    handle(contract.findByCard, ({ body, session }) => findPatientByCard(node, session, body.proof)),
    handle(contract.findByNumber, ({ body }) => findPatientByNumber(node, body.card)),
    handle(contract.blockCard, ({ body, session }) => blockOneCard(node, session, body)),
    handle(contract.reissueCard, ({ params, body, session }) =>
      issueNewCard(node, session, { patient: params.patient, ...body }),
    ),
    handle(contract.startActivation, ({ body }) => beginActivation(node, body.proof)),
    handle(contract.confirmActivation, ({ params, body }) =>
      enterActivationCode(node, { activation: params.activation, code: body.code }),
    ),
  ]
}
