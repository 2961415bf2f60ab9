import { type ReaderOptions, type ReadResult, readBarcodes } from 'zxing-wasm/reader'
import { type Area, enlarge, evenOut, type Pixels, sharpen, soften } from './pixels.ts'
import { identifyCode, mostTelling, type ScannedCode } from './scanned-code.ts'

const OPTIONS: ReaderOptions = {
  formats: ['QRCode'],
  tryHarder: true,
  tryRotate: true,
  tryInvert: true,
  maxNumberOfSymbols: 4,
  // A code that was seen but not read tells where to look again.
  returnErrors: true,
}

/** Enlarging more than this many pixels takes longer than the next frame. */
const MOST_ENLARGED = 900 * 700

/** What is tried on a picture that was not read as it is; each has its use (measured in scan.system.test.ts). */
const retries = [
  /** Small in the frame: where a code was seen, else in the middle. */
  (picture: Pixels, seen: Area | undefined) => enlarge(picture, seen ?? middleOf(picture), 2),
  /** Dark, in shadow, faded. */
  (picture: Pixels) => evenOut(picture, 24),
  /** Grain, and the grid of a screen. */
  (picture: Pixels) => soften(picture, 1),
  /** Out of focus. */
  (picture: Pixels) => sharpen(picture, 3, 2),
] as const

function middleOf({ width, height }: Pixels): Area {
  const scale = Math.min(0.7, Math.sqrt(MOST_ENLARGED / (width * height)))
  return clip({
    x: (width * (1 - scale)) / 2,
    y: (height * (1 - scale)) / 2,
    width: width * scale,
    height: height * scale,
  })
}

function clip({ x, y, width, height }: Area, picture?: Pixels): Area {
  const left = Math.max(0, Math.floor(x))
  const top = Math.max(0, Math.floor(y))
  return {
    x: left,
    y: top,
    width: Math.floor(Math.min(width, (picture?.width ?? Infinity) - left)),
    height: Math.floor(Math.min(height, (picture?.height ?? Infinity) - top)),
  }
}

/** Around a code that was seen but not read, with its quiet zone. */
function areaOf({ position }: ReadResult, picture: Pixels): Area | undefined {
  const corners = [position.topLeft, position.topRight, position.bottomRight, position.bottomLeft]
  const [left, right] = [Math.min(...corners.map(({ x }) => x)), Math.max(...corners.map(({ x }) => x))]
  const [top, bottom] = [Math.min(...corners.map(({ y }) => y)), Math.max(...corners.map(({ y }) => y))]
  const room = 0.25 * Math.max(right - left, bottom - top)
  const area = clip(
    { x: left - room, y: top - room, width: right - left + 2 * room, height: bottom - top + 2 * room },
    picture,
  )
  const isSensible = area.width > 40 && area.height > 40 && area.width * area.height <= MOST_ENLARGED
  return isSensible ? area : undefined
}

async function readOnce(picture: Pixels): Promise<{ code: ScannedCode | undefined; seen: Area | undefined }> {
  // zxing takes anything with the members of an ImageData, which Node does not have.
  const results = await readBarcodes(picture as ImageData, OPTIONS)
  const code = mostTelling(results.filter(({ isValid }) => isValid).map(({ text }) => identifyCode(text)))
  const unread = results.find(({ isValid }) => !isValid)
  return { code, seen: unread && areaOf(unread, picture) }
}

export type ReadOutcome = {
  code: ScannedCode | undefined
  /** A QR code is there, but too blurred or too damaged to read. */
  sawUnreadable: boolean
}

/**
 * Looks for a card in one frame of a camera: as it is, then once more made clearer, another way for each `turn`. A wrong code
 * does not end the search for a card beside it.
 */
export async function readFrame(picture: Pixels, turn: number): Promise<ReadOutcome> {
  const first = await readOnce(picture)
  if (first.code !== undefined) return { code: first.code, sawUnreadable: false }
  const retry = retries[turn % retries.length] ?? retries[0]
  const second = await readOnce(retry(picture, first.seen))
  return { code: second.code, sawUnreadable: second.code === undefined && first.seen !== undefined }
}

/** Looks for a card in a photograph in every way there is. */
export async function readPhoto(picture: Pixels): Promise<ReadOutcome> {
  let { code, seen } = await readOnce(picture)
  let sawUnreadable = seen !== undefined
  for (const retry of retries) {
    if (code?.kind === 'card') break
    const again = await readOnce(retry(picture, seen))
    code = mostTelling([code, again.code].filter((found) => found !== undefined))
    sawUnreadable ||= again.seen !== undefined
  }
  return { code, sawUnreadable: sawUnreadable && code === undefined }
}
