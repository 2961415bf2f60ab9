import { expect, it } from 'vitest'
import { fromBase64Url, toHex } from './bytes.ts'
import { isId, randomBytes, randomDigits, randomId, randomValues } from './random.ts'

it('randomBytes fills any length, beyond the quota of one WebCrypto call too', () => {
  const bytes = randomBytes(200_000)
  expect(bytes.length).toBe(200_000)
  expect(bytes.subarray(199_968).some((byte) => byte !== 0)).toBe(true)
  expect(randomBytes(0).length).toBe(0)
  for (const length of [-1, 1.5, Number.NaN])
    expect(() => randomBytes(length)).toThrow(expect.objectContaining({ code: 'invalid-input' }))
})

it('values drawn at once are of their length, all different, and share no memory', () => {
  const values = randomValues(3000, 32)
  expect(values.every(({ length, buffer }) => length === 32 && buffer.byteLength === 32)).toBe(true)
  expect(new Set(values.map(toHex)).size).toBe(3000)
  expect(randomValues(0, 32)).toEqual([])
})

it('ids are 16 bytes in 22 characters and never repeat', () => {
  const ids = new Set(Array.from({ length: 2000 }, randomId))
  expect(ids.size).toBe(2000)
  for (const id of ids) {
    expect(isId(id)).toBe(true)
    // 2000 draws without the rule would hold a leading - but for one time in 10^13.
    expect(id.startsWith('-')).toBe(false)
    expect(fromBase64Url(id).length).toBe(16)
  }
  for (const other of [
    '',
    'a',
    `${'A'.repeat(21)}B`,
    `${'A'.repeat(22)}A`,
    '../../../../etc/passwd',
    7,
    undefined,
  ])
    expect(isId(other)).toBe(false)
})

it('digits are uniform: reduced modulo 10 without redrawing, chi-squared would be near 220 instead of 9', () => {
  const counts = new Array(10).fill(0)
  for (const digit of randomDigits(600_000)) counts[Number(digit)]++
  const chiSquared = counts.reduce((sum, count) => sum + (count - 60_000) ** 2 / 60_000, 0)
  expect(chiSquared).toBeLessThan(60)
})

it('randomDigits gives exactly as many digits as asked', () => {
  expect(randomDigits(6)).toMatch(/^\d{6}$/)
  expect(() => randomDigits(0)).toThrow(expect.objectContaining({ code: 'invalid-input' }))
})
