import type { LoadedFont } from './fonts.ts'
import {
  type Box,
  boxOf,
  composeGlyph,
  countComponents,
  readGlyphs,
  renameComponents,
} from './glyph-table.ts'
import type { Cluster, PlacedGlyph } from './typesetter.ts'
import { type FontTables, writeTrueType } from './woff.ts'

/** A glyph of the subset: what it draws, how wide it is, what it says. Its place in the list is its id. */
type SubsetGlyph = { outline: Uint8Array; advance: number; text: string }

export type FontSubset = {
  /** The ids of the glyphs that together draw and say this cluster, and their width before kerning; in the font's units. */
  add(cluster: Cluster): { ids: number[]; advance: number }
  /** The id of a glyph that draws nothing, is `advance` wide and says `text`. */
  addBlank(text: string, advance: number): number
  glyphs(): readonly SubsetGlyph[]
  /** The TrueType file, with the tables that PDF asks for (ISO 32000-1 §9.9). */
  write(): Uint8Array
}

// Fields of the 'maxp' table.
const MAX_POINTS = 6
const MAX_CONTOURS = 8
const MAX_COMPOSITE_POINTS = 10
const MAX_COMPOSITE_CONTOURS = 12
const MAX_COMPONENTS = 28
const MAX_DEPTH = 30

const MOST_UNITS = 0x7fff

function clampUnits(advance: number): number {
  return Math.min(MOST_UNITS, Math.max(0, Math.round(advance)))
}

function unite(boxes: Box[]): Box {
  return {
    xMin: Math.min(...boxes.map((box) => box.xMin)),
    yMin: Math.min(...boxes.map((box) => box.yMin)),
    xMax: Math.max(...boxes.map((box) => box.xMax)),
    yMax: Math.max(...boxes.map((box) => box.yMax)),
  }
}

/**
 * Collects what of a font is used. [Note: one glyph per cluster] Where shaping reorders letters, stacks them or moves marks,
 * the cluster becomes one composite glyph that says its first character; the others follow as glyphs without shape and width.
 * So text that is searched, copied or read aloud comes out as it was typed. (Characters are said one by one because PDF.js
 * takes any code whose text contains a mark for a mark itself.)
 */
export function makeFontSubset(font: LoadedFont): FontSubset {
  const source = readGlyphs(font.tables)
  const glyphs: SubsetGlyph[] = []
  const idOfSource = new Map<number, number>()
  const idOfCluster = new Map<string, number>()

  const push = (glyph: SubsetGlyph): number => glyphs.push(glyph) - 1
  /** Copies a glyph for being drawn as a part; components may be composites themselves. */
  const part = (sourceId: number): number => {
    const known = idOfSource.get(sourceId)
    if (known !== undefined) return known
    const outline = renameComponents(source.outline(sourceId), part)
    const id = push({ outline, advance: source.advance(sourceId), text: '' })
    idOfSource.set(sourceId, id)
    return id
  }
  const compose = (placed: PlacedGlyph[]): Uint8Array => {
    const parts: PlacedGlyph[] = []
    const boxes: Box[] = []
    for (const { id, x, y } of placed) {
      const box = boxOf(source.outline(id))
      if (box === undefined) continue
      parts.push({ id: part(id), x, y })
      boxes.push({ xMin: box.xMin + x, yMin: box.yMin + y, xMax: box.xMax + x, yMax: box.yMax + y })
    }
    return parts.length === 0 ? new Uint8Array(0) : composeGlyph(parts, unite(boxes))
  }
  part(0)

  const blank = (text: string, advance: number): number => {
    const key = JSON.stringify([text, advance])
    const id = idOfCluster.get(key) ?? push({ outline: new Uint8Array(0), advance, text })
    idOfCluster.set(key, id)
    return id
  }
  const draw = ({ text, glyphs: placed, advance }: Cluster): { id: number; advance: number } => {
    const [first] = placed
    const isPlain = placed.length === 1 && first?.x === 0 && first.y === 0
    // Kerning changes a plain glyph's advance only where it stands, so it is not part of what the glyph is.
    const width = isPlain ? source.advance(first.id) : clampUnits(advance)
    const key = JSON.stringify([text, placed, width])
    const known = idOfCluster.get(key)
    if (known !== undefined) return { id: known, advance: width }
    const outline = isPlain ? renameComponents(source.outline(first.id), part) : compose(placed)
    const id = push({ outline, advance: width, text })
    idOfCluster.set(key, id)
    return { id, advance: width }
  }
  return {
    add(cluster) {
      const [said = '', ...rest] = cluster.text
      const { id, advance } = draw({ ...cluster, text: said })
      return { ids: [id, ...rest.map((char) => blank(char, 0))], advance }
    },
    addBlank: (text, advance) => blank(text, clampUnits(advance)),
    glyphs: () => glyphs,
    write: () => writeTrueType(writeTables(font.tables, glyphs)),
  }
}

function writeTables(tables: FontTables, glyphs: readonly SubsetGlyph[]): FontTables {
  const loca = new DataView(new ArrayBuffer((glyphs.length + 1) * 4))
  const hmtx = new DataView(new ArrayBuffer(glyphs.length * 4))
  const glyf = new Uint8Array(glyphs.reduce((sum, { outline }) => sum + ((outline.length + 3) & ~3), 0))
  let offset = 0
  for (const [id, { outline, advance }] of glyphs.entries()) {
    glyf.set(outline, offset)
    hmtx.setUint16(id * 4, advance)
    hmtx.setInt16(id * 4 + 2, boxOf(outline)?.xMin ?? 0)
    offset += (outline.length + 3) & ~3
    loca.setUint32((id + 1) * 4, offset)
  }
  const copied = (tag: string): DataView =>
    new DataView((tables.get(tag) ?? new Uint8Array(64)).slice().buffer)
  const head = copied('head')
  head.setInt16(50, 1)
  const hhea = copied('hhea')
  hhea.setUint16(34, glyphs.length)
  const maxp = copied('maxp')
  maxp.setUint16(4, glyphs.length)
  const components = Math.max(...glyphs.map(({ outline }) => countComponents(outline)))
  const most = (field: number) => Math.min(0xffff, Math.max(1, components) * maxp.getUint16(field))
  maxp.setUint16(MAX_COMPOSITE_POINTS, Math.max(most(MAX_POINTS), most(MAX_COMPOSITE_POINTS)))
  maxp.setUint16(MAX_COMPOSITE_CONTOURS, Math.max(most(MAX_CONTOURS), most(MAX_COMPOSITE_CONTOURS)))
  maxp.setUint16(MAX_COMPONENTS, Math.max(components, maxp.getUint16(MAX_COMPONENTS)))
  maxp.setUint16(MAX_DEPTH, maxp.getUint16(MAX_DEPTH) + 1)
  const written: [string, ArrayBufferLike][] = [
    ['glyf', glyf.buffer],
    ['loca', loca.buffer],
    ['hmtx', hmtx.buffer],
    ['head', head.buffer],
    ['hhea', hhea.buffer],
    ['maxp', maxp.buffer],
  ]
  return new Map(written.map(([tag, buffer]) => [tag, new Uint8Array(buffer)]))
}
