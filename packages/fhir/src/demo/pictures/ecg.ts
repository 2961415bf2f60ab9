import { Random } from '../random.ts'
import { Canvas, encodePng } from './png.ts'

/** One heart beat as a sum of bells: place in the beat (0–1), width, height in millivolts. */
type Wave = readonly [at: number, width: number, height: number]
const NORMAL: readonly Wave[] = [
  [0.18, 0.025, 0.14],
  [0.355, 0.008, -0.1],
  [0.375, 0.011, 1.05],
  [0.4, 0.01, -0.22],
  [0.6, 0.045, 0.28],
]
/** Leads in the order of the paper: how much of each wave they see. */
const LEADS: readonly (readonly [name: string, factor: number])[] = [
  ['I', 0.75],
  ['aVR', -0.8],
  ['V1', -0.45],
  ['V4', 1.25],
  ['II', 1],
  ['aVL', 0.35],
  ['V2', 0.5],
  ['V5', 1.15],
  ['III', 0.6],
  ['aVF', 0.85],
  ['V3', 0.9],
  ['V6', 0.9],
]
const INFERIOR = new Set(['II', 'III', 'aVF'])

export type EcgPicture = {
  seed: string
  rate: number
  kind: 'normal' | 'inferior-infarction' | 'fibrillation'
}

/** Twelve leads on millimetre paper, 25 mm/s and 10 mm/mV; four pixels to the millimetre. */
export async function ecgPicture({ seed, rate, kind }: EcgPicture): Promise<Uint8Array> {
  const random = new Random(seed)
  const canvas = new Canvas(1000, 460)
  canvas.paint((x, y) => {
    if (x % 20 === 0 || y % 20 === 0) return [244, 178, 178]
    return x % 4 === 0 || y % 4 === 0 ? [252, 218, 218] : [255, 246, 244]
  })
  for (const [index, [name, factor]] of LEADS.entries()) {
    const left = (index % 4) * 250
    const middle = 85 + Math.floor(index / 4) * 145
    let previous: readonly [number, number] | null = null
    let beat = 0
    let started = -random.between(0, 60)
    for (let x = 0; x < 248; x++) {
      const length =
        (60 / rate) * 100 * (kind === 'fibrillation' ? 1 + Math.sin(index * 7 + beat * 2.3) * 0.28 : 1)
      if (x - started >= length) {
        started += length
        beat++
      }
      const phase = (x - started) / length
      let volts = 0
      for (const [at, width, height] of NORMAL) {
        if (kind === 'fibrillation' && at === 0.18) continue
        volts += height * Math.exp(-(((phase - at) / width) ** 2) / 2)
      }
      volts *= factor
      if (kind === 'fibrillation') volts += Math.sin(x / 2.6 + index) * 0.045 + random.noise(0.02)
      if (kind === 'inferior-infarction') {
        const raised = 1 / (1 + Math.exp(-(phase - 0.41) * 90)) - 1 / (1 + Math.exp(-(phase - 0.66) * 22))
        volts += raised * (INFERIOR.has(name) ? 0.36 : name === 'aVL' || name === 'I' ? -0.2 : 0)
      }
      const point = [left + x, middle - (volts + random.noise(0.008)) * 40] as const
      if (previous) canvas.line(previous, point, [30, 30, 46])
      previous = point
    }
  }
  return encodePng(canvas)
}
