const SIGNATURE = 0x774f4646
const HEADER_BYTES = 44
const ENTRY_BYTES = 20

/** The tables of a TrueType font by tag ('glyf', 'head' …). */
export type FontTables = Map<string, Uint8Array>

async function inflate(bytes: Uint8Array): Promise<Uint8Array> {
  const stream = new Blob([bytes.slice()]).stream().pipeThrough(new DecompressionStream('deflate'))
  return new Uint8Array(await new Response(stream).arrayBuffer())
}

/** The tables of a WOFF 1.0 file. Throws for anything else. (W3C WOFF 1.0 §3–5) */
export async function readWoff(file: Uint8Array): Promise<FontTables> {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  if (file.length < HEADER_BYTES || view.getUint32(0) !== SIGNATURE)
    throw new Error('This font is no WOFF file; install the packages again.')
  const count = view.getUint16(12)
  const entries = Array.from({ length: count }, async (_, i): Promise<[string, Uint8Array]> => {
    const at = HEADER_BYTES + i * ENTRY_BYTES
    const tag = String.fromCharCode(...file.subarray(at, at + 4))
    const offset = view.getUint32(at + 4)
    const packed = file.subarray(offset, offset + view.getUint32(at + 8))
    const length = view.getUint32(at + 12)
    return [tag, packed.length < length ? await inflate(packed) : packed]
  })
  return new Map(await Promise.all(entries))
}

/** A TrueType file of these tables, without checksums: no reader of an embedded font looks at them. */
export function writeTrueType(tables: FontTables): Uint8Array {
  const sorted = [...tables].sort(([a], [b]) => (a < b ? -1 : 1))
  let offset = 12 + 16 * sorted.length
  const size = sorted.reduce((sum, [, table]) => sum + padded(table.length), offset)
  const file = new Uint8Array(size)
  const view = new DataView(file.buffer)
  const log = Math.floor(Math.log2(sorted.length))
  view.setUint32(0, 0x00010000)
  view.setUint16(4, sorted.length)
  view.setUint16(6, 16 * 2 ** log)
  view.setUint16(8, log)
  view.setUint16(10, 16 * (sorted.length - 2 ** log))
  for (const [i, [tag, table]] of sorted.entries()) {
    const at = 12 + 16 * i
    for (let k = 0; k < 4; k++) file[at + k] = tag.charCodeAt(k)
    view.setUint32(at + 8, offset)
    view.setUint32(at + 12, table.length)
    file.set(table, offset)
    offset += padded(table.length)
  }
  return file
}

function padded(length: number): number {
  return (length + 3) & ~3
}
