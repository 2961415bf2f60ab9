import { expect, test } from 'vitest'
import { readSixDigits } from './six-digits.ts'

test.each([
  ['123456', '123456'],
  [' 123 456 ', '123456'],
  ['123-456', '123456'],
  ['०१२३४५', '012345'],
])('%j is read as %s', (typed, expected) => expect(readSixDigits(typed)).toBe(expected))

test.each(['', '12345', '1234567', '12345a', '１２３４５６'])('%j is no code', (typed) =>
  expect(readSixDigits(typed)).toBeNull(),
)
