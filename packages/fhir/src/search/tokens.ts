/** Words and numbers; parts joined by . , / - ' count as one word and as several: '120/80', 'x-ray', '7.2'. */
const WORD = /[\p{L}\p{M}\p{N}]+(?:[.,/'’-][\p{L}\p{M}\p{N}]+)*/gu
const INVISIBLE = /[\u200b-\u200f\u2060\ufeff\u00ad]/g
const LATIN_MARKS = /[\u0300-\u036f]/g
const DEVANAGARI = /[\u0900-\u097f]/
const MOST_TERMS = 2000
const LONGEST = 60

/** One spelling for what people write in several ways: case, accents, nukta, chandrabindu, Devanagari digits. */
export function foldText(text: string): string {
  return text
    .replace(INVISIBLE, '')
    .normalize('NFKD')
    .replace(LATIN_MARKS, '')
    .replace(/\u093c/g, '')
    .replace(/\u0901/g, '\u0902')
    .replace(/[\u0966-\u096f]/g, (digit) => String(digit.charCodeAt(0) - 0x966))
    .toLowerCase()
}

/** Endings of Hindi's inflection, the longest first (Ramanathan and Rao 2003). */
const HINDI_ENDINGS = `ियों ियां ाओं ुओं ुआं ाएं ाइयों ाइयां ताओं ां ीं ें ों ओं एं ाई ाए ओ ए ि ी ु ू े ो ा`
  .split(' ')
  .sort((a, b) => b.length - a.length)

/** The part of a word that does not change with number and case; 'दवाइयों' and 'दवाई' are one, so are plurals. */
export function stemWord(word: string): string {
  if (DEVANAGARI.test(word)) {
    const ending = HINDI_ENDINGS.find((one) => word.endsWith(one) && word.length - one.length >= 2)
    return ending === undefined ? word : word.slice(0, -ending.length)
  }
  if (word.length > 4 && word.endsWith('ies')) return `${word.slice(0, -3)}y`
  return word.length > 3 && /[^sui]s$/.test(word) ? word.slice(0, -1) : word
}

/** The terms of a text, as they are indexed and as they are asked for. */
export function tokensOf(text: string): string[] {
  const terms = new Set<string>()
  for (const [whole] of foldText(text).matchAll(WORD)) {
    if (terms.size >= MOST_TERMS) break
    const parts = whole.split(/[.,/'’-]/)
    const words = parts.length > 1 ? [whole.replace(/[’']/g, ''), ...parts] : parts
    for (const word of words) terms.add(stemWord(word.slice(0, LONGEST)))
  }
  return [...terms]
}

/** The words somebody typed, each of which must be found; joined ones are left whole. */
export function queryWords(query: string): string[] {
  const words = [...foldText(query.slice(0, 300)).matchAll(WORD)].map(([word]) => word)
  return [...new Set(words)].slice(0, 12).map((word) => word.replace(/[’']/g, ''))
}
