import { isCuroError } from '@curo/crypto/errors'
import { z } from 'zod'
import type { NodeContext } from '../context.ts'
import type { JobList } from '../jobs.ts'
import { SAFE_AGE_MS } from './orphans.ts'
import { end, runScrubStep, watchScrubs } from './scrub-step.ts'
import { SCRUB_JOB, startScrub } from './scrubs.ts'

const stepPayload = z.object({ scrub: z.string() })

export function auditJobs(node: NodeContext): JobList {
  return {
    tasks: {
      [SCRUB_JOB]: async (payload, { lastAttempt }) => {
        const { scrub } = stepPayload.parse(payload)
        try {
          await runScrubStep(node, scrub)
        } catch (error) {
          if (lastAttempt) await end(node, scrub, { state: 'failed' })
          throw error
        }
      },
      'watch-scrubs': () => watchScrubs(node),
      'nightly-scrub': async () => {
        await node.vault.removeUnfinished({ olderThan: new Date(Date.now() - SAFE_AGE_MS) })
        try {
          await startScrub(node, null)
        } catch (error) {
          if (!isCuroError(error, 'conflict')) throw error
        }
      },
    },
    schedule: [
      { task: 'watch-scrubs', match: '* * * * *' },
      { task: 'nightly-scrub', match: '23 20 * * *' },
    ],
  }
}
