import * as contract from '@curo/contract/recoveries'
import type { NodeContext } from '../context.ts'
import { type Handler, handle } from '../http.ts'
import { noteRehearsal, ownKit, replaceKit } from './kits.ts'
import { finishWithNewPassword, startNewPassword } from './new-password.ts'
import { confirmWithKit, startWithKit } from './starting.ts'

export function recoveryHandlers(node: NodeContext): Handler[] {
  return [
    handle(contract.getRecoveryKit, ({ session }) => ownKit(node, session)),
    handle(contract.rehearseRecoveryKit, ({ body, session }) => noteRehearsal(node, session, body.kitProof)),
    handle(contract.putRecoveryKit, ({ body, session }) => replaceKit(node, session, body)),
    handle(contract.startKitRecovery, ({ body, request }) => startWithKit(node, body, request)),
    handle(contract.confirmKitRecovery, ({ params, body }) =>
      confirmWithKit(node, { recovery: params.recovery, code: body.code }),
    ),
    handle(contract.startRecoveredPassword, ({ body }) => startNewPassword(node, body)),
    handle(contract.finishRecovery, ({ body, request }) => finishWithNewPassword(node, body, request)),
  ]
}
