import { randomUUID } from 'node:crypto'
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  type S3ClientConfig,
  S3ServiceException,
} from '@aws-sdk/client-s3'
import { concatBytes } from '@curo/crypto/bytes'
import { CuroError, isCuroError } from '@curo/crypto/errors'
import { isBucketName } from '../manifest.ts'
import { type Bucket, type ByteRange, checkKey, type ListedObject, problemOf } from './bucket.ts'

/** Ranges closer together than this are fetched as one: bytes are cheaper than a round trip. */
const WORTH_SKIPPING_BYTES = 512 * 1024

export interface S3BucketOptions {
  /** The vault's name for it. */
  name: string
  /** The store's name for it. */
  bucket: string
  /** Put before every key, for instance 'curo/'. */
  prefix?: string
  /** Left out for AWS itself. */
  endpoint?: string
  region?: string
  /** Left out to take them from the environment, as every AWS tool does. */
  credentials?: { accessKeyId: string; secretAccessKey: string; sessionToken?: string }
  /** Most S3 servers other than AWS want the bucket's name in the path, the default when there is an endpoint. */
  forcePathStyle?: boolean
  /** Tries per call, with the SDK's back-off between them. */
  maxAttempts?: number
}

/** A bucket in any S3 store. A PUT that was answered is durable, by the contract of S3. */
export function makeS3Bucket(options: S3BucketOptions): Bucket & { close(): void } {
  const { name, bucket, prefix = '' } = options
  if (!isBucketName(name))
    throw new CuroError('invalid-input', 'A bucket name is up to 63 of a–z, 0–9 and “-”.')
  const client = new S3Client(clientConfig(options))
  const place = (key: string) => ({ Bucket: bucket, Key: prefix + key })
  const abortable = (signal?: AbortSignal) => (signal ? { abortSignal: signal } : {})

  async function put(key: string, pieces: readonly Uint8Array[], signal?: AbortSignal): Promise<void> {
    const body = concatBytes(...pieces)
    await client.send(
      new PutObjectCommand({
        ...place(key),
        Body: body,
        ContentLength: body.length,
        ContentType: 'application/octet-stream',
      }),
      abortable(signal),
    )
  }

  async function fetchSpan({ offset, length }: ByteRange, key: string, signal?: AbortSignal) {
    const { Body } = await client.send(
      new GetObjectCommand({ ...place(key), Range: `bytes=${offset}-${offset + length - 1}` }),
      abortable(signal),
    )
    const bytes = new Uint8Array(length)
    let done = 0
    for await (const chunk of Body as AsyncIterable<Uint8Array>) {
      if (done + chunk.length > length)
        throw new CuroError('storage-damaged', `Bucket ${name} sends more than it was asked for.`)
      bytes.set(chunk, done)
      done += chunk.length
    }
    if (done < length) throw new CuroError('truncated', `Bucket ${name} has an object that is too short.`)
    return bytes
  }

  async function get(key: string, ranges: readonly ByteRange[], signal?: AbortSignal) {
    const spans = spansOf(ranges)
    const fetched = await Promise.all(spans.map((span) => fetchSpan(span, key, signal)))
    return ranges.map(({ offset, length }) => {
      const index = spans.findIndex(
        (span) => offset >= span.offset && offset + length <= span.offset + span.length,
      )
      const start = offset - (spans[index]?.offset ?? 0)
      return fetched[index]?.subarray(start, start + length) ?? new Uint8Array(0)
    })
  }

  async function* list(keyPrefix: string, signal?: AbortSignal): AsyncGenerator<ListedObject> {
    let token: string | undefined
    do {
      const page = await client
        .send(
          new ListObjectsV2Command({
            Bucket: bucket,
            Prefix: prefix + keyPrefix,
            ...(token === undefined ? {} : { ContinuationToken: token }),
          }),
          abortable(signal),
        )
        .catch((error) => Promise.reject(asCuroError(error, name)))
      for (const { Key, Size, LastModified } of page.Contents ?? [])
        if (Key !== undefined && LastModified)
          yield { key: Key.slice(prefix.length), size: Size ?? 0, modified: LastModified }
      token = page.IsTruncated ? page.NextContinuationToken : undefined
    } while (token !== undefined)
  }

  const translate = <T>(work: Promise<T>): Promise<T> =>
    work.catch((error) => Promise.reject(asCuroError(error, name)))

  return {
    name,
    kind: 's3',
    concurrency: 8,
    async put(key, pieces, { signal } = {}) {
      checkKey(key)
      await translate(put(key, pieces, signal))
    },
    async get(key, ranges, { signal } = {}) {
      checkKey(key)
      return translate(get(key, ranges, signal))
    },
    async size(key, { signal } = {}) {
      checkKey(key)
      const head = await translate(client.send(new HeadObjectCommand(place(key)), abortable(signal)))
      return head.ContentLength ?? 0
    },
    async remove(key, { signal } = {}) {
      checkKey(key)
      await translate(client.send(new DeleteObjectCommand(place(key)), abortable(signal))).catch((error) => {
        if (!isCuroError(error, 'not-found')) throw error
      })
    },
    list: (keyPrefix = '', { signal } = {}) => list(keyPrefix, signal),
    // A PUT is whole or nothing, and we never begin a multipart upload.
    removeUnfinished: async () => 0,
    async probe({ signal } = {}) {
      const key = `probe-${randomUUID()}`
      try {
        await translate(put(key, [Uint8Array.of(1)], signal))
        await translate(client.send(new DeleteObjectCommand(place(key)), abortable(signal)))
        return { writable: true }
      } catch (error) {
        return problemOf(error)
      }
    },
    close: () => client.destroy(),
  }
}

