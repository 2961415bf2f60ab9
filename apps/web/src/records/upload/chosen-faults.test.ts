import { UNFINISHED_BYTES } from '@curo/contract/vault'
import { expect, it } from 'vitest'
import { faultsOf, LARGEST_FILE } from './chosen-faults.ts'

const file = (size: number) => ({ size, name: 'a.pdf' }) as File
const chosen = {
  id: 'a',
  file: file(9),
  title: 'Report',
  occurred: '2026-11-30',
  category: 'document',
} as const
const faults = (given: object) =>
  faultsOf({ ...chosen, contentType: 'application/pdf', ...given }, '2026-11-30')

it('a file that is sound has no fault', () => {
  expect(faults({})).toEqual({})
})

it.each([
  [{ title: ' \n' }, { title: 'missing' }],
  [{ title: 'x'.repeat(201) }, { title: 'tooLong' }],
  [{ title: '🩺'.repeat(200) }, {}],
  [{ occurred: '' }, { occurred: 'missing' }],
  [{ occurred: '2026-02-30' }, { occurred: 'missing' }],
  [{ occurred: '2026-12-01' }, { occurred: 'future' }],
  [{ file: file(0) }, { file: 'empty' }],
  [{ file: file(LARGEST_FILE + 1) }, { file: 'tooLarge' }],
])('%o', (given, expected) => {
  expect(faults(given)).toEqual(expected)
})

it('takes what the hospital takes', () => {
  expect(LARGEST_FILE).toBe(UNFINISHED_BYTES.patient)
})
