import { toHex } from '@curo/crypto/bytes'
import { randomBytes } from '@curo/crypto/random'

/** A uniformly random order of 0 … count−1 (Fisher–Yates over rejection-sampled bytes), count ≤ 256. */
export function drawOrder(count: number): number[] {
  const order = Array.from({ length: count }, (_, i) => i)
  let bytes = randomBytes(2 * count)
  let used = 0
  for (let last = count - 1; last > 0; ) {
    if (used === bytes.length) {
      bytes = randomBytes(2 * count)
      used = 0
    }
    const choices = last + 1
    const byte = bytes[used++] as number
    if (byte >= 256 - (256 % choices)) continue // drawn again, or the lower numbers would come up more often
    const other = byte % choices
    const moved = order[last] as number
    order[last] = order[other] as number
    order[other] = moved
    last--
  }
  return order
}

/** A fresh name for a bucket object: 128 random bits, so that no two objects and no two clouds can be linked by it. */
export const drawKey = (): string => toHex(randomBytes(16))
