import { queryOptions } from '@tanstack/react-query'
import { work } from '../work/work.ts'

/** What the desk has about the patient who is signed in. */
export const me = queryOptions({
  queryKey: ['patients', 'me'],
  queryFn: ({ signal }) => work.patients.me(undefined, { signal }),
})
