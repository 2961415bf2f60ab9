import { type ByteStream, type DataSet, parseDicom, readPart10Header } from 'dicom-parser'

/** Encodings whose pixels lie there as they are. */
const PLAIN = new Set(['1.2.840.10008.1.2', '1.2.840.10008.1.2.1', '1.2.840.10008.1.2.2'])
const NAMES: Readonly<Record<string, string>> = {
  '1.2.840.10008.1.2': 'Implicit VR Little Endian',
  '1.2.840.10008.1.2.1': 'Explicit VR Little Endian',
  '1.2.840.10008.1.2.2': 'Explicit VR Big Endian',
  '1.2.840.10008.1.2.1.99': 'Deflated',
  '1.2.840.10008.1.2.4.50': 'JPEG',
  '1.2.840.10008.1.2.4.51': 'JPEG, 12 bit',
  '1.2.840.10008.1.2.4.57': 'JPEG lossless',
  '1.2.840.10008.1.2.4.70': 'JPEG lossless',
  '1.2.840.10008.1.2.4.80': 'JPEG-LS lossless',
  '1.2.840.10008.1.2.4.81': 'JPEG-LS',
  '1.2.840.10008.1.2.4.90': 'JPEG 2000 lossless',
  '1.2.840.10008.1.2.4.91': 'JPEG 2000',
  '1.2.840.10008.1.2.4.100': 'MPEG-2',
  '1.2.840.10008.1.2.4.102': 'MPEG-4',
  '1.2.840.10008.1.2.5': 'RLE',
}
const BIG_ENDIAN = '1.2.840.10008.1.2.2'
const DEFLATED = '1.2.840.10008.1.2.1.99'

export interface DicomWindow {
  readonly center: number
  readonly width: number
}

/** How the pixels of an image lie in the file. */
export interface DicomPixels {
  readonly rows: number
  readonly columns: number
  readonly frames: number
  readonly photometric: 'MONOCHROME1' | 'MONOCHROME2' | 'RGB' | 'YBR_FULL' | 'PALETTE COLOR'
  readonly samples: number
  readonly bitsAllocated: 8 | 16
  readonly bitsStored: number
  readonly isSigned: boolean
  /** Colours one after the other (1) instead of pixel by pixel (0). */
  readonly isPlanar: boolean
  readonly isBigEndian: boolean
  readonly slope: number
  readonly intercept: number
  /** Windows that the file suggests, the first is the one to begin with. */
  readonly windows: readonly DicomWindow[]
  /** Red, green and blue of a palette, 8 bit each. */
  readonly palette?: {
    readonly first: number
    readonly colours: readonly [Uint8Array, Uint8Array, Uint8Array]
  }
  /** All frames, one after the other. */
  readonly bytes: Uint8Array
}

export interface DicomFile {
  /** Key of the screen's words, and what is written. Dates are 'YYYY-MM-DD'. */
  readonly fields: readonly { readonly key: DicomField; readonly value: string }[]
  readonly syntax: string
  /** 'ok', or why there is nothing to draw. */
  readonly state: 'ok' | 'compressed' | 'no-pixels' | 'unsupported'
  readonly modality: string
  readonly format?: string
  readonly pixels?: DicomPixels
}

export type DicomField =
  | 'patient'
  | 'born'
  | 'study'
  | 'series'
  | 'modality'
  | 'bodyPart'
  | 'date'
  | 'hospital'
  | 'device'
  | 'size'
  | 'frames'
  | 'spacing'
  | 'thickness'
  | 'syntax'

const DECODERS: Readonly<Record<string, string>> = {
  'ISO_IR 192': 'utf-8',
  'ISO_IR 100': 'iso-8859-1',
  'ISO_IR 101': 'iso-8859-2',
  'ISO_IR 144': 'iso-8859-5',
  'ISO_IR 127': 'iso-8859-6',
  'ISO_IR 126': 'iso-8859-7',
  'ISO_IR 166': 'tis-620',
  GB18030: 'gb18030',
}

