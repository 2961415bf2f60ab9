import * as contract from '@curo/contract/consent'
import { CuroError } from '@curo/crypto/errors'
import type { NodeContext } from '../context.ts'
import { type Handler, handle } from '../http.ts'
import { enterOtp, resendOtp } from './desk-codes.ts'
import { giveBackConsent, revokeConsent } from './ending.ts'
import { grantConsent, resealConsent } from './grants.ts'
import { consentViews, listOwnConsents, listOwnRequests, requestViews } from './listing.ts'
import { refuseRequest } from './refusals.ts'
import { requestConsent } from './requests.ts'
import type { ConsentRow } from './service.ts'

export function consentHandlers(node: NodeContext): Handler[] {
  const ended = async (row: ConsentRow) => {
    const [consent] = await consentViews(node, [row])
    if (!consent) throw new CuroError('internal', 'The ended consent cannot be shown.')
    return { consent }
  }
  return [
    handle(contract.requestConsent, ({ body, session }) =>
      requestConsent(node, { session, request: body.request, proof: body.proof }),
    ),
    handle(contract.enterOtp, async ({ params, body, session }) => ({
      consent: await enterOtp(node, { session, id: params.request, code: body.code }),
    })),
    handle(contract.resendOtp, ({ params, session }) => resendOtp(node, { session, id: params.request })),
    handle(contract.listRequests, ({ query, session }) => listOwnRequests(node, session, query)),
    handle(contract.refuseRequest, async ({ params, body, session }) => {
      const row = await refuseRequest(node, { session, id: params.request, reason: body.reason })
      const [view] = await requestViews(node, [row])
      if (!view) throw new CuroError('internal', 'The refused request cannot be shown.')
      return view
    }),
    handle(contract.grantConsent, async ({ body, session }) => ({
      consent: await grantConsent(node, { session, ...body }),
    })),
    handle(contract.listConsents, ({ query, session }) => listOwnConsents(node, session, query)),
    handle(contract.revokeConsent, async ({ params, body, session }) =>
      ended(await revokeConsent(node, { session, id: params.consent, revocation: body.revocation })),
    ),
    handle(contract.giveBackConsent, async ({ params, body, session }) =>
      ended(await giveBackConsent(node, { session, id: params.consent, giveBack: body.giveBack })),
    ),
    handle(contract.resealConsent, ({ params, body, session }) =>
      resealConsent(node, { session, id: params.consent, sealedKeys: body.sealedKeys }),
    ),
  ]
}
