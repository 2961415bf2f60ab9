import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import * as partMemory from '../part-memory.ts'
import { contentOf, isSame } from '../testing/vault-fixture.ts'
import { readRanges, writeNewFile } from './durable-file.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'curo-file-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** Pieces in page-aligned memory, as the vault has them. */
function alignedPieces(length: number): Uint8Array[] {
  const content = partMemory.makeBufferPool({ lengths: [length], most: 1 }).take(length)
  content.set(contentOf(length))
  return [content.subarray(0, 8192), content.subarray(8192)]
}

test('page-aligned pieces, written past the page cache, arrive as they are', async () => {
  const pieces = alignedPieces(1024 * 1024)
  expect(pieces.every(partMemory.isPageAligned)).toBe(true)
  const path = join(folder, 'aligned')
  await writeNewFile(path, pieces)
  expect(isSame(await readFile(path), contentOf(1024 * 1024))).toBe(true)
})

test('an object that does not end on a page is written in the ordinary way', async () => {
  const [first, second] = alignedPieces(1024 * 1024) as [Uint8Array, Uint8Array]
  const path = join(folder, 'odd')
  await writeNewFile(path, [first, second.subarray(0, 5000)])
  expect(isSame(await readFile(path), contentOf(1024 * 1024).subarray(0, 8192 + 5000))).toBe(true)
})

test('where the file system refuses to go past the page cache, the file is written all the same', async () => {
  // Memory at an odd address is what a real kernel refuses with EINVAL.
  const pretended = vi.spyOn(partMemory, 'isPageAligned').mockReturnValue(true)
  const odd = new Uint8Array(new ArrayBuffer(300_001), 1).map((_, i) => i)
  const path = join(folder, 'refused')
  await writeNewFile(path, [odd.subarray(0, 100_000), odd.subarray(100_000)])
  expect(pretended).toHaveBeenCalledTimes(2)
  vi.restoreAllMocks()
  expect(isSame(await readFile(path), odd)).toBe(true)
})

test('a file that exists is not written over', async () => {
  const path = join(folder, 'twice')
  await writeNewFile(path, [Uint8Array.of(1)])
  await expect(writeNewFile(path, [Uint8Array.of(2)])).rejects.toThrow('EEXIST')
  await expect(writeNewFile(path, alignedPieces(65_536))).rejects.toThrow('EEXIST')
  expect([...(await readFile(path))]).toEqual([1])
})

test('a file shorter than a range is truncated, wherever the range begins', async () => {
  const path = join(folder, 'short')
  await writeNewFile(path, [contentOf(1000)])
  for (const ranges of [
    [{ offset: 0, length: 1001 }],
    [
      { offset: 0, length: 10 },
      { offset: 995, length: 6 },
    ],
    [{ offset: 5000, length: 1 }],
  ])
    await expect(readRanges(path, ranges)).rejects.toMatchObject({ code: 'truncated' })
  expect(await readRanges(path, [])).toEqual([])
  expect(await readRanges(path, [{ offset: 3, length: 0 }])).toEqual([new Uint8Array(0)])
})
