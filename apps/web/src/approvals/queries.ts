import { queryOptions } from '@tanstack/react-query'
import { work } from '../work/work.ts'

/** Who waits for a decision; looked at again every minute while the page is in front. */
export const waitingQuery = queryOptions({
  queryKey: ['approvals', 'find', 'waiting'],
  queryFn: ({ signal }) => work.approvals.find({ status: 'pending', limit: 200 }, { signal }),
  refetchInterval: 60_000,
})
