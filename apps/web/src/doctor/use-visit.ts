import type { ConsentView } from '@curo/contract/consent'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useReducer } from 'react'
import { consentsQuery } from '../visits/queries.ts'
import type { VisitedPatient } from '../visits/work.ts'
import { work } from '../work/work.ts'

/** How soon an open chart learns that the patient took her permission back. */
const LOOK_EVERY_MS = 8000
/** Longer than this a timer does not reach. */
const LONGEST_TIMER_MS = 2 ** 31 - 1

export type VisitNow = {
  /** Her card is in hand. */
  visited: VisitedPatient | null
  /** What opens her chart now. */
  active: ConsentView | null
  /** The newest of what does not. */
  ended: ConsentView | null
  name: { given: string; family: string } | null
}

/**
 * Who is here and what is allowed now; undefined while it is asked. [Note: a chart closes by itself] When the permission
 * ends, or is taken back, what was opened is forgotten in the Worker and on the page, whatever is on the screen.
 */
export function useVisit(patient: string): VisitNow | undefined {
  const queries = useQueryClient()
  const visited = useQuery({
    queryKey: ['visits', 'current', patient],
    queryFn: () => work.visits.current({ patient }),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const consents = useQuery({ ...consentsQuery, refetchInterval: LOOK_EVERY_MS })
  const [, lookAgain] = useReducer((count: number) => count + 1, 0)
  const isPending = visited.isPending || consents.isPending
  const own = consents.data?.filter(({ grant }) => grant.patient === patient) ?? []
  const now = new Date().toISOString()
  const isGood = ({ state, grant, sealedKeys }: ConsentView) =>
    state === 'active' && grant.notAfter > now && (sealedKeys !== null || visited.data != null)
  // What she allowed herself comes before an emergency.
  const good = own.filter(isGood)
  const active = good.find(({ grant }) => grant.by !== 'emergency') ?? good[0] ?? null
  const end = active?.grant.notAfter
  useEffect(() => {
    if (!end) return
    const left = Math.min(new Date(end).getTime() - Date.now() + 50, LONGEST_TIMER_MS)
    const timer = setTimeout(lookAgain, Math.max(left, 0))
    return () => clearTimeout(timer)
  }, [end])
  const isClosed = !isPending && active === null
  useEffect(() => {
    if (!isClosed) return
    queries.removeQueries({ queryKey: ['visits', 'chart', patient] })
    void work.visits.forget({ patient })
  }, [isClosed, patient, queries])
  if (isPending) return undefined
  const named = own.find(({ patientName }) => patientName)?.patientName
  return {
    visited: visited.data ?? null,
    active,
    ended: own.find((consent) => !isGood(consent)) ?? null,
    name: visited.data?.demographics.name ?? named ?? null,
  }
}
