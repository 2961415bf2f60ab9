import { inflateSync } from 'node:zlib'
import { equalBytes } from '@curo/crypto/bytes'
import { describe, expect, it } from 'vitest'
import { chestPhantom, ctSlice, SLICE_SIZE } from './dicom.ts'
import { ecgPicture } from './ecg.ts'
import { Canvas, encodePng } from './png.ts'
import { skinPicture } from './skin.ts'
import { chestXray, wristXray } from './xray.ts'

/** A reader of its own: chunks, inflated rows, the "Sub" filter undone (RFC 2083). */
function readPng(bytes: Uint8Array): { width: number; height: number; pixels: Uint8Array } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const chunks = new Map<string, Uint8Array>()
  for (let at = 8; at < bytes.length; ) {
    const length = view.getUint32(at)
    chunks.set(
      String.fromCharCode(...bytes.subarray(at + 4, at + 8)),
      bytes.subarray(at + 8, at + 8 + length),
    )
    at += length + 12
  }
  const header = chunks.get('IHDR') as Uint8Array
  const size = new DataView(header.buffer, header.byteOffset)
  const [width, height] = [size.getUint32(0), size.getUint32(4)]
  const rows = inflateSync(chunks.get('IDAT') as Uint8Array)
  const pixels = new Uint8Array(width * height * 3)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width * 3; x++) {
      const left = x < 3 ? 0 : (pixels[y * width * 3 + x - 3] ?? 0)
      pixels[y * width * 3 + x] = ((rows[y * (width * 3 + 1) + 1 + x] ?? 0) + left) & 255
    }
  return { width, height, pixels }
}

describe('pictures', () => {
  it('a PNG gives back the pixels that were drawn', async () => {
    const canvas = new Canvas(17, 9)
    canvas.paint((x, y) => [x * 15, y * 28, 300 - x])
    const read = readPng(await encodePng(canvas))
    expect(read).toEqual({ width: 17, height: 9, pixels: canvas.pixels })
  })

  it.each([
    ['skin', () => skinPicture({ seed: 'a', tone: [180, 130, 100], kind: 'eczema' })],
    ['wrist', () => wristXray({ seed: 'a', fractured: true })],
    ['chest', () => chestXray({ seed: 'a', shadow: 1 })],
    ['ECG', () => ecgPicture({ seed: 'a', rate: 70, kind: 'normal' })],
  ])('%s: is not empty, and the same from the same seed', async (_, make) => {
    const [one, two] = await Promise.all([make(), make()])
    expect(equalBytes(one, two)).toBe(true)
    expect(new Set(readPng(one).pixels).size).toBeGreaterThan(3)
    expect(one.length).toBeLessThan(256 * 1024)
  })

  it('a fracture is where the bone is broken, and only there', async () => {
    const [broken, whole] = await Promise.all([
      wristXray({ seed: 'a', fractured: true }),
      wristXray({ seed: 'a', fractured: false }),
    ])
    const [a, b] = [readPng(broken), readPng(whole)]
    const rowDiffers = (y: number) =>
      a.pixels.subarray(y * 1200, y * 1200 + 1200).some((value, x) => value !== b.pixels[y * 1200 + x])
    expect(rowDiffers(318)).toBe(true)
    expect(rowDiffers(500)).toBe(false)
  })
})

describe('the DICOM file', () => {
  const slice = {
    seed: 'a',
    uid: '2.25.1234567890',
    patient: { name: 'Rao^Asha', id: 'asha', birthDate: '1968-04-17', sex: 'female' as const },
    day: '2021-05-06',
    finding: 'ground-glass' as const,
  }
  const bytes = ctSlice(slice)
  const view = new DataView(bytes.buffer)

  /** Every element in turn, explicit VR little endian. */
  function elements(): Map<string, { kind: string; at: number; length: number }> {
    const found = new Map<string, { kind: string; at: number; length: number }>()
    let before = ''
    for (let at = 132; at < bytes.length; ) {
      const tag = [view.getUint16(at, true), view.getUint16(at + 2, true)]
        .map((part) => part.toString(16).padStart(4, '0'))
        .join(',')
      const kind = String.fromCharCode(bytes[at + 4] ?? 0, bytes[at + 5] ?? 0)
      const isLong = kind === 'OB' || kind === 'OW'
      const length = isLong ? view.getUint32(at + 8, true) : view.getUint16(at + 6, true)
      const start = at + (isLong ? 12 : 8)
      expect(tag > before, `${tag} after ${before}`).toBe(true)
      expect(length % 2, tag).toBe(0)
      found.set(tag, { kind, at: start, length })
      before = tag
      at = start + length
      expect(at).toBeLessThanOrEqual(bytes.length)
    }
    return found
  }

  it('is a Part 10 file: its elements are in order, of even length, and end with the file', () => {
    const all = elements()
    expect(all.get('0002,0000')).toMatchObject({ kind: 'UL', length: 4 })
    const metaLength = view.getUint32(all.get('0002,0000')?.at ?? 0, true)
    expect((all.get('0008,0005')?.at ?? 0) - 8 - ((all.get('0002,0000')?.at ?? 0) + 4)).toBe(metaLength)
    expect(all.get('7fe0,0010')?.length).toBe(SLICE_SIZE * SLICE_SIZE * 2)
    const text = (tag: string) => {
      const { at, length } = all.get(tag) ?? { at: 0, length: 0 }
      return String.fromCharCode(...bytes.subarray(at, at + length)).replace(/[\0 ]+$/, '')
    }
    expect(text('0002,0010')).toBe('1.2.840.10008.1.2.1')
    expect(text('0008,0018')).toBe(text('0002,0003'))
    expect(text('0010,0010')).toBe('Rao^Asha')
  })

  it('shows a chest in Hounsfield units: air outside, lungs, soft tissue, bone', () => {
    const units = chestPhantom(slice)
    const at = (x: number, y: number) => units[y * SLICE_SIZE + x] ?? 0
    expect(at(3, 3)).toBeLessThan(-950)
    expect(at(78, 110)).toBeLessThan(-600)
    expect(at(140, 112)).toBeGreaterThan(0)
    expect(at(140, 112)).toBeLessThan(120)
    expect(at(128, 184)).toBeGreaterThan(400)
    const stored = elements().get('7fe0,0010')?.at ?? 0
    expect(view.getInt16(stored, true) - 1024).toBe(units[0])
  })
})
