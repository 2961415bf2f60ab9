// GF(2^8) with the polynomial x^8 + x^4 + x^3 + x^2 + 1 (0x11d), the field of most Reed–Solomon codes.
const POLYNOMIAL = 0x11d

/** 2 generates the field: EXPONENT[i] = 2^i, doubled in length so that a sum of two logarithms needs no modulo. */
const EXPONENT = new Uint8Array(510)
const LOGARITHM = new Uint8Array(256)
for (let power = 0, value = 1; power < 255; power++) {
  EXPONENT[power] = value
  EXPONENT[power + 255] = value
  LOGARITHM[value] = power
  value <<= 1
  if (value & 0x100) value ^= POLYNOMIAL
}

/** Product in GF(2^8). */
export function multiply(a: number, b: number): number {
  if (a === 0 || b === 0) return 0
  return EXPONENT[(LOGARITHM[a] as number) + (LOGARITHM[b] as number)] as number
}

/** Multiplicative inverse; the caller never passes 0, which has none. */
export function invert(a: number): number {
  if (a === 0) throw new RangeError('0 has no inverse in GF(2^8).')
  return EXPONENT[255 - (LOGARITHM[a] as number)] as number
}
