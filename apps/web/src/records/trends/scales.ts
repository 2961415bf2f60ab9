/** Round values to mark an axis with: about `count` of them, covering low … high. */
export function niceTicks(low: number, high: number, count = 5): number[] {
  // Nearer to each other than a number can tell apart.
  if (!(high - low > 1e-9 * Math.max(Math.abs(low), Math.abs(high), 1e-9))) return [low]
  const rough = (high - low) / Math.max(1, count)
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = [1, 2, 2.5, 5, 10].map((one) => one * power).find((one) => one >= rough * 0.999) ?? 10 * power
  const first = Math.floor(low / step + 1e-9)
  const last = Math.ceil(high / step - 1e-9)
  return Array.from({ length: last - first + 1 }, (_, index) =>
    Number(((first + index) * step).toPrecision(12)),
  )
}

const DAY = 86_400_000
/** From the finest; the first that gives few enough marks is used. */
const SPANS = [
  { unit: 'day', step: 1 },
  { unit: 'day', step: 7 },
  { unit: 'month', step: 1 },
  { unit: 'month', step: 3 },
  { unit: 'year', step: 1 },
  { unit: 'year', step: 2 },
  { unit: 'year', step: 5 },
  { unit: 'year', step: 10 },
  { unit: 'year', step: 20 },
] as const

export type TimeTick = { readonly time: number; readonly unit: 'day' | 'month' | 'year' }

function marks(from: number, to: number, { unit, step }: (typeof SPANS)[number]): TimeTick[] {
  const start = new Date(from)
  const [year, month, day] = [start.getUTCFullYear(), start.getUTCMonth(), start.getUTCDate()]
  const at = (index: number) => {
    if (unit === 'day') return Date.UTC(year, month, day + index * step)
    if (unit === 'month') return Date.UTC(year, Math.floor(month / step) * step + index * step, 1)
    return Date.UTC(Math.floor(year / step) * step + index * step, 0, 1)
  }
  const found: TimeTick[] = []
  for (let index = 0; found.length < 60; index++) {
    const time = at(index)
    if (time > to) break
    if (time >= from) found.push({ time, unit })
  }
  return found
}

/** Marks on the axis of time, at the beginning of days, months or years; at most `most`. */
export function timeTicks(from: number, to: number, most = 6): TimeTick[] {
  if (!(to > from)) return [{ time: from, unit: 'day' }]
  const span = SPANS.find(({ unit, step }) => {
    const length = unit === 'day' ? DAY : unit === 'month' ? 30.44 * DAY : 365.25 * DAY
    return (to - from) / (length * step) <= most
  })
  return marks(from, to, span ?? SPANS[SPANS.length - 1] ?? { unit: 'year', step: 20 }).slice(0, most + 1)
}

/** low … high with room above and below; a single value gets some around it. */
export function padded(low: number, high: number, share = 0.08): [number, number] {
  const room = high > low ? (high - low) * share : Math.max(1, Math.abs(high) * 0.1)
  return [low - room, high + room]
}

/** A linear map of [from0, from1] onto [to0, to1]. */
export function linear([from0, from1]: readonly [number, number], [to0, to1]: readonly [number, number]) {
  const factor = from1 === from0 ? 0 : (to1 - to0) / (from1 - from0)
  const middle = (to0 + to1) / 2
  return (value: number) => (from1 === from0 ? middle : to0 + (value - from0) * factor)
}
