import * as contract from '@curo/contract/settings'
import type { NodeContext } from '../context.ts'
import { type Handler, handle } from '../http.ts'
import { saveSettings, settingsOf } from './service.ts'

export function settingsHandlers(node: NodeContext): Handler[] {
  return [
    handle(contract.getSettings, ({ session }) => settingsOf(node, session.account.id)),
    handle(contract.putSettings, ({ body, session }) =>
      saveSettings(node, { account: session.account.id, ...body }),
    ),
  ]
}
