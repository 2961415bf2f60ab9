import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Coder, makeInlineCoder, parityBytes } from './coder.ts'
import { makeCoder } from './coder-threads.ts'
import { isPageAligned, makeBufferPool } from './part-memory.ts'
import { PIECE_BYTES } from './stripes.ts'
import { bundleSources } from './testing/bundle.ts'
import { contentOf, isSame } from './testing/vault-fixture.ts'

const shape = { dataShards: 4, parityShards: 2 }
const inline = makeInlineCoder(shape)
let folder: string
let workerUrl: URL
let threads: Coder

beforeAll(async () => {
  folder = await bundleSources('coder-worker.ts')
  workerUrl = pathToFileURL(join(folder, 'coder-worker.js'))
  threads = makeCoder(shape, { threads: 2, workerUrl })
})
afterAll(async () => {
  await threads.close()
  rmSync(folder, { recursive: true, force: true })
})

const encode = (coder: Coder, size: number, seed: number) =>
  coder.encode(contentOf(size, seed), new Uint8Array(parityBytes(size, shape)))

test('threads give what the caller’s thread gives, and give the memory back', async () => {
  const sizes = [1, 100_000, 300_000, 4 * PIECE_BYTES, 9 * PIECE_BYTES + 13, 32 * PIECE_BYTES]
  await Promise.all(
    sizes.map(async (size, seed) => {
      const [expected, actual] = await Promise.all([encode(inline, size, seed), encode(threads, size, seed)])
      expect(isSame(actual.content, contentOf(size, seed))).toBe(true)
      expect(isSame(actual.parity, expected.parity)).toBe(true)
      expect(actual.hashes).toEqual(expected.hashes)
      expect(actual.content.buffer.byteLength).toBeGreaterThan(0)
    }),
  )
})

test('pieces come back with their hashes, also when they share a buffer', async () => {
  const shared = contentOf(3 * PIECE_BYTES)
  const pieces = () =>
    [0, 1, 2].map((i) => shared.slice().subarray(i * PIECE_BYTES, (i + 1) * PIECE_BYTES - i))
  const one = shared.slice()
  const views = [0, 1, 2].map((i) => one.subarray(i * PIECE_BYTES, (i + 1) * PIECE_BYTES - i))
  const expected = await inline.hash(pieces(), [false, true, false])
  for (const given of [pieces(), views]) {
    const answer = await threads.hash(given, [false, true, false])
    expect(answer.hashes).toEqual(expected.hashes)
    for (const [i, piece] of answer.pieces.entries())
      expect(isSame(piece, expected.pieces[i] as Uint8Array)).toBe(true)
  }
})

test('rebuilding leaves the pieces that were given to the caller', async () => {
  const size = 4 * PIECE_BYTES
  const { content, parity } = await encode(inline, size, 4)
  const all = [0, 1, 2, 3].map((i) => content.slice(i * PIECE_BYTES, (i + 1) * PIECE_BYTES))
  const pieces = [null, all[1], null, all[3], parity.slice(0, PIECE_BYTES), parity.slice(PIECE_BYTES)].map(
    (p) => p ?? null,
  )
  const rebuilt = await threads.rebuild({ pieces, wanted: [0, 2], pieceBytes: PIECE_BYTES })
  expect(isSame(rebuilt[0] as Uint8Array, all[0] as Uint8Array)).toBe(true)
  expect(isSame(rebuilt[1] as Uint8Array, all[2] as Uint8Array)).toBe(true)
  expect(pieces[1]?.length).toBe(PIECE_BYTES)
})

test('an error in a thread reaches the caller with its code, and the thread goes on', async () => {
  const pieces = [null, null, null, contentOf(PIECE_BYTES), contentOf(PIECE_BYTES), contentOf(PIECE_BYTES)]
  await expect(threads.rebuild({ pieces, wanted: [0], pieceBytes: PIECE_BYTES })).rejects.toMatchObject({
    code: 'storage-damaged',
  })
  expect((await encode(threads, PIECE_BYTES, 1)).hashes).toHaveLength(1)
})

test('work in a thread that ends fails instead of hanging, and the next work starts a new thread', async () => {
  const coder = makeCoder(shape, { threads: 1, workerUrl })
  const work = encode(coder, 32 * PIECE_BYTES, 1)
  await coder.close()
  await expect(work).rejects.toMatchObject({ code: 'internal' })
  expect((await encode(coder, PIECE_BYTES, 1)).hashes).toHaveLength(1)
  await coder.close()
})

test('shared memory stays the caller’s own, or it would never be written past the page cache nor used again', async () => {
  const pool = makeBufferPool({ lengths: [32 * PIECE_BYTES, 16 * PIECE_BYTES], most: 1 })
  const content = pool.take(32 * PIECE_BYTES)
  const parity = pool.take(16 * PIECE_BYTES)
  content.set(contentOf(32 * PIECE_BYTES))
  const encoded = await threads.encode(content, parity)
  expect(encoded.content.buffer).toBe(content.buffer)
  expect(isPageAligned(encoded.content) && isPageAligned(encoded.parity)).toBe(true)
  const expected = await encode(inline, 32 * PIECE_BYTES, 1)
  expect(isSame(encoded.parity, expected.parity)).toBe(true)
  expect(encoded.hashes).toEqual(expected.hashes)
})
