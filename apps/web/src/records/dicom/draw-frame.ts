import type { DicomPixels, DicomWindow } from './read-dicom.ts'

/** The stored values of one frame, sign and unused bits removed. */
function valuesOf(pixels: DicomPixels, frame: number): Int32Array {
  const { rows, columns, bitsAllocated, bitsStored, isSigned, isBigEndian, bytes } = pixels
  const count = rows * columns
  const values = new Int32Array(count)
  const shift = 32 - bitsStored
  const start = frame * count * (bitsAllocated / 8)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (let at = 0; at < count; at++) {
    const raw =
      bitsAllocated === 8 ? (bytes[start + at] as number) : view.getUint16(start + at * 2, !isBigEndian)
    values[at] = isSigned ? (raw << shift) >> shift : (raw << shift) >>> shift
  }
  return values
}

/** The lowest and highest value of a frame, after slope and intercept: what 'full range' shows. */
export function rangeOf(pixels: DicomPixels, frame: number): DicomWindow {
  if (pixels.samples > 1 || pixels.palette) return { center: 128, width: 256 }
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const value of valuesOf(pixels, frame)) {
    if (value < low) low = value
    if (value > high) high = value
  }
  const { slope, intercept } = pixels
  const [first, last] = [low * slope + intercept, high * slope + intercept]
  return { center: (first + last) / 2, width: Math.max(1, Math.abs(last - first)) }
}

/** Brightness of a value under a window (DICOM PS3.3 C.11.2.1.2.1), 0 … 255. */
export function windowed(value: number, { center, width }: DicomWindow): number {
  if (width <= 1) return value < center - 0.5 ? 0 : 255
  const share = (value - (center - 0.5)) / (width - 1) + 0.5
  return share <= 0 ? 0 : share >= 1 ? 255 : Math.round(share * 255)
}

function drawGrey(
  pixels: DicomPixels,
  frame: number,
  window: DicomWindow,
  isInverted: boolean,
  out: Uint8ClampedArray,
) {
  const { slope, intercept, photometric } = pixels
  const turn = isInverted !== (photometric === 'MONOCHROME1')
  const values = valuesOf(pixels, frame)
  const known = new Map<number, number>()
  for (let at = 0; at < values.length; at++) {
    const value = values[at] as number
    let grey = known.get(value)
    if (grey === undefined) {
      const bright = windowed(value * slope + intercept, window)
      grey = turn ? 255 - bright : bright
      known.set(value, grey)
    }
    const to = at * 4
    out[to] = out[to + 1] = out[to + 2] = grey
    out[to + 3] = 255
  }
}

function drawPalette(pixels: DicomPixels, frame: number, out: Uint8ClampedArray) {
  const { palette } = pixels
  if (!palette) return
  const values = valuesOf(pixels, frame)
  const last = palette.colours[0].length - 1
  for (let at = 0; at < values.length; at++) {
    const index = Math.min(last, Math.max(0, (values[at] as number) - palette.first))
    for (let colour = 0; colour < 3; colour++) out[at * 4 + colour] = palette.colours[colour]?.[index] ?? 0
    out[at * 4 + 3] = 255
  }
}

function drawColour(pixels: DicomPixels, frame: number, out: Uint8ClampedArray) {
  const { rows, columns, isPlanar, bytes, photometric } = pixels
  const count = rows * columns
  const start = frame * count * 3
  for (let at = 0; at < count; at++) {
    const [a, b, c] = isPlanar ? [at, count + at, 2 * count + at] : [at * 3, at * 3 + 1, at * 3 + 2]
    const [x, y, z] = [bytes[start + a] ?? 0, bytes[start + b] ?? 0, bytes[start + c] ?? 0]
    const to = at * 4
    if (photometric === 'RGB') {
      out[to] = x
      out[to + 1] = y
      out[to + 2] = z
    } else {
      out[to] = x + 1.402 * (z - 128)
      out[to + 1] = x - 0.344136 * (y - 128) - 0.714136 * (z - 128)
      out[to + 2] = x + 1.772 * (y - 128)
    }
    out[to + 3] = 255
  }
}

/** One frame as RGBA, `rows × columns × 4` bytes. Windows matter for grey pictures only. */
export function drawFrame(
  pixels: DicomPixels,
  given: { frame: number; window: DicomWindow; isInverted: boolean },
): Uint8ClampedArray<ArrayBuffer> {
  const out = new Uint8ClampedArray(pixels.rows * pixels.columns * 4)
  const frame = Math.min(Math.max(0, given.frame), pixels.frames - 1)
  if (pixels.palette) drawPalette(pixels, frame, out)
  else if (pixels.samples === 3) drawColour(pixels, frame, out)
  else drawGrey(pixels, frame, given.window, given.isInverted, out)
  return out
}

/** Windows of CT that everybody knows, in Hounsfield units. */
export const CT_WINDOWS = {
  lung: { center: -600, width: 1500 },
  bone: { center: 400, width: 1800 },
  brain: { center: 40, width: 80 },
  softTissue: { center: 50, width: 400 },
  liver: { center: 60, width: 160 },
} as const
