import type { Weight } from './fonts.ts'
import { splitGraphemes, tidyText } from './tidy-text.ts'
import type { Line, Typesetter } from './typesetter.ts'

export type FitOptions = {
  /** Width of the box, in the unit of the sizes. */
  width: number
  /** Sizes to try, from the one wanted down to the smallest that may be. */
  sizes: readonly number[]
  mostLines: number
  weight: Weight
}

export type FittedText = { lines: Line[]; size: number; isCut: boolean }

type Box = { width: number; weight: Weight }

/** Breaks at white space, and inside a word only where it is wider than a whole line. */
function* wrap(text: string, typesetter: Typesetter, { width, weight }: Box): Generator<string> {
  let line = ''
  const place = (piece: string, glue: string): boolean => {
    const candidate = line === '' ? piece : line + glue + piece
    if (typesetter.line(candidate, weight).width > width) return false
    line = candidate
    return true
  }
  for (const word of text.split(' ').filter((part) => part !== '')) {
    if (place(word, ' ')) continue
    if (line !== '') yield line
    line = ''
    if (place(word, '')) continue
    for (const grapheme of splitGraphemes(word)) {
      if (place(grapheme, '')) continue
      if (line !== '') yield line
      line = grapheme
    }
  }
  if (line !== '') yield line
}

/** The lines of all paragraphs, but no more than `most`: what does not fit need not be measured to its end. */
function firstLines(paragraphs: string[], typesetter: Typesetter, box: Box & { most: number }): string[] {
  const lines: string[] = []
  for (const paragraph of paragraphs)
    for (const line of wrap(paragraph, typesetter, box)) {
      lines.push(line)
      if (lines.length === box.most) return lines
    }
  return lines
}

function cut(text: string, typesetter: Typesetter, { width, weight }: Box): Line {
  const kept = splitGraphemes(text.replace(/…$/u, ''))
  for (;;) {
    const line = typesetter.line(`${kept.join('').trimEnd()}…`, weight)
    if (line.width <= width || kept.length === 0) return line
    kept.pop()
  }
}

/**
 * Sets any text into a box: at the largest of the sizes at which it fits, else at the smallest with its end cut off by an
 * ellipsis. `paragraphs` each begin a new line as long as that takes no more lines than there are.
 */
export function fitText(
  paragraphs: string | string[],
  typesetter: Typesetter,
  options: FitOptions,
): FittedText {
  const tidied = [paragraphs]
    .flat()
    .map(tidyText)
    .filter((text) => text !== '')
  const joined = [tidied.join(', ')]
  const { weight, mostLines } = options
  for (const size of options.sizes) {
    const box = { width: options.width / size, weight, most: mostLines + 1 }
    for (const variant of tidied.length > 1 ? [tidied, joined] : [tidied]) {
      const lines = firstLines(variant, typesetter, box)
      if (lines.length <= mostLines)
        return { lines: lines.map((line) => typesetter.line(line, weight)), size, isCut: false }
    }
  }
  const size = options.sizes.at(-1) ?? 1
  const box = { width: options.width / size, weight, most: mostLines + 1 }
  const lines = firstLines(joined, typesetter, box)
  const kept = lines.slice(0, mostLines - 1).map((line) => typesetter.line(line, weight))
  return { lines: [...kept, cut(lines.slice(mostLines - 1).join(' '), typesetter, box)], size, isCut: true }
}
