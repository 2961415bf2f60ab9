import { foldText } from '../search/tokens.ts'

/** An entry that can be picked by typing: its names, the most important first. */
export interface Lookup<T> {
  readonly entry: T
  /** Folded names, and codes. */
  readonly names: readonly string[]
  /** All folded words of the names. */
  readonly words: readonly string[]
  /** Breaks ties: what is picked more often comes first. */
  readonly weight: number
}

const SPLIT = /[^\p{L}\p{M}\p{N}.]+/u

export function lookupOf<T>(entry: T, names: readonly string[], weight = 0): Lookup<T> {
  const folded = names.map(foldText).filter((name) => name !== '')
  const words = [...new Set(folded.flatMap((name) => name.split(SPLIT)).filter((word) => word !== ''))]
  return { entry, names: folded, words, weight }
}

/** 0: none. The whole name, its beginning, every word typed begins one of its words, every word is somewhere in it. */
function scoreOf<T>({ names, words, weight }: Lookup<T>, query: string, typed: readonly string[]): number {
  const bonus = weight / 10
  const exact = names.indexOf(query)
  if (exact >= 0) return 100 - exact + bonus
  const start = names.findIndex((name) => name.startsWith(query))
  if (start >= 0) return 80 - Math.min(start, 9) + bonus - (names[start] as string).length / 100
  if (typed.every((one) => words.some((word) => word.startsWith(one)))) {
    const inFirst = typed.filter((one) => names[0]?.split(SPLIT).some((word) => word.startsWith(one))).length
    return 50 + (10 * inFirst) / typed.length + bonus - (names[0]?.length ?? 0) / 100
  }
  if (typed.every((one) => one.length >= 3 && words.some((word) => word.includes(one)))) return 20 + bonus
  return 0
}

/** One letter wrong, missing, too many or exchanged with its neighbour. */
export function isNearly(word: string, typed: string): boolean {
  if (Math.abs(word.length - typed.length) > 1) return false
  let at = 0
  while (at < word.length && word[at] === typed[at]) at++
  const [rest, other] = [word.slice(at), typed.slice(at)]
  return (
    rest.slice(1) === other.slice(1) ||
    rest.slice(1) === other ||
    rest === other.slice(1) ||
    (rest[0] === other[1] && rest[1] === other[0] && rest.slice(2) === other.slice(2))
  )
}

function nearlyScore<T>({ words, weight }: Lookup<T>, typed: readonly string[]): number {
  const fits = typed.every((one) =>
    words.some(
      (word) =>
        word.startsWith(one) ||
        (one.length >= 4 && (isNearly(word, one) || isNearly(word.slice(0, one.length), one))),
    ),
  )
  return fits ? 10 + weight / 10 : 0
}

/** The entries that fit what is typed, the best first; with one mistake per word where nothing fits. */
export function findLookups<T>(lookups: readonly Lookup<T>[], query: string, limit: number): T[] {
  const folded = foldText(query.slice(0, 100)).trim().replace(/\s+/g, ' ')
  const typed = folded.split(SPLIT).filter((word) => word !== '')
  if (typed.length === 0) return []
  const ranked = (score: (lookup: Lookup<T>) => number) =>
    lookups
      .map((lookup) => ({ lookup, score: score(lookup) }))
      .filter((one) => one.score > 0)
      .sort((a, b) => b.score - a.score)
      .slice(0, limit)
      .map(({ lookup }) => lookup.entry)
  const found = ranked((lookup) => scoreOf(lookup, folded, typed))
  return found.length > 0 ? found : ranked((lookup) => nearlyScore(lookup, typed))
}
