import type { ConsentView } from '@curo/contract/consent'
import type { TimelineSource } from '@curo/fhir/timeline'
import { type QueryClient, skipToken, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useChart } from '../records/use-chart.ts'
import type { OpenedChart } from '../visits/work.ts'
import { work } from '../work/work.ts'

export const chartKey = (patient: string) => ['visits', 'chart', patient] as const

/**
 * The chart within a consent, opened once and made ready for the views.
 * @param isWanted false: only what is open already
 */
export function useOpenedChart(patient: string, consent: ConsentView | null, isWanted = true) {
  const [progress, setProgress] = useState({ done: 0, total: 0 })
  const id = consent?.grant.id
  const { data, error } = useQuery<OpenedChart>({
    queryKey: [...chartKey(patient), id ?? 'closed'],
    queryFn: id
      ? ({ signal }) => work.visits.open({ patient, consent: id }, { signal, onProgress: setProgress })
      : skipToken,
    enabled: isWanted,
    // Every opening is a line in her ledger: one visit, one opening.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    retry: false,
  })
  const chart = useChart(data?.sources)
  return { chart, error, progress }
}

/** What was just written stands in the open chart at once, without another opening. */
export function addToChart(queries: QueryClient, patient: string, written: readonly TimelineSource[]): void {
  queries.setQueriesData<OpenedChart>({ queryKey: chartKey(patient) }, (chart) => {
    if (!chart) return chart
    const known = new Set(chart.sources.map(({ record }) => record))
    return { ...chart, sources: [...written.filter(({ record }) => !known.has(record)), ...chart.sources] }
  })
}
