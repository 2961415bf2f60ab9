import * as contract from '@curo/contract/emergencies'
import type { NodeContext } from '../context.ts'
import { type Handler, handle } from '../http.ts'
import { confirmEmergency } from './confirmations.ts'
import { findEmergency, listSomeEmergencies } from './listing.ts'
import { askForEmergency } from './requests.ts'
import { reviewOneEmergency } from './reviews.ts'

export function emergencyHandlers(node: NodeContext): Handler[] {
  return [
    handle(contract.askEmergency, ({ body, session }) => askForEmergency(node, { session, ...body })),
    handle(contract.listEmergencies, ({ query, session }) => listSomeEmergencies(node, session, query)),
    handle(contract.getEmergency, ({ params, session }) => findEmergency(node, session, params.emergency)),
    handle(contract.confirmEmergency, ({ params, body, session }) =>
      confirmEmergency(node, { session, id: params.emergency, confirmation: body.confirmation }),
    ),
    handle(contract.reviewEmergency, ({ params, body, session }) =>
      reviewOneEmergency(node, { session, id: params.emergency, ...body }),
    ),
  ]
}
