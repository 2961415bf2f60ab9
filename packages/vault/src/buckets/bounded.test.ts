import { expect, test } from 'vitest'
import { makeMemoryBucket } from '../testing/memory-bucket.ts'
import { boundBucket } from './bounded.ts'

const never = () => new Promise<never>(() => {})
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
const unavailable = { code: 'unavailable' }

function bounded(timeoutMs: number, restMs: number, concurrency = 2) {
  return boundBucket({ ...makeMemoryBucket('slow'), concurrency }, { timeoutMs, restMs })
}

test('no more calls run at once than the bucket serves well', async () => {
  const { call } = bounded(1000, 1000)
  let running = 0
  let most = 0
  const work = async () => {
    most = Math.max(most, ++running)
    await pause(2)
    running--
  }
  await Promise.all(Array.from({ length: 20 }, () => call(work).result))
  expect(most).toBe(2)
})

test('a call that hangs ends at the deadline, and its signal says so', async () => {
  const { call } = bounded(20, 1000)
  let signal: AbortSignal | undefined
  await expect(
    call((given) => {
      signal = given
      return never()
    }).result,
  ).rejects.toMatchObject(unavailable)
  expect(signal?.aborted).toBe(true)
})

test('calls in the queue of a bucket that hangs fail with it instead of waiting their turn', async () => {
  const bucket = bounded(20, 1000)
  let started = 0
  const hang = () => {
    started++
    return never()
  }
  const calls = Array.from({ length: 10 }, () => bucket.call(hang).result)
  const outcomes = await Promise.allSettled(calls)
  expect(outcomes.every(({ status }) => status === 'rejected')).toBe(true)
  expect(started).toBe(2)
  expect(bucket.isResting()).toBe(true)
})

test('hanging calls never exceed the concurrency, however long it goes on', async () => {
  const { call } = bounded(5, 1)
  let started = 0
  for (let i = 0; i < 40; i++) {
    await call(() => {
      started++
      return never()
    }).result.catch(() => undefined)
    await pause(2)
  }
  expect(started).toBeLessThanOrEqual(2)
})

test('after a rest one call tries; the others are refused until it succeeds', async () => {
  const bucket = bounded(20, 20, 4)
  await bucket.call(never).result.catch(() => undefined)
  await pause(30)
  let finish = () => {}
  const trial = bucket.call(() => new Promise<void>((resolve) => (finish = resolve)))
  await expect(bucket.call(async () => 'second').result).rejects.toMatchObject(unavailable)
  finish()
  await trial.result
  expect(await bucket.call(async () => 'third').result).toBe('third')
})

test('an error is an answer: the bucket does not rest for it', async () => {
  const bucket = bounded(50, 1000)
  await expect(bucket.call(() => Promise.reject(new Error('no'))).result).rejects.toThrow('no')
  expect(bucket.isResting()).toBe(false)
})

test('work that throws before it returns a promise is an answer too', async () => {
  const bucket = bounded(50, 1000)
  const call = bucket.call(() => {
    throw new Error('at once')
  })
  await expect(call.result).rejects.toThrow('at once')
  await call.settled
  expect(await bucket.call(async () => 1).result).toBe(1)
})

test('settled waits for the work itself, not for the deadline', async () => {
  const { call } = bounded(10, 1000)
  let finish = () => {}
  const { result, settled } = call(() => new Promise<void>((resolve) => (finish = resolve)))
  let isSettled = false
  void settled.then(() => {
    isSettled = true
  })
  await expect(result).rejects.toMatchObject(unavailable)
  await pause(5)
  expect(isSettled).toBe(false)
  finish()
  await settled
})

test('an abort takes a call out of the queue, and stops waiting for one that runs', async () => {
  const { call } = bounded(1000, 1000, 1)
  const controller = new AbortController()
  let finish = () => {}
  const running = call(() => new Promise<void>((resolve) => (finish = resolve)), controller)
  let ran = false
  const queued = call(async () => {
    ran = true
  }, controller)
  controller.abort(new Error('enough'))
  await expect(running.result).rejects.toThrow('enough')
  await expect(queued.result).rejects.toThrow('enough')
  await queued.settled
  finish()
  await running.settled
  expect(ran).toBe(false)
  await expect(call(async () => 1, controller).result).rejects.toThrow('enough')
  expect(await call(async () => 1).result).toBe(1)
})
