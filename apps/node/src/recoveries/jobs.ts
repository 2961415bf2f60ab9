import type { NodeContext } from '../context.ts'
import { inTransaction } from '../database.ts'
import type { JobList } from '../jobs.ts'
import { SEND_CODE_TASK, sendCode } from './starting.ts'

export function recoveryJobs(node: NodeContext): JobList {
  return {
    tasks: {
      [SEND_CODE_TASK]: (payload) => sendCode(node, (payload as { recovery: string }).recovery),
      'recoveries.forget': () => forgetOver(node),
    },
    schedule: [{ task: 'recoveries.forget', match: '37 * * * *' }],
  }
}

/** What is over leaves its message to the owner and its line of activity. */
async function forgetOver(node: NodeContext): Promise<void> {
  await inTransaction(node.db, async (trx) => {
    const over = await trx
      .deleteFrom('recoveries')
      .where('expires_at', '<', node.clock())
      .returning('id')
      .execute()
    if (over.length === 0) return
    await trx
      .deleteFrom('one_time_codes')
      .where('purpose', '=', 'recovery')
      .where(
        'subject',
        'in',
        over.map(({ id }) => id),
      )
      .execute()
  })
}
