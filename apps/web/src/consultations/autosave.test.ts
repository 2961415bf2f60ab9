import { CuroError } from '@curo/crypto/errors'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Autosave } from './autosave.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** A hospital that keeps one draft, refuses stale versions and can be cut off. */
function hospital() {
  const there = { value: '', version: 0, isOff: false, saves: 0 }
  const kept: string[] = []
  const save = async (value: string, version: number) => {
    there.saves += 1
    if (there.isOff) throw new CuroError('unavailable', 'No answer.')
    if (version !== there.version)
      throw new CuroError('conflict', 'Another window.', { details: { version: there.version } })
    there.value = value
    there.version += 1
    return { version: there.version, savedAt: '2026-01-01T00:00:00.000Z' }
  }
  const keep = async (value: string) => void kept.push(value)
  return { there, kept, save, keep }
}

test('many letters are one save, a moment after the last, and are kept on the device before', async () => {
  const { there, kept, save, keep } = hospital()
  const draft = new Autosave<string>({ save, keep, version: 0 })
  for (const value of ['f', 'fe', 'fever']) draft.change(value)
  expect(draft.state.at).toBe('changed')
  await vi.advanceTimersByTimeAsync(400)
  expect(kept).toEqual(['fever'])
  expect(there.saves).toBe(0)
  await vi.advanceTimersByTimeAsync(2000)
  expect(there).toMatchObject({ value: 'fever', saves: 1 })
  expect(draft.state).toEqual({ at: 'saved', savedAt: '2026-01-01T00:00:00.000Z' })
})

test('without a connection it is kept, and sent by itself when there is one again', async () => {
  const { there, save, keep } = hospital()
  const draft = new Autosave<string>({ save, keep, version: 0 })
  there.isOff = true
  draft.change('cough')
  await vi.advanceTimersByTimeAsync(2000)
  expect(draft.state.at).toBe('kept')
  draft.change('cough and fever')
  await vi.advanceTimersByTimeAsync(2000)
  expect(draft.state.at).toBe('kept')
  there.isOff = false
  await vi.advanceTimersByTimeAsync(60_000)
  expect(draft.state.at).toBe('saved')
  expect(there.value).toBe('cough and fever')
})

test('another window’s save is a conflict: nothing more is sent until one has chosen', async () => {
  const { there, save, keep } = hospital()
  const draft = new Autosave<string>({ save, keep, version: 0 })
  there.version = 7
  there.value = 'theirs'
  draft.change('mine')
  await vi.advanceTimersByTimeAsync(2000)
  expect(draft.state).toEqual({ at: 'conflict', version: 7 })
  draft.change('mine, longer')
  await vi.advanceTimersByTimeAsync(120_000)
  expect(there).toMatchObject({ value: 'theirs', saves: 1 })
  expect((await draft.overwrite(7)).at).toBe('saved')
  expect(there.value).toBe('mine, longer')
})

test('what is typed while a save is under way is saved after it, never beside it', async () => {
  const { there, keep } = hospital()
  let underWay = 0
  const save = async (value: string) => {
    underWay += 1
    expect(underWay).toBe(1)
    await new Promise((resolve) => setTimeout(resolve, 5000))
    underWay -= 1
    there.value = value
    there.version += 1
    return { version: there.version, savedAt: '' }
  }
  const draft = new Autosave<string>({ save, keep, version: 0 })
  draft.change('a')
  await vi.advanceTimersByTimeAsync(2000)
  draft.change('ab')
  await vi.advanceTimersByTimeAsync(20_000)
  expect(there).toMatchObject({ value: 'ab', version: 2 })
  expect(draft.version).toBe(2)
})

test('once signed, a change that was on its way brings nothing back to life', async () => {
  const { there, save, keep, kept } = hospital()
  const draft = new Autosave<string>({ save, keep, version: 0 })
  draft.change('late')
  draft.stop()
  await vi.advanceTimersByTimeAsync(120_000)
  expect(there.saves).toBe(0)
  expect(kept).toEqual([])
})
