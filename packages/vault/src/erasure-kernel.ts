import { ERASURE_KERNEL_BASE64 } from './erasure-kernel-bytes.ts'
import type { Matrix } from './erasure-matrix.ts'
import { multiply } from './galois.ts'

/** Computes inner products over GF(2^8): the whole inner loop of the erasure code. */
export interface ErasureKernel {
  readonly kind: 'simd' | 'js'
  /**
   * targets[r] = Σ rows[r][c] · sources[c]. All targets have the same length; a source that is shorter counts as
   * continued with zeros, one that is longer is cut.
   */
  combine(options: { rows: Matrix; sources: readonly Uint8Array[]; targets: readonly Uint8Array[] }): void
}

/** Most shards of either sort that the kernel's 256 KiB of memory has room for. */
export const MOST_SHARDS = 32

// Kernel memory: addresses of the sources, one 32-byte table per coefficient, then a block of each source and one target.
const TABLES = 256
const BLOCKS = TABLES + MOST_SHARDS * MOST_SHARDS * 32
const MEMORY_BYTES = 4 * 65536
/** Blocks are small enough that those of a usual code (4 + 1 of them) stay in the first-level cache. */
const BLOCK_BYTES = 6144

interface KernelExports {
  memory: WebAssembly.Memory
  sum(count: number, sources: number, target: number, length: number): void
  dot(count: number, sources: number, tables: number, target: number, length: number): void
}

let compiled: WebAssembly.Module | undefined

/** The WebAssembly kernel, or null where the engine has no SIMD. Not to be shared between threads. */
export function makeSimdKernel(): ErasureKernel | null {
  try {
    compiled ??= new WebAssembly.Module(Uint8Array.from(atob(ERASURE_KERNEL_BASE64), (c) => c.charCodeAt(0)))
  } catch (error) {
    if (error instanceof WebAssembly.CompileError) return null
    throw error
  }
  const kernel = new WebAssembly.Instance(compiled).exports as unknown as KernelExports
  const bytes = new Uint8Array(kernel.memory.buffer)
  const words = new Uint32Array(kernel.memory.buffer)
  let placedRows: Matrix | undefined

  return {
    kind: 'simd',
    combine({ rows, sources, targets }) {
      const count = sources.length
      const block = Math.min(BLOCK_BYTES, Math.floor((MEMORY_BYTES - BLOCKS) / (count + 1) / 64) * 64)
      const targetAddress = BLOCKS + count * block
      for (let c = 0; c < count; c++) words[c] = BLOCKS + c * block
      if (rows !== placedRows) {
        rows.forEach((row, r) => {
          row.forEach((coefficient, c) => {
            placeTable(bytes, TABLES + (r * count + c) * 32, coefficient)
          })
        })
        placedRows = rows
      }
      const allOnes = rows.map((row) => row.every((coefficient) => coefficient === 1))
      const length = targets[0]?.length ?? 0
      for (let start = 0; start < length; start += block) {
        const size = Math.min(block, length - start)
        const rounded = (size + 63) & ~63
        for (let c = 0; c < count; c++) {
          const source = sources[c] as Uint8Array
          const address = BLOCKS + c * block
          const here = Math.max(0, Math.min(size, source.length - start))
          if (here > 0) bytes.set(source.subarray(start, start + here), address)
          if (here < rounded) bytes.fill(0, address + here, address + rounded)
        }
        for (let r = 0; r < targets.length; r++) {
          if (allOnes[r]) kernel.sum(count, 0, targetAddress, rounded)
          else kernel.dot(count, 0, TABLES + r * count * 32, targetAddress, rounded)
          ;(targets[r] as Uint8Array).set(bytes.subarray(targetAddress, targetAddress + size), start)
        }
      }
    },
  }
}

/** Products of the coefficient with every low half byte, then with every high one. */
function placeTable(bytes: Uint8Array, address: number, coefficient: number): void {
  for (let half = 0; half < 16; half++) {
    bytes[address + half] = multiply(coefficient, half)
    bytes[address + 16 + half] = multiply(coefficient, half << 4)
  }
}

/** The same in plain JavaScript, for engines without WebAssembly SIMD. */
export function makeJsKernel(): ErasureKernel {
  const products = new Map<number, Uint8Array>()
  const productsOf = (coefficient: number): Uint8Array => {
    let table = products.get(coefficient)
    if (!table) {
      table = Uint8Array.from({ length: 256 }, (_, value) => multiply(coefficient, value))
      products.set(coefficient, table)
    }
    return table
  }
  return {
    kind: 'js',
    combine({ rows, sources, targets }) {
      targets.forEach((target, r) => {
        target.fill(0)
        sources.forEach((source, c) => {
          const table = productsOf((rows[r] as readonly number[])[c] as number)
          const length = Math.min(source.length, target.length)
          for (let i = 0; i < length; i++) (target[i] as number) ^= table[source[i] as number] as number
        })
      })
    },
  }
}
