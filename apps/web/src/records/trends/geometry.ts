import { downsample, type Trend, type TrendLine, type TrendPoint } from '@curo/fhir/trends'
import { linear, niceTicks, padded, type TimeTick, timeTicks } from './scales.ts'

export interface PlacedPoint {
  readonly x: number
  readonly y: number
  readonly point: TrendPoint
  readonly line: string
}

export interface ChartGeometry {
  readonly lines: readonly {
    readonly key: string
    readonly path: string
    readonly points: readonly PlacedPoint[]
  }[]
  /** The normal range, one band per line that has one, cut to the drawing. */
  readonly bands: readonly { readonly key: string; readonly y: number; readonly height: number }[]
  readonly xTicks: readonly (TimeTick & { readonly x: number })[]
  readonly yTicks: readonly { readonly value: number; readonly y: number }[]
}

export interface ChartBox {
  readonly width: number
  readonly height: number
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

function shownPoints(lines: readonly TrendLine[], from: number | undefined): TrendLine[] {
  if (from === undefined) return [...lines]
  return lines.map((line) => ({ ...line, points: line.points.filter(({ time }) => time >= from) }))
}

/** The values an axis must cover: all points, and a range where it is near enough to be worth showing. */
function extentOf(lines: readonly TrendLine[]): [number, number] {
  const values = lines.flatMap(({ points }) => points.map(({ value }) => value))
  let [low, high] = [Math.min(...values), Math.max(...values)]
  const span = high - low || Math.abs(high) || 1
  for (const { range } of lines) {
    if (range?.low !== undefined && low - range.low < 2 * span) low = Math.min(low, range.low)
    if (range?.high !== undefined && range.high - high < 2 * span) high = Math.max(high, range.high)
  }
  return [low, high]
}

/**
 * Where everything of a chart stands. Points beyond `most` per line are thinned without losing an extreme.
 * @param from milliseconds; earlier points are left out
 */
export function geometryOf(
  trend: Pick<Trend, 'lines'>,
  given: { box: ChartBox; from?: number | undefined; most?: number; ticks?: { x: number; y: number } },
): ChartGeometry | undefined {
  const { box, from, most = 200, ticks = { x: 6, y: 4 } } = given
  const lines = shownPoints(trend.lines, from).filter(({ points }) => points.length > 0)
  const times = lines.flatMap(({ points }) => points.map(({ time }) => time))
  if (times.length === 0) return undefined
  const [first, last] = [Math.min(...times), Math.max(...times)]
  const yTicks = niceTicks(...padded(...extentOf(lines), 0.02), ticks.y)
  const [bottom, top] = [yTicks[0] ?? 0, yTicks.at(-1) ?? 1]
  const x = linear([first, last], [box.left, box.width - box.right])
  const y = linear([bottom, top], [box.height - box.bottom, box.top])
  const clamp = (value: number) => Math.min(Math.max(value, bottom), top)
  return {
    lines: lines.map(({ key, points }) => {
      const placed = downsample(points, most).map((point) => ({
        x: x(point.time),
        y: y(point.value),
        point,
        line: key,
      }))
      return { key, path: pathOf(placed), points: placed }
    }),
    bands: lines.flatMap(({ key, range }) => {
      if (!range || (range.low === undefined && range.high === undefined)) return []
      const [upper, lower] = [y(clamp(range.high ?? top)), y(clamp(range.low ?? bottom))]
      return lower > upper ? [{ key, y: upper, height: lower - upper }] : []
    }),
    xTicks: timeTicks(first, last, ticks.x).map((tick) => ({ ...tick, x: x(tick.time) })),
    yTicks: yTicks.map((value) => ({ value, y: y(value) })),
  }
}

const round = (value: number) => Math.round(value * 10) / 10

function pathOf(points: readonly PlacedPoint[]): string {
  return points.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${round(x)} ${round(y)}`).join('')
}
