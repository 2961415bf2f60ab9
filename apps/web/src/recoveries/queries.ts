import { queryOptions } from '@tanstack/react-query'
import { work } from '../work/work.ts'

export const ownKit = queryOptions({
  queryKey: ['recovery-kit'],
  queryFn: ({ signal }) => work.recoveries.kit(undefined, { signal }),
})

/** Somebody tries to get into her account with the help of her guardians: she may be the one, or not. */
export const ownAttempts = queryOptions({
  queryKey: ['recovery-attempts'],
  queryFn: ({ signal }) => work.recoveries.attempts(undefined, { signal }),
})
