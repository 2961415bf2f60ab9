import * as contract from '@curo/contract/accounts'
import type { NodeContext } from '../context.ts'
import { type Handler, handle } from '../http.ts'
import { decideAboutAccount } from './approval.ts'
import { findActiveClinicians, getRegisteredClinician, listWorkingAccounts } from './listing.ts'
import { endOwnSession, listOwnSessions } from './own-sessions.ts'
import { changeOwnPassword } from './password-change.ts'
import { startPasswordLogin, startPasswordRegistration } from './password-login.ts'
import { finishAccountRegistration } from './registration.ts'
import { ownAccount, replaceKeyring } from './service.ts'
import { deliverSession, setSessionCookie } from './session-cookie.ts'
import { finishPasswordLogin } from './signing-in.ts'

export function accountHandlers(node: NodeContext): Handler[] {
  return [
    handle(contract.startRegistration, ({ body, request }) => startPasswordRegistration(node, body, request)),
    handle(contract.finishRegistration, ({ body, request }) =>
      finishAccountRegistration(node, body, request),
    ),
    handle(contract.startSession, ({ body, request }) => startPasswordLogin(node, body, request)),
    handle(contract.finishSession, async ({ body, request, reply, session }) => {
      const signedIn = await finishPasswordLogin(node, body, request)
      if ('secondFactor' in signedIn) return signedIn
      return deliverSession(node, { signedIn, as: body.session, before: session, reply })
    }),
    handle(contract.listSessions, async ({ session }) => ({
      sessions: await listOwnSessions(node, session),
    })),
    handle(contract.endSession, async ({ params, session, reply }) => {
      await endOwnSession(node, session, params.session)
      if (params.session === 'current' || params.session === session.sessionId)
        setSessionCookie(node, reply, null)
    }),
    handle(contract.changePassword, ({ body, session, request }) =>
      changeOwnPassword(node, session, body, request),
    ),
    handle(contract.getOwnAccount, ({ session }) => ownAccount(node, session)),
    handle(contract.putKeyring, ({ body, session }) => replaceKeyring(node, session, body.keyring)),
    handle(contract.listAccounts, ({ query }) => listWorkingAccounts(node, query)),
    handle(contract.decideAccount, ({ params, body, session }) =>
      decideAboutAccount(node, session, { account: params.account, ...body }),
    ),
    handle(contract.findClinicians, ({ body }) => findActiveClinicians(node, body)),
    handle(contract.getClinician, ({ params }) => getRegisteredClinician(node, params.account)),
  ]
}
