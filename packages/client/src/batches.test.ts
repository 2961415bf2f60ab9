import { describe, expect, test } from 'vitest'
import { inBatches, mapBounded, pipeline } from './batches.ts'

const later = <T>(value: T, ms = 1) => new Promise<T>((resolve) => setTimeout(resolve, ms, value))

test('a list is cut without losing its tail', () => {
  expect(inBatches([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]])
  expect(inBatches([], 2)).toEqual([])
})

describe('mapBounded', () => {
  test('keeps the order and never runs more than it may', async () => {
    let running = 0
    let most = 0
    const results = await mapBounded([5, 1, 3, 2, 4], 2, async (n) => {
      running++
      most = Math.max(most, running)
      await later(n, n)
      running--
      return n * 10
    })
    expect(results).toEqual([50, 10, 30, 20, 40])
    expect(most).toBe(2)
  })

  test('the first failure stops the rest from being started', async () => {
    const started: number[] = []
    const failing = mapBounded([1, 2, 3, 4, 5, 6], 2, async (n) => {
      started.push(n)
      await later(n)
      if (n === 2) throw new Error('second')
      return n
    })
    await expect(failing).rejects.toThrow('second')
    expect(started.length).toBeLessThan(6)
  })
})

describe('pipeline', () => {
  test('asks for the next while the caller is busy, but not for all', async () => {
    const started: number[] = []
    const seen: number[] = []
    for await (const n of pipeline([1, 2, 3, 4], 1, (item) => {
      started.push(item)
      return later(item)
    })) {
      if (n === 1) expect(started).toEqual([1, 2])
      seen.push(n)
    }
    expect(seen).toEqual([1, 2, 3, 4])
  })

  test('a failure is thrown in its turn, and none goes unhandled when the caller stops', async () => {
    const seen: number[] = []
    const run = async () => {
      for await (const n of pipeline([1, 2, 3], 2, async (item) => {
        if (item === 2) throw new Error('two')
        return later(item)
      }))
        seen.push(n)
    }
    await expect(run()).rejects.toThrow('two')
    expect(seen).toEqual([1])
    for await (const _ of pipeline([1, 2], 1, async (item) => {
      if (item === 2) throw new Error('nobody waits for this')
      return item
    }))
      break
  })
})
