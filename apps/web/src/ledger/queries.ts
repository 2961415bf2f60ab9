import { queryOptions } from '@tanstack/react-query'
import { work } from '../work/work.ts'

/** The log's size and state, and its witnesses. */
export const ledgerQuery = queryOptions({
  queryKey: ['ledger', 'state'],
  queryFn: ({ signal }) => work.ledger.state(undefined, { signal }),
  refetchInterval: 10_000,
})

/** The newest checkpoint with its cosignatures, verified in the key Worker. */
export const checkpointQuery = queryOptions({
  queryKey: ['ledger', 'checkpoint'],
  queryFn: ({ signal }) => work.ledger.checkpoint(undefined, { signal }),
  refetchInterval: 30_000,
})
