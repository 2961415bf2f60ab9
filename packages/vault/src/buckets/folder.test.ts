import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, readdir, rm, stat, symlink, truncate, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { contentOf, isSame } from '../testing/vault-fixture.ts'
import type { Bucket } from './bucket.ts'
import { makeFolderBucket } from './folder.ts'

let path: string
let bucket: Bucket
beforeEach(async () => {
  path = join(await mkdtemp(join(tmpdir(), 'curo-folder-')), 'deep', 'bucket')
  bucket = makeFolderBucket({ name: 'cellar', path })
})
afterEach(() => rm(join(path, '..', '..'), { recursive: true, force: true }))

const key = 'ab0123456789abcdef0123456789abcd'
const objectPath = () => join(path, 'ab', key)
const content = contentOf(1_000_000)
const unavailable = { code: 'unavailable' }

async function listed(prefix?: string) {
  const found = []
  for await (const object of bucket.list(prefix)) found.push(object)
  return found
}

test('what is put in pieces comes back in ranges', async () => {
  await bucket.put(key, [content.subarray(0, 10), new Uint8Array(0), content.subarray(10)])
  expect(await bucket.size(key)).toBe(content.length)
  const ranges = [
    { offset: 0, length: 10 },
    { offset: 10, length: 0 },
    { offset: 20, length: 300_000 },
    { offset: 300_020, length: 1 },
    { offset: 900_000, length: 100_000 },
  ]
  const answers = await bucket.get(key, ranges)
  for (const [i, { offset, length }] of ranges.entries())
    expect(isSame(answers[i] as Uint8Array, content.subarray(offset, offset + length))).toBe(true)
})

test('an object is whole, private and alone: nothing unfinished stays', async () => {
  await bucket.put(key, [content])
  expect(await readdir(join(path, 'unfinished'))).toEqual([])
  expect((await stat(objectPath())).mode & 0o777).toBe(0o600)
  expect((await stat(path)).mode & 0o777).toBe(0o700)
  const [only] = await listed()
  expect(only).toMatchObject({ key, size: content.length })
  expect(Math.abs((only?.modified.getTime() ?? 0) - Date.now())).toBeLessThan(60_000)
  expect(await listed('ac')).toEqual([])
})

test('a second put of a key replaces the object', async () => {
  await bucket.put(key, [content])
  await bucket.put(key, [Uint8Array.of(1, 2, 3)])
  expect(await bucket.size(key)).toBe(3)
})

test.each([
  '',
  'a',
  '..',
  '../x',
  'a/b',
  'a\\b',
  '/etc/passwd',
  'a.b',
  'AB',
  'a\0b',
  'unfinished/../..',
  'é1',
  'a'.repeat(200),
])('attack: the key %j cannot leave the folder', async (bad) => {
  await expect(bucket.put(bad, [content])).rejects.toMatchObject({ code: 'invalid-input' })
  await expect(bucket.get(bad, [])).rejects.toMatchObject({ code: 'invalid-input' })
  await expect(bucket.size(bad)).rejects.toMatchObject({ code: 'invalid-input' })
  await expect(bucket.remove(bad)).rejects.toMatchObject({ code: 'invalid-input' })
})

test('attack: a link, a named pipe or a folder in an object’s place is not followed and does not hang', async () => {
  const secret = join(path, '..', 'secret')
  await bucket.put(key, [content])
  await writeFile(secret, 'not yours')
  const ranges = [{ offset: 0, length: 3 }]
  await rm(objectPath())
  await symlink(secret, objectPath())
  await expect(bucket.get(key, ranges)).rejects.toMatchObject({ code: 'not-found' })
  await expect(bucket.size(key)).rejects.toMatchObject({ code: 'not-found' })
  expect(await listed()).toEqual([])
  await rm(objectPath())
  execFileSync('mkfifo', [objectPath()])
  await expect(bucket.get(key, ranges)).rejects.toMatchObject({
    code: expect.stringMatching(/truncated|unavailable/),
  })
  await rm(objectPath())
  await mkdir(objectPath())
  await expect(bucket.get(key, ranges)).rejects.toMatchObject({ code: 'storage-damaged' })
})

