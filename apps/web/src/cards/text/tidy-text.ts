/** More marks than this on one letter are ornament, not writing; Vietnamese and Vedic Sanskrit need three or four. */
const MOST_MARKS = 6
/** In UTF-16 units; a family of four with their colours of skin has 19. */
const LONGEST_GRAPHEME = 24
/** Nothing printed on a card is longer; the rest is cut before anything is measured. */
const MOST_GRAPHEMES = 400

// Controls, and those characters that turn the direction of what follows them: a name must not rearrange its neighbours.
const UNPRINTABLE = /[\p{Cc}\p{Co}\p{Cn}\u200e\u200f\u061c\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/gu
const STACKED_MARKS = new RegExp(`([\\p{Mn}\\p{Me}]{${MOST_MARKS}})[\\p{Mn}\\p{Me}]+`, 'gu')

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

/** What a reader takes for single characters: 'क्षि', '👩‍⚕️', 'é'. */
export function splitGraphemes(text: string): string[] {
  return [...eachGrapheme(text)]
}

function* eachGrapheme(text: string): Generator<string> {
  for (const { segment } of graphemes.segment(text)) yield* splitEndless(segment)
}

/** Unicode lets a conjunct go on for ever ('क्क्क्…'); one that is longer than any of a language is broken between letters. */
function* splitEndless(grapheme: string): Generator<string> {
  let part = ''
  for (const char of grapheme) {
    if (part.length + char.length > LONGEST_GRAPHEME) {
      yield part
      part = ''
    }
    part += char
  }
  yield part
}

/** Any text as it can be printed in one line: composed (NFC), without controls, white space single, at most 400 characters. */
export function tidyText(text: string): string {
  const start = text
    .slice(0, 40 * MOST_GRAPHEMES)
    .replace(/\p{Cs}/gu, '\ufffd')
    .replace(/\s+/gu, ' ')
    .replace(UNPRINTABLE, '')
    .normalize('NFC')
    .replace(STACKED_MARKS, '$1')
    .trim()
  let kept = ''
  let count = 0
  for (const grapheme of eachGrapheme(start)) {
    if (count === MOST_GRAPHEMES) return `${kept}…`
    kept += grapheme
    count++
  }
  return text.length > 40 * MOST_GRAPHEMES ? `${kept}…` : kept
}
