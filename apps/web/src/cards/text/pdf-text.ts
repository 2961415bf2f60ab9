import {
  beginText,
  endText,
  type PDFContext,
  PDFHexString,
  PDFName,
  PDFNumber,
  PDFOperator,
  PDFOperatorNames,
  type PDFPage,
  type PDFRef,
  PDFString,
  setFillingRgbColor,
  setFontAndSize,
  setTextMatrix,
} from 'pdf-lib'
import { type FontSubset, makeFontSubset } from './font-subset.ts'
import type { LoadedFont } from './fonts.ts'
import type { Line } from './typesetter.ts'
import { visualOrder } from './visual-order.ts'

/** Red, green, blue from 0 to 1. */
export type Colour = readonly [red: number, green: number, blue: number]

export type PdfLine = {
  line: Line
  /** Of the beginning of the baseline, in points from the page's lower left corner. */
  x: number
  y: number
  /** In points. */
  size: number
  colour: Colour
}

type Embedded = { font: LoadedFont; subset: FontSubset; ref: PDFRef; tag: PDFName }

function hex4(value: number): string {
  return value.toString(16).padStart(4, '0').toUpperCase()
}

function utf16Hex(text: string): string {
  return Array.from({ length: text.length }, (_, i) => hex4(text.charCodeAt(i))).join('')
}

/** What each character code says (ISO 32000-1 §9.10.3). */
function toUnicodeMap(subset: FontSubset): string {
  const said = subset
    .glyphs()
    .flatMap(({ text }, id) => (text === '' ? [] : [`<${hex4(id)}> <${utf16Hex(text)}>`]))
  const blocks: string[] = []
  for (let i = 0; i < said.length; i += 100) {
    const block = said.slice(i, i + 100)
    blocks.push(`${block.length} beginbfchar`, ...block, 'endbfchar')
  }
  return [
    '/CIDInit /ProcSet findresource begin',
    '12 dict begin',
    'begincmap',
    '/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def',
    '/CMapName /Adobe-Identity-UCS def',
    '/CMapType 2 def',
    '1 begincodespacerange',
    '<0000> <FFFF>',
    'endcodespacerange',
    ...blocks,
    'endcmap',
    'CMapName currentdict /CMap defineresource pop',
    'end',
    'end',
  ].join('\n')
}

function writeFont(context: PDFContext, { font, subset, ref }: Embedded): void {
  const perEm = 1000 / font.unitsPerEm
  const hhea = font.tables.get('hhea') ?? new Uint8Array(36)
  const metrics = new DataView(hhea.buffer, hhea.byteOffset, hhea.byteLength)
  const ascent = Math.round(metrics.getInt16(4) * perEm)
  const descent = Math.round(metrics.getInt16(6) * perEm)
  const baseFont = PDFName.of(`CUROAA+${font.name}`)
  const file = subset.write()
  const descriptor = context.register(
    context.obj({
      Type: 'FontDescriptor',
      FontName: baseFont,
      Flags: 4,
      FontBBox: [-1000, descent, 3000, ascent],
      ItalicAngle: 0,
      Ascent: ascent,
      Descent: descent,
      CapHeight: ascent,
      StemV: font.name.endsWith('600') ? 120 : 80,
      FontFile2: context.register(context.flateStream(file, { Length1: file.length })),
    }),
  )
  const descendant = context.register(
    context.obj({
      Type: 'Font',
      Subtype: 'CIDFontType2',
      BaseFont: baseFont,
      CIDSystemInfo: { Registry: PDFString.of('Adobe'), Ordering: PDFString.of('Identity'), Supplement: 0 },
      FontDescriptor: descriptor,
      DW: 0,
      W: [0, subset.glyphs().map(({ advance }) => advance * perEm)],
      CIDToGIDMap: 'Identity',
    }),
  )
  context.assign(
    ref,
    context.obj({
      Type: 'Font',
      Subtype: 'Type0',
      BaseFont: baseFont,
      Encoding: 'Identity-H',
      DescendantFonts: [descendant],
      ToUnicode: context.register(context.flateStream(toUnicodeMap(subset))),
    }),
  )
}

export type PdfText = {
  /** Writes a line; where `line.isPicture`, only what it says, invisibly, so that it can be found and copied. */
  draw(page: PDFPage, line: PdfLine): void
  /** To be called once, when all is drawn. */
  embedFonts(): void
}

/** Writes shaped lines into a PDF and embeds the subset of each font that was used. [Note: one glyph per cluster] */
export function makePdfText(context: PDFContext, base: (weight: Line['weight']) => LoadedFont): PdfText {
  const embedded = new Map<string, Embedded>()
  const embed = (font: LoadedFont): Embedded => {
    const known = embedded.get(font.name)
    if (known !== undefined) return known
    const made: Embedded = {
      font,
      subset: makeFontSubset(font),
      ref: context.nextRef(),
      tag: PDFName.of(`F-${font.name}`),
    }
    embedded.set(font.name, made)
    return made
  }
  const show = (
    page: PDFPage,
    { font, size, items }: { font: Embedded; size: number; items: (string | number)[] },
  ) => {
    page.node.setFontDictionary(font.tag, font.ref)
    const array = context.obj(
      items.map((item) => (typeof item === 'string' ? PDFHexString.of(item) : PDFNumber.of(item))),
    )
    page.pushOperators(
      setFontAndSize(font.tag, size),
      PDFOperator.of(PDFOperatorNames.ShowTextAdjusted, [array]),
    )
  }
  const blanks = (line: Line, { font, subset }: Embedded): string => {
    const spoken = visualOrder(line.text)
    const each = (line.width * font.unitsPerEm) / Math.max(1, spoken.filter(({ isMark }) => !isMark).length)
    return spoken.map(({ text, isMark }) => hex4(subset.addBlank(text, isMark ? 0 : each))).join('')
  }
  return {
    draw(page, { line, x, y, size, colour }) {
      page.pushOperators(beginText(), setFillingRgbColor(...colour), setTextMatrix(1, 0, 0, 1, x, y))
      if (line.isPicture) {
        const font = embed(base(line.weight))
        show(page, { font, size, items: [blanks(line, font)] })
      }
      for (const run of line.runs) {
        const font = embed(run.font)
        const items: (string | number)[] = []
        for (const cluster of run.clusters) {
          const { ids, advance } = font.subset.add(cluster)
          items.push(ids.map(hex4).join(''))
          const kerning = advance - cluster.advance
          if (kerning !== 0) items.push((kerning * 1000) / run.font.unitsPerEm)
        }
        show(page, { font, size, items })
      }
      page.pushOperators(endText())
    },
    embedFonts() {
      for (const font of embedded.values()) writeFont(context, font)
    },
  }
}
