import { splitGraphemes } from './tidy-text.ts'

const SCRIPTS = [
  'Arabic',
  'Hebrew',
  'Syriac',
  'Thaana',
  'Nko',
  'Adlam',
  'Hanifi_Rohingya',
  'Mandaic',
  'Samaritan',
]
const RIGHT = new RegExp(`[${SCRIPTS.map((script) => `\\p{Script=${script}}`).join('')}]`, 'u')
const LETTER = /\p{L}/u
const NUMBER = /\p{N}/u

type Way = 'left' | 'right'
/** A number in a line from the right is read from the left, but its neighbours take it for one of theirs (UAX #9 W7, N1). */
type RunWay = Way | 'number'

/** Whether a line begins at the right: its first letter is of a script that does. */
export function startsRight(text: string): boolean {
  const first = text.match(LETTER)?.[0]
  return first !== undefined && RIGHT.test(first)
}

function ownWays(graphemes: string[], base: Way): (RunWay | undefined)[] {
  let strong: Way = base
  return graphemes.map((grapheme) => {
    if (NUMBER.test(grapheme)) return strong === 'left' ? 'left' : 'number'
    if (RIGHT.test(grapheme)) strong = 'right'
    else if (LETTER.test(grapheme)) strong = 'left'
    else return undefined
    return strong
  })
}

const outer = (way: RunWay): Way => (way === 'number' ? 'right' : way)

/** The embedding level of each: even from the left, odd from the right (UAX #9 I1, I2). */
function levelsOf(graphemes: string[], base: Way): number[] {
  const own = ownWays(graphemes, base)
  return own.map((way, i) => {
    const before = outer(own.slice(0, i).findLast((each) => each !== undefined) ?? base)
    const after = outer(own.slice(i + 1).find((each) => each !== undefined) ?? base)
    const found = way ?? (before === after ? before : base)
    if (found === 'right') return 1
    return found === 'left' && base === 'left' ? 0 : 2
  })
}

export type Spoken = { text: string; isMark: boolean }

/**
 * A line's characters from left to right as they are seen, which is the order in which PDF expects them; readers turn them
 * back. UAX #9 for a line without embeddings.
 */
export function visualOrder(line: string): Spoken[] {
  const graphemes = splitGraphemes(line)
  const levels = levelsOf(graphemes, startsRight(line) ? 'right' : 'left')
  const seen = graphemes.map((grapheme, i) => ({ grapheme, level: levels[i] ?? 0 }))
  // L2: from the highest level down, each stretch of at least that level is turned round.
  for (const level of [2, 1])
    for (let start = 0; start < seen.length; start++) {
      let end = start
      while (end < seen.length && (seen[end]?.level ?? 0) >= level) end++
      seen.splice(start, end - start, ...seen.slice(start, end).reverse())
      start = end
    }
  return seen.flatMap(({ grapheme, level }) => (level === 1 ? speak(grapheme).toReversed() : speak(grapheme)))
}

/** A letter, then its marks. An emoji stays one, without the selector that only says how to draw it. */
function speak(grapheme: string): Spoken[] {
  const plain = grapheme.replace(/[\ufe00-\ufe0f]/gu, '')
  if (/\p{Extended_Pictographic}/u.test(plain)) return [{ text: plain, isMark: false }]
  return [...plain].map((text, i) => ({ text, isMark: i > 0 }))
}
