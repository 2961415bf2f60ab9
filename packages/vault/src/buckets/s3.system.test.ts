import { CreateBucketCommand, DeleteObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { objectsOf } from '../orphans.ts'
import { PIECE_BYTES } from '../stripes.ts'
import { hasRadosGateway, type RadosGateway, startRadosGateway } from '../testing/radosgw.ts'
import { collect, contentOf, isSame } from '../testing/vault-fixture.ts'
import { makeVault } from '../vault.ts'
import { makeS3Bucket } from './s3.ts'

if (!hasRadosGateway)
  process.stderr.write('The S3 tests are skipped: apt-get install ceph-mon ceph-osd radosgw ceph-common\n')

describe.skipIf(!hasRadosGateway)('against a RADOS gateway', () => {
  let gateway: RadosGateway
  let client: S3Client
  beforeAll(async () => {
    gateway = await startRadosGateway()
    const { endpoint, credentials } = gateway
    client = new S3Client({ endpoint, credentials, region: 'us-east-1', forcePathStyle: true })
    for (let i = 0; i < 6; i++) await client.send(new CreateBucketCommand({ Bucket: `cloud-${i}` }))
  })
  afterAll(async () => {
    client?.destroy()
    await gateway?.close()
  })

  const bucketAt = (index: number, options: { secretAccessKey?: string; bucket?: string } = {}) =>
    makeS3Bucket({
      name: `cloud-${index}`,
      bucket: options.bucket ?? `cloud-${index}`,
      prefix: 'curo/',
      endpoint: gateway.endpoint,
      credentials: {
        ...gateway.credentials,
        ...(options.secretAccessKey ? { secretAccessKey: options.secretAccessKey } : {}),
      },
      maxAttempts: 1,
    })
  const content = contentOf(9 * 4 * PIECE_BYTES + 4321)

  test('what is put in pieces comes back in ranges, joined or apart', async () => {
    const bucket = bucketAt(0)
    await bucket.put('aa-object', [content.subarray(0, 100), new Uint8Array(0), content.subarray(100)])
    expect(await bucket.size('aa-object')).toBe(content.length)
    const ranges = [
      { offset: 5_000_000, length: 10 },
      { offset: 0, length: 100 },
      { offset: 200, length: 0 },
      { offset: 300_000, length: 262_144 },
      { offset: content.length - 1, length: 1 },
    ]
    const answers = await bucket.get('aa-object', ranges)
    for (const [i, { offset, length }] of ranges.entries())
      expect(isSame(answers[i] as Uint8Array, content.subarray(offset, offset + length))).toBe(true)
    await bucket.remove('aa-object')
    await bucket.remove('aa-object')
    await expect(bucket.size('aa-object')).rejects.toMatchObject({ code: 'not-found' })
    await expect(bucket.get('aa-object', ranges)).rejects.toMatchObject({ code: 'not-found' })
  })

  test('an object that is too short is truncated, whether it ends before a range or within it', async () => {
    const bucket = bucketAt(0)
    await bucket.put('aa-short', [contentOf(1000)])
    for (const range of [
      { offset: 990, length: 11 },
      { offset: 2000, length: 1 },
    ])
      await expect(bucket.get('aa-short', [range])).rejects.toMatchObject({ code: 'truncated' })
    await bucket.remove('aa-short')
  })

  test('an empty object, and a listing of more than one page', async () => {
    const bucket = bucketAt(5)
    await bucket.put('aa-empty', [])
    expect(await bucket.size('aa-empty')).toBe(0)
    await bucket.remove('aa-empty')
    const keys = Array.from({ length: 1005 }, (_, i) => `ls-${String(i).padStart(5, '0')}`)
    await Promise.all(keys.map((key) => bucket.put(key, [Uint8Array.of(1)])))
    const listed = []
    for await (const object of bucket.list('ls-')) listed.push(object)
    expect(listed.map(({ key }) => key)).toEqual(keys)
    expect(
      listed.every(({ size, modified }) => size === 1 && Math.abs(modified.getTime() - Date.now()) < 600_000),
    ).toBe(true)
    await Promise.all(keys.map((key) => bucket.remove(key)))
  })

  test('a wrong secret or a bucket that does not exist is unavailable, never “no such object”', async () => {
    for (const bucket of [bucketAt(0, { secretAccessKey: 'wrong' }), bucketAt(0, { bucket: 'nowhere' })]) {
      await expect(bucket.put('aa-key', [content.subarray(0, 10)])).rejects.toMatchObject({
        code: 'unavailable',
      })
      await expect(bucket.get('aa-key', [{ offset: 0, length: 1 }])).rejects.toMatchObject({
        code: 'unavailable',
      })
      expect(await bucket.probe()).toMatchObject({ writable: false })
    }
    expect(await bucketAt(0).probe()).toEqual({ writable: true })
  })

  test('a vault over six clouds stores, reads, survives the loss of two, repairs', async () => {
    const vault = makeVault({ buckets: Array.from({ length: 6 }, (_, i) => bucketAt(i)), threads: 0 })
    const manifest = await vault.put({ source: [content] })
    expect(isSame(await collect(vault.read({ manifest })), content)).toBe(true)
    const part = content.subarray(5_000_000, 5_000_100)
    expect(isSame(await collect(vault.read({ manifest, start: 5_000_000, end: 5_000_100 })), part)).toBe(true)
    const lost = objectsOf(manifest).filter(({ bucket }) => bucket === 'cloud-1' || bucket === 'cloud-4')
    for (const { bucket, key } of lost)
      await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: `curo/${key}` }))
    expect(isSame(await collect(vault.read({ manifest })), content)).toBe(true)
    const outcome = await vault.repair({ manifest })
    expect(outcome.repaired).toHaveLength(lost.length)
    expect((await vault.scrub({ manifest: outcome.manifest })).damages).toEqual([])
    await vault.remove(objectsOf(outcome.manifest))
  })

  test('attack: a cloud that overwrites an object with other bytes is caught', async () => {
    const vault = makeVault({ buckets: Array.from({ length: 6 }, (_, i) => bucketAt(i)), threads: 0 })
    const manifest = await vault.put({ source: [content] })
    const victim = objectsOf(manifest).find(({ bucket }) => bucket === 'cloud-2')
    const forged = { Bucket: 'cloud-2', Key: `curo/${victim?.key}`, Body: contentOf(3 * 1024 * 1024, 99) }
    await client.send(new PutObjectCommand(forged))
    expect(isSame(await collect(vault.read({ manifest })), content)).toBe(true)
    const { damages } = await vault.scrub({ manifest })
    expect(damages.map(({ bucket, state }) => [bucket, state])).toEqual([['cloud-2', 'corrupt']])
    await vault.remove(objectsOf(manifest))
  })

  test('a quota that is used up is storage-full', async () => {
    const bucket = bucketAt(3)
    const put = () => bucket.put('aa-quota', [content.subarray(0, 300_000)])
    await gateway.setQuota(1)
    try {
      // The gateway counts with a delay of about a second, in which a fast machine puts many.
      let failure: unknown
      for (const deadline = Date.now() + 60_000; failure === undefined && Date.now() < deadline; )
        failure = await put().catch((error) => error)
      expect(failure).toMatchObject({ code: 'storage-full' })
    } finally {
      await gateway.setQuota(null)
    }
    // It also hears late that the bound is lifted.
    await expect.poll(put, { timeout: 60_000 }).toBeUndefined()
    await bucket.remove('aa-quota')
  })

  test('a cloud that stalls is given up in time, and is used again once it answers', async () => {
    const buckets = Array.from({ length: 6 }, (_, i) => bucketAt(i))
    const kept = content.subarray(0, 1_000_000)
    const manifest = await makeVault({ buckets, threads: 0 }).put({ source: [kept] })
    const vault = makeVault({ buckets, threads: 0, timeoutMs: 500, restMs: 100 })
    gateway.signal('SIGSTOP')
    try {
      const start = performance.now()
      await expect(collect(vault.read({ manifest }))).rejects.toMatchObject({ code: 'unavailable' })
      await expect(vault.putPart({ source: content.subarray(0, 100_000) })).rejects.toMatchObject({
        code: 'unavailable',
      })
      // Well below the 15 s that a call may take where nothing else is said.
      expect(performance.now() - start).toBeLessThan(10_000)
    } finally {
      gateway.signal('SIGCONT')
    }
    const read = () =>
      collect(vault.read({ manifest })).then(
        (bytes) => isSame(bytes, kept),
        () => false,
      )
    await expect.poll(read, { timeout: 60_000 }).toBe(true)
  })
})
