import { Blob, Face, Font } from 'harfbuzzjs'
import { type FontTables, readWoff, writeTrueType } from './woff.ts'

export const weights = [400, 600] as const
export type Weight = (typeof weights)[number]

type Range = readonly [first: number, last: number]

/** The subsets in which the fonts come, in the order in which they are asked for a character (unicode-range of their CSS). */
const subsets = {
  'inter-latin': [
    [0x20, 0xff],
    [0x131, 0x131],
    [0x152, 0x153],
    [0x2000, 0x206f],
    [0x20ac, 0x20ac],
    [0x2122, 0x2122],
    [0x2191, 0x2215],
    [0xfffd, 0xfffd],
  ],
  'inter-latin-ext': [
    [0x100, 0x2ff],
    [0x304, 0x304],
    [0x308, 0x308],
    [0x329, 0x329],
    [0x1d00, 0x1dbf],
    [0x1e00, 0x1e9f],
    [0x1ef2, 0x1eff],
    [0x2020, 0x2020],
    [0x20a0, 0x20c0],
    [0x2113, 0x2113],
    [0x2c60, 0x2c7f],
    [0xa720, 0xa7ff],
  ],
  'inter-vietnamese': [
    [0x102, 0x1b0],
    [0x300, 0x329],
    [0x1ea0, 0x1ef9],
    [0x20ab, 0x20ab],
  ],
  'inter-greek': [[0x370, 0x3ff]],
  'inter-cyrillic': [
    [0x301, 0x301],
    [0x400, 0x45f],
    [0x490, 0x491],
    [0x4b0, 0x4b1],
    [0x2116, 0x2116],
  ],
  'noto-sans-devanagari-devanagari': [
    [0x900, 0x97f],
    [0x1cd0, 0x1cf9],
    [0x200c, 0x200d],
    [0x20b9, 0x20b9],
    [0x25cc, 0x25cc],
    [0xa830, 0xa839],
    [0xa8e0, 0xa8ff],
  ],
} as const satisfies Record<string, readonly Range[]>

export type Subset = keyof typeof subsets
/** A font file: subset and weight, as in '@fontsource/inter/files/inter-latin-400-normal.woff'. */
export type FontName = `${Subset}-${Weight}`

/** The bytes of a WOFF 1.0 file. */
export type ReadFont = (name: FontName) => Promise<Uint8Array>

export type LoadedFont = {
  readonly name: FontName
  readonly unitsPerEm: number
  readonly tables: FontTables
  readonly shaper: Font
  covers(codePoint: number): boolean
}

/** The subsets that `text` needs, Latin always among them: it has the digits, the ellipsis and the empty glyph. */
export function subsetsFor(text: string): Subset[] {
  const needed = new Set<Subset>(['inter-latin'])
  for (const char of new Set(text)) {
    const codePoint = char.codePointAt(0) ?? 0
    for (const [subset, ranges] of Object.entries(subsets) as [Subset, readonly Range[]][])
      if (ranges.some(([first, last]) => codePoint >= first && codePoint <= last)) needed.add(subset)
  }
  return (Object.keys(subsets) as Subset[]).filter((subset) => needed.has(subset))
}

export async function loadFont(name: FontName, readFont: ReadFont): Promise<LoadedFont> {
  const tables = await readWoff(await readFont(name))
  const face = new Face(new Blob(writeTrueType(tables)))
  const codePoints = new Set(face.collectUnicodes())
  return {
    name,
    unitsPerEm: face.upem,
    tables,
    shaper: new Font(face),
    covers: (codePoint) => codePoints.has(codePoint),
  }
}
