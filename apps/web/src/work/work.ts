import { trustedScript } from '../app/trusted.ts'
import { makeRemote, type Work, type WorkerLike } from './remote.ts'
import workerUrl from './worker.ts?worker&url'

type Listeners = { kept: (sealed: string) => void; unauthorized: () => void }
const listeners: Listeners = { kept: () => {}, unauthorized: () => {} }

const remote = makeRemote({
  start: () =>
    new Worker(trustedScript(workerUrl), { type: 'module', name: 'curo-keys' }) as unknown as WorkerLike,
  onKept: (sealed) => listeners.kept(sealed),
  onUnauthorized: () => listeners.unauthorized(),
})

/** The key Worker's functions. The same object for the page's whole life; locking restarts what is behind it. */
export const work: Work = remote.work

/** Ends the Worker: every key in it is gone, and calls under way fail with 'unauthorized'. */
export const endWork: () => void = remote.end

/** The session's business: what is kept for a reload, and calls refused for want of a session. */
export function listenToWork(to: Listeners): void {
  Object.assign(listeners, to)
}

/** In components; outside of them, import `work`. */
export const useWork = (): Work => work
