import type { DemoProgress } from '@curo/client/demo/fill'
import { isCuroError } from '@curo/crypto/errors'
import { useSyncExternalStore } from 'react'
import { isIdleTooLong, noteActivity } from '../accounts/auto-lock.ts'
import { onWipe } from '../accounts/session.ts'
import { refreshHospital } from '../app/hospital.ts'
import { queryClient } from '../app/query.ts'
import { work } from '../work/work.ts'
import type { FillInput } from './work.ts'

/** The filling of this window, which goes on while its administrator looks at other pages. */
export type Filling =
  | { state: 'none'; error?: unknown; input?: FillInput }
  | { state: 'running'; progress: DemoProgress | null; of: number; stop: () => void }

let filling: Filling = { state: 'none' }
const listeners = new Set<() => void>()

function become(next: Filling): void {
  filling = next
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export const useFilling = (): Filling => useSyncExternalStore(subscribe, () => filling)

/**
 * [Note: filling is activity] As long as it comes forward nobody has to touch the page to keep it from locking: everything
 * in a training hospital is invented. One that hangs keeps nothing awake, nor does it wake what a sleep should have locked.
 */
function noteProgress(): void {
  if (!isIdleTooLong()) noteActivity()
}

/** Begins, or goes on. Nothing else may run in this window. */
export async function startFilling(input: FillInput): Promise<void> {
  const abort = new AbortController()
  const stop = () => abort.abort()
  const isOurs = () => filling.state === 'running' && filling.stop === stop
  const of = input.patients
  become({ state: 'running', progress: null, of, stop })
  let error: unknown
  try {
    await work.demo.fill(input, {
      signal: abort.signal,
      onProgress(progress) {
        noteProgress()
        if (isOurs()) become({ state: 'running', progress, of, stop })
      },
    })
  } catch (thrown) {
    if (!abort.signal.aborted) error = thrown
  }
  // After a lock it is nobody's any more.
  if (!isOurs()) return
  // What it has come to is drawn at once, not what was known before.
  await Promise.all([
    queryClient.invalidateQueries({ queryKey: ['demo'] }),
    queryClient.invalidateQueries({ queryKey: ['approvals'] }),
    refreshHospital(),
  ])
  if (!isOurs()) return
  become(error === undefined ? { state: 'none' } : { state: 'none', error, input })
  if (isCuroError(error, 'unavailable')) goOnWithNetwork(input, filling)
}

/** The hospital's computer may be away while there is a network: it is asked again that often. */
const ASK_AGAIN_MS = 20_000

/** As soon as the network is back, or the node; unless something else has happened here meanwhile. */
function goOnWithNetwork(input: FillInput, failed: Filling): void {
  const goOn = () => {
    removeEventListener('online', goOn)
    clearTimeout(timer)
    if (filling === failed) void startFilling(input)
  }
  const timer = setTimeout(goOn, ASK_AGAIN_MS)
  addEventListener('online', goOn)
}

onWipe(() => become({ state: 'none' }))
