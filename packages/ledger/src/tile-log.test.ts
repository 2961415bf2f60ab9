import { equalBytes, fromBase64, utf8Bytes } from '@curo/crypto/bytes'
import { EMPTY_ROOT, leafHash, MerkleTreeHasher } from '@curo/crypto/merkle'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { frameEntry, parseBundle } from './bundles.ts'
import { parseCheckpoint } from './checkpoint.ts'
import { parseNote } from './note.ts'
import { MemoryLog } from './testing/memory-log.ts'
import { describeVectors, readVectorText, vectorLog, vectorLogPaths } from './testing/shared-vectors.ts'
import { appendEntries, EMPTY_EDGE, edgeFromTiles, edgeRoot } from './tile-log.ts'
import { readTile } from './tile-reader.ts'
import { partialTiles, tilePath } from './tiles.ts'

const entryOf = (i: number) => utf8Bytes(`entry ${i}`)
const entries = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => entryOf(from + i))

function rootOf(size: number): Uint8Array {
  const tree = new MerkleTreeHasher()
  for (let i = 0; i < size; i++) tree.push(leafHash(entryOf(i)))
  return tree.root()
}

describe('a tile log', () => {
  it('has the RFC 6962 root and the same tiles however its entries are batched', () => {
    const whole = new MemoryLog().append(...entries(0, 70_000))
    expect(equalBytes(whole.root, rootOf(70_000))).toBe(true)
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 700 }), { minLength: 1, maxLength: 6 }), (batches) => {
        const log = new MemoryLog()
        for (const batch of batches) log.append(...entries(log.size, log.size + batch))
        expect(equalBytes(log.root, rootOf(log.size))).toBe(true)
        for (const [path, bytes] of new MemoryLog().append(...entries(0, log.size)).files)
          expect(equalBytes(log.files.get(path) ?? new Uint8Array(), bytes), path).toBe(true)
      }),
      { numRuns: 20 },
    )
  })

  it('writes at each size exactly the partial tiles that a checkpoint of that size requires', () => {
    const log = new MemoryLog()
    for (const size of [1, 2, 255, 256, 257, 300, 511, 512, 65_535, 65_536, 65_537, 66_000]) {
      const { edge, tiles } = appendEntries({ edge: log.edge, entries: entries(log.size, size) })
      const written = new Set(tiles.map(({ path }) => path))
      for (const coordinates of partialTiles(size)) {
        const path = tilePath(coordinates)
        expect(written.has(path) || log.files.has(path), path).toBe(true)
      }
      expect(tiles).toHaveLength(written.size)
      log.append(...entries(log.size, size))
      expect(log.edge).toEqual(edge)
    }
  })

  it('never writes a path a second time with other bytes', () => {
    const log = new MemoryLog()
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 20 }), (batches) => {
        for (const batch of batches) {
          const { tiles } = appendEntries({ edge: log.edge, entries: entries(log.size, log.size + batch) })
          for (const { path, bytes } of tiles) {
            const before = log.files.get(path)
            if (before) expect(equalBytes(before, bytes), path).toBe(true)
          }
          log.append(...entries(log.size, log.size + batch))
        }
      }),
      { numRuns: 10 },
    )
  })

  it('goes on from its tiles after a restart as if nothing had happened', async () => {
    for (const size of [0, 1, 255, 256, 300, 65_536, 66_000]) {
      const log = new MemoryLog().append(...entries(0, size))
      const edge = await edgeFromTiles({ read: log.read, size, root: log.root })
      const next = appendEntries({ edge, entries: entries(size, size + 300) })
      expect(next.root).toEqual(new MemoryLog().append(...entries(0, size + 300)).root)
      expect(next.edge.size).toBe(size + 300)
    }
  })

  it('crash: a torn, altered or missing tile is noticed before anything is appended to it', async () => {
    const log = new MemoryLog().append(...entries(0, 300))
    const restart = () => edgeFromTiles({ read: log.read, size: 300, root: log.root })
    for (const path of ['tile/0/001.p/44', 'tile/1/000.p/1', 'tile/entries/001.p/44']) {
      const bytes = log.files.get(path) as Uint8Array
      log.files.delete(path)
      await expect(restart(), path).rejects.toMatchObject({ code: 'not-found', details: { path } })
      log.files.set(path, bytes.subarray(0, -1))
      await expect(restart(), path).rejects.toThrow()
      const altered = bytes.slice()
      altered[bytes.length - 1] = (altered[bytes.length - 1] as number) ^ 1
      log.files.set(path, altered)
      await expect(restart(), path).rejects.toMatchObject({ code: 'ledger-inconsistent' })
      log.files.set(path, bytes)
    }
    expect((await restart()).size).toBe(300)
  })

  it('is empty with the empty root, and appending nothing changes nothing', () => {
    const { size, root, tiles, edge } = appendEntries({ edge: EMPTY_EDGE, entries: [] })
    expect({ size, root, tiles }).toEqual({ size: 0, root: EMPTY_ROOT, tiles: [] })
    const later = appendEntries({ edge: new MemoryLog().append(...entries(0, 300)).edge, entries: [] })
    expect(later.tiles).toEqual([])
    expect(edgeRoot(edge)).toEqual(EMPTY_ROOT)
  })

  it('refuses an entry that does not fit a length of 16 bits, and an edge whose pieces do not fit', () => {
    expect(() => frameEntry(new Uint8Array(65_536))).toThrow(/65535/)
    expect(frameEntry(new Uint8Array(65_535))).toHaveLength(65_537)
    const { edge } = new MemoryLog().append(...entries(0, 300))
    for (const damaged of [
      { ...edge, size: 301 },
      { ...edge, tiles: edge.tiles.slice(0, 1) },
      { ...edge, tiles: [] },
      { ...edge, size: -1 },
      { ...edge, bundle: edge.bundle.subarray(1) },
    ])
      expect(() => appendEntries({ edge: damaged, entries: [entryOf(0)] })).toThrow()
  })
})

