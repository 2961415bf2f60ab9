import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { work } from '../work/work.ts'
import type { EmergencyPage } from './work.ts'

/** A colleague waits with a patient who cannot speak. */
const LOOK_EVERY_MS = 10_000

export const toConfirmQuery = queryOptions({
  queryKey: ['emergencies', 'to-confirm'],
  queryFn: ({ signal }) => work.emergencies.list({ of: 'to-confirm', limit: 50 }, { signal }),
  refetchInterval: LOOK_EVERY_MS,
})

/** One's own, asked for or confirmed; an administrator's are all. */
export const emergenciesQuery = infiniteQueryOptions({
  queryKey: ['emergencies', 'mine'],
  queryFn: ({ pageParam, signal }): Promise<EmergencyPage> =>
    work.emergencies.list({ limit: 50, ...(pageParam ? { after: pageParam } : {}) }, { signal }),
  initialPageParam: '',
  getNextPageParam: ({ next }: EmergencyPage) => next,
  refetchInterval: 30_000,
})

/** The one that waits for a second doctor, of this patient. */
export const waitingQuery = (patient: string) =>
  queryOptions({
    queryKey: ['emergencies', 'waiting', patient],
    queryFn: async ({ signal }) => {
      const { emergencies } = await work.emergencies.list({ state: 'waiting', limit: 50 }, { signal })
      return emergencies.find(({ request }) => request.patient === patient) ?? null
    },
    refetchInterval: ({ state }) => (state.data ? 3000 : false),
  })
