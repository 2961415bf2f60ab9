import * as contract from '@curo/contract/passkeys'
import { deliverSession } from '../accounts/session-cookie.ts'
import type { NodeContext } from '../context.ts'
import { type Handler, handle } from '../http.ts'
import { creationOptionsFor, signInOptions } from './ceremonies.ts'
import { addPasskey, forgetPasskey, ownPasskeys, wrapByPasskey } from './service.ts'
import { signInByPasskey } from './signing-in.ts'

export function passkeyHandlers(node: NodeContext): Handler[] {
  return [
    handle(contract.listPasskeys, async ({ session }) => ({ passkeys: await ownPasskeys(node, session) })),
    handle(contract.startPasskey, ({ session }) => creationOptionsFor(node, session.account)),
    handle(contract.finishPasskey, ({ body, session }) => addPasskey(node, session, body)),
    handle(contract.putPasskeyRoot, ({ params, body, session }) =>
      wrapByPasskey(node, session, { passkey: params.passkey, body }),
    ),
    handle(contract.removePasskey, ({ params, body, session }) =>
      forgetPasskey(node, session, { passkey: params.passkey, body }),
    ),
    handle(contract.startPasskeySession, () => signInOptions(node)),
    handle(contract.finishPasskeySession, async ({ body, session, reply }) => {
      const signedIn = await signInByPasskey(node, body)
      return deliverSession(node, { signedIn, as: body.session, before: session, reply })
    }),
  ]
}
