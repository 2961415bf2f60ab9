/**
 * Random numbers that are the same for the same seed, on every machine: sfc32, seeded by a hash of the text. Not for keys.
 */
export class Random {
  readonly #seed: string
  #a: number
  #b: number
  #c: number
  #counter = 1

  constructor(seed: string) {
    this.#seed = seed
    const hash = hashOf(seed)
    this.#a = hash()
    this.#b = hash()
    this.#c = hash()
    for (let round = 0; round < 12; round++) this.next()
  }

  /** At least 0, less than 1. */
  next(): number {
    const sum = (((this.#a + this.#b) | 0) + this.#counter) | 0
    this.#counter = (this.#counter + 1) | 0
    this.#a = this.#b ^ (this.#b >>> 9)
    this.#b = (this.#c + (this.#c << 3)) | 0
    this.#c = ((this.#c << 21) | (this.#c >>> 11)) + sum
    return (sum >>> 0) / 2 ** 32
  }

  between(low: number, high: number): number {
    return low + (high - low) * this.next()
  }

  /** Both ends included. */
  integer(low: number, high: number): number {
    return Math.floor(this.between(low, high + 1))
  }

  chance(probability: number): boolean {
    return this.next() < probability
  }

  pick<T>(list: readonly T[]): T {
    return list[Math.floor(this.next() * list.length)] as T
  }

  /** Around 0 with the given deviation; never more than three of it away. */
  noise(deviation: number): number {
    const sum = this.next() + this.next() + this.next() + this.next() + this.next() + this.next() - 3
    // The sum of six has a deviation of √½.
    return Math.max(-3, Math.min(3, sum * Math.SQRT2)) * deviation
  }

  /** A stream of its own, so that one story does not move the numbers of the next. */
  fork(name: string): Random {
    return new Random(`${this.#seed}/${name}`)
  }
}

/** xmur3: a text into any number of 32-bit words. */
function hashOf(text: string): () => number {
  let hash = 1779033703 ^ text.length
  for (let at = 0; at < text.length; at++) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 3432918353)
    hash = (hash << 13) | (hash >>> 19)
  }
  return () => {
    hash = Math.imul(hash ^ (hash >>> 16), 2246822507)
    hash = Math.imul(hash ^ (hash >>> 13), 3266489909)
    hash ^= hash >>> 16
    return hash >>> 0
  }
}
