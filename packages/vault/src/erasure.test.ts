import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import wabtFactory from 'wabt'
import { type ErasureCode, makeErasureCode } from './erasure.ts'
import { ERASURE_KERNEL_BASE64 } from './erasure-kernel-bytes.ts'
import { invertMatrix, multiplyMatrices, parityMatrix } from './erasure-matrix.ts'

/** GF(2^8) by the definition, bit by bit: shares nothing with the code under test. */
function slowMultiply(a: number, b: number): number {
  let product = 0
  for (let bit = 7; bit >= 0; bit--) {
    product <<= 1
    if (product & 0x100) product ^= 0x11d
    if ((b >> bit) & 1) product ^= a
  }
  return product
}
const slowInverse = (a: number): number => {
  for (let b = 1; b < 256; b++) if (slowMultiply(a, b) === 1) return b
  throw new Error('no inverse')
}

/** Parity by the written formula: Σ d_c · (1 / (x_r + y_c)) / (1 / (x_0 + y_c)). */
function slowParity(data: readonly Uint8Array[], parityShards: number, length: number): Uint8Array[] {
  const k = data.length
  return Array.from({ length: parityShards }, (_, r) =>
    Uint8Array.from({ length }, (_, i) =>
      data.reduce((sum, shard, c) => {
        const coefficient = slowMultiply(slowInverse((k + r) ^ c), k ^ c)
        return sum ^ slowMultiply(coefficient, shard[i] ?? 0)
      }, 0),
    ),
  )
}

/** Compared as buffers: an assertion per byte is slow. */
const same = (actual: readonly Uint8Array[], expected: readonly (Uint8Array | undefined)[]) =>
  actual.length === expected.length &&
  actual.every((bytes, i) => Buffer.compare(bytes, expected[i] as Uint8Array) === 0)

function* subsets(of: number, size: number, from = 0): Generator<number[]> {
  if (size === 0) return yield []
  for (let first = from; first < of; first++)
    for (const rest of subsets(of, size - 1, first + 1)) yield [first, ...rest]
}

const bytesOf = (length: number, seed: number) =>
  Uint8Array.from({ length }, (_, i) => Math.imul(i + 1, seed * 2654435761 + 40503) >>> 13)

test('the committed WebAssembly is exactly what its source compiles to', async () => {
  const wabt = await wabtFactory()
  const source = readFileSync(new URL('./erasure-kernel.wat', import.meta.url), 'utf8')
  const { buffer } = wabt.parseWat('erasure-kernel.wat', source, { simd: true }).toBinary({})
  expect(ERASURE_KERNEL_BASE64).toBe(Buffer.from(buffer).toString('base64'))
})

test('both kernels make the parity that the formula gives, for any code and any length', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 1, max: 6 }),
      fc.integer({ min: 0, max: 300 }),
      fc.integer({ min: 0, max: 1 << 20 }),
      (dataShards, parityShards, length, seed) => {
        const data = Array.from({ length: dataShards }, (_, c) => bytesOf(length, seed + c))
        const expected = slowParity(data, parityShards, length)
        for (const kernel of ['simd', 'js'] as const) {
          const code = makeErasureCode({ dataShards, parityShards, kernel })
          expect(same(code.encode(data, length), expected)).toBe(true)
        }
      },
    ),
    { numRuns: 60 },
  )
})

test('a short data shard counts as continued with zeros', () => {
  for (const kernel of ['simd', 'js'] as const) {
    const code = makeErasureCode({ dataShards: 3, parityShards: 2, kernel })
    const full = [bytesOf(9000, 1), bytesOf(9000, 2), new Uint8Array(9000)]
    full[1]?.fill(0, 6200)
    const short = [full[0] as Uint8Array, (full[1] as Uint8Array).subarray(0, 6200), new Uint8Array(0)]
    // Leftovers of a longer job must not shine through.
    code.encode([bytesOf(9000, 5), bytesOf(9000, 6), bytesOf(9000, 7)], 9000)
    expect(same(code.encode(short, 9000), code.encode(full, 9000))).toBe(true)
  }
})

test.each(['simd', 'js'] as const)('4+2 rebuilds any one or two lost shards (%s)', (kernel) => {
  const code = makeErasureCode({ dataShards: 4, parityShards: 2, kernel })
  for (const length of [1, 63, 64, 65, 6143, 6144, 6145, 20000]) expectEveryLossRepaired(code, length)
})

test('every loss that a code promises to survive is survived', () => {
  for (const [dataShards, parityShards] of [
    [1, 1],
    [2, 3],
    [5, 3],
    [10, 4],
  ] as const)
    expectEveryLossRepaired(makeErasureCode({ dataShards, parityShards }), 130)
})

function expectEveryLossRepaired(code: ErasureCode, length: number) {
  const data = Array.from({ length: code.dataShards }, (_, c) => bytesOf(length, c + 3))
  const all = [...data, ...code.encode(data, length)]
  for (let losses = 0; losses <= code.parityShards; losses++)
    for (const lost of subsets(all.length, losses)) {
      const shards = all.map((shard, i) => (lost.includes(i) ? null : shard))
      const rebuilt = code.reconstruct({ shards, wanted: lost, length })
      expect(
        same(
          rebuilt,
          lost.map((i) => all[i]),
        ),
      ).toBe(true)
    }
}

test('every square submatrix of [identity; parity] inverts, up to 12 + 6', () => {
  for (const [k, m] of [
    [4, 2],
    [12, 6],
  ] as const) {
    const parity = parityMatrix(k, m)
    expect(parity[0]).toEqual(Array(k).fill(1))
    for (let size = 1; size <= Math.min(3, m); size++)
      for (const rows of subsets(m, size))
        for (const columns of subsets(k, size)) {
          const square = rows.map((r) => columns.map((c) => (parity[r] as number[])[c] as number))
          const product = multiplyMatrices(square, invertMatrix(square))
          expect(product).toEqual(rows.map((_, r) => rows.map((_, c) => (r === c ? 1 : 0))))
        }
  }
})

test('the largest code fits in the kernel', () => {
  const data = Array.from({ length: 32 }, (_, c) => bytesOf(5000, c))
  const simd = makeErasureCode({ dataShards: 32, parityShards: 32, kernel: 'simd' })
  const js = makeErasureCode({ dataShards: 32, parityShards: 32, kernel: 'js' })
  const parity = simd.encode(data, 5000)
  expect(same(parity, js.encode(data, 5000))).toBe(true)
  const shards = [...data.map(() => null), ...parity]
  expect(same(simd.reconstruct({ shards, wanted: data.map((_, i) => i), length: 5000 }), data)).toBe(true)
})

test('too few shards are refused as storage-damaged', () => {
  const code = makeErasureCode({ dataShards: 4, parityShards: 2 })
  const shards = [bytesOf(64, 1), bytesOf(64, 2), bytesOf(64, 3), null, null, null]
  expect(() => code.reconstruct({ shards, wanted: [3], length: 64 })).toThrow(
    expect.objectContaining({ code: 'storage-damaged' }),
  )
})

test.each([
  [0, 2],
  [4, 0],
  [33, 2],
  [4, 33],
  [1.5, 2],
])('a code of %d + %d shards is refused', (dataShards, parityShards) => {
  expect(() => makeErasureCode({ dataShards, parityShards })).toThrow(
    expect.objectContaining({ code: 'invalid-input' }),
  )
})
