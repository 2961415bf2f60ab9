import { Random } from '../random.ts'
import { distanceToLine, ellipse, makeNoise } from './noise.ts'
import { Canvas, encodePng } from './png.ts'

type Point = readonly [number, number]
const BONE_EDGE = 5

/** A long bone: bright at its cortex, darker in the marrow. */
function bone(place: Point, from: Point, to: Point, width: number): number {
  const distance = distanceToLine(place, from, to)
  if (distance > width) return 0
  const rim = Math.min(1, Math.max(0, (distance - width + BONE_EDGE + 4) / BONE_EDGE))
  return 70 + 55 * rim * Math.min(1, (width - distance) / 2)
}

/** A wrist from behind, with a fracture of the distal radius where it is asked for. */
export async function wristXray({
  seed,
  fractured,
}: {
  seed: string
  fractured: boolean
}): Promise<Uint8Array> {
  const random = new Random(seed)
  const [tissue, grain] = [makeNoise(random, 30), makeNoise(random, 2)]
  const carpals = Array.from({ length: 8 }, (_, index) => ({
    cx: 158 + (index % 4) * 32 + random.noise(3),
    cy: 236 + Math.floor(index / 4) * 34 + random.noise(3),
    rx: 17 + random.noise(1.5),
    ry: 16 + random.noise(1.5),
    edge: 0.12,
  }))
  const canvas = new Canvas(400, 520)
  canvas.paint((x, y) => {
    const hand = Math.max(
      ellipse(x, y, { cx: 205, cy: 150, rx: 120, ry: 175, edge: 0.08 }),
      ellipse(x, y, { cx: 205, cy: 420, rx: 86, ry: 230, edge: 0.08 }),
    )
    let value = 10 + hand * (42 + tissue(x, y) * 7)
    // Beyond the fracture the end of the radius is tilted and shifted by a few pixels.
    const slope = 318 + (x - 180) * 0.22 + grain(x, 0) * 3
    const isBeyond = fractured && y < slope
    const place: Point = isBeyond ? [x + 7, y - 4] : [x, y]
    value += bone(place, [176, 296], [182, 540], 21 + Math.max(0, (340 - y) / 5))
    value += bone([x, y], [240, 304], [234, 540], 15)
    if (fractured && Math.abs(y - slope) < 2.6 && Math.abs(x - 178) < 27) value -= 62
    for (const carpal of carpals) value += ellipse(x, y, carpal) * 66
    for (const [finger, length] of [
      [0, 96],
      [1, 122],
      [2, 128],
      [3, 116],
      [4, 88],
    ] as const) {
      const left = 138 + finger * 34
      value += bone([x, y], [left + 6, 196], [left - 10 + finger * 5, 196 - length], 9)
    }
    value += grain(x, y) * 6
    return [value, value, value * 1.03]
  })
  return encodePng(canvas)
}

/** A chest from behind; `shadow` darkens a lower zone as pneumonia would (0 to 1). */
export async function chestXray({
  seed,
  shadow = 0,
}: {
  seed: string
  shadow?: number
}): Promise<Uint8Array> {
  const random = new Random(seed)
  const [tissue, grain] = [makeNoise(random, 26), makeNoise(random, 2)]
  const canvas = new Canvas(440, 440)
  canvas.paint((x, y) => {
    const body = ellipse(x, y, { cx: 220, cy: 280, rx: 195, ry: 255, edge: 0.05 })
    const lungs = Math.max(
      ellipse(x, y, { cx: 138, cy: 215, rx: 68, ry: 138, turn: 0.1, edge: 0.06 }),
      ellipse(x, y, { cx: 305, cy: 213, rx: 64, ry: 134, turn: -0.1, edge: 0.06 }),
    )
    const heart = Math.max(
      ellipse(x, y, { cx: 250, cy: 292, rx: 64, ry: 50, turn: 0.55, edge: 0.18 }),
      ellipse(x, y, { cx: 226, cy: 220, rx: 27, ry: 92, edge: 0.3 }),
    )
    const clavicle = Math.max(
      0,
      1 -
        Math.min(distanceToLine([x, y], [212, 96], [96, 74]), distanceToLine([x, y], [228, 96], [344, 74])) /
          7,
    )
    const spine = Math.max(0, 1 - Math.abs(x - 220) / 15)
    const diaphragm = Math.max(0, Math.min(1, (y - 330 - ((x - 220) / 30) ** 2 / 3) / 14))
    const rib = Math.max(0, Math.sin((y + ((x - 220) / 20) ** 2 * 1.4) / 13.5) - 0.4) * lungs * 62
    let value = 16 + body * 118
    value -= lungs * (1 - heart) * (1 - diaphragm) * (92 + tissue(x, y) * 9)
    value += heart * 40 + spine * 26 + clavicle * 40 + rib
    value +=
      shadow * ellipse(x, y, { cx: 128, cy: 285, rx: 52, ry: 48, edge: 0.6 }) * (48 + tissue(x, y) * 20)
    value += tissue(x, y) * 5 + grain(x, y) * 5
    return [value, value, value * 1.03]
  })
  return encodePng(canvas)
}
