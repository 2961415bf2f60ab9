/** Cuts a list into consecutive parts of at most `size`. */
export function inBatches<T>(items: readonly T[], size: number): T[][] {
  const batches: T[][] = []
  for (let at = 0; at < items.length; at += size) batches.push(items.slice(at, at + size))
  return batches
}

/**
 * Runs `work` over the items, at most `width` at a time, and gives the results in order. The first failure stops the
 * others from being started and is thrown once those under way have settled.
 */
export async function mapBounded<T, R>(
  items: readonly T[],
  width: number,
  work: (item: T, index: number) => Promise<R>,
): Promise<R[]> {
  const results = new Array<R>(items.length)
  const failures: unknown[] = []
  let next = 0
  const worker = async () => {
    while (next < items.length && failures.length === 0) {
      const index = next++
      try {
        results[index] = await work(items[index] as T, index)
      } catch (error) {
        failures.push(error)
      }
    }
  }
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, worker))
  if (failures.length > 0) throw failures[0]
  return results
}

/**
 * Runs `work` over the items in order and yields each result; the next `ahead` are under way while the caller is busy.
 * Stops starting more when the caller stops.
 */
export async function* pipeline<T, R>(
  items: readonly T[],
  ahead: number,
  work: (item: T) => Promise<R>,
): AsyncGenerator<R> {
  const underWay: Promise<R>[] = []
  let next = 0
  const start = () => {
    const promise = work(items[next++] as T)
    // A failure is thrown when its turn comes; until then it must not count as unhandled.
    promise.catch(() => {})
    underWay.push(promise)
  }
  while (next < items.length || underWay.length > 0) {
    while (next < items.length && underWay.length <= ahead) start()
    yield await (underWay.shift() as Promise<R>)
  }
}
