import {
  CARD_CORNER,
  CARD_HEIGHT,
  CARD_WIDTH,
  INK,
  type Mark,
  MUTED,
  moveMarks,
  type Scene,
} from './card-scene.ts'
import type { PrintWords } from './print-words.ts'
import { fitText } from './text/fit-text.ts'
import type { Typesetter } from './text/typesetter.ts'

/** Paper of ordinary printers, in millimetres. */
export const papers = { a4: { width: 210, height: 297 }, letter: { width: 215.9, height: 279.4 } } as const
export type Paper = keyof typeof papers

const TOP = 46
const HAIRLINE = 0.15
const RULER = 50

/** Marks outside the card's corners: they tell where to cut and are gone when it is cut. */
function cutMarks(x: number, y: number, width: number, height: number): Mark[] {
  const gap = 1.5
  const length = 5
  const marks: Mark[] = []
  for (const edge of [y, y + height])
    for (const [start, way] of [
      [x - gap, -1],
      [x + width + gap, 1],
    ] as const)
      marks.push({
        kind: 'line',
        from: [start, edge],
        to: [start + way * length, edge],
        width: HAIRLINE,
        colour: INK,
      })
  for (const edge of [x, x + width])
    for (const [start, way] of [
      [y - gap, -1],
      [y + height + gap, 1],
    ] as const)
      marks.push({
        kind: 'line',
        from: [edge, start],
        to: [edge, start + way * length],
        width: HAIRLINE,
        colour: INK,
      })
  return marks
}

export type SheetContent = {
  front: Scene
  back: Scene
  paper: Paper
  words: PrintWords
  typesetter: Typesetter
}

/** Front and back side by side on ordinary paper: cut once around, fold between them, and both are upright. */
export function layoutSheet({ front, back, paper, words, typesetter }: SheetContent): Scene {
  const { width, height } = papers[paper]
  const left = (width - 2 * CARD_WIDTH) / 2
  const middle = left + CARD_WIDTH
  const text = (
    words: string,
    baseline: number,
    { size = 3.6, weight = 400 as 400 | 600, colour = INK } = {},
  ): Mark[] => {
    const { lines } = fitText(words, typesetter, {
      sizes: [size],
      width: 2 * CARD_WIDTH,
      mostLines: 3,
      weight,
    })
    return lines.map((line, i) => ({
      kind: 'text',
      line,
      size,
      colour,
      x: left,
      baseline: baseline + i * size * 1.4,
    }))
  }
  const below = TOP + CARD_HEIGHT
  const rulerY = below + 24
  const frame = {
    kind: 'outline',
    y: TOP,
    width: CARD_WIDTH,
    height: CARD_HEIGHT,
    radius: CARD_CORNER,
  } as const
  return {
    width,
    height,
    marks: [
      ...text(words.sheetTitle, 28, { size: 6.4, weight: 600 }),
      { ...frame, x: left, stroke: HAIRLINE, colour: [0.8, 0.8, 0.8] },
      { ...frame, x: middle, stroke: HAIRLINE, colour: [0.8, 0.8, 0.8] },
      ...cutMarks(left, TOP, 2 * CARD_WIDTH, CARD_HEIGHT),
      {
        kind: 'line',
        from: [middle, TOP - 6.5],
        to: [middle, TOP - 1.5],
        width: HAIRLINE,
        colour: MUTED,
        dash: 1,
      },
      {
        kind: 'line',
        from: [middle, below + 1.5],
        to: [middle, below + 6.5],
        width: HAIRLINE,
        colour: MUTED,
        dash: 1,
      },
      ...moveMarks(front.marks, left, TOP),
      ...moveMarks(back.marks, middle, TOP),
      ...text(words.sheetScale, below + 18),
      { kind: 'line', from: [left, rulerY], to: [left + RULER, rulerY], width: 0.3, colour: INK },
      { kind: 'line', from: [left, rulerY - 1.5], to: [left, rulerY + 1.5], width: 0.3, colour: INK },
      {
        kind: 'line',
        from: [left + RULER, rulerY - 1.5],
        to: [left + RULER, rulerY + 1.5],
        width: 0.3,
        colour: INK,
      },
      ...text(words.sheetCut, rulerY + 10),
      ...text(words.sheetSecret, rulerY + 21, { colour: MUTED }),
    ],
  }
}
