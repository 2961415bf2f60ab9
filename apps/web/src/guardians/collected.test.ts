import { GUARDIANS as IN_CONTRACT } from '@curo/contract/guardians'
import { beforeEach, expect, test, vi } from 'vitest'
import { codeOf, GUARDIANS, keepCollected, readCollected } from './collected.ts'

const kept = new Map<string, string>()
vi.stubGlobal('localStorage', {
  getItem: (key: string) => kept.get(key) ?? null,
  setItem: (key: string, value: string) => kept.set(key, value),
  removeItem: (key: string) => kept.delete(key),
})
beforeEach(() => kept.clear())

test('invitations wait for the account that collects them, and for no other', () => {
  keepCollected('a', ['one', 'two'])
  expect(readCollected('a')).toEqual(['one', 'two'])
  expect(readCollected('b')).toEqual([])
})

test('nothing is left when none is collected, and never more than three are read', () => {
  keepCollected('a', ['one'])
  keepCollected('a', [])
  expect(kept.size).toBe(0)
  keepCollected('a', ['1', '2', '3', '4'])
  expect(readCollected('a')).toEqual(['1', '2', '3'])
})

test('there are as many as the contract says', () => {
  expect(GUARDIANS).toBe(IN_CONTRACT)
})

test('a link and its code are the same invitation', () => {
  expect(codeOf('  https://hospital.example/guardian#AbC-_1\n')).toBe('AbC-_1')
  expect(codeOf('AbC-_1')).toBe('AbC-_1')
})
