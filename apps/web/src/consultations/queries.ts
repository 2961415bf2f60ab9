import { queryOptions } from '@tanstack/react-query'
import { work } from '../work/work.ts'

export const draftsQuery = queryOptions({
  queryKey: ['consultations', 'drafts'],
  queryFn: ({ signal }) => work.consultations.list(undefined, { signal }),
})
