import { Buffer, Feature, shape } from 'harfbuzzjs'
import { type LoadedFont, loadFont, type ReadFont, subsetsFor, type Weight, weights } from './fonts.ts'
import { splitGraphemes } from './tidy-text.ts'

/** A glyph of a cluster, placed from the cluster's origin; in the font's units. */
export type PlacedGlyph = { id: number; x: number; y: number }

/** The least piece of shaped text: characters and glyphs that belong together, such as 'क्षि'. In the font's units. */
export type Cluster = { text: string; glyphs: PlacedGlyph[]; advance: number }

export type Run = { font: LoadedFont; clusters: Cluster[] }

/** One line, measured. Widths are in em: times the font's size they are lengths. */
export type Line = {
  text: string
  width: number
  weight: Weight
  /** Empty when no embedded font can write the line and `isPicture` says that the device's own fonts draw it. */
  runs: Run[]
  isPicture: boolean
}

/** Writes with the device's own fonts what the embedded ones lack: Arabic, Hebrew, Chinese, emoji. */
export type DeviceText = {
  /** To be awaited before these texts are measured. */
  prepare(text: string): Promise<void>
  /** Width in em. */
  measure(text: string, weight: Weight): number
}

export type Typesetter = {
  line(text: string, weight: Weight): Line
  /** The font that has the digits and an empty glyph. */
  base(weight: Weight): LoadedFont
}

const TABULAR_DIGITS = new Feature('tnum', 1)

// Characters without a shape of their own: a font that has the letters beside them is good enough.
const SHAPELESS = /\u200c|\u200d|[\ufe00-\ufe0f]/u

function shapeRun(text: string, font: LoadedFont): Cluster[] {
  const buffer = new Buffer()
  buffer.addText(text)
  buffer.guessSegmentProperties()
  shape(font.shaper, buffer, [TABULAR_DIGITS])
  const infos = buffer.getGlyphInfos()
  const positions = buffer.getGlyphPositions()
  const starts = [...new Set(infos.map((info) => info.cluster))]
  const clusters: Cluster[] = starts.map((start, i) => ({
    text: text.slice(start, starts[i + 1] ?? text.length),
    glyphs: [],
    advance: 0,
  }))
  for (const [i, info] of infos.entries()) {
    const cluster = clusters[starts.indexOf(info.cluster)]
    const position = positions[i]
    if (cluster === undefined || position === undefined) continue
    cluster.glyphs.push({
      id: info.codepoint,
      x: cluster.advance + position.xOffset,
      y: position.yOffset,
    })
    cluster.advance += position.xAdvance
  }
  return clusters
}

function fontFor(grapheme: string, fonts: LoadedFont[]): LoadedFont | undefined {
  const shaped = [...grapheme].filter((char) => !SHAPELESS.test(char))
  return fonts.find((font) => shaped.every((char) => font.covers(char.codePointAt(0) ?? 0)))
}

/** `text` in pieces that one font each can write; `font` is undefined where none can. */
function itemize(text: string, fonts: LoadedFont[]): { font: LoadedFont | undefined; text: string }[] {
  const items: { font: LoadedFont | undefined; text: string }[] = []
  for (const grapheme of splitGraphemes(text)) {
    const last = items.at(-1)
    const font =
      last?.font !== undefined && fontFor(grapheme, [last.font]) ? last.font : fontFor(grapheme, fonts)
    if (last !== undefined && last.font === font) last.text += grapheme
    else items.push({ font, text: grapheme })
  }
  return items
}

function widthOf(runs: Run[]): number {
  let width = 0
  for (const { font, clusters } of runs)
    for (const cluster of clusters) width += cluster.advance / font.unitsPerEm
  return width
}

/**
 * Loads the fonts that `texts` need and shapes lines with them (HarfBuzz, as browsers do). Without `device`, characters that
 * no font has are written as the empty box.
 */
export async function makeTypesetter({
  texts,
  readFont,
  device,
}: {
  texts: string[]
  readFont: ReadFont
  device?: DeviceText | undefined
}): Promise<Typesetter> {
  const needed = subsetsFor(texts.join(''))
  const load = async (weight: Weight): Promise<[Weight, LoadedFont[]]> => [
    weight,
    await Promise.all(needed.map((subset) => loadFont(`${subset}-${weight}`, readFont))),
  ]
  const [loaded] = await Promise.all([Promise.all(weights.map(load)), device?.prepare(texts.join(' '))])
  const fonts = new Map(loaded)
  const known = new Map<string, Line>()

  const base = (weight: Weight): LoadedFont => {
    const font = fonts.get(weight)?.[0]
    if (font === undefined) throw new Error('No font was loaded.')
    return font
  }
  const set = (text: string, weight: Weight): Line => {
    const items = itemize(text, fonts.get(weight) ?? [])
    if (device !== undefined && items.some(({ font }) => font === undefined))
      return { text, weight, width: device.measure(text, weight), runs: [], isPicture: true }
    const runs = items.map((item) => {
      const font = item.font ?? base(weight)
      return { font, clusters: shapeRun(item.text, font) }
    })
    return { text, weight, width: widthOf(runs), runs, isPicture: false }
  }
  return {
    base,
    line(text, weight) {
      const key = `${weight} ${text}`
      const line = known.get(key) ?? set(text, weight)
      known.set(key, line)
      return line
    },
  }
}
