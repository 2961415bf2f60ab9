import { expect, test } from 'vitest'
import { isPageAligned, makeBufferPool } from './part-memory.ts'

const MIB = 1024 * 1024

test('large memory is page-aligned and used again; small and surplus requests get ordinary memory', () => {
  const pool = makeBufferPool({ lengths: [8 * MIB, 4 * MIB], most: 2 })
  const [a, b, c] = [pool.take(8 * MIB), pool.take(7 * MIB), pool.take(8 * MIB)] as const
  expect([a, b, c].map(({ length }) => length)).toEqual([8 * MIB, 7 * MIB, 8 * MIB])
  expect(isPageAligned(a)).toBe(true)
  expect(a.buffer).not.toBe(b.buffer)
  expect(isPageAligned(c)).toBe(false)
  pool.give(c)
  pool.give(a.subarray(0, 5))
  expect(pool.take(8 * MIB).buffer).toBe(a.buffer)
  expect(isPageAligned(pool.take(100_000))).toBe(false)
  // Parity has its own shelf: it must not take the content's memory away.
  const parity = pool.take(4 * MIB)
  expect(isPageAligned(parity)).toBe(true)
  expect(parity.buffer.byteLength).toBe(4 * MIB)
})

test('memory given back twice is not handed out twice', () => {
  const pool = makeBufferPool({ lengths: [MIB], most: 4 })
  const once = pool.take(MIB)
  pool.give(once)
  pool.give(once)
  expect(pool.take(MIB).buffer).not.toBe(pool.take(MIB).buffer)
})
