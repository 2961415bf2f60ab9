import { expect, test } from 'vitest'
import { collectBlob, type FileProgress } from './collect-blob.ts'

const MIB = 1024 * 1024

async function* pieces(count: number, length: number): AsyncGenerator<Uint8Array> {
  // The same array each time, as a decryption may reuse its own.
  const piece = new Uint8Array(length)
  for (let at = 0; at < count; at++) yield piece.fill(at)
}

async function collect(count: number, length: number) {
  const said: FileProgress[] = []
  const total = count * length
  const blob = await collectBlob(pieces(count, length), { total, onProgress: (one) => said.push(one) })
  return { blob, said, total }
}

test('forty megabytes are told as they come, from nothing to all, and not piece by piece', async () => {
  const { blob, said, total } = await collect(640, 64 * 1024)
  expect(total).toBe(40 * MIB)
  expect(blob.size).toBe(total)
  expect(said[0]).toEqual({ done: 0, total })
  expect(said.at(-1)).toEqual({ done: total, total })
  expect(said.map(({ done }) => done)).toEqual(
    [...new Set(said.map(({ done }) => done))].sort((a, b) => a - b),
  )
  expect(said).toHaveLength(81)
  const bytes = new Uint8Array(await blob.slice(64 * 1024 - 1, 64 * 1024 + 1).arrayBuffer())
  expect([...bytes]).toEqual([0, 1])
})

test('a file smaller than a step, and one of a length that no step divides, end at all of it', async () => {
  for (const [count, length] of [
    [1, 10],
    [13, 50_001],
  ] as const) {
    const { said, total } = await collect(count, length)
    expect(said.at(-1)).toEqual({ done: total, total })
  }
})
