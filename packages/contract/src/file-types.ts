/** A picture that every browser shows and that cannot carry a script. */
export type ImageType = 'image/png' | 'image/jpeg'
export type FileType = ImageType | 'application/pdf'

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
const JPEG = [0xff, 0xd8, 0xff]
/** “%PDF-”; ISO 32000 readers look for it in the first kilobyte, and so do those who hide something before it. */
const PDF = [0x25, 0x50, 0x44, 0x46, 0x2d]

const beginsWith = (bytes: Uint8Array, magic: readonly number[]) =>
  bytes.length > magic.length && magic.every((byte, at) => bytes[at] === byte)

/** What a file is by its first bytes, whatever it is called; null for anything else. */
export function sniffFileType(bytes: Uint8Array): FileType | null {
  if (beginsWith(bytes, PNG)) return 'image/png'
  if (beginsWith(bytes, JPEG)) return 'image/jpeg'
  return beginsWith(bytes, PDF) ? 'application/pdf' : null
}

export type ImageSize = { type: ImageType; width: number; height: number }

/** Width and height in pixels, from the header (PNG IHDR, JPEG SOFn); null where it is no such picture. */
export function readImageSize(bytes: Uint8Array): ImageSize | null {
  const type = sniffFileType(bytes)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (type === 'image/png') return pngSize(view)
  return type === 'image/jpeg' ? jpegSize(view) : null
}

const IHDR = 0x49484452

function pngSize(view: DataView): ImageSize | null {
  if (view.byteLength < 33 || view.getUint32(8) !== 13 || view.getUint32(12) !== IHDR) return null
  return { type: 'image/png', width: view.getUint32(16), height: view.getUint32(20) }
}

/** SOF0–SOF15 without DHT (C4), JPG (C8) and DAC (CC): ITU-T T.81 table B.1. */
const isFrame = (marker: number) =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc

function jpegSize(view: DataView): ImageSize | null {
  for (let at = 2; at + 9 <= view.byteLength; ) {
    if (view.getUint8(at) !== 0xff) return null
    const marker = view.getUint8(at + 1)
    if (marker === 0xff) {
      at++
      continue
    }
    if (isFrame(marker))
      return { type: 'image/jpeg', height: view.getUint16(at + 5), width: view.getUint16(at + 7) }
    const length = view.getUint16(at + 2)
    // SOS begins the picture's data: no frame came before it.
    if (marker === 0xda || length < 2) return null
    at += 2 + length
  }
  return null
}
