/** Once the page has nothing else to do: for what is fetched ahead of its use. */
export const whenIdle = () =>
  new Promise<void>((resolve) => {
    if ('requestIdleCallback' in globalThis) requestIdleCallback(() => resolve())
    else setTimeout(resolve, 2000)
  })

/** Whoever counts bytes gets nothing ahead of its use. */
export const countsBytes = () =>
  (navigator as { connection?: { saveData?: boolean } }).connection?.saveData === true
