import type { HospitalInfo } from '@curo/contract/hospital'
import { useSyncExternalStore } from 'react'

type Known = { data: HospitalInfo | undefined; error: unknown }

/** What it said last time, for a page that opens without a network. Public, and asked again at once. */
const KEY = 'curo.hospital'

let known: Known = { data: saidBefore(), error: null }
let asking: Promise<void> | undefined
const listeners = new Set<() => void>()

/** Asks the node what it says of itself, again after an administrator changed it. The key Worker asks for itself. */
export function refreshHospital(): Promise<void> {
  asking = ask().then(
    (data) => {
      localStorage.setItem(KEY, JSON.stringify(data))
      tell({ data, error: null })
    },
    (error) => {
      asking = undefined
      tell({ data: known.data, error })
    },
  )
  return asking
}

async function ask(): Promise<HospitalInfo> {
  const response = await fetch('/v1/hospital', { credentials: 'omit' })
  if (!response.ok) throw new Error(`The hospital’s computer answered ${response.status}.`)
  return response.json()
}

function saidBefore(): HospitalInfo | undefined {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? 'null') ?? undefined
  } catch {
    return undefined
  }
}

function tell(next: Known): void {
  known = next
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  if (!asking) void refreshHospital()
  return () => listeners.delete(listener)
}

/** What anyone may know of the hospital; `data` is undefined until it has answered. */
export const useHospital = (): Known => useSyncExternalStore(subscribe, () => known)
