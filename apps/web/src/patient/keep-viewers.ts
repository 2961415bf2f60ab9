import { countsBytes, whenIdle } from '../app/when-idle.ts'

/** Of the build: build/viewer-files.ts. */
const LIST = '/viewer-files.json'

/**
 * Has the service worker keep the viewers of files before their first use, so that a PDF that this device kept is also
 * shown without a network. Whoever counts bytes gets them when she looks at a file.
 */
export async function keepViewers(): Promise<void> {
  if (!('serviceWorker' in navigator) || !navigator.onLine || countsBytes()) return
  // After what the page itself is made of, and what it asks the node for.
  const { active } = await navigator.serviceWorker.ready
  await whenIdle()
  const answer = await fetch(LIST, { priority: 'low' })
  if (answer.ok) active?.postMessage((await answer.json()) as string[])
}
