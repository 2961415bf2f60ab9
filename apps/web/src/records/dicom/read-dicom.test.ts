import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { greyDicom, makeDicom } from '../testing/make-dicom.ts'
import { drawFrame, rangeOf, windowed } from './draw-frame.ts'
import { type DicomPixels, readDicom } from './read-dicom.ts'

const samples = fileURLToPath(new URL('../../../../../../shared/data/samples/dicom/', import.meta.url))
const greyOf = (rgba: Uint8ClampedArray) => [...rgba].filter((_, index) => index % 4 === 0)
const wide = { center: 0, width: 5000 }

describe('a grey picture', () => {
  const file = readDicom(greyDicom([0, 1000, 1044, 1124, 5, 6, 7, 8]))
  const pixels = file.pixels as DicomPixels

  it('is described in the reader’s terms, its name in its own alphabet', () => {
    const fields = Object.fromEntries(file.fields.map(({ key, value }) => [key, value]))
    expect(fields).toMatchObject({
      patient: 'राव आशा',
      date: '2024-01-02',
      modality: 'CT',
      size: '2 × 2',
      frames: '2',
    })
    expect(file).toMatchObject({ state: 'ok', syntax: 'Explicit VR Little Endian' })
    expect(pixels.windows).toEqual([
      { center: 40, width: 80 },
      { center: -600, width: 1500 },
    ])
  })

  it('is drawn through slope, intercept and window, frame by frame', () => {
    const rgba = drawFrame(pixels, { frame: 0, window: { center: 40, width: 80 }, isInverted: false })
    // −1024, −24, 20 and 100 HU in a brain window.
    expect(greyOf(rgba)).toEqual([0, 0, 65, 255])
    expect(
      greyOf(drawFrame(pixels, { frame: 0, window: { center: 40, width: 80 }, isInverted: true })),
    ).toEqual([255, 255, 190, 0])
    expect(rangeOf(pixels, 0)).toEqual({ center: -462, width: 1124 })
    expect(rangeOf(pixels, 1)).toEqual({ center: -1017.5, width: 3 })
    expect(rgba[3]).toBe(255)
  })

  it('a frame that is not there is the last', () => {
    const at = (frame: number) => drawFrame(pixels, { frame, window: wide, isInverted: false })
    expect(at(7)).toEqual(at(1))
    expect(at(-3)).toEqual(at(0))
  })

  it('signed values of twelve bits are negative where their own sign bit says so', () => {
    const { pixels: signed } = readDicom(greyDicom([0x0fff, 0x0800, 0x07ff, 0]))
    expect(rangeOf(signed as DicomPixels, 0)).toEqual({ center: -1024.5, width: 4095 })
  })

  it('white-is-zero pictures are turned', () => {
    const turned = readDicom(greyDicom([0, 0, 0, 100], [['00280004', 'CS', 'MONOCHROME1']]))
      .pixels as DicomPixels
    expect(
      greyOf(drawFrame(turned, { frame: 0, window: { center: -974, width: 101 }, isInverted: false })),
    ).toEqual([254, 254, 254, 0])
  })
})

it('the window of the standard: its middle is grey, its ends are black and white', () => {
  expect(windowed(39.5, { center: 40, width: 80 })).toBe(128)
  expect(windowed(0, { center: 40, width: 80 })).toBeLessThan(3)
  expect(windowed(80, { center: 40, width: 80 })).toBe(255)
  expect(windowed(39, { center: 40, width: 1 })).toBe(0)
  expect(windowed(40, { center: 40, width: 1 })).toBe(255)
})

