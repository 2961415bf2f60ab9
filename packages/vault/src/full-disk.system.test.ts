import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { makeFolderBucket } from './buckets/folder.ts'
import { PIECE_BYTES } from './stripes.ts'
import { collect, contentOf, isSame } from './testing/vault-fixture.ts'
import { makeVault } from './vault.ts'

let root: string
const mounted: string[] = []
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'curo-full-'))
})
afterEach(async () => {
  for (const path of mounted.splice(0)) spawnSync('umount', ['--lazy', path])
  await rm(root, { recursive: true, force: true })
})

/** Whether this machine lets us mount a tmpfs; where not, we say so once. */
const canMount = (() => {
  const probe = spawnSync('unshare', ['--mount', 'mount', '-t', 'tmpfs', 'tmpfs', tmpdir()])
  const isAllowed = process.getuid?.() === 0 && probe.status === 0
  if (!isAllowed)
    process.stderr.write('The full-disk tests are skipped: they mount a tmpfs, which only root may.\n')
  return isAllowed
})()

const bucketAt = (index: number) =>
  makeFolderBucket({ name: `bucket-${index}`, path: join(root, `bucket-${index}`), create: true })

function mountTmpfs(index: number, options: string): void {
  const path = join(root, `bucket-${index}`)
  execFileSync('mkdir', ['-p', path])
  execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', path])
  mounted.push(path)
}

const content = contentOf(64 * PIECE_BYTES)

test.skipIf(!canMount)(
  'a disk that fills up in the middle of an upload degrades it, and is left without half objects',
  async () => {
    mountTmpfs(0, 'size=3m,mode=700')
    const buckets = Array.from({ length: 6 }, (_, i) => bucketAt(i))
    // One after the other: of two at once, both could find the disk full.
    const vault = makeVault({ buckets, threads: 0, partsInFlight: 1 })
    const manifest = await vault.put({ source: [content] })
    const missing = manifest.parts.map(({ objects }) => objects.filter((object) => object === null).length)
    expect(missing).toEqual([0, 1])
    expect(isSame(await collect(vault.read({ manifest })), content)).toBe(true)
    expect(await readdir(join(root, 'bucket-0', 'unfinished'))).toEqual([])
    // With space again the repair completes it.
    execFileSync('mount', ['-o', 'remount,size=64m', join(root, 'bucket-0')])
    const outcome = await vault.repair({ manifest })
    expect(outcome.remaining).toEqual([])
    expect((await vault.scrub({ manifest: outcome.manifest })).damages).toEqual([])
  },
)

test.skipIf(!canMount)(
  'two full disks fail the write as storage-full and give back what it had taken',
  async () => {
    for (const i of [0, 1]) mountTmpfs(i, 'size=1m,mode=700')
    const buckets = Array.from({ length: 6 }, (_, i) => bucketAt(i))
    const vault = makeVault({ buckets, threads: 0 })
    const failure = await vault
      .putPart({ source: content.subarray(0, 32 * PIECE_BYTES) })
      .catch((error) => error)
    expect(failure).toMatchObject({ code: 'storage-full', details: { durable: 4, needed: 5 } })
    for (const bucket of buckets) for await (const object of bucket.list()) expect(object).toBeUndefined()
    expect((await vault.probe())['bucket-0']).toMatchObject({ freeBytes: expect.any(Number) })
  },
)

test.skipIf(!canMount)('a disk that was remounted read-only is told apart, and still read', async () => {
  mountTmpfs(0, 'size=64m,mode=700')
  const buckets = Array.from({ length: 6 }, (_, i) => bucketAt(i))
  const vault = makeVault({ buckets, threads: 0 })
  const manifest = await vault.put({ source: [content] })
  execFileSync('mount', ['-o', 'remount,ro', join(root, 'bucket-0')])
  expect((await vault.probe())['bucket-0']).toMatchObject({
    code: 'unavailable',
    writable: false,
    problem: 'Bucket bucket-0 may not be written to: check its mount and rights.',
  })
  const degraded = await vault.put({ source: [content] })
  expect(degraded.parts[0]?.objects.filter((object) => object === null)).toHaveLength(1)
  expect((await vault.scrub({ manifest })).damages).toEqual([])
})
