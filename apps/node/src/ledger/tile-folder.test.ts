import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { randomBytes } from '@curo/crypto/random'
import { appendEntries, EMPTY_EDGE } from '@curo/ledger/tile-log'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { TileFolder } from './tile-folder.ts'

let parent: string
let folder: TileFolder
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'curo-tiles-'))
  folder = new TileFolder(join(parent, 'ledger'))
})
afterEach(() => rm(parent, { recursive: true, force: true }))

const entries = (count: number) => Array.from({ length: count }, () => randomBytes(20))
const isDirectory = (name: string) =>
  readdir(join(parent, 'ledger', name)).then(
    () => true,
    () => false,
  )

test('a partial tile that was dropped when it became full is still served, cut from the full one', async () => {
  const first = appendEntries({ edge: EMPTY_EDGE, entries: entries(100) })
  await folder.write(first.tiles)
  const before = await Promise.all(first.tiles.map(({ path }) => folder.read(path)))
  const next = appendEntries({ edge: first.edge, entries: entries(300) })
  await folder.write(next.tiles)
  await folder.dropPartials(next.tiles)
  expect(await isDirectory('tile/0/000.p')).toBe(false)
  for (const [at, { path, bytes }] of first.tiles.entries()) {
    expect(before[at]).toEqual(Buffer.from(bytes))
    expect(Buffer.from((await folder.read(path)) ?? [])).toEqual(Buffer.from(bytes))
  }
})

test('after a drop the same partial tile can be written again, as a replay does', async () => {
  const first = appendEntries({ edge: EMPTY_EDGE, entries: entries(10) })
  const next = appendEntries({ edge: first.edge, entries: entries(250) })
  await folder.write(first.tiles)
  await folder.write(next.tiles)
  await folder.dropPartials(next.tiles)
  await folder.write(first.tiles)
  expect(await isDirectory('tile/0/000.p')).toBe(true)
})

test('a checkpoint is never replaced by an older one, however the writers race', async () => {
  await Promise.all([5, 9, 7, 9, 3].map((size) => folder.writeCheckpoint({ size, note: `note ${size}\n` })))
  expect(Buffer.from((await folder.read('checkpoint')) ?? []).toString()).toBe('note 9\n')
})

test('nothing outside the log is ever read', async () => {
  for (const path of [
    '../keys/log.key',
    'tile/../../keys/log.key',
    '/etc/passwd',
    'tile/0',
    'checkpoint/',
    '',
  ])
    expect(await folder.read(path), path).toBeUndefined()
})

test('what cannot be written leaves nothing behind', async () => {
  await folder.write([{ path: 'tile/0/000.p/1', bytes: new Uint8Array(32) }])
  // A file stands where a folder would have to be.
  const blocked = { path: 'tile/0/000.p/1/000', bytes: new Uint8Array(32) }
  await expect(folder.write([blocked])).rejects.toThrow()
  expect(await readdir(join(parent, 'ledger.unfinished'))).toEqual([])
})
