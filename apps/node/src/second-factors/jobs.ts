import type { NodeContext } from '../context.ts'
import type { JobList } from '../jobs.ts'

export function secondFactorJobs(node: NodeContext): JobList {
  return {
    tasks: {
      'second-factors.forget': async () => {
        for (const table of ['second_factor_questions', 'passkey_ceremonies'] as const)
          await node.db.deleteFrom(table).where('expires_at', '<', node.clock()).execute()
      },
    },
    schedule: [{ task: 'second-factors.forget', match: '47 * * * *' }],
  }
}
