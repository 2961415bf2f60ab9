/** Elements of a DICOM file for tests: [tag 'ggggeeee', VR, value]. */
export type DicomElement = readonly [tag: string, vr: string, value: string | number | Uint8Array]

const LONG = new Set(['OB', 'OW', 'UN', 'SQ', 'UT'])

function valueBytes(vr: string, value: DicomElement[2]): Uint8Array {
  if (value instanceof Uint8Array) return value.length % 2 === 0 ? value : Uint8Array.of(...value, 0)
  if (typeof value === 'number') {
    const size = vr === 'UL' ? 4 : 2
    const bytes = new Uint8Array(size)
    if (size === 4) new DataView(bytes.buffer).setUint32(0, value, true)
    else new DataView(bytes.buffer).setUint16(0, value & 0xffff, true)
    return bytes
  }
  const bytes = new TextEncoder().encode(value)
  const padding = vr === 'UI' ? 0 : 0x20
  return bytes.length % 2 === 0 ? bytes : Uint8Array.of(...bytes, padding)
}

function elementBytes([tag, vr, value]: DicomElement): Uint8Array {
  const body = valueBytes(vr, value)
  const head = new Uint8Array(LONG.has(vr) ? 12 : 8)
  const view = new DataView(head.buffer)
  view.setUint16(0, Number.parseInt(tag.slice(0, 4), 16), true)
  view.setUint16(2, Number.parseInt(tag.slice(4), 16), true)
  head.set([vr.charCodeAt(0), vr.charCodeAt(1)], 4)
  if (LONG.has(vr)) view.setUint32(8, body.length, true)
  else view.setUint16(6, body.length, true)
  return Uint8Array.of(...head, ...body)
}

/** A file in Explicit VR Little Endian, or what `syntax` claims. */
export function makeDicom(elements: readonly DicomElement[], syntax = '1.2.840.10008.1.2.1'): Uint8Array {
  const meta = elementBytes(['00020010', 'UI', syntax])
  const length = elementBytes(['00020000', 'UL', meta.length])
  const parts = [
    new Uint8Array(128),
    new TextEncoder().encode('DICM'),
    length,
    meta,
    ...elements.map(elementBytes),
  ]
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}

/** A grey picture of 2 × 2 16-bit values per frame. */
export function greyDicom(values: readonly number[], more: readonly DicomElement[] = []): Uint8Array {
  const pixels = new Uint8Array(values.length * 2)
  for (const [at, value] of values.entries()) new DataView(pixels.buffer).setInt16(at * 2, value, true)
  const elements: DicomElement[] = [
    ['00080005', 'CS', 'ISO_IR 192'],
    ['00080020', 'DA', '20240102'],
    ['00080060', 'CS', 'CT'],
    ['00100010', 'PN', 'राव^आशा'],
    ['00280002', 'US', 1],
    ['00280004', 'CS', 'MONOCHROME2'],
    ['00280008', 'IS', String(values.length / 4)],
    ['00280010', 'US', 2],
    ['00280011', 'US', 2],
    ['00280100', 'US', 16],
    ['00280101', 'US', 12],
    ['00280103', 'US', 1],
    ['00281050', 'DS', '40\\-600'],
    ['00281051', 'DS', '80\\1500'],
    ['00281052', 'DS', '-1024'],
    ['00281053', 'DS', '1'],
    ['7fe00010', 'OW', pixels],
  ]
  const given = new Map([...elements, ...more].map((element) => [element[0], element]))
  return makeDicom([...given.values()].sort(([a], [b]) => (a < b ? -1 : 1)))
}
