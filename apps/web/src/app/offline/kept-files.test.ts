import { expect, test } from 'vitest'
import { isKeptFile, isNavigationHere } from './kept-files.ts'

const OWN = 'https://node.example'
const at = (path: string) => new URL(path, OWN)

test('only files with a hash in their name are kept, never an answer of the node', () => {
  expect(isKeptFile(at('/assets/first-abc.js'), OWN)).toBe(true)
  for (const path of [
    '/v1/records',
    '/v1/assets/x',
    '/demo-people.json',
    '/',
    '/service-worker.js',
    '/tile/0/000',
  ])
    expect([path, isKeptFile(at(path), OWN)]).toEqual([path, false])
  expect(isKeptFile(new URL('https://evil.example/assets/x.js'), OWN)).toBe(false)
})

test('pages of the app open without a network, answers of the API do not', () => {
  expect(isNavigationHere('navigate', at('/patient/records'))).toBe(true)
  expect(isNavigationHere('navigate', at('/v1/openapi.json'))).toBe(false)
  expect(isNavigationHere('navigate', at('/checkpoint'))).toBe(false)
  expect(isNavigationHere('cors', at('/patient'))).toBe(false)
})
