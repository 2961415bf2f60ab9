import { concatBytes, utf8Bytes } from '@curo/crypto/bytes'
import type { Day } from '../calendar.ts'
import { Random } from '../random.ts'
import { ellipse, makeNoise } from './noise.ts'

/** Long-form value representations carry a 32-bit length (PS3.5 §7.1.2). */
const LONG = new Set(['OB', 'OW', 'SQ', 'UN', 'UT'])

function element(
  group: number,
  number: number,
  kind: string,
  value: string | Uint8Array | number,
): Uint8Array {
  const bytes = valueBytes(kind, value)
  const header = new Uint8Array(LONG.has(kind) ? 12 : 8)
  const view = new DataView(header.buffer)
  view.setUint16(0, group, true)
  view.setUint16(2, number, true)
  header.set(utf8Bytes(kind), 4)
  if (LONG.has(kind)) view.setUint32(8, bytes.length, true)
  else view.setUint16(6, bytes.length, true)
  return concatBytes(header, bytes)
}

function valueBytes(kind: string, value: string | Uint8Array | number): Uint8Array {
  if (value instanceof Uint8Array) return value
  if (typeof value === 'number') {
    const bytes = new Uint8Array(kind === 'UL' ? 4 : 2)
    const view = new DataView(bytes.buffer)
    if (kind === 'UL') view.setUint32(0, value, true)
    else if (kind === 'SS') view.setInt16(0, value, true)
    else view.setUint16(0, value, true)
    return bytes
  }
  const text = utf8Bytes(value)
  // Values have an even length: UIDs are filled up with a zero, texts with a blank.
  return text.length % 2 === 0 ? text : concatBytes(text, Uint8Array.of(kind === 'UI' ? 0 : 32))
}

const CT_IMAGE = '1.2.840.10008.5.1.4.1.1.2'
const EXPLICIT_LITTLE_ENDIAN = '1.2.840.10008.1.2.1'
const IMPLEMENTATION = '2.25.182635511520311447301957744023912764309'

export type CtSlice = {
  seed: string
  /** Of the study; series and image are numbered below it. */
  uid: string
  patient: { name: string; id: string; birthDate: Day; sex: 'female' | 'male' }
  day: Day
  /** What is seen in the lungs: patches of ground glass, emptied spaces of emphysema, or nothing. */
  finding: 'ground-glass' | 'emphysema' | 'none'
}

export const SLICE_SIZE = 256
const INTERCEPT = -1024

/** Hounsfield units of a slice through a chest. */
export function chestPhantom({ seed, finding }: Pick<CtSlice, 'seed' | 'finding'>): Int16Array {
  const random = new Random(seed)
  const [tissue, patches, grain] = [makeNoise(random, 14), makeNoise(random, 22), makeNoise(random, 1.3)]
  const units = new Int16Array(SLICE_SIZE * SLICE_SIZE)
  const holes = Array.from({ length: 26 }, () => ({
    cx: random.between(50, 206),
    cy: random.between(85, 180),
    r: random.between(4, 9),
  }))
  for (let y = 0, at = 0; y < SLICE_SIZE; y++)
    for (let x = 0; x < SLICE_SIZE; x++, at++) {
      const body = ellipse(x, y, { cx: 128, cy: 130, rx: 112, ry: 84, edge: 0.01 })
      const wall = ellipse(x, y, { cx: 128, cy: 130, rx: 101, ry: 73, edge: 0.02 })
      const lung = Math.max(
        ellipse(x, y, { cx: 78, cy: 130, rx: 42, ry: 58, edge: 0.03 }),
        ellipse(x, y, { cx: 180, cy: 132, rx: 39, ry: 55, edge: 0.03 }),
      )
      const heart = ellipse(x, y, { cx: 140, cy: 112, rx: 34, ry: 29, turn: 0.4, edge: 0.04 })
      const spine = ellipse(x, y, { cx: 128, cy: 184, rx: 17, ry: 15, edge: 0.06 })
      const aorta = ellipse(x, y, { cx: 146, cy: 165, rx: 11, ry: 11, edge: 0.08 })
      let value = -1000
      value += body * (900 + tissue(x, y) * 8)
      value += wall * (140 + tissue(x, y) * 12)
      const air = lung * (1 - heart)
      value += air * (-890 + tissue(x, y) * 25 + Math.max(0, grain(x / 2, y / 2) - 0.75) * 900)
      if (finding === 'ground-glass')
        value +=
          air *
          Math.max(0, patches(x, y) + (y - 130) / 120) *
          ellipse(x, y, { cx: 128, cy: 150, rx: 90, ry: 60, edge: 0.5 }) *
          330
      if (finding === 'emphysema')
        for (const { cx, cy, r } of holes)
          value -= air * ellipse(x, y, { cx, cy, rx: r, ry: r, edge: 0.3 }) * 70
      value += (heart * 20 + aorta * 30) * (1 - air)
      value += spine * (650 + tissue(x, y) * 120)
      const rib =
        Math.abs(Math.hypot((x - 128) / 106, (y - 130) / 78) - 1) < 0.035 &&
        Math.sin(Math.atan2(y - 130, x - 128) * 9) > 0.35
      if (rib) value += 520
      units[at] = Math.max(INTERCEPT, Math.round(value + grain(x, y) * 14))
    }
  return units
}

