import * as contract from '@curo/contract/guardians'
import type { NodeContext } from '../context.ts'
import { type Handler, handle } from '../http.ts'
import { askGuardians, startWithGuardians } from './asking.ts'
import { acceptShare, guardianshipsOf } from './helping.ts'
import { dismissGuardians, findCandidate, nameGuardians, ownGuardians } from './naming.ts'
import { ownRequests, refuseByCode, refuseOwnRequest, stateOfRequest } from './waiting.ts'

export function guardianHandlers(node: NodeContext): Handler[] {
  return [
    handle(contract.findGuardian, ({ body, session }) => findCandidate(node, session, body)),
    handle(contract.getGuardians, ({ session }) => ownGuardians(node, session)),
    handle(contract.putGuardians, ({ body, session }) => nameGuardians(node, session, body)),
    handle(contract.removeGuardians, ({ body, session }) => dismissGuardians(node, session, body)),
    handle(contract.listGuardianships, ({ session }) => guardianshipsOf(node, session)),
    handle(contract.releaseShare, ({ params, body, session }) =>
      acceptShare(node, session, { recovery: params.recovery, body }),
    ),
    handle(contract.startGuardianRecovery, ({ body, request }) => startWithGuardians(node, body, request)),
    handle(contract.confirmGuardianRecovery, ({ params, body }) =>
      askGuardians(node, { recovery: params.recovery, ...body }),
    ),
    handle(contract.getGuardianRecovery, ({ body }) => stateOfRequest(node, body.token)),
    handle(contract.listOwnRecoveries, async ({ session }) => ({
      recoveries: await ownRequests(node, session),
    })),
    handle(contract.refuseRecovery, ({ params, session }) =>
      refuseOwnRequest(node, session, params.recovery),
    ),
    handle(contract.refuseRecoveryByCode, ({ body }) => refuseByCode(node, body.refusal)),
  ]
}
