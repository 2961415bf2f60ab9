import type { PlacedGlyph } from './typesetter.ts'
import type { FontTables } from './woff.ts'

// Flags of a component (OpenType specification, 'glyf' table).
const ARE_WORDS = 0x0001
const ARE_XY = 0x0002
const HAS_SCALE = 0x0008
const MORE_FOLLOW = 0x0020
const HAS_XY_SCALE = 0x0040
const HAS_TWO_BY_TWO = 0x0080

const GLYPH_HEADER_BYTES = 10

export type Box = { xMin: number; yMin: number; xMax: number; yMax: number }

/** Reads single glyphs of a TrueType font. */
export type GlyphReader = {
  /** The glyph's bytes; empty for a space. */
  outline(id: number): Uint8Array
  advance(id: number): number
}

function tableView(tables: FontTables, tag: string): DataView {
  const table = tables.get(tag)
  if (table === undefined) throw new Error(`The font lacks its ${tag} table.`)
  return new DataView(table.buffer, table.byteOffset, table.byteLength)
}

export function readGlyphs(tables: FontTables): GlyphReader {
  const isLong = tableView(tables, 'head').getInt16(50) === 1
  const loca = tableView(tables, 'loca')
  const hmtx = tableView(tables, 'hmtx')
  const metricCount = tableView(tables, 'hhea').getUint16(34)
  const glyf = tables.get('glyf') ?? new Uint8Array(0)
  const offset = (id: number) => (isLong ? loca.getUint32(id * 4) : loca.getUint16(id * 2) * 2)
  return {
    outline: (id) => glyf.subarray(offset(id), offset(id + 1)),
    advance: (id) => hmtx.getUint16(Math.min(id, metricCount - 1) * 4),
  }
}

export function boxOf(outline: Uint8Array): Box | undefined {
  if (outline.length < GLYPH_HEADER_BYTES) return undefined
  const view = new DataView(outline.buffer, outline.byteOffset, outline.byteLength)
  return {
    xMin: view.getInt16(2),
    yMin: view.getInt16(4),
    xMax: view.getInt16(6),
    yMax: view.getInt16(8),
  }
}

/** Where in a composite glyph the ids of its components stand. */
function* componentOffsets(outline: Uint8Array): Generator<number> {
  const view = new DataView(outline.buffer, outline.byteOffset, outline.byteLength)
  if (outline.length < GLYPH_HEADER_BYTES || view.getInt16(0) >= 0) return
  let at = GLYPH_HEADER_BYTES
  let flags = MORE_FOLLOW
  while (flags & MORE_FOLLOW) {
    flags = view.getUint16(at)
    yield at + 2
    at += flags & ARE_WORDS ? 8 : 6
    if (flags & HAS_SCALE) at += 2
    else if (flags & HAS_XY_SCALE) at += 4
    else if (flags & HAS_TWO_BY_TWO) at += 8
  }
}

export function countComponents(outline: Uint8Array): number {
  return [...componentOffsets(outline)].length
}

/** A copy of `outline` whose components are called what `rename` says. */
export function renameComponents(outline: Uint8Array, rename: (id: number) => number): Uint8Array {
  const copy = outline.slice()
  const view = new DataView(copy.buffer)
  for (const at of componentOffsets(outline)) view.setUint16(at, rename(view.getUint16(at)))
  return copy
}

/** One glyph that draws several, each moved from the origin. `box` encloses them all, in the font's units. */
export function composeGlyph(parts: PlacedGlyph[], box: Box): Uint8Array {
  const bytes = new Uint8Array(GLYPH_HEADER_BYTES + parts.length * 8)
  const view = new DataView(bytes.buffer)
  view.setInt16(0, -1)
  for (const [i, side] of [box.xMin, box.yMin, box.xMax, box.yMax].entries()) view.setInt16(2 + 2 * i, side)
  for (const [i, part] of parts.entries()) {
    const at = GLYPH_HEADER_BYTES + i * 8
    const isLast = i === parts.length - 1
    view.setUint16(at, ARE_WORDS | ARE_XY | (isLast ? 0 : MORE_FOLLOW))
    view.setUint16(at + 2, part.id)
    view.setInt16(at + 4, part.x)
    view.setInt16(at + 6, part.y)
  }
  return bytes
}
