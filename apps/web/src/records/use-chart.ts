import { type ChartRecord, chartResolver } from '@curo/fhir/chart/record'
import { type TimelineEntry, type TimelineSource, timelineEntryOf } from '@curo/fhir/timeline'
import { useMemo } from 'react'
import { useChartSearch } from './timeline/use-chart-search.ts'
import type { SearchRecords } from './timeline/use-found.ts'

/** What the views of one chart share. */
export type Chart = {
  sources: readonly TimelineSource[]
  /** Those whose content is here. */
  records: readonly ChartRecord[]
  resolve: ReturnType<typeof chartResolver>
  entries: readonly TimelineEntry[]
  search: SearchRecords
}

/** Opened records, made ready for the views; undefined while nothing has arrived. */
export function useChart(sources: readonly TimelineSource[] | undefined): Chart | undefined {
  const made = useMemo(() => {
    if (!sources) return undefined
    const records = sources.flatMap(({ record, resource, created }): ChartRecord[] =>
      resource ? [{ id: record, resource, ...(created ? { created } : {}) }] : [],
    )
    const resolve = chartResolver(records)
    return { sources, records, resolve, entries: sources.map((source) => timelineEntryOf(source, resolve)) }
  }, [sources])
  const { search } = useChartSearch(made?.sources, made?.resolve)
  return useMemo(() => made && { ...made, search }, [made, search])
}

/** What a file is called: by the document that describes it, else by its own stub. */
export function describedFile(
  sources: readonly TimelineSource[],
  record: string,
): { name: string; claimedType?: string } {
  for (const { resource } of sources) {
    if (resource?.resourceType !== 'DocumentReference' || resource.masterIdentifier?.value !== record)
      continue
    const { title, contentType } = resource.content?.[0]?.attachment ?? {}
    if (typeof title !== 'string') break
    return { name: title, ...(typeof contentType === 'string' ? { claimedType: contentType } : {}) }
  }
  const stub = sources.find((source) => source.record === record)?.stub
  const { title, subtype } = (typeof stub === 'object' && stub !== null ? stub : {}) as Record<
    string,
    unknown
  >
  return {
    name: typeof title === 'string' ? title : record,
    ...(typeof subtype === 'string' ? { claimedType: subtype } : {}),
  }
}
