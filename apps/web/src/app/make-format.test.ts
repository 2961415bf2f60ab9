import { expect, test } from 'vitest'
import { makeFormat } from './make-format.ts'

const english = makeFormat('en-IN')
const hindi = makeFormat('hi-IN')

test('a calendar day is the same day in every time zone, and a partial date stays partial', () => {
  expect(english.date('2024-03-01')).toMatch(/1 Mar 2024/)
  expect(english.date('2024-03')).toMatch(/^March 2024$/)
  expect(english.date('2024')).toBe('2024')
  expect(hindi.date('2024-03-01', 'long')).toMatch(/मार्च/)
})

test.each([
  [-30, 'now'],
  [-61, '1 minute ago'],
  [-2 * 3600, '2 hours ago'],
  [-86_400, 'yesterday'],
  [3 * 86_400, 'in 3 days'],
  [-400 * 86_400, 'last year'],
])('%d seconds from now is %s', (seconds, words) => {
  const now = new Date('2026-02-03T10:00:00Z')
  expect(english.relative(new Date(now.getTime() + seconds * 1000), now)).toBe(words)
})

test('sizes are told in the unit that fits', () => {
  expect([0, 999, 1500, 2_400_000, 5e9].map(english.bytes)).toEqual([
    '0 bytes',
    '999 bytes',
    '1.5 kB',
    '2.4 MB',
    '5 GB',
  ])
})