/** Text of an element in the file's character set; dicom-parser reads Latin-1 only. */
function textOf(set: DataSet, tag: string): string {
  const element = set.elements[tag]
  if (!element || element.length === 0) return ''
  const charset = set.string('x00080005')?.split('\\')[0]?.trim() ?? ''
  const bytes = set.byteArray.slice(element.dataOffset, element.dataOffset + Math.min(element.length, 1024))
  const label = Object.hasOwn(DECODERS, charset) ? (DECODERS[charset] as string) : 'iso-8859-1'
  const text = new TextDecoder(label).decode(bytes)
  return [...text]
    .map((letter) => (letter < ' ' ? ' ' : letter))
    .join('')
    .trim()
}

const personName = (text: string) => text.split('=')[0]?.split('^').filter(Boolean).join(' ') ?? ''

function day(text: string): string {
  const match = text.match(/^(\d{4})\.?(\d\d)\.?(\d\d)/)
  return match ? `${match[1]}-${match[2]}-${match[3]}` : ''
}

/** Number of Frames; one where it is absent or no number. */
function framesOf(set: DataSet): number {
  return Math.max(1, Math.trunc(numbers(set, 'x00280008')[0] ?? 1))
}

function fieldsOf(set: DataSet, syntax: string): DicomFile['fields'] {
  const [rows, columns] = [set.uint16('x00280010'), set.uint16('x00280011')]
  const frames = framesOf(set)
  const all: readonly [DicomField, string][] = [
    ['patient', personName(textOf(set, 'x00100010'))],
    ['born', day(textOf(set, 'x00100030'))],
    ['study', textOf(set, 'x00081030')],
    ['series', textOf(set, 'x0008103e')],
    ['modality', textOf(set, 'x00080060')],
    ['bodyPart', textOf(set, 'x00180015')],
    ['date', day(textOf(set, 'x00080022') || textOf(set, 'x00080023') || textOf(set, 'x00080020'))],
    ['hospital', textOf(set, 'x00080080')],
    ['device', [textOf(set, 'x00080070'), textOf(set, 'x00081090')].filter(Boolean).join(' ')],
    ['size', rows && columns ? `${columns} × ${rows}` : ''],
    ['frames', frames > 1 ? String(frames) : ''],
    ['spacing', textOf(set, 'x00280030').replace('\\', ' × ')],
    ['thickness', textOf(set, 'x00180050')],
    ['syntax', Object.hasOwn(NAMES, syntax) ? (NAMES[syntax] as string) : syntax],
  ]
  return all.filter(([, value]) => value !== '').map(([key, value]) => ({ key, value: value.slice(0, 200) }))
}

function numbers(set: DataSet, tag: string): number[] {
  return textOf(set, tag)
    .split('\\')
    .map((part) => Number.parseFloat(part))
    .filter((value) => Number.isFinite(value))
}

function windowsOf(set: DataSet): DicomWindow[] {
  const [centers, widths] = [numbers(set, 'x00281050'), numbers(set, 'x00281051')]
  return centers.flatMap((center, index) => {
    const width = widths[index] ?? widths[0]
    return width !== undefined && width >= 1 ? [{ center, width }] : []
  })
}

function paletteOf(set: DataSet): DicomPixels['palette'] {
  const descriptor = [0, 1, 2].map((index) => set.uint16('x00281101', index))
  const [count, first, bits] = descriptor
  const tables = ['x00281201', 'x00281202', 'x00281203'].map((tag) => set.elements[tag])
  if (count === undefined || first === undefined || tables.some((table) => !table)) return undefined
  const entries = count === 0 ? 65_536 : count
  const colours = tables.map((table) => {
    const start = table?.dataOffset ?? 0
    const bytes = set.byteArray.subarray(start, start + (table?.length ?? 0))
    const isWide = bits === 16 && bytes.length >= entries * 2
    return Uint8Array.from(
      { length: entries },
      (_, index) => (isWide ? bytes[index * 2 + 1] : bytes[index]) ?? 0,
    )
  }) as [Uint8Array, Uint8Array, Uint8Array]
  return { first, colours }
}

