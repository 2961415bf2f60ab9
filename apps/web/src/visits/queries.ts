import { queryOptions } from '@tanstack/react-query'
import { work } from '../work/work.ts'

export const consentsQuery = queryOptions({
  queryKey: ['visits', 'consents'],
  queryFn: ({ signal }) => work.visits.consents(undefined, { signal }),
  refetchInterval: 20_000,
})

export const requestsQuery = queryOptions({
  queryKey: ['visits', 'requests'],
  queryFn: ({ signal }) => work.visits.requests(undefined, { signal }),
  refetchInterval: 20_000,
})
