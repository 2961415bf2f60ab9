import { trustedScript } from '../trusted.ts'

/** A tab that stays open asks this often whether there is a new version. */
const ASK_EVERY_MS = 60 * 60_000

let waiting: ServiceWorker | null = null
const listeners = new Set<() => void>()

/** Whether a new version is there and waits for the page to be loaded again. */
export const hasUpdate = (): boolean => waiting !== null

export function subscribeToUpdates(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Makes the app open without a network from now on, and notices new versions. Quietly does nothing where it cannot. */
export async function keepForOffline(): Promise<void> {
  if (!('serviceWorker' in navigator) || import.meta.env.DEV) return
  try {
    const registration = await navigator.serviceWorker.register(trustedScript('/service-worker.js'))
    notice(registration)
    registration.addEventListener('updatefound', () => notice(registration))
    setInterval(() => void registration.update().catch(() => {}), ASK_EVERY_MS)
    const ready = await navigator.serviceWorker.ready
    keepWhatPassedBy(ready)
  } catch {
    // A browser that refuses (private mode, full disk) works online as before.
  }
}

/** Files that the page loads before the service worker has taken it over, those under way just then among them. */
function keepWhatPassedBy({ active }: ServiceWorkerRegistration): void {
  const observer = new PerformanceObserver((seen) => {
    const files = seen.getEntriesByType('resource') as PerformanceResourceTiming[]
    const passed = files.filter(({ name, workerStart }) => workerStart === 0 && name.includes('/assets/'))
    if (passed.length > 0) active?.postMessage(passed.map(({ name }) => name))
  })
  observer.observe({ type: 'resource', buffered: true })
}

function notice({ waiting: here, installing }: ServiceWorkerRegistration): void {
  // The first one ever installs without anybody waiting for it.
  if (!navigator.serviceWorker.controller) return
  const offer = (worker: ServiceWorker) => {
    waiting = worker
    for (const listener of listeners) listener()
  }
  if (here) offer(here)
  installing?.addEventListener('statechange', () => {
    if (installing.state === 'installed') offer(installing)
  })
}

/** Loads the page again with the new version; she stays signed in. */
export function takeUpdate(): void {
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true })
  waiting?.postMessage('take over')
}