const SUPPORTED = new Set(['MONOCHROME1', 'MONOCHROME2', 'RGB', 'YBR_FULL', 'PALETTE COLOR'])

function pixelsOf(set: DataSet, syntax: string): DicomPixels | { format: string } | undefined {
  const element = set.elements.x7fe00010
  const [rows, columns] = [set.uint16('x00280010') ?? 0, set.uint16('x00280011') ?? 0]
  if (!element || element.length === 0 || rows === 0 || columns === 0) return undefined
  const photometric = textOf(set, 'x00280004')
  const bitsAllocated = set.uint16('x00280100') ?? 0
  const samples = set.uint16('x00280002') ?? 1
  const frames = framesOf(set)
  const isColour = photometric === 'RGB' || photometric === 'YBR_FULL'
  const isKnown = SUPPORTED.has(photometric) && samples === (isColour ? 3 : 1)
  if (!isKnown || (bitsAllocated !== 8 && bitsAllocated !== 16) || (isColour && bitsAllocated !== 8))
    return { format: `${photometric || '?'}, ${bitsAllocated} bit` }
  const palette = photometric === 'PALETTE COLOR' ? paletteOf(set) : undefined
  if (photometric === 'PALETTE COLOR' && !palette) return { format: photometric }
  const frameBytes = rows * columns * samples * (bitsAllocated / 8)
  const length = Math.min(element.length, set.byteArray.length - element.dataOffset)
  const there = Math.floor(length / frameBytes)
  if (there < 1) return { format: `${columns} × ${rows}: ${length} bytes` }
  const count = Math.min(frames, there)
  return {
    rows,
    columns,
    frames: count,
    photometric: photometric as DicomPixels['photometric'],
    samples,
    bitsAllocated,
    bitsStored: Math.min(set.uint16('x00280101') ?? bitsAllocated, bitsAllocated),
    isSigned: set.uint16('x00280103') === 1,
    isPlanar: set.uint16('x00280006') === 1,
    isBigEndian: syntax === BIG_ENDIAN,
    slope: numbers(set, 'x00281053')[0] || 1,
    intercept: numbers(set, 'x00281052')[0] ?? 0,
    windows: windowsOf(set),
    ...(palette && { palette }),
    bytes: set.byteArray.subarray(element.dataOffset, element.dataOffset + count * frameBytes) as Uint8Array,
  }
}

/** What dicom-parser asks for at a deflated file; we do not show those. */
function notInflated(): ByteStream {
  throw new Error('deflated')
}

/**
 * Reads a DICOM file: its description, and its pictures where they are not compressed.
 * @throws Error for what is no DICOM file
 */
export function readDicom(bytes: Uint8Array): DicomFile {
  const syntaxOnly = readPart10Header(bytes).string('x00020010') ?? '1.2.840.10008.1.2'
  if (syntaxOnly === DEFLATED) {
    const name = NAMES[DEFLATED] as string
    return { fields: [{ key: 'syntax', value: name }], syntax: name, state: 'compressed', modality: '' }
  }
  const set = parseDicom(bytes, { inflater: notInflated } as Parameters<typeof parseDicom>[1])
  const syntax = Object.hasOwn(NAMES, syntaxOnly) ? (NAMES[syntaxOnly] as string) : syntaxOnly
  const base = { fields: fieldsOf(set, syntaxOnly), syntax, modality: textOf(set, 'x00080060') }
  if (!set.elements.x7fe00010) return { ...base, state: 'no-pixels' }
  if (!PLAIN.has(syntaxOnly)) return { ...base, state: 'compressed' }
  const pixels = pixelsOf(set, syntaxOnly)
  if (!pixels) return { ...base, state: 'no-pixels' }
  return 'format' in pixels
    ? { ...base, state: 'unsupported', format: pixels.format }
    : { ...base, state: 'ok', pixels }
}
