import { makePixels, type Pixels } from '../scan/pixels.ts'

/** How a card is photographed. Angles in degrees, lengths in pixels of the photograph. */
export type Shot = {
  /** Around the line of sight, about the card's vertical axis, about its horizontal axis. */
  turn?: number
  pan?: number
  tilt?: number
  /** The card's width as a share of the photograph's, if it were held straight. */
  fill?: number
  /** Of the QR code's middle, at which people aim, from the photograph's. */
  shift?: readonly [x: number, y: number]
  /** 1 is daylight. */
  light?: number
  /** How much darker the right edge is than the left, from 0 to 1. */
  shade?: number
  /** 1 is full contrast, 0 none. */
  contrast?: number
  /** Standard deviation of blur. */
  blur?: number
  /** Length of a shake, and its direction in degrees. */
  shake?: readonly [length: number, direction: number]
  /** Standard deviation of noise, of 255. */
  noise?: number
  gamma?: number
  /** Pixels of the screen that shows the card, per millimetre of it; its grid makes moiré. */
  screen?: number
  /** Diameter of a reflecting lamp and where it is, as shares of the card's width, from its middle. */
  glare?: { size: number; x: number; y: number }
  /** Widths of the lens's bulge: 0.1 is a cheap wide-angle lens. */
  bulge?: number
  inverted?: boolean
}

export const PHOTO = { width: 1280, height: 720 }
/** Focal length in pixels, of a telephone that sees 65° across. */
const FOCAL = 1005
const CARD = { width: 85.6, height: 54 }
/** The middle of the QR code. */
const AIM = { x: 24.1, y: 27 }

type Matrix = [number, number, number, number, number, number, number, number, number]

function invert([a, b, c, d, e, f, g, h, i]: Matrix): Matrix {
  const [A, B, C] = [e * i - f * h, f * g - d * i, d * h - e * g]
  const scale = 1 / (a * A + b * B + c * C)
  const out = [
    A,
    c * h - b * i,
    b * f - c * e,
    B,
    a * i - c * g,
    c * d - a * f,
    C,
    b * g - a * h,
    a * e - b * d,
  ]
  return out.map((value) => value * scale) as Matrix
}

/** From points of the photograph to millimetres of the card (pinhole camera). */
function photoToCard({ turn = 0, pan = 0, tilt = 0, fill = 0.7, shift = [0, 0] }: Shot): Matrix {
  const [r, p, t] = [turn, pan, tilt].map((angle) => (angle * Math.PI) / 180) as [number, number, number]
  const [cr, sr, cp, sp, ct, st] = [
    Math.cos(r),
    Math.sin(r),
    Math.cos(p),
    Math.sin(p),
    Math.cos(t),
    Math.sin(t),
  ]
  const across = [cp * cr, st * sp * cr + ct * sr, -ct * sp * cr + st * sr]
  const down = [-cp * sr, -st * sp * sr + ct * cr, ct * sp * sr + st * cr]
  const distance = (FOCAL * CARD.width) / (fill * PHOTO.width)
  const u = PHOTO.width / 2 + shift[0]
  const v = PHOTO.height / 2 + shift[1]
  const at = [0, 1, 2].map(
    (k) => (across[k] ?? 0) * -AIM.x + (down[k] ?? 0) * -AIM.y + (k === 2 ? distance : 0),
  )
  const row = (k: number, centre: number) =>
    [across, down, at].map((vector) => FOCAL * (vector[k] ?? 0) + centre * (vector[2] ?? 0))
  return invert([...row(0, u), ...row(1, v), across[2], down[2], at[2]] as Matrix)
}

function makeRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

function desk(x: number, y: number): number {
  return 96 + 26 * Math.sin(x / 61 + Math.sin(y / 23)) + 14 * Math.sin(y / 7 + x / 190)
}

/** Brightness of the card or the desk at a point of the photograph, in one colour; 0 to 255. */
type Look = (x: number, y: number, colour: number) => number

