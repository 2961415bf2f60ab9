import { expect, test } from 'vitest'
import { readImageSize, sniffFileType } from './file-types.ts'

/** The header of a PNG; what follows does not matter here. */
export function pngHeader(width: number, height: number): Uint8Array {
  const bytes = new Uint8Array(64)
  bytes.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52])
  new DataView(bytes.buffer).setUint32(16, width)
  new DataView(bytes.buffer).setUint32(20, height)
  return bytes
}

/** SOI, an APP0 of 16 bytes, a quantisation table, SOF2. */
const jpeg = (height: number, width: number) =>
  Uint8Array.from(
    [
      [0xff, 0xd8, 0xff, 0xe0, 0, 16],
      new Array(14).fill(0),
      [0xff, 0xdb, 0, 4, 0, 0, 0xff, 0xff, 0xc2, 0, 17, 8],
      [height >> 8, height & 255, width >> 8, width & 255, 3, 0, 0, 0, 0],
    ].flat(),
  )

const text = (value: string) => new TextEncoder().encode(value)

test('a file is what its first bytes say, whatever it is called', () => {
  expect(sniffFileType(pngHeader(1, 1))).toBe('image/png')
  expect(sniffFileType(jpeg(1, 1))).toBe('image/jpeg')
  expect(sniffFileType(text('%PDF-1.7\n'))).toBe('application/pdf')
  for (const other of [
    '',
    '%PDF',
    '<svg xmlns="http://www.w3.org/2000/svg"/>',
    'GIF89a',
    'PK\u0003\u0004',
    '<html>%PDF-1.7',
  ])
    expect(sniffFileType(text(other))).toBeNull()
})

test('the size of a picture is read from its header', () => {
  expect(readImageSize(pngHeader(640, 48))).toEqual({ type: 'image/png', width: 640, height: 48 })
  expect(readImageSize(jpeg(300, 2000))).toEqual({ type: 'image/jpeg', width: 2000, height: 300 })
})

test('a picture that is cut off, or says nonsense, has no size and costs no time', () => {
  const whole = jpeg(300, 200)
  for (let length = 0; length < whole.length - 8; length++)
    expect(readImageSize(whole.subarray(0, length))).toBeNull()
  expect(readImageSize(pngHeader(1, 1).subarray(0, 30))).toBeNull()
  const noLength = Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, 0, 0, ...new Array(40).fill(0)])
  expect(readImageSize(noLength)).toBeNull()
  expect(readImageSize(Uint8Array.from([0xff, 0xd8, ...new Array(100_000).fill(0xff)]))).toBeNull()
  expect(readImageSize(text('%PDF-1.7 and more than thirty-three bytes of it'))).toBeNull()
})
