import { invert, multiply } from './galois.ts'

/** Rows of coefficients in GF(2^8). */
export type Matrix = readonly (readonly number[])[]

/**
 * The parity rows of a systematic code that survives the loss of any `parityShards` shards: a Cauchy matrix
 * 1 / (x_r + y_c) with x_r = dataShards + r and y_c = c, whose square submatrices are all invertible. Columns are
 * then scaled so that the first row is all ones (that parity is a plain XOR), which keeps the submatrices invertible.
 */
export function parityMatrix(dataShards: number, parityShards: number): Matrix {
  return Array.from({ length: parityShards }, (_, row) =>
    Array.from({ length: dataShards }, (_, column) =>
      multiply(invert((dataShards + row) ^ column), dataShards ^ column),
    ),
  )
}

/** Inverse by Gauss–Jordan elimination. Throws RangeError when the matrix has none (never for a code's own rows). */
export function invertMatrix(matrix: Matrix): Matrix {
  const size = matrix.length
  const rows = matrix.map((row, r) => [...row, ...Array.from({ length: size }, (_, c) => (c === r ? 1 : 0))])
  for (let column = 0; column < size; column++) {
    const pivot = rows.findIndex((row, r) => r >= column && row[column] !== 0)
    if (pivot < 0) throw new RangeError('The matrix has no inverse.')
    const pivotRow = rows[pivot] as number[]
    rows[pivot] = rows[column] as number[]
    const scale = invert(pivotRow[column] as number)
    const scaled = pivotRow.map((value) => multiply(value, scale))
    rows[column] = scaled
    for (let r = 0; r < size; r++) {
      const row = rows[r] as number[]
      const factor = row[column] as number
      if (r === column || factor === 0) continue
      rows[r] = row.map((value, c) => value ^ multiply(factor, scaled[c] as number))
    }
  }
  return rows.map((row) => row.slice(size))
}

/** a · b. */
export function multiplyMatrices(a: Matrix, b: Matrix): Matrix {
  const width = b[0]?.length ?? 0
  return a.map((row) =>
    Array.from({ length: width }, (_, column) =>
      row.reduce((sum, value, i) => sum ^ multiply(value, (b[i] as readonly number[])[column] as number), 0),
    ),
  )
}
