import { type Weight, weights } from './fonts.ts'
import type { Colour } from './pdf-text.ts'
import { makeSurface, type Surface } from './surface.ts'
import type { DeviceText } from './typesetter.ts'
import { startsRight } from './visual-order.ts'

/** A line drawn by the device, on a transparent ground. Lengths in em. */
export type DrawnText = { png: Uint8Array; width: number; height: number; left: number; ascent: number }

export type DeviceWriter = DeviceText & {
  /** `pixels` per em. */
  draw(text: string, style: { weight: Weight; colour: Colour; pixels: number }): Promise<DrawnText>
}

const FAMILIES = "'Inter Variable', 'Noto Sans Devanagari Variable', system-ui, 'Noto Sans', sans-serif"
/** Room around a line, in em: letters reach out of their box, and emoji stand below the baseline. */
const SIDE = 0.2
const ASCENT = 1.25
const DESCENT = 0.55

export function deviceFont(weight: Weight, pixels: number): string {
  return `${weight} ${pixels}px ${FAMILIES}`
}

export function cssColour([red, green, blue]: Colour): string {
  return `rgb(${Math.round(red * 255)}, ${Math.round(green * 255)}, ${Math.round(blue * 255)})`
}

/** Writes `text` with the device's fonts so that its left end is at `x`, whatever its direction. */
export function writeOn(
  context: Surface['context'],
  text: string,
  {
    weight,
    colour,
    pixels,
    x,
    baseline,
  }: { weight: Weight; colour: Colour; pixels: number; x: number; baseline: number },
): void {
  context.font = deviceFont(weight, pixels)
  context.fillStyle = cssColour(colour)
  context.direction = startsRight(text) ? 'rtl' : 'ltr'
  context.textAlign = 'left'
  context.textBaseline = 'alphabetic'
  context.fillText(text, x, baseline)
}

/** The device's fonts, through a canvas; undefined where there is none. */
export function makeDeviceWriter(): DeviceWriter | undefined {
  const ruler = makeSurface(1, 1)
  if (ruler === undefined) return undefined
  const measure = (text: string, weight: Weight): number => {
    ruler.context.font = deviceFont(weight, 100)
    return ruler.context.measureText(text).width / 100
  }
  return {
    measure,
    async prepare(text) {
      // A page's fonts come in parts, each when a text first needs it; a canvas does not wait for them.
      if (typeof document === 'undefined') return
      await Promise.all(weights.map((weight) => document.fonts.load(deviceFont(weight, 16), text))).catch(
        () => {},
      )
    },
    async draw(text, { weight, colour, pixels }) {
      const width = measure(text, weight) + 2 * SIDE
      const height = ASCENT + DESCENT
      const surface = makeSurface(width * pixels, height * pixels)
      if (surface === undefined) throw new Error('This browser cannot draw.')
      writeOn(surface.context, text, { weight, colour, pixels, x: SIDE * pixels, baseline: ASCENT * pixels })
      return { png: await surface.toPng(), width, height, left: SIDE, ascent: ASCENT }
    },
  }
}
