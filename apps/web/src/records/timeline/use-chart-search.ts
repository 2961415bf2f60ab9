import type { chartResolver } from '@curo/fhir/chart/record'
import { ChartSearch } from '@curo/fhir/search'
import type { TimelineSource } from '@curo/fhir/timeline'
import { useEffect, useRef, useState } from 'react'
import type { SearchRecords } from './use-found.ts'

/** Milliseconds of one stretch of indexing: well under a frame at 60 Hz, so that scrolling goes on. */
const STRETCH = 8

const pause = () => new Promise<void>((resolve) => setTimeout(resolve, 0))

/**
 * Indexes records in the page, a few at a time, and searches among those indexed so far; a source that is there
 * already (same object) is not indexed again, one that is gone is forgotten. The function changes when more was indexed.
 */
export function useChartSearch(
  sources: readonly TimelineSource[] | undefined,
  resolve?: ReturnType<typeof chartResolver>,
): { search: SearchRecords; isReady: boolean } {
  const index = useRef<{ search: ChartSearch; known: Map<string, TimelineSource> }>(null)
  index.current ??= { search: new ChartSearch(), known: new Map() }
  const [done, setDone] = useState({ search: noSearch as SearchRecords, isReady: false })
  useEffect(() => {
    const { current } = index
    if (!sources || !current) return
    let isGone = false
    const { search, known } = current
    const find: SearchRecords = (query) => search.search(query, { limit: 5000 }).map(({ record }) => record)
    const run = async () => {
      const there = new Set(sources.map(({ record }) => record))
      for (const record of known.keys())
        if (!there.has(record)) {
          search.remove(record)
          known.delete(record)
        }
      let until = performance.now() + STRETCH
      for (const source of sources) {
        if (known.get(source.record) === source) continue
        search.addSources([source], resolve)
        known.set(source.record, source)
        if (performance.now() < until) continue
        await pause()
        if (isGone) return
        until = performance.now() + STRETCH
      }
      if (!isGone) setDone({ search: (query) => find(query), isReady: true })
    }
    setDone({ search: find, isReady: false })
    void run()
    return () => {
      isGone = true
    }
  }, [sources, resolve])
  return done
}

const noSearch: SearchRecords = () => []
