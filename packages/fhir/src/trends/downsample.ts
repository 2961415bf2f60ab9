/**
 * At most about `most` of the points, for drawing: of each stretch of time the first, the last, the lowest and the
 * highest (M4, Jugel 2014), so the line looks the same and no outlier is lost. Points are in order of time; their
 * order is kept.
 */
export function downsample<T extends { readonly time: number; readonly value: number }>(
  points: readonly T[],
  most: number,
): T[] {
  const first = points[0]
  const last = points.at(-1)
  if (points.length <= Math.max(4, most) || !first || !last) return [...points]
  const stretches = Math.max(1, Math.floor(most / 4))
  const width = (last.time - first.time) / stretches || 1
  const kept: T[] = []
  let at = 0
  for (let stretch = 1; stretch <= stretches && at < points.length; stretch++) {
    const end = stretch === stretches ? Number.POSITIVE_INFINITY : first.time + stretch * width
    const chosen = new Set<number>()
    let [low, high, start] = [at, at, at]
    for (; at < points.length && (points[at] as T).time < end; at++) {
      if ((points[at] as T).value < (points[low] as T).value) low = at
      if ((points[at] as T).value > (points[high] as T).value) high = at
    }
    if (at === start) continue
    for (const index of [start, low, high, at - 1]) chosen.add(index)
    kept.push(...[...chosen].sort((a, b) => a - b).map((index) => points[index] as T))
  }
  return kept
}
