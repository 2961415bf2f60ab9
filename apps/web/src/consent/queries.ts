import { queryOptions } from '@tanstack/react-query'
import { work } from '../work/work.ts'

/** Somebody asks while she looks: the list is fetched again this often, in the tab in front only. */
const LOOK_AGAIN_MS = 20_000

export const requestsToMe = queryOptions({
  queryKey: ['consent', 'requests'],
  queryFn: ({ signal }) => work.consent.requestsToMe(undefined, { signal }),
  refetchInterval: LOOK_AGAIN_MS,
})

export const allowedByMe = queryOptions({
  queryKey: ['consent', 'allowed'],
  queryFn: ({ signal }) => work.consent.allowedByMe(undefined, { signal }),
})
