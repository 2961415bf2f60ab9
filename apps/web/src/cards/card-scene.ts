import type { QrMatrix } from './card-qr.ts'
import type { Colour } from './text/pdf-text.ts'
import type { Line } from './text/typesetter.ts'

/** ISO/IEC 7810 ID-1, in millimetres. */
export const CARD_WIDTH = 85.6
export const CARD_HEIGHT = 54
export const CARD_CORNER = 3.18

export const INK: Colour = [0.09, 0.13, 0.12]
export const MUTED: Colour = [0.35, 0.38, 0.37]
/** #0F766E. */
export const ACCENT: Colour = [15 / 255, 118 / 255, 110 / 255]

/** What is drawn, in millimetres from the upper left corner, y downwards; PDF and picture draw the same. */
export type Mark =
  | { kind: 'text'; line: Line; x: number; baseline: number; size: number; colour: Colour }
  | { kind: 'rectangle'; x: number; y: number; width: number; height: number; colour: Colour }
  | {
      kind: 'line'
      from: readonly [number, number]
      to: readonly [number, number]
      width: number
      colour: Colour
      dash?: number
    }
  | {
      kind: 'outline'
      x: number
      y: number
      width: number
      height: number
      radius: number
      stroke: number
      colour: Colour
    }
  /** `side` contains the quiet zone. */
  | { kind: 'qr'; qr: QrMatrix; x: number; y: number; side: number }

export type Scene = { width: number; height: number; marks: Mark[] }

/** The same marks elsewhere on a larger scene. */
export function moveMarks(marks: Mark[], dx: number, dy: number): Mark[] {
  return marks.map((mark): Mark => {
    if (mark.kind === 'text') return { ...mark, x: mark.x + dx, baseline: mark.baseline + dy }
    if (mark.kind !== 'line') return { ...mark, x: mark.x + dx, y: mark.y + dy }
    return { ...mark, from: [mark.from[0] + dx, mark.from[1] + dy], to: [mark.to[0] + dx, mark.to[1] + dy] }
  })
}