describe('reading tiles', () => {
  it('falls back to a wider tile when the partial one has been deleted', async () => {
    const log = new MemoryLog()
    for (const size of [300, 400, 700]) log.append(...entries(log.size, size))
    log.prune()
    const tile = await readTile({ read: log.read, size: 300, level: 0, index: 1 })
    expect(tile).toHaveLength(44 * 32)
    const bundle = await readTile({ read: log.read, size: 300, level: 'entries', index: 1 })
    expect(parseBundle(bundle, 44).at(-1)).toEqual(entryOf(299))
    expect(log.reads).toEqual(['tile/0/001.p/44', 'tile/0/001', 'tile/entries/001.p/44', 'tile/entries/001'])
  })

  it('finds a wider partial tile when told the log’s latest size', async () => {
    const log = new MemoryLog().append(...entries(0, 300)).append(...entries(300, 400))
    log.files.delete('tile/0/001.p/44')
    await expect(readTile({ read: log.read, size: 300, level: 0, index: 1 })).rejects.toThrow(
      /does not serve/,
    )
    const tile = await readTile({ read: log.read, size: 300, latestSize: 400, level: 0, index: 1 })
    expect(tile).toEqual(log.files.get('tile/0/001.p/144')?.subarray(0, 44 * 32))
  })

  it('attack: trailing garbage and wrong lengths are refused', async () => {
    const log = new MemoryLog().append(...entries(0, 3))
    const garbage = (path: string) => log.files.set(path, Uint8Array.of(...(log.files.get(path) ?? []), 0))
    garbage('tile/0/000.p/3')
    garbage('tile/entries/000.p/3')
    await expect(readTile({ read: log.read, size: 3, level: 0, index: 0 })).rejects.toMatchObject({
      code: 'malformed',
    })
    await expect(readTile({ read: log.read, size: 3, level: 'entries', index: 0 })).rejects.toMatchObject({
      code: 'malformed',
    })
  })
})

describe('entry bundles', () => {
  it('hold any entries and give them back', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 400 }), { maxLength: 256 }), (list) => {
        const bundle = Uint8Array.from(list.flatMap((entry) => [...frameEntry(entry)]))
        expect(parseBundle(bundle, list.length)).toEqual(list)
        expect(() => parseBundle(bundle, list.length + 1)).toThrow()
        if (list.length > 0) expect(() => parseBundle(bundle, list.length - 1)).toThrow()
      }),
      { numRuns: 50 },
    )
  })
})

describeVectors('the log that Tessera wrote', () => {
  const folder = 'tessera-testdata/testdata/log'
  it('is written by us to the byte, at each of its sizes', async () => {
    const read = vectorLog(folder)
    const bundle = (await read('tile/entries/000.p/15')) as Uint8Array
    const log = new MemoryLog()
    for (const entry of parseBundle(bundle, 15)) {
      log.append(entry)
      const note = readVectorText(`${folder}/checkpoint.${log.size}`)
      expect(log.root).toEqual(parseCheckpoint(parseNote(note).text).root)
    }
    const theirs = vectorLogPaths(folder).filter((path) => path.startsWith('tile/'))
    expect([...log.files.keys()].sort()).toEqual(theirs.sort())
    for (const path of theirs) expect(log.files.get(path), path).toEqual(await read(path))
    expect(fromBase64('47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=')).toEqual(EMPTY_ROOT)
  })
})
