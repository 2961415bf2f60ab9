/** When this tab was loaded again for a file that was gone. */
const RELOADED = 'curo.reloaded-at'
const NOT_AGAIN_FOR_MS = 60_000

/** Failures to load a part of the app: the node was updated while the page was open, or there is no network. */
const failures = new WeakSet<object>()

/** Takes note of parts that do not load. Nothing is done about it yet: it may have been a look ahead, and something typed. */
export function noticeGoneFiles(): void {
  addEventListener('vite:preloadError', ({ payload }) => failures.add(payload))
}

/** Loads the page again, once, where the page asked for needs a part that is gone: the new version has it. */
export function reloadForGoneFile(error: unknown): void {
  if (!(error instanceof Error) || !failures.has(error) || !navigator.onLine) return
  if (Date.now() - Number(sessionStorage.getItem(RELOADED) ?? 0) < NOT_AGAIN_FOR_MS) return
  sessionStorage.setItem(RELOADED, String(Date.now()))
  location.reload()
}
