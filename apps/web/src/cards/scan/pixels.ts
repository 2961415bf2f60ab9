/** A picture as canvases give it: RGBA, row by row. */
export type Pixels = { data: Uint8ClampedArray; width: number; height: number }

/** A rectangle within a picture; whole pixels. */
export type Area = { x: number; y: number; width: number; height: number }

export function makePixels(width: number, height: number): Pixels {
  return { data: new Uint8ClampedArray(width * height * 4).fill(255), width, height }
}

/** A part of a picture, enlarged with linear interpolation. */
export function enlarge({ data, width, height }: Pixels, area: Area, factor: number): Pixels {
  const out = makePixels(Math.round(area.width * factor), Math.round(area.height * factor))
  for (let row = 0; row < out.height; row++) {
    const y = Math.min(height - 1, Math.max(0, area.y + (row + 0.5) / factor - 0.5))
    const [top, fy] = [Math.floor(y), y % 1]
    const bottom = Math.min(height - 1, top + 1)
    for (let column = 0; column < out.width; column++) {
      const x = Math.min(width - 1, Math.max(0, area.x + (column + 0.5) / factor - 0.5))
      const [left, fx] = [Math.floor(x), x % 1]
      const right = Math.min(width - 1, left + 1)
      const to = (row * out.width + column) * 4
      for (let c = 0; c < 3; c++) {
        const upper = at(data, top * width + left, c) * (1 - fx) + at(data, top * width + right, c) * fx
        const lower = at(data, bottom * width + left, c) * (1 - fx) + at(data, bottom * width + right, c) * fx
        out.data[to + c] = upper * (1 - fy) + lower * fy
      }
    }
  }
  return out
}

function at(data: Uint8ClampedArray, pixel: number, channel: number): number {
  return data[pixel * 4 + channel] ?? 0
}

function toGrey({ data, width, height }: Pixels): Float32Array {
  const grey = new Float32Array(width * height)
  for (let i = 0; i < grey.length; i++)
    grey[i] = at(data, i, 0) * 0.3 + at(data, i, 1) * 0.59 + at(data, i, 2) * 0.11
  return grey
}

function fromGrey(grey: Float32Array, { width, height }: Pixels): Pixels {
  const out = makePixels(width, height)
  for (let i = 0; i < grey.length; i++) out.data.fill(grey[i] ?? 0, i * 4, i * 4 + 3)
  return out
}

/** The mean of the (2 · radius + 1)² pixels around each, by running sums: its cost does not grow with the radius. */
function meansAround(grey: Float32Array, { width, height }: Pixels, radius: number): Float32Array {
  const pass = (from: Float32Array, length: number, lines: number, step: number, stride: number) => {
    const to = new Float32Array(from.length)
    for (let line = 0; line < lines; line++) {
      const start = line * stride
      const value = (i: number) => from[start + Math.min(length - 1, Math.max(0, i)) * step] ?? 0
      let sum = 0
      for (let i = -radius; i <= radius; i++) sum += value(i)
      for (let i = 0; i < length; i++) {
        to[start + i * step] = sum / (2 * radius + 1)
        sum += value(i + radius + 1) - value(i - radius)
      }
    }
    return to
  }
  return pass(pass(grey, width, height, 1, width), height, width, width, 1)
}

/** Without grain and screen pattern: each pixel the mean of its neighbourhood. */
export function soften(picture: Pixels, radius: number): Pixels {
  return fromGrey(meansAround(toGrey(picture), picture, radius), picture)
}

/** Even light and full contrast: each pixel against the brightness and the contrast of its surroundings. */
export function evenOut(picture: Pixels, radius: number): Pixels {
  const grey = toGrey(picture)
  const mean = meansAround(grey, picture, radius)
  const deviation = grey.map((value, i) => Math.abs(value - (mean[i] ?? 0)))
  const spread = meansAround(deviation, picture, radius)
  return fromGrey(
    grey.map((value, i) => 128 + (90 * (value - (mean[i] ?? 0))) / Math.max(4, spread[i] ?? 0)),
    picture,
  )
}

/** Edges made steeper, against a lens out of focus. */
export function sharpen(picture: Pixels, radius: number, strength: number): Pixels {
  const grey = toGrey(picture)
  const mean = meansAround(grey, picture, radius)
  return fromGrey(
    grey.map((value, i) => value + strength * (value - (mean[i] ?? 0))),
    picture,
  )
}
