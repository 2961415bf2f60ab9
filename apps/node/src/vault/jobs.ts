import { z } from 'zod'
import type { NodeContext } from '../context.ts'
import type { JobList } from '../jobs.ts'
import { REPAIR_JOB, repairRecord } from './repair.ts'

const repairPayload = z.object({ record: z.string() })

export function vaultJobs(node: NodeContext): JobList {
  return {
    tasks: {
      [REPAIR_JOB]: async (payload) => {
        const outcome = await repairRecord(node, repairPayload.parse(payload).record)
        if (!outcome) return
        const { repaired, remaining } = outcome
        node.log.info({ repaired: repaired.length, remaining: remaining.length }, 'a record was repaired')
      },
    },
  }
}
