import * as contract from '@curo/contract/second-factors'
import { deliverSession } from '../accounts/session-cookie.ts'
import type { NodeContext } from '../context.ts'
import { type Handler, handle } from '../http.ts'
import { answerQuestion } from './answering.ts'
import { confirmEnrolment, enrolTotp, giveUpTotp, ownSecondFactors } from './service.ts'

export function secondFactorHandlers(node: NodeContext): Handler[] {
  return [
    handle(contract.getSecondFactors, ({ session }) => ownSecondFactors(node, session)),
    handle(contract.startTotp, ({ body, session }) => enrolTotp(node, session, body)),
    handle(contract.confirmTotp, ({ body, session }) => confirmEnrolment(node, session, body.code)),
    handle(contract.removeTotp, ({ body, session }) => giveUpTotp(node, session, body)),
    handle(contract.answerSecondFactor, async ({ body, reply, session }) => {
      const signedIn = await answerQuestion(node, body)
      return deliverSession(node, { signedIn, as: body.session, before: session, reply })
    }),
  ]
}
