import { queryOptions } from '@tanstack/react-query'
import { work } from '../work/work.ts'

/** What a patient signed at the desk, newest first. */
export const papersOf = (patient: string) =>
  queryOptions({
    queryKey: ['papers', patient],
    queryFn: ({ signal }) => work.papers.list({ patient }, { signal }),
  })
