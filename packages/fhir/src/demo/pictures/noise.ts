import type { Random } from '../random.ts'

/** Smooth noise between −1 and 1: the texture of skin and tissue. `size` is the distance of its grid in pixels. */
export function makeNoise(random: Random, size: number): (x: number, y: number) => number {
  const side = 64
  const grid = Float32Array.from({ length: side * side }, () => random.between(-1, 1))
  const at = (column: number, row: number) =>
    grid[(((row % side) + side) % side) * side + (((column % side) + side) % side)] ?? 0
  const smooth = (t: number) => t * t * (3 - 2 * t)
  return (x, y) => {
    const [u, v] = [x / size, y / size]
    const [column, row] = [Math.floor(u), Math.floor(v)]
    const [s, t] = [smooth(u - column), smooth(v - row)]
    const top = at(column, row) * (1 - s) + at(column + 1, row) * s
    const bottom = at(column, row + 1) * (1 - s) + at(column + 1, row + 1) * s
    return top * (1 - t) + bottom * t
  }
}

/** 1 inside an ellipse, falling to 0 over `edge` of its radius. */
export function ellipse(
  x: number,
  y: number,
  {
    cx,
    cy,
    rx,
    ry,
    turn = 0,
    edge = 0.05,
  }: { cx: number; cy: number; rx: number; ry: number; turn?: number; edge?: number },
): number {
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)]
  const [dx, dy] = [x - cx, y - cy]
  const distance = Math.hypot((dx * cos + dy * sin) / rx, (dy * cos - dx * sin) / ry)
  return Math.max(0, Math.min(1, (1 + edge - distance) / (2 * edge)))
}

/** Distance of a point from a line between two points. */
export function distanceToLine(
  [x, y]: readonly [number, number],
  [ax, ay]: readonly [number, number],
  [bx, by]: readonly [number, number],
): number {
  const length = (bx - ax) ** 2 + (by - ay) ** 2
  const t = Math.max(0, Math.min(1, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length))
  return Math.hypot(x - ax - t * (bx - ax), y - ay - t * (by - ay))
}