describe('colours', () => {
  const colour = (photometric: string, planar: number, bytes: number[]) =>
    readDicom(
      makeDicom([
        ['00280002', 'US', 3],
        ['00280004', 'CS', photometric],
        ['00280006', 'US', planar],
        ['00280010', 'US', 1],
        ['00280011', 'US', 2],
        ['00280100', 'US', 8],
        ['00280101', 'US', 8],
        ['00280103', 'US', 0],
        ['7fe00010', 'OB', Uint8Array.from(bytes)],
      ]),
    ).pixels as DicomPixels
  const rgba = (pixels: DicomPixels) => [...drawFrame(pixels, { frame: 0, window: wide, isInverted: false })]

  it('pixel by pixel, colour by colour, and from luminance', () => {
    const expected = [255, 0, 10, 255, 1, 2, 3, 255]
    expect(rgba(colour('RGB', 0, [255, 0, 10, 1, 2, 3]))).toEqual(expected)
    expect(rgba(colour('RGB', 1, [255, 1, 0, 2, 10, 3]))).toEqual(expected)
    expect(rgba(colour('YBR_FULL', 0, [76, 85, 255, 128, 128, 128]))).toEqual([
      254, 0, 0, 255, 128, 128, 128, 255,
    ])
  })

  it('from a palette', () => {
    const table = (...values: number[]) => Uint8Array.from(values.flatMap((value) => [0, value]))
    const descriptor = Uint8Array.from([2, 0, 1, 0, 16, 0])
    const { pixels } = readDicom(
      makeDicom([
        ['00280002', 'US', 1],
        ['00280004', 'CS', 'PALETTE COLOR'],
        ['00280010', 'US', 1],
        ['00280011', 'US', 4],
        ['00280100', 'US', 8],
        ['00280101', 'US', 8],
        ['00280103', 'US', 0],
        ['00281101', 'US', descriptor],
        ['00281102', 'US', descriptor],
        ['00281103', 'US', descriptor],
        ['00281201', 'OW', table(10, 20)],
        ['00281202', 'OW', table(30, 40)],
        ['00281203', 'OW', table(50, 60)],
        ['7fe00010', 'OB', Uint8Array.from([0, 1, 2, 9])],
      ]),
    )
    const drawn = rgba(pixels as DicomPixels)
    expect(drawn.slice(0, 3)).toEqual([10, 30, 50])
    expect(drawn.slice(8, 11)).toEqual([20, 40, 60])
    expect(drawn.slice(12, 15)).toEqual([20, 40, 60])
  })
})

describe('what cannot be drawn says why', () => {
  it('compressed, without pictures, of an unknown format, cut off', () => {
    const some = greyDicom([1, 2, 3, 4])
    expect(
      readDicom(makeDicom([['7fe00010', 'OB', new Uint8Array(4)]], '1.2.840.10008.1.2.4.90')),
    ).toMatchObject({ state: 'compressed', syntax: 'JPEG 2000 lossless' })
    expect(readDicom(makeDicom([], '1.2.840.10008.1.2.1.99')).state).toBe('compressed')
    expect(readDicom(makeDicom([['00080060', 'CS', 'SR']])).state).toBe('no-pixels')
    expect(readDicom(greyDicom([1, 2, 3, 4], [['00280100', 'US', 32]]))).toMatchObject({
      state: 'unsupported',
      format: 'MONOCHROME2, 32 bit',
    })
    expect(readDicom(greyDicom([1, 2, 3, 4], [['00280011', 'US', 60_000]])).state).toBe('unsupported')
    expect(() => readDicom(new TextEncoder().encode('not a picture'))).toThrow()
    expect(() => readDicom(some.subarray(0, 100))).toThrow()
  })

  it('a file that claims more frames than it has is shown with those it has', () => {
    expect(readDicom(greyDicom([1, 2, 3, 4], [['00280008', 'IS', '999999']])).pixels?.frames).toBe(1)
  })

  it('damaged bytes give a file or an error, and never a drawing outside of them', () => {
    const good = greyDicom([1, 2, 3, 4])
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 }),
        (changes) => {
          const bytes = good.slice()
          for (const [at, value] of changes) bytes[at] = value
          let file: ReturnType<typeof readDicom> | undefined
          try {
            file = readDicom(bytes)
          } catch {
            return
          }
          if (file.pixels && file.pixels.rows * file.pixels.columns < 1e6)
            drawFrame(file.pixels, { frame: 0, window: rangeOf(file.pixels, 0), isInverted: false })
        },
      ),
      { numRuns: 300 },
    )
  })
})

describe.skipIf(!existsSync(samples))('real files (sample data in ../shared/data)', () => {
  const read = (name: string) => readDicom(new Uint8Array(readFileSync(samples + name)))

  it.each([
    ['CT_small.dcm', 'CT', '128 × 128'],
    ['MR_small.dcm', 'MR', '64 × 64'],
  ])('%s is drawn with many shades', (name, modality, size) => {
    const file = read(name)
    expect(file).toMatchObject({ state: 'ok', modality })
    expect(file.fields.find(({ key }) => key === 'size')?.value).toBe(size)
    const pixels = file.pixels as DicomPixels
    const drawn = drawFrame(pixels, { frame: 0, window: rangeOf(pixels, 0), isInverted: false })
    expect(new Set(greyOf(drawn)).size).toBeGreaterThan(50)
  })

  it('the colour picture has colours, the compressed ones a name', () => {
    const file = read('examples_rgb_color.dcm')
    expect(file.state).toBe('ok')
    const drawn = drawFrame(file.pixels as DicomPixels, { frame: 0, window: wide, isInverted: false })
    expect([...drawn].some((value, index) => index % 4 === 0 && value !== drawn[index + 1])).toBe(true)
    for (const name of ['RG3_J2KI.dcm', 'US1_J2KI.dcm'])
      expect(read(name)).toMatchObject({ state: 'compressed', syntax: 'JPEG 2000' })
  })
})
