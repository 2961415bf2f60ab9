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
    ready.active?.postMessage(loadedFiles())
  } catch {
    // A browser that refuses (private mode, full disk) works online as before.
  }
}

const loadedFiles = (): string[] =>
  performance
    .getEntriesByType('resource')
    .map(({ name }) => name)
    .filter((name) => name.includes('/assets/'))

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
