import { Random } from '../random.ts'
import { ellipse, makeNoise } from './noise.ts'
import { Canvas, encodePng } from './png.ts'

export type SkinPicture = {
  seed: string
  /** Red, green and blue of the healthy skin. */
  tone: readonly [number, number, number]
  /** Red and rough patches of eczema, or raised ones with white scales. */
  kind: 'eczema' | 'psoriasis'
  /** How much of it is gone, 0 to 1. */
  healed?: number
}

/** What looks like a photograph of skin with patches on it. */
export async function skinPicture({ seed, tone, kind, healed = 0 }: SkinPicture): Promise<Uint8Array> {
  const random = new Random(seed)
  const [broad, fine, grain] = [makeNoise(random, 60), makeNoise(random, 9), makeNoise(random, 2)]
  const patches = Array.from({ length: kind === 'eczema' ? 5 : 3 }, () => ({
    cx: random.between(110, 370),
    cy: random.between(90, 270),
    rx: random.between(34, 82),
    ry: random.between(24, 56),
    turn: random.between(0, 3),
    edge: kind === 'eczema' ? 0.35 : 0.12,
  }))
  const canvas = new Canvas(480, 360)
  canvas.paint((x, y) => {
    const wobble = broad(x, y) * 26 + fine(x, y) * 9
    const inside = Math.max(...patches.map((one) => ellipse(x + wobble, y - wobble * 0.8, one)))
    const patch = (1 - healed) * inside * Math.max(0.1, 0.62 + broad(y * 2, x * 2) * 0.45 + fine(x, y) * 0.3)
    // The light comes from the upper left; the edges of the picture are darker.
    const light = 1.08 - ((x - 200) ** 2 + (y - 150) ** 2) / 330_000 + broad(x, y) * 0.04 + fine(x, y) * 0.025
    const texture = grain(x, y) * 5
    const scale =
      kind === 'psoriasis' ? patch * Math.max(0, fine(x * 1.7, y * 1.7) + grain(x, y) * 0.5) * 95 : 0
    const dots = kind === 'eczema' ? patch * Math.max(0, grain(x * 1.3, y * 1.3) - 0.3) * 40 : 0
    const [red, green, blue] = tone
    return [
      red * light + texture + patch * 22 + scale - dots * 0.4,
      green * light + texture - patch * 26 + scale * 1.25 - dots,
      blue * light + texture - patch * 26 + scale * 1.2 - dots,
    ]
  })
  return encodePng(canvas)
}