test('an object that is missing is not found; one that is too short is truncated', async () => {
  await expect(bucket.get(key, [{ offset: 0, length: 1 }])).rejects.toMatchObject({ code: 'not-found' })
  await bucket.put(key, [content])
  await truncate(objectPath(), 5000)
  await expect(bucket.get(key, [{ offset: 4999, length: 2 }])).rejects.toMatchObject({ code: 'truncated' })
  await bucket.remove(key)
  await bucket.remove(key)
  await expect(bucket.size(key)).rejects.toMatchObject({ code: 'not-found' })
})

test('a folder that was deleted as a whole, or in part, is laid out again by the next put', async () => {
  await bucket.put(key, [content])
  await rm(path, { recursive: true })
  await expect(bucket.get(key, [{ offset: 0, length: 1 }])).rejects.toMatchObject({ code: 'not-found' })
  await bucket.put(key, [content])
  await rm(join(path, 'ab'), { recursive: true })
  await bucket.put(key, [content])
  await rm(join(path, 'unfinished'), { recursive: true })
  await bucket.put(key, [content])
  expect(await bucket.size(key)).toBe(content.length)
})

test('create: false: an unmounted disk is unavailable, and nothing is written into its mount point', async () => {
  await mkdir(path, { recursive: true })
  const mounted = makeFolderBucket({ name: 'cellar', path, create: false })
  await expect(mounted.put(key, [content])).rejects.toMatchObject(unavailable)
  await expect(mounted.get(key, [{ offset: 0, length: 1 }])).rejects.toMatchObject(unavailable)
  expect(await readdir(path)).toEqual([])
  await bucket.put(key, [content])
  expect(await mounted.size(key)).toBe(content.length)
  // The disk goes away while we run.
  await rm(path, { recursive: true })
  await mkdir(path)
  await expect(mounted.put(key, [content])).rejects.toMatchObject(unavailable)
  expect(await readdir(path)).toEqual([])
})

test('a folder of another bucket is refused: two disks mounted the wrong way round', async () => {
  await bucket.put(key, [content])
  const other = makeFolderBucket({ name: 'attic', path })
  await expect(other.put(key, [content])).rejects.toMatchObject(unavailable)
  expect(await other.probe()).toMatchObject({
    writable: false,
    problem: expect.stringContaining('another bucket'),
  })
})

test('a folder that cannot be made is unavailable', async () => {
  const file = join(path, '..', '..', 'file')
  await writeFile(file, '')
  const below = makeFolderBucket({ name: 'below', path: join(file, 'bucket') })
  await expect(below.put(key, [content])).rejects.toMatchObject(unavailable)
  expect(await below.probe()).toMatchObject({ writable: false })
})

test('probe writes, removes and tells the free space', async () => {
  const health = await bucket.probe()
  expect(health).toMatchObject({ writable: true })
  expect(health.freeBytes).toBeGreaterThan(0)
  expect(await listed()).toEqual([])
})

test('what unfinished writes left behind is cleared away once it is old', async () => {
  await bucket.probe()
  const leftover = join(path, 'unfinished', `${key}.left`)
  await writeFile(leftover, 'half')
  expect(await bucket.removeUnfinished({ olderThan: new Date(Date.now() - 60_000) })).toBe(0)
  await utimes(leftover, new Date(0), new Date(0))
  expect(await bucket.removeUnfinished({ olderThan: new Date(Date.now() - 60_000) })).toBe(1)
  expect(await readdir(join(path, 'unfinished'))).toEqual([])
})

test('many writers of many keys at once, from two buckets over one folder', async () => {
  const second = makeFolderBucket({ name: 'cellar', path })
  const keys = Array.from({ length: 40 }, (_, i) => `${i.toString(16).padStart(2, '0')}-object-${i}`)
  await Promise.all(keys.map((each, i) => (i % 2 ? bucket : second).put(each, [contentOf(5000, i)])))
  expect((await listed()).map((object) => object.key).sort()).toEqual([...keys].sort())
  for (const [i, each] of keys.entries()) {
    const [bytes] = await bucket.get(each, [{ offset: 0, length: 5000 }])
    expect(isSame(bytes as Uint8Array, contentOf(5000, i))).toBe(true)
  }
})

test('a write that was given up leaves no object', async () => {
  const controller = new AbortController()
  await bucket.probe()
  const writing = bucket.put(key, [content], { signal: controller.signal })
  controller.abort()
  await expect(writing).rejects.toMatchObject(unavailable)
  expect(await listed()).toEqual([])
  expect(await readdir(join(path, 'unfinished'))).toEqual([])
})
