import { queryOptions } from '@tanstack/react-query'
import { work } from '../work/work.ts'

export const ownPasskeys = queryOptions({
  queryKey: ['passkeys'],
  queryFn: ({ signal }) => work.passkeys.list(undefined, { signal }),
})
