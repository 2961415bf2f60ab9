import { queryOptions } from '@tanstack/react-query'
import { work } from '../work/work.ts'

export const whoLooked = queryOptions({
  queryKey: ['openings', 'looks'],
  queryFn: ({ signal }) => work.openings.whoLooked(undefined, { signal }),
})