function lookAt(card: Pixels, shot: Shot): Look {
  const [a, b, c, d, e, f, g, h, i] = photoToCard(shot)
  const { contrast = 1, screen, glare, bulge = 0, inverted = false } = shot
  const perMm = card.width / CARD.width
  const brightness = (cx: number, cy: number, colour: number): number => {
    const px = Math.min(card.width - 1, Math.floor(cx * perMm))
    const py = Math.min(card.height - 1, Math.floor(cy * perMm))
    const printed = card.data[(py * card.width + px) * 4 + colour] ?? 0
    let level = 128 + ((inverted ? 255 - printed : printed) - 128) * contrast
    if (screen !== undefined) {
      const isLit = Math.floor((((cx * screen) % 1) + 1) * 3) % 3 === colour
      level = level * (isLit ? 1.5 : 0.55) * ((cy * screen) % 1 < 0.85 ? 1 : 0.4) + 18
    }
    if (glare !== undefined) {
      const gx = cx / CARD.width - 0.5 - glare.x
      const gy = (cy - CARD.height / 2) / CARD.width - glare.y
      level += 400 * Math.exp(-(gx * gx + gy * gy) / (2 * (glare.size / 4) ** 2))
    }
    return Math.min(255, Math.max(0, level))
  }
  return (column, row, colour) => {
    const nx = (column - PHOTO.width / 2) / PHOTO.width
    const ny = (row - PHOTO.height / 2) / PHOTO.width
    const swell = 1 + bulge * (nx * nx + ny * ny)
    const x = PHOTO.width / 2 + nx * swell * PHOTO.width
    const y = PHOTO.height / 2 + ny * swell * PHOTO.width
    const w = g * x + h * y + i
    const cx = (a * x + b * y + c) / w
    const cy = (d * x + e * y + f) / w
    const isOnCard = w > 0 && cx >= 0 && cy >= 0 && cx < CARD.width && cy < CARD.height
    return isOnCard ? brightness(cx, cy, colour) : desk(x, y) * (0.9 + colour * 0.03)
  }
}

/** One photograph of `card` (the printed side, edge to edge) on a desk. The same seed gives the same noise. */
export function photograph(card: Pixels, shot: Shot, seed = 1): Pixels {
  const look = lookAt(card, shot)
  const { light = 1, shade = 0, gamma = 1, noise = 0 } = shot
  const values = new Float32Array(PHOTO.width * PHOTO.height * 3)
  for (let row = 0; row < PHOTO.height; row++)
    for (let column = 0; column < PHOTO.width; column++) {
      const dim = light * (1 - (shade * column) / PHOTO.width)
      for (let colour = 0; colour < 3; colour++) {
        // Two samples a pixel, on a diagonal: a sensor's pixel sees an area, not a point.
        const seen = look(column - 0.25, row - 0.25, colour) + look(column + 0.25, row + 0.25, colour)
        values[(row * PHOTO.width + column) * 3 + colour] = 255 * (seen / 510) ** gamma * dim
      }
    }
  const sharp = shake(blur(values, shot.blur ?? 0), shot.shake)
  const random = makeRandom(seed)
  const photo = makePixels(PHOTO.width, PHOTO.height)
  for (let pixel = 0; pixel < PHOTO.width * PHOTO.height; pixel++)
    for (let colour = 0; colour < 3; colour++) {
      const grain = noise === 0 ? 0 : noise * (random() + random() + random() - 1.5) * 2
      photo.data[pixel * 4 + colour] = (sharp[pixel * 3 + colour] ?? 0) + grain
    }
  return photo
}

function convolve(values: Float32Array, offsets: { dx: number; dy: number; weight: number }[]): Float32Array {
  const out = new Float32Array(values.length)
  for (let row = 0; row < PHOTO.height; row++)
    for (let column = 0; column < PHOTO.width; column++)
      for (const { dx, dy, weight } of offsets) {
        const x = Math.min(PHOTO.width - 1, Math.max(0, column + dx))
        const y = Math.min(PHOTO.height - 1, Math.max(0, row + dy))
        for (let k = 0; k < 3; k++) {
          const to = (row * PHOTO.width + column) * 3 + k
          out[to] = (out[to] ?? 0) + weight * (values[(y * PHOTO.width + x) * 3 + k] ?? 0)
        }
      }
  return out
}

function blur(values: Float32Array, sigma: number): Float32Array {
  if (sigma === 0) return values
  const reach = Math.ceil(sigma * 2.5)
  const line = Array.from({ length: 2 * reach + 1 }, (_, i) =>
    Math.exp(-((i - reach) ** 2) / (2 * sigma * sigma)),
  )
  const sum = line.reduce((total, weight) => total + weight, 0)
  const kernel = (isAcross: boolean) =>
    line.map((weight, i) => ({
      dx: isAcross ? i - reach : 0,
      dy: isAcross ? 0 : i - reach,
      weight: weight / sum,
    }))
  return convolve(convolve(values, kernel(true)), kernel(false))
}

function shake(values: Float32Array, motion: Shot['shake']): Float32Array {
  if (motion === undefined) return values
  const [length, direction] = motion
  const steps = Math.max(2, Math.round(length))
  const angle = (direction * Math.PI) / 180
  return convolve(
    values,
    Array.from({ length: steps }, (_, i) => ({
      dx: Math.round((i - (steps - 1) / 2) * (length / steps) * Math.cos(angle)),
      dy: Math.round((i - (steps - 1) / 2) * (length / steps) * Math.sin(angle)),
      weight: 1 / steps,
    })),
  )
}
