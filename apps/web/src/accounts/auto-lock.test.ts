import { beforeEach, expect, test, vi } from 'vitest'
import { isIdleTooLong, lockMinutes, noteActivity, setLockMinutes } from './auto-lock.ts'

const kept = new Map<string, string>()
vi.stubGlobal('localStorage', {
  getItem: (key: string) => kept.get(key) ?? null,
  setItem: (key: string, value: string) => void kept.set(key, value),
})
beforeEach(() => kept.clear())

const MINUTE = 60_000

test('after 15 idle minutes it is time to lock, by the clock on the wall', () => {
  noteActivity(1_000_000)
  expect(isIdleTooLong(1_000_000 + 15 * MINUTE)).toBe(false)
  expect(isIdleTooLong(1_000_001 + 15 * MINUTE)).toBe(true)
})

test('a browser that never noted anything is idle', () => {
  expect(isIdleTooLong()).toBe(true)
})

test('one may lock earlier, never later', () => {
  setLockMinutes(2)
  noteActivity(0 + 10_000)
  expect(isIdleTooLong(10_001 + 2 * MINUTE)).toBe(true)
  kept.set('curo.lock-minutes', '100000')
  expect(lockMinutes()).toBe(15)
})
