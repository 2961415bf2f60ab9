import { isCuroError } from '@curo/crypto/errors'
import { useSyncExternalStore } from 'react'
import { currentSession, subscribe as subscribeToSession } from '../../accounts/session.ts'
import { queryClient } from '../../app/query.ts'
import { work } from '../../work/work.ts'
import { ownChart } from '../own-chart.ts'
import type { BegunUpload, FileFacts } from '../work-uploads.ts'
import type { ChosenFile } from './chosen-files.ts'
import { onOtherPerson } from './other-person.ts'

/**
 * `waiting` its turn; `running`; `stopped` by her; `away`: the hospital cannot be reached, it goes on by itself; `failed`;
 * `needs-file`: begun before a reload, or gone on with another file; `elsewhere`: another window has it; `done`.
 */
export type UploadState =
  | 'waiting'
  | 'running'
  | 'stopped'
  | 'away'
  | 'failed'
  | 'needs-file'
  | 'elsewhere'
  | 'done'

export type QueuedUpload = FileFacts & {
  id: string
  fileName: string
  size: number
  state: UploadState
  /** 0 to 1. */
  sent: number
  error?: unknown
  /** Its record, once it is done. */
  record?: string
}

/** How often, and after how many milliseconds, the hospital is tried again without being asked. */
const TRY_AGAIN_MS = [5_000, 20_000, 60_000]

let queue: readonly QueuedUpload[] = []
const files = new Map<string, File>()
const stopping = new Map<string, AbortController>()
let triesLeft = TRY_AGAIN_MS.length
const listeners = new Set<() => void>()

function become(next: readonly QueuedUpload[]): void {
  queue = next
  for (const listener of listeners) listener()
}

function change(id: string, given: Partial<QueuedUpload>): void {
  become(queue.map((one) => (one.id === id ? { ...one, ...given } : one)))
}

onOtherPerson(() => {
  for (const abort of stopping.values()) abort.abort()
  files.clear()
  become([])
})

// A lock ends the Worker, and what was under way with it; unlocked, it goes on from what was kept.
subscribeToSession(() => {
  if (currentSession().state === 'signed-in') goOn()
})

/** Why an upload is aborted that nobody stopped: a request on a dead line would be waited for until its time is over. */
const OFFLINE = 'offline'

if (typeof window !== 'undefined') {
  window.addEventListener('online', () => goOn())
  window.addEventListener('offline', () => {
    for (const abort of stopping.values()) abort.abort(OFFLINE)
  })
}

/** What waited for the hospital, or for the unlock, has its turn again. */
function goOn(): void {
  triesLeft = TRY_AGAIN_MS.length
  become(queue.map((one) => (one.state === 'away' ? { ...one, state: 'waiting' } : one)))
  void runNext()
}

export function addUploads(chosen: readonly ChosenFile[]): void {
  for (const { id, file } of chosen) files.set(id, file)
  const added = chosen.map(
    ({ id, file, title, occurred, category }): QueuedUpload => ({
      ...{ id, title: title.trim(), occurred, category },
      fileName: file.name,
      size: file.size,
      state: 'waiting',
      sent: 0,
    }),
  )
  become([...queue, ...added])
  void runNext()
}

/** One at a time: each already sends several parts at once, and memory stays what one takes. */
async function runNext(): Promise<void> {
  if (currentSession().state !== 'signed-in' || queue.some(({ state }) => state === 'running')) return
  const next = queue.find(({ state }) => state === 'waiting')
  const file = next && files.get(next.id)
  if (!next || !file) return
  const abort = new AbortController()
  stopping.set(next.id, abort)
  const { error: _, ...asked } = next
  become(queue.map((one) => (one.id === next.id ? { ...asked, state: 'running' } : one)))
  try {
    const { id, title, occurred, category } = next
    const { record } = await work.records.upload(
      { id, file, title, occurred, category },
      { signal: abort.signal, onProgress: ({ sent, total }) => change(id, { sent: sent / total }) },
    )
    files.delete(id)
    triesLeft = TRY_AGAIN_MS.length
    change(id, { state: 'done', sent: 1, record })
    void queryClient.invalidateQueries({ queryKey: ownChart.queryKey })
  } catch (error) {
    failed(next.id, error, abort.signal)
  } finally {
    stopping.delete(next.id)
  }
  void runNext()
}

function failed(id: string, error: unknown, signal: AbortSignal): void {
  const isLocked = currentSession().state === 'locked'
  if (signal.aborted) change(id, { state: signal.reason === OFFLINE ? 'away' : 'stopped' })
  else if (isLocked) change(id, { state: 'away', error })
  else if (isCuroError(error, 'unavailable')) tryAgainLater(id, error)
  else if (isCuroError(error, 'conflict', 'invalid-input')) {
    // Not the file that was begun, or none that can be read any more.
    files.delete(id)
    change(id, { state: 'needs-file', error })
  } else change(id, { state: 'failed', error })
}

function tryAgainLater(id: string, error: unknown): void {
  change(id, { state: 'away', error })
  const pause = TRY_AGAIN_MS[TRY_AGAIN_MS.length - triesLeft]
  if (pause === undefined) return
  triesLeft -= 1
  setTimeout(() => {
    if (queue.find((one) => one.id === id)?.state !== 'away') return
    change(id, { state: 'waiting' })
    void runNext()
  }, pause)
}

export function stopUpload(id: string): void {
  const abort = stopping.get(id)
  if (abort) abort.abort()
  else change(id, { state: 'stopped' })
}

export function resumeUpload(id: string): void {
  triesLeft = TRY_AGAIN_MS.length
  change(id, { state: files.has(id) ? 'waiting' : 'needs-file' })
  void runNext()
}

/** Goes on with an upload of an earlier visit. That it is the same file is checked before anything is sent. */
export function resumeWithFile(id: string, file: File): void {
  files.set(id, file)
  resumeUpload(id)
}

/** What was sent of it is deleted at the hospital. */
export async function giveUp(id: string): Promise<void> {
  stopping.get(id)?.abort()
  files.delete(id)
  become(queue.filter((one) => one.id !== id))
  await work.records.giveUpUpload({ id })
}

export function clearDone(): void {
  become(queue.filter(({ state }) => state !== 'done'))
}

/** Adds those that an earlier visit or another window began. */
export function addBegun(begun: readonly BegunUpload[]): void {
  const known = new Map(queue.map((one) => [one.id, one]))
  const added = begun
    .filter(({ id }) => !known.has(id))
    .map(
      ({ isElsewhere, ...one }): QueuedUpload => ({
        ...one,
        state: isElsewhere ? 'elsewhere' : 'needs-file',
      }),
    )
  // What another window had is finished there, or free now.
  const there = new Map(begun.map((one) => [one.id, one]))
  const kept = queue.flatMap((one): QueuedUpload[] => {
    if (one.state !== 'elsewhere') return [one]
    const now = there.get(one.id)
    if (!now) return []
    return [now.isElsewhere ? { ...one, sent: now.sent } : { ...one, sent: now.sent, state: 'needs-file' }]
  })
  become([...kept, ...added])
}

export const currentUploads = (): readonly QueuedUpload[] => queue

export const useUploads = (): readonly QueuedUpload[] =>
  useSyncExternalStore((listener) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }, currentUploads)
