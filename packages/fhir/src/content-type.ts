/**
 * What a file is, from its first bytes; a name or a label only decides between kinds of plain text. Enough of the file
 * for that: SNIFF_BYTES.
 */
export const SNIFF_BYTES = 4096

const MAGIC: readonly [type: string, offset: number, bytes: string][] = [
  ['application/pdf', 0, '%PDF-'],
  ['image/png', 0, '\x89PNG\r\n\x1a\n'],
  ['image/jpeg', 0, '\xff\xd8\xff'],
  ['image/gif', 0, 'GIF87a'],
  ['image/gif', 0, 'GIF89a'],
  ['application/dicom', 128, 'DICM'],
  ['application/zip', 0, 'PK\x03\x04'],
  ['application/zip', 0, 'PK\x05\x06'],
  ['video/webm', 0, '\x1a\x45\xdf\xa3'],
  ['application/ogg', 0, 'OggS\0'],
  ['audio/mpeg', 0, 'ID3\x02'],
  ['audio/mpeg', 0, 'ID3\x03'],
  ['audio/mpeg', 0, 'ID3\x04'],
  ['image/tiff', 0, 'II*\0'],
  ['image/tiff', 0, 'MM\0*'],
  ['application/gzip', 0, '\x1f\x8b\x08'],
]

/** Four letters after RIFF's length, and after 'ftyp' in ISO base media. */
const RIFF: Readonly<Record<string, string>> = {
  WEBP: 'image/webp',
  WAVE: 'audio/wav',
  'AVI ': 'video/x-msvideo',
}
const BRANDS: readonly [RegExp, string][] = [
  [/^(heic|heix|heim|heis|mif1|msf1)/, 'image/heic'],
  [/^avif/, 'image/avif'],
  [/^M4[AB]/, 'audio/mp4'],
  [/^qt/, 'video/quicktime'],
  [/^/, 'video/mp4'],
]

const XML_TYPES: readonly [RegExp, string][] = [
  [/<(?:\w+:)?ClinicalDocument[\s>]|urn:hl7-org:v3/, 'application/hl7-v3+xml'],
  [/http:\/\/hl7\.org\/fhir/, 'application/fhir+xml'],
  [/<svg[\s>]/i, 'image/svg+xml'],
  [/<html[\s>]|<!doctype html/i, 'text/html'],
]

/** Names only tell plain texts apart, which have no other mark. */
const TEXT_NAMES: readonly [RegExp, string][] = [
  [/\.csv$/i, 'text/csv'],
  [/\.tsv$/i, 'text/tab-separated-values'],
  [/\.md$/i, 'text/markdown'],
]

function latin1(bytes: Uint8Array, start: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(start, start + length))
}

/** The start as text, or undefined where it is none (a control character, broken UTF-8, a half-written UTF-16). */
function textOf(bytes: Uint8Array): string | undefined {
  const [a, b] = bytes
  const encoding = a === 0xff && b === 0xfe ? 'utf-16le' : a === 0xfe && b === 0xff ? 'utf-16be' : 'utf-8'
  const text = decode(bytes, encoding) ?? decode(bytes, 'windows-1252')
  if (text === undefined) return undefined
  return [...text].some(isBinaryCharacter) ? undefined : text
}

function decode(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    // `stream` forgives a character cut off at the end of the sample.
    return new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: true })
  } catch {
    return undefined
  }
}

/** HL7 v2 over MLLP begins with VT and ends with FS. */
function isBinaryCharacter(character: string): boolean {
  const code = character.charCodeAt(0)
  return code < 32 && code !== 9 && code !== 10 && code !== 11 && code !== 12 && code !== 13 && code !== 28
}

function textType(text: string, fileName: string, isWhole: boolean): string {
  const start = text.replace(/^[\ufeff\v\s]+/, '')
  if (/^(MSH|FHS|BHS)\|/.test(start)) return 'x-application/hl7-v2+er7'
  if (start.startsWith('<')) {
    const known = XML_TYPES.find(([mark]) => mark.test(start))
    if (known) return known[1]
    if (/^<(\?xml|[A-Za-z_!])/.test(start)) return 'application/xml'
  }
  if (/^[[{]/.test(start)) return jsonType(start, isWhole)
  return TEXT_NAMES.find(([name]) => name.test(fileName))?.[1] ?? 'text/plain'
}

function parses(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

function jsonType(start: string, isWhole: boolean): string {
  const isFhir = /"resourceType"\s*:/.test(start)
  const [first = '', ...rest] = start.split('\n')
  const next = rest.find((line) => line.trim() !== '')
  if (next?.startsWith('{') && first.startsWith('{') && parses(first))
    return isFhir ? 'application/fhir+ndjson' : 'application/x-ndjson'
  const isJson = isWhole ? parses(start) : /^(\{\s*["}]|\[\s*["{[\d\]tfn-])/.test(start)
  if (!isJson) return 'text/plain'
  return isFhir ? 'application/fhir+json' : 'application/json'
}

/** Kinds that a browser shows without running anything of theirs; HTML and SVG are not among them. */
const INERT = new Set([
  'application/pdf',
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'image/avif',
  'video/mp4',
  'video/webm',
  'audio/mp4',
  'audio/mpeg',
  'audio/wav',
  'text/plain',
])

/** Whether a file of this type may be shown in the page; everything else is only offered for download. */
export function mayShowInline(contentType: string): boolean {
  return INERT.has(contentType)
}

/**
 * The content type of a file by its own bytes, whatever its sender called it: `application/octet-stream` when they
 * are of no known kind.
 * @param bytes the first SNIFF_BYTES of the file, or all of a shorter file
 * @param fileName distinguishes CSV from other plain text, and nothing else
 */
export function sniffContentType(bytes: Uint8Array, fileName = ''): string {
  const sample = bytes.subarray(0, SNIFF_BYTES)
  if (sample.length === 0) return 'application/octet-stream'
  for (const [type, offset, magic] of MAGIC) if (latin1(sample, offset, magic.length) === magic) return type
  // Two letters alone would make a bitmap of 'BMI: 24'.
  if (latin1(sample, 0, 2) === 'BM' && latin1(sample, 6, 4) === '\0\0\0\0') return 'image/bmp'
  if (latin1(sample, 0, 4) === 'RIFF') return RIFF[latin1(sample, 8, 4)] ?? 'application/octet-stream'
  if (latin1(sample, 4, 4) === 'ftyp') {
    const brand = latin1(sample, 8, 4)
    return BRANDS.find(([mark]) => mark.test(brand))?.[1] ?? 'video/mp4'
  }
  if (sample[0] === 0xff && ((sample[1] ?? 0) & 0xe0) === 0xe0 && sample[1] !== 0xff && sample[1] !== 0xfe)
    return 'audio/mpeg'
  const text = textOf(sample)
  return text === undefined
    ? 'application/octet-stream'
    : textType(text, fileName, bytes.length < SNIFF_BYTES)
}
