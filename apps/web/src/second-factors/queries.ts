import { queryOptions } from '@tanstack/react-query'
import { work } from '../work/work.ts'

export const ownSecondFactors = queryOptions({
  queryKey: ['second-factors'],
  queryFn: ({ signal }) => work.secondFactors.mine(undefined, { signal }),
})
