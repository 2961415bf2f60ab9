import * as contract from '@curo/contract/audit'
import type { NodeContext } from '../context.ts'
import { type Handler, handle } from '../http.ts'
import { listActivity } from './activity.ts'
import { answerChallenges } from './challenges.ts'
import { degradedRecords } from './degraded.ts'
import { findProblems } from './problems.ts'
import { getScrub, listScrubs, startScrub } from './scrubs.ts'
import { describeStorage } from './storage.ts'

export function auditHandlers(node: NodeContext): Handler[] {
  return [
    handle(contract.challengeStorage, async ({ body, session }) => ({
      answers: await answerChallenges(node, session, body.challenges),
    })),
    handle(contract.getStorage, () => describeStorage(node)),
    handle(contract.startScrub, async ({ session }) => ({ scrub: await startScrub(node, session.account) })),
    handle(contract.getScrub, ({ params }) => getScrub(node, params.scrub)),
    handle(contract.listScrubs, ({ query }) => listScrubs(node, query)),
    handle(contract.listDegraded, ({ query }) => degradedRecords(node, query)),
    handle(contract.listProblems, () => findProblems(node)),
    handle(contract.listActivity, ({ query }) => listActivity(node, query)),
  ]
}
