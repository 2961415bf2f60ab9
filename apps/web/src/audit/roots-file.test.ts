import { expect, test } from 'vitest'
import { readRootsFile } from './roots-file.ts'

const root = 'A'.repeat(43)

test('a list of roots and sizes is read, whatever else stands beside them', () => {
  const text = JSON.stringify([{ root, sealedSize: 4096, title: 'ignored' }])
  expect(readRootsFile(text)).toEqual([{ root, sealedSize: 4096 }])
})

test.each([
  ['no JSON', 'root,size'],
  ['an empty list', '[]'],
  ['an object', '{"root":"x"}'],
  ['a root that is none', JSON.stringify([{ root: 'short', sealedSize: 1 }])],
  ['a size of nothing', JSON.stringify([{ root, sealedSize: 0 }])],
  ['a list with nothing in it', '[null]'],
  ['one bad among good', JSON.stringify([{ root, sealedSize: 1 }, { root }])],
])('%s is no list of records', (_, text) => {
  expect(readRootsFile(text)).toBeNull()
})
