import { expect, test } from 'vitest'
import { MicroBatch } from './micro-batch.ts'

function gate() {
  let open = () => {}
  const passed = new Promise<void>((resolve) => {
    open = resolve
  })
  return { passed, open }
}

test('alone, an item waits for nothing; under load, those that gathered go together, each with its own answer', async () => {
  const runs: number[][] = []
  const first = gate()
  const batch = new MicroBatch<number, number>({
    run: async (items) => {
      runs.push(items)
      if (runs.length === 1) await first.passed
      return items.map((item) => item * 10)
    },
    weigh: () => 1,
    fullWeight: 4,
    maxRunning: 1,
    gatherMs: 20,
    deadlineMs: 10_000,
  })
  const answers = [batch.add(1)]
  await new Promise((resolve) => setImmediate(resolve))
  for (const item of [2, 3, 4, 5, 6, 7]) answers.push(batch.add(item))
  first.open()
  expect(await Promise.all(answers)).toEqual([10, 20, 30, 40, 50, 60, 70])
  expect(runs).toEqual([[1], [2, 3, 4, 5], [6, 7]])
})

test('a full run starts beside one that is under way, a small one waits', async () => {
  let most = 0
  let running = 0
  const batch = new MicroBatch<number, number>({
    run: async (items) => {
      most = Math.max(most, ++running)
      await new Promise((resolve) => setTimeout(resolve, 5))
      running--
      return items
    },
    weigh: () => 1,
    fullWeight: 8,
    maxRunning: 2,
    gatherMs: 20,
    deadlineMs: 10_000,
  })
  await Promise.all(Array.from({ length: 5 }, (_, item) => batch.add(item)))
  expect(most).toBe(1)
  await Promise.all(Array.from({ length: 100 }, (_, item) => batch.add(item)))
  expect(most).toBe(2)
})

test('an item heavier than a full run goes alone, and holds no other back', async () => {
  const runs: number[][] = []
  const batch = new MicroBatch<number, number>({
    run: async (items) => {
      runs.push(items)
      return items
    },
    weigh: (item) => item,
    fullWeight: 10,
    maxRunning: 1,
    gatherMs: 20,
    deadlineMs: 10_000,
  })
  await Promise.all([3, 50, 4, 6, 1].map((item) => batch.add(item)))
  expect(runs).toEqual([[3], [50], [4, 6], [1]])
})

test('when a run fails, all its items do, and the next run goes on', async () => {
  const batch = new MicroBatch<string, string>({
    run: async (items) => {
      if (items.includes('bad')) throw new Error('refused')
      return items
    },
    weigh: () => 1,
    fullWeight: 2,
    maxRunning: 1,
    gatherMs: 20,
    deadlineMs: 10_000,
  })
  const results = await Promise.allSettled(['bad', 'with it', 'next'].map((item) => batch.add(item)))
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled'])
})

test('a run that never ends fails its own items and does not hold up the next', async () => {
  let runs = 0
  const batch = new MicroBatch<number, number>({
    run: (items) => (++runs === 1 ? new Promise<number[]>(() => {}) : Promise.resolve(items)),
    weigh: () => 1,
    fullWeight: 1,
    maxRunning: 1,
    gatherMs: 20,
    deadlineMs: 20,
  })
  const results = await Promise.allSettled([batch.add(1), batch.add(2)])
  expect(results).toMatchObject([{ reason: { code: 'unavailable' } }, { value: 2 }])
})

test('a run begins with half of those that are expected, and waits for them no longer than it may', async () => {
  const runs: number[][] = []
  const batch = new MicroBatch<number, number>({
    run: async (items) => {
      runs.push(items)
      return items
    },
    weigh: () => 1,
    fullWeight: 8,
    maxRunning: 1,
    gatherMs: 50,
    deadlineMs: 10_000,
  })
  const ends = [1, 2, 3, 4, 5, 6].map(() => batch.expect())
  const turn = () => new Promise((resolve) => setImmediate(() => setImmediate(resolve)))
  const answers = [batch.add(1), batch.add(2)]
  await turn()
  expect(runs).toEqual([])
  answers.push(batch.add(3))
  await Promise.all(answers)
  expect(runs).toEqual([[1, 2, 3]])
  const started = performance.now()
  await batch.add(4)
  expect(performance.now() - started).toBeGreaterThan(40)
  // Those that gave up are not waited for, and say so only once.
  const last = batch.add(5)
  for (const end of ends.slice(0, 3)) for (const _ of [1, 2]) end()
  await turn()
  expect(runs).toEqual([[1, 2, 3], [4], [5]])
  await last
})
