import { sniffContentType } from '@curo/fhir/document'

export type FileFamily =
  | 'pdf'
  | 'picture'
  | 'dicom'
  | 'text'
  | 'table'
  | 'video'
  | 'sound'
  | 'markup'
  | 'data'
  | 'archive'
  | 'unknown'

const FAMILIES: readonly (readonly [RegExp, FileFamily])[] = [
  [/^application\/pdf$/, 'pdf'],
  [/^image\/svg\+xml$|^(text\/html|application\/xhtml\+xml)$/, 'markup'],
  [/^image\//, 'picture'],
  [/^application\/dicom$/, 'dicom'],
  [/^text\/(csv|tab-separated-values)$/, 'table'],
  [/json$|xml$|ndjson$|hl7/, 'data'],
  [/^text\//, 'text'],
  [/^video\//, 'video'],
  [/^audio\/|^application\/ogg$/, 'sound'],
  [/zip$|^application\/x-tar$/, 'archive'],
]

/** The kind of file a content type stands for. */
export function fileFamily(contentType: string): FileFamily {
  const plain = contentType.split(';')[0]?.trim().toLowerCase() ?? ''
  return FAMILIES.find(([pattern]) => pattern.test(plain))?.[1] ?? 'unknown'
}

const EXTENSIONS: Readonly<Record<string, FileFamily>> = {
  pdf: 'pdf',
  png: 'picture',
  jpg: 'picture',
  jpeg: 'picture',
  gif: 'picture',
  webp: 'picture',
  avif: 'picture',
  bmp: 'picture',
  tif: 'picture',
  tiff: 'picture',
  heic: 'picture',
  dcm: 'dicom',
  dicom: 'dicom',
  txt: 'text',
  md: 'text',
  log: 'text',
  csv: 'table',
  tsv: 'table',
  json: 'data',
  xml: 'data',
  hl7: 'data',
  ndjson: 'data',
  html: 'markup',
  htm: 'markup',
  svg: 'markup',
  mp4: 'video',
  mov: 'video',
  webm: 'video',
  mp3: 'sound',
  m4a: 'sound',
  wav: 'sound',
  ogg: 'sound',
  zip: 'archive',
  gz: 'archive',
}

/** What browsers draw without a plug-in; TIFF, HEIC and BMP of other systems are downloads. */
const DRAWN = /^image\/(png|jpeg|gif|webp|avif|bmp)$/
const PLAYED = /^(video\/(mp4|webm)|audio\/(mpeg|mp4|wav)|application\/ogg)$/
/** Plain kinds of text that nothing runs: a table or data called text is no lie. */
const READABLE = new Set<FileFamily>(['text', 'table', 'data'])

export interface Judgement {
  /** By its own bytes. */
  readonly contentType: string
  readonly family: FileFamily
  /** How to show it; 'download' where it is not shown. */
  readonly show: 'pdf' | 'picture' | 'dicom' | 'text' | 'markup' | 'video' | 'sound' | 'download'
  /** What its name or sender claims, where its bytes are something else. */
  readonly claimed?: FileFamily
}

function claimOf(name: string, claimedType: string | undefined): FileFamily | undefined {
  const extension = name.match(/\.([a-z0-9]{1,6})$/i)?.[1]?.toLowerCase() ?? ''
  const byName = Object.hasOwn(EXTENSIONS, extension) ? EXTENSIONS[extension] : undefined
  if (byName) return byName
  const byType = claimedType === undefined ? 'unknown' : fileFamily(claimedType)
  return byType === 'unknown' ? undefined : byType
}

const isSame = (a: FileFamily, b: FileFamily) => a === b || (READABLE.has(a) && READABLE.has(b))

/**
 * How a file may be shown, from its first bytes: what it claims by name or type only matters where it is a lie, and
 * then the file is a download and is never opened here.
 * @param first the first SNIFF_BYTES of the file
 */
export function judgeFile(given: {
  first: Uint8Array
  name: string
  claimedType?: string | undefined
}): Judgement {
  const contentType = sniffContentType(given.first, given.name)
  const family = fileFamily(contentType)
  const claimed = claimOf(given.name, given.claimedType)
  if (claimed && !isSame(claimed, family)) return { contentType, family, show: 'download', claimed }
  return { contentType, family, show: showing(contentType, family) }
}

function showing(contentType: string, family: FileFamily): Judgement['show'] {
  if (family === 'picture') return DRAWN.test(contentType) ? 'picture' : 'download'
  if (family === 'video' || family === 'sound') return PLAYED.test(contentType) ? family : 'download'
  if (READABLE.has(family)) return 'text'
  return family === 'pdf' || family === 'dicom' || family === 'markup' ? family : 'download'
}