/**
 * One CT slice as a DICOM Part 10 file (PS3.10): explicit VR little endian, 16-bit monochrome, an invented chest.
 */
export function ctSlice(slice: CtSlice): Uint8Array {
  const { uid, patient, day } = slice
  const date = day.replaceAll('-', '')
  const instance = `${uid}.1.1`
  const units = chestPhantom(slice)
  const pixels = new Uint8Array(units.length * 2)
  const view = new DataView(pixels.buffer)
  for (const [at, value] of units.entries()) view.setInt16(at * 2, value - INTERCEPT, true)

  const meta = concatBytes(
    element(0x0002, 0x0001, 'OB', Uint8Array.of(0, 1)),
    element(0x0002, 0x0002, 'UI', CT_IMAGE),
    element(0x0002, 0x0003, 'UI', instance),
    element(0x0002, 0x0010, 'UI', EXPLICIT_LITTLE_ENDIAN),
    element(0x0002, 0x0012, 'UI', IMPLEMENTATION),
    element(0x0002, 0x0013, 'SH', 'CURO_DEMO'),
  )
  return concatBytes(
    new Uint8Array(128),
    utf8Bytes('DICM'),
    element(0x0002, 0x0000, 'UL', meta.length),
    meta,
    element(0x0008, 0x0005, 'CS', 'ISO_IR 192'),
    element(0x0008, 0x0008, 'CS', 'DERIVED\\SECONDARY\\AXIAL'),
    element(0x0008, 0x0016, 'UI', CT_IMAGE),
    element(0x0008, 0x0018, 'UI', instance),
    element(0x0008, 0x0020, 'DA', date),
    element(0x0008, 0x0030, 'TM', '113000'),
    element(0x0008, 0x0050, 'SH', uid.slice(-12)),
    element(0x0008, 0x0060, 'CS', 'CT'),
    element(0x0008, 0x0070, 'LO', 'Curo demo, made by a program'),
    element(0x0008, 0x0090, 'PN', ''),
    element(0x0008, 0x1030, 'LO', 'CT of the chest'),
    element(0x0010, 0x0010, 'PN', patient.name),
    element(0x0010, 0x0020, 'LO', patient.id),
    element(0x0010, 0x0030, 'DA', patient.birthDate.replaceAll('-', '')),
    element(0x0010, 0x0040, 'CS', patient.sex === 'female' ? 'F' : 'M'),
    element(0x0018, 0x0050, 'DS', '5'),
    element(0x0018, 0x0060, 'DS', '120'),
    element(0x0020, 0x000d, 'UI', uid),
    element(0x0020, 0x000e, 'UI', `${uid}.1`),
    element(0x0020, 0x0010, 'SH', '1'),
    element(0x0020, 0x0011, 'IS', '1'),
    element(0x0020, 0x0013, 'IS', '1'),
    element(0x0020, 0x0032, 'DS', '-180\\-180\\0'),
    element(0x0020, 0x0037, 'DS', '1\\0\\0\\0\\1\\0'),
    element(0x0028, 0x0002, 'US', 1),
    element(0x0028, 0x0004, 'CS', 'MONOCHROME2'),
    element(0x0028, 0x0010, 'US', SLICE_SIZE),
    element(0x0028, 0x0011, 'US', SLICE_SIZE),
    element(0x0028, 0x0030, 'DS', '1.40625\\1.40625'),
    element(0x0028, 0x0100, 'US', 16),
    element(0x0028, 0x0101, 'US', 16),
    element(0x0028, 0x0102, 'US', 15),
    element(0x0028, 0x0103, 'US', 1),
    element(0x0028, 0x1050, 'DS', '-600\\40'),
    element(0x0028, 0x1051, 'DS', '1500\\400'),
    element(0x0028, 0x1052, 'DS', String(INTERCEPT)),
    element(0x0028, 0x1053, 'DS', '1'),
    element(0x0028, 0x1054, 'LO', 'HU'),
    element(0x7fe0, 0x0010, 'OW', pixels),
  )
}
