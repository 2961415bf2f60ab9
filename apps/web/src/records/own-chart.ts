import type { TimelineSource } from '@curo/fhir/timeline'
import { type QueryClient, queryOptions } from '@tanstack/react-query'
import { work } from '../work/work.ts'
import type { OwnListed } from './work-own.ts'

/** Her records as far as they have arrived. The same record is the same object until it changes. */
export type OwnChart = {
  sources: readonly TimelineSource[]
  /** Absent while more is coming. */
  listed?: Pick<OwnListed, 'from' | 'at'>
}

const KEY = ['records', 'own'] as const

async function read(client: QueryClient, signal: AbortSignal): Promise<OwnChart> {
  const known = client.getQueryData<OwnChart>(KEY)
  const sources = new Map(known?.sources.map((source) => [source.record, source]))
  const { records, from, at } = await work.records.openOwn(
    { isKnown: known?.listed !== undefined },
    {
      signal,
      onProgress: (arrived) => {
        if (arrived.sources.length === 0) return
        for (const source of arrived.sources) sources.set(source.record, source)
        const now: OwnChart = {
          sources: [...sources.values()],
          ...(known?.listed ? { listed: known.listed } : {}),
        }
        if (!signal.aborted) client.setQueryData(KEY, now)
      },
    },
  )
  const there = new Set(records)
  return { sources: [...sources.values()].filter(({ record }) => there.has(record)), listed: { from, at } }
}

/** Her whole history, growing while it is opened. */
export const ownChart = queryOptions({
  queryKey: KEY,
  queryFn: ({ client, signal }) => read(client, signal),
  // Comparing a thousand records member by member would take longer than opening them.
  structuralSharing: false,
  staleTime: 5 * 60_000,
})
