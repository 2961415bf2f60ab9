import { queryOptions } from '@tanstack/react-query'
import { work } from '../work/work.ts'

const SCRUB_RUNNING_MS = 1500
const OTHERWISE_MS = 30_000

/** Buckets and the last scrub; looked at often while one runs. */
export const storageQuery = queryOptions({
  queryKey: ['audit', 'storage'],
  queryFn: ({ signal }) => work.audit.storage(undefined, { signal }),
  refetchInterval: ({ state }) =>
    state.data?.lastScrub?.state === 'running' ? SCRUB_RUNNING_MS : OTHERWISE_MS,
})

/** What is wrong at this node now, worst first. */
export const problemsQuery = queryOptions({
  queryKey: ['audit', 'problems'],
  queryFn: ({ signal }) => work.audit.problems(undefined, { signal }),
  refetchInterval: OTHERWISE_MS,
})
