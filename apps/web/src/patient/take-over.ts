import { useSyncExternalStore } from 'react'
import type { TakenOver } from '../cards/work-patient.ts'
import { work } from '../work/work.ts'

/**
 * After a new card her earlier records get wraps for it. It may take a minute, goes on while she is elsewhere in the app,
 * and is taken up again after a reload: this mark says that it is not finished.
 */
const UNFINISHED = 'curo.card-take-over'

export type TakeOverState =
  | { state: 'none' }
  | { state: 'running'; progress: TakenOver | null }
  | { state: 'failed'; error: unknown }
  | { state: 'done'; progress: TakenOver }

let now: TakeOverState = { state: 'none' }
const listeners = new Set<() => void>()

function become(next: TakeOverState): void {
  now = next
  for (const listener of listeners) listener()
}

export function startTakeOver(): void {
  localStorage.setItem(UNFINISHED, '1')
  void run()
}

/** Goes on with one that a reload or a lost connection cut short. */
export function resumeTakeOver(): void {
  if (localStorage.getItem(UNFINISHED) !== null && now.state !== 'running') void run()
}

async function run(): Promise<void> {
  if (now.state === 'running') return
  become({ state: 'running', progress: null })
  try {
    const progress = await work.cards.takeOverRecords(undefined, {
      onProgress: (progress) => become({ state: 'running', progress }),
    })
    localStorage.removeItem(UNFINISHED)
    become({ state: 'done', progress })
  } catch (error) {
    become({ state: 'failed', error })
  }
}

export const useTakeOver = (): TakeOverState =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => now,
  )
