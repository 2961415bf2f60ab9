import { CuroError } from '@curo/crypto/errors'
import { type ErasureKernel, MOST_SHARDS, makeJsKernel, makeSimdKernel } from './erasure-kernel.ts'
import { invertMatrix, type Matrix, multiplyMatrices, parityMatrix } from './erasure-matrix.ts'

/**
 * A systematic Reed–Solomon code over GF(2^8). Shards are numbered 0 … k−1 (data) and k … k+m−1 (parity).
 * It repairs loss, not lies: give it only shards whose hash was checked.
 */
export interface ErasureCode {
  readonly dataShards: number
  readonly parityShards: number
  readonly kernel: 'simd' | 'js'
  /** Parity shards of `length` bytes. Data shards may be shorter than `length`: they count as continued with zeros. */
  encode(data: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer>[]
  /** As `encode`, into shards that the caller owns; they must all have the same length. */
  encodeInto(data: readonly Uint8Array[], parity: readonly Uint8Array[]): void
  /**
   * The shards named in `wanted`, each of `length` bytes, from any k of the others (null where a shard is lost).
   * Throws 'storage-damaged' when fewer than k are left.
   */
  reconstruct(options: {
    shards: readonly (Uint8Array | null)[]
    wanted: readonly number[]
    length: number
  }): Uint8Array<ArrayBuffer>[]
}

/**
 * `kernel: 'auto'` takes WebAssembly SIMD where the engine has it.
 * Throws 'invalid-input' for a code that cannot be built. One code must not be used by two threads.
 */
export function makeErasureCode(options: {
  dataShards: number
  parityShards: number
  kernel?: 'auto' | 'simd' | 'js'
}): ErasureCode {
  const { dataShards, parityShards } = options
  const fits = (count: number) => Number.isInteger(count) && count >= 1 && count <= MOST_SHARDS
  if (!fits(dataShards) || !fits(parityShards))
    throw new CuroError(
      'invalid-input',
      `Choose between 1 and ${MOST_SHARDS} data shards, and as many for parity.`,
    )

  const kernel = chooseKernel(options.kernel ?? 'auto')
  const parityRows = parityMatrix(dataShards, parityShards)
  const allRows: Matrix = [
    ...Array.from({ length: dataShards }, (_, r) =>
      Array.from({ length: dataShards }, (_, c) => (r === c ? 1 : 0)),
    ),
    ...parityRows,
  ]
  const recoveryRows = new Map<string, Matrix>()

  /** What to multiply the `present` shards with to get the `wanted` ones. */
  function recoveryMatrix(present: readonly number[], wanted: readonly number[]): Matrix {
    const pattern = `${present}/${wanted}`
    const known = recoveryRows.get(pattern)
    if (known) return known
    const pick = (rows: readonly number[]) => rows.map((row) => allRows[row] as readonly number[])
    const rows = multiplyMatrices(pick(wanted), invertMatrix(pick(present)))
    if (recoveryRows.size >= 64) recoveryRows.clear()
    recoveryRows.set(pattern, rows)
    return rows
  }

  const encodeInto: ErasureCode['encodeInto'] = (data, parity) => {
    if (data.length !== dataShards || parity.length !== parityShards)
      throw new CuroError(
        'invalid-input',
        `This code takes ${dataShards} data and ${parityShards} parity shards.`,
      )
    kernel.combine({ rows: parityRows, sources: data, targets: parity })
  }

  return {
    dataShards,
    parityShards,
    kernel: kernel.kind,
    encodeInto,
    encode(data, length) {
      const parity = Array.from({ length: parityShards }, () => new Uint8Array(length))
      encodeInto(data, parity)
      return parity
    },
    reconstruct({ shards, wanted, length }) {
      if (shards.length !== dataShards + parityShards || wanted.some((index) => !(index in allRows)))
        throw new CuroError('invalid-input', `This code has ${dataShards + parityShards} shards.`)
      const present = shards.flatMap((shard, index) => (shard ? [index] : [])).slice(0, dataShards)
      if (present.length < dataShards)
        throw new CuroError(
          'storage-damaged',
          `${present.length} of ${dataShards} needed shards are left: restore a bucket.`,
        )
      const targets = wanted.map(() => new Uint8Array(length))
      if (targets.length === 0) return targets
      const sources = present.map((index) => shards[index] as Uint8Array)
      kernel.combine({ rows: recoveryMatrix(present, wanted), sources, targets })
      return targets
    },
  }
}

function chooseKernel(choice: 'auto' | 'simd' | 'js'): ErasureKernel {
  if (choice === 'js') return makeJsKernel()
  const simd = makeSimdKernel()
  if (simd) return simd
  if (choice === 'auto') return makeJsKernel()
  throw new CuroError('unavailable', 'This engine has no WebAssembly SIMD: choose the kernel "js" or "auto".')
}
