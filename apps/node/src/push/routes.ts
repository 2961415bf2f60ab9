import * as contract from '@curo/contract/push'
import type { NodeContext } from '../context.ts'
import { type Handler, handle } from '../http.ts'
import { ownPushKey, subscribe, unsubscribe } from './subscriptions.ts'

export function pushHandlers(node: NodeContext): Handler[] {
  return [
    handle(contract.getPushKey, () => ownPushKey(node)),
    handle(contract.putPushSubscription, ({ body, session }) => subscribe(node, session, body.endpoint)),
    handle(contract.removePushSubscription, ({ session }) => unsubscribe(node, session)),
  ]
}
