import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3'
import { buildApp } from 'fauxqs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { contentOf, isSame } from '../testing/vault-fixture.ts'
import { makeS3Bucket, spansOf } from './s3.ts'

const credentials = { accessKeyId: 'quick', secretAccessKey: 'quick' }
const server = buildApp({ logger: false })
let endpoint = ''
beforeAll(async () => {
  endpoint = await server.listen({ port: 0, host: '127.0.0.1' })
  const client = new S3Client({
    endpoint,
    credentials,
    region: 'us-east-1',
    forcePathStyle: true,
  })
  await client.send(new CreateBucketCommand({ Bucket: 'quick' }))
  client.destroy()
})
afterAll(() => server.close())

const open = () =>
  makeS3Bucket({
    name: 'quick',
    bucket: 'quick',
    prefix: 'curo/',
    endpoint,
    credentials,
    maxAttempts: 1,
  })

test('what is put in pieces comes back in ranges', async () => {
  const bucket = open()
  const content = contentOf(2_000_000)
  await bucket.put('aa-object', [content.subarray(0, 7), content.subarray(7)])
  const ranges = [
    { offset: 1_999_999, length: 1 },
    { offset: 0, length: 262_144 },
    { offset: 300_000, length: 0 },
  ]
  const answers = await bucket.get('aa-object', ranges)
  for (const [i, { offset, length }] of ranges.entries())
    expect(isSame(answers[i] as Uint8Array, content.subarray(offset, offset + length))).toBe(true)
  expect(await bucket.size('aa-object')).toBe(content.length)
  const listed = []
  for await (const { key, size } of bucket.list('aa')) listed.push({ key, size })
  expect(listed).toEqual([{ key: 'aa-object', size: content.length }])
  await bucket.remove('aa-object')
  await bucket.remove('aa-object')
  await expect(bucket.size('aa-object')).rejects.toMatchObject({ code: 'not-found' })
  expect(await bucket.probe()).toEqual({ writable: true })
})

test('a store that is not there is unavailable', async () => {
  const gone = makeS3Bucket({
    name: 'gone',
    bucket: 'gone',
    endpoint: 'http://127.0.0.1:1',
    credentials,
    maxAttempts: 1,
  })
  await expect(gone.put('aa-key', [Uint8Array.of(1)])).rejects.toMatchObject({ code: 'unavailable' })
  expect(await gone.probe()).toMatchObject({ writable: false })
})

test('attack: a key cannot leave the prefix', async () => {
  for (const bad of ['../other', '/x', 'a/b', ''])
    await expect(open().get(bad, [])).rejects.toMatchObject({ code: 'invalid-input' })
})

test('attack: a store that answers a range with gigabytes is not listened to', async () => {
  let sent = 0
  const liar = createServer((_, response) => {
    response.writeHead(206, { 'content-type': 'application/octet-stream' })
    const flood = () => {
      while (!response.destroyed && response.write(Buffer.alloc(65_536))) sent += 65_536
    }
    response.on('drain', flood)
    flood()
  })
  await new Promise<void>((resolve) => liar.listen(0, '127.0.0.1', resolve))
  const { port } = liar.address() as AddressInfo
  const bucket = makeS3Bucket({
    name: 'liar',
    bucket: 'liar',
    endpoint: `http://127.0.0.1:${port}`,
    credentials,
    maxAttempts: 1,
  })
  await expect(bucket.get('aa-key', [{ offset: 0, length: 100_000 }])).rejects.toMatchObject({
    code: 'storage-damaged',
  })
  expect(sent).toBeLessThan(50_000_000)
  bucket.close()
  liar.closeAllConnections()
  await new Promise((resolve) => liar.close(resolve))
})

test('ranges near each other are fetched together, distant ones apart', () => {
  const kib = 1024
  expect(
    spansOf([
      { offset: 256 * kib, length: 256 * kib },
      { offset: 0, length: 256 * kib },
      { offset: 5000 * kib, length: 1 },
      { offset: 900 * kib, length: 0 },
      { offset: 1024 * kib, length: 100 },
    ]),
  ).toEqual([
    { offset: 0, length: 1024 * kib + 100 },
    { offset: 5000 * kib, length: 1 },
  ])
})
