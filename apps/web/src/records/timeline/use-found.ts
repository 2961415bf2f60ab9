import type { TimelineEntry } from '@curo/fhir/timeline'
import { useEffect, useState } from 'react'

/** Record ids that fit a query, at once or from a Worker. */
export type SearchRecords = (query: string) => readonly string[] | Promise<readonly string[]>

/** The records found, or undefined where nothing is asked. A late answer never replaces a newer one. */
export function useFound(
  query: string,
  search: SearchRecords | undefined,
  entries: readonly TimelineEntry[] | undefined,
): ReadonlySet<string> | undefined {
  const [found, setFound] = useState<ReadonlySet<string>>()
  const asked = query.trim()
  // biome-ignore lint/correctness/useExhaustiveDependencies: new entries may fit too
  useEffect(() => {
    if (asked === '' || !search) {
      setFound(undefined)
      return
    }
    let isLate = false
    Promise.resolve(search(asked))
      .then((records) => {
        if (!isLate) setFound(new Set(records))
      })
      .catch(() => {
        if (!isLate) setFound(new Set())
      })
    return () => {
      isLate = true
    }
  }, [asked, search, entries])
  return found
}
