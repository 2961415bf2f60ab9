import { deflateSync } from 'node:zlib'
import { PDFDocument, StandardFonts } from 'pdf-lib'

/** A PDF of many pages with text, its fonts not embedded, some pages lying. */
export async function manyPages(pages: number): Promise<Uint8Array> {
  const document = await PDFDocument.create()
  const font = await document.embedFont(StandardFonts.Helvetica)
  for (let number = 1; number <= pages; number++) {
    const page = document.addPage(number % 7 === 0 ? [842, 595] : [595, 842])
    page.drawText(`Discharge summary, page ${number}`, { x: 50, y: page.getHeight() - 80, size: 22, font })
    for (let line = 1; line <= 20; line++)
      page.drawText(`Line ${line}: admitted with fever.`, {
        x: 50,
        y: page.getHeight() - 110 - line * 18,
        size: 11,
        font,
      })
  }
  return document.save()
}

const CRC = Uint32Array.from({ length: 256 }, (_, at) => {
  let value = at
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1
  return value
})

function chunk(type: string, data: Uint8Array): Uint8Array {
  const body = Uint8Array.of(...new TextEncoder().encode(type), ...data)
  let crc = 0xffffffff
  for (const byte of body) crc = (CRC[(crc ^ byte) & 255] as number) ^ (crc >>> 8)
  const whole = new Uint8Array(body.length + 8)
  const view = new DataView(whole.buffer)
  view.setUint32(0, data.length)
  whole.set(body, 4)
  view.setUint32(body.length + 4, (crc ^ 0xffffffff) >>> 0)
  return whole
}

/** A grey PNG of the given size. */
export function greyPng(width: number, height: number): Uint8Array {
  const head = new Uint8Array(13)
  const view = new DataView(head.buffer)
  view.setUint32(0, width)
  view.setUint32(4, height)
  head.set([8, 0, 0, 0, 0], 8)
  const rows = new Uint8Array((width + 1) * height).fill(120)
  for (let row = 0; row < height; row++) rows[row * (width + 1)] = 0
  const parts = [
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', new Uint8Array()),
  ]
  return Uint8Array.from(parts.flatMap((part) => [...part]))
}