function clientConfig(options: S3BucketOptions): S3ClientConfig {
  const { endpoint, credentials } = options
  return {
    region: options.region ?? 'us-east-1',
    forcePathStyle: options.forcePathStyle ?? endpoint !== undefined,
    maxAttempts: options.maxAttempts ?? 3,
    // The default adds trailing checksums that most S3 servers refuse; ours are in the manifest.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(credentials === undefined ? {} : { credentials }),
  }
}

/** Neighbouring ranges joined; empty ones left out. */
export function spansOf(ranges: readonly ByteRange[]): ByteRange[] {
  const spans: { offset: number; length: number }[] = []
  for (const { offset, length } of [...ranges].sort((a, b) => a.offset - b.offset)) {
    if (length === 0) continue
    const last = spans.at(-1)
    if (last && offset - (last.offset + last.length) <= WORTH_SKIPPING_BYTES)
      last.length = Math.max(last.length, offset + length - last.offset)
    else spans.push({ offset, length })
  }
  return spans
}

const FULL = ['QuotaExceeded', 'XMinioStorageFull', 'InsufficientStorage', 'ServiceQuotaExceeded']

function asCuroError(cause: unknown, name: string): CuroError {
  if (isCuroError(cause)) return cause
  const status = cause instanceof S3ServiceException ? cause.$metadata.httpStatusCode : undefined
  const code = cause instanceof Error ? cause.name : ''
  if (code === 'NoSuchBucket')
    return new CuroError('unavailable', `Bucket ${name} is not there: create it or correct its name.`, {
      cause,
    })
  if (code === 'NoSuchKey' || status === 404)
    return new CuroError('not-found', `Bucket ${name} does not have the object.`, { cause })
  if (status === 416)
    return new CuroError('truncated', `Bucket ${name} has an object that is too short.`, { cause })
  if (status === 507 || FULL.includes(code))
    return new CuroError('storage-full', `Bucket ${name} is full: raise its quota.`, { cause })
  if (status === 401 || status === 403)
    return new CuroError('unavailable', `Bucket ${name} refuses our credentials or our rights.`, { cause })
  return new CuroError('unavailable', `Bucket ${name} does not answer as S3 should.`, { cause })
}
