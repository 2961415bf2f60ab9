import { queryOptions } from '@tanstack/react-query'
import { work } from '../work/work.ts'
import { pushState } from './device.ts'

export const ownSettings = queryOptions({
  queryKey: ['settings'],
  queryFn: ({ signal }) => work.push.settings(undefined, { signal }),
})

export const ownPushState = (account: string) =>
  queryOptions({ queryKey: ['push-state', account], queryFn: () => pushState(account), staleTime: 0 })
