import {
  dropUpload,
  getUpload,
  listUploads as listUploadsRoute,
  PART_BYTES,
  putUploadPart,
  startUpload,
} from '@curo/contract/vault'
import { freeBytes, fromBase64Url, toBase64Url } from '@curo/crypto/bytes'
import { CuroError, isCuroError } from '@curo/crypto/errors'
import { sha256InBackground } from '@curo/crypto/hash'
import { randomBytes } from '@curo/crypto/random'
import { DEK_BYTES } from '@curo/crypto/record'
import { sealedLength, sealStream } from '@curo/crypto/stream'
import type { CallOptions } from './api.ts'
import type { Sealing } from './sealing.ts'

/** What is read once, piece by piece; a Blob or File is never held in memory whole. */
export type FileSource = Blob | Uint8Array | AsyncIterable<Uint8Array>

export type FileUploadOptions = {
  sealing: Pick<Sealing, 'person'>
  source: FileSource
  /** Plaintext bytes; must be known beforehand, and the source must have exactly as many. */
  size: number
  /** The source's pieces are read by nobody else, as those of a Blob: their memory is given back as they are sealed. */
  ownsPieces?: boolean | undefined
  /** Of an upload that was cut short by the end of the program; the source begins anew. */
  kept?: KeptUpload | undefined
}

/**
 * [Note: an upload outlives the program] What must be kept, secret, to go on with an upload later. The same file is then
 * sealed again from its beginning, which gives the same bytes. That it is the same is not believed: each part is compared
 * with the digest that was kept before it was first sent, and with another file nothing more leaves, since two contents
 * under one key and header would share nonces.
 */
export type KeptUpload = {
  upload: string
  /** base64url. */
  dek: string
  header: string
  /** SHA-256 of each sealed part by its number, base64url; null for one that was never sent. */
  digests: (string | null)[]
}

export type UploadProgress = { sentBytes: number; totalBytes: number }

export type RunOptions = CallOptions & {
  onUpload?: ((progress: UploadProgress) => void) | undefined
  /** Called, and waited for, before a part is first sent: what to keep to go on after the program has ended. */
  onKeep?: ((kept: KeptUpload) => Promise<void>) | undefined
}

export type UploadedContent = { upload: string; dek: Uint8Array; root: Uint8Array; sealedSize: number }

/** Parts on their way at a time, and so the memory one upload takes: PARALLEL_PARTS × 8 MiB. */
const PARALLEL_PARTS = 3
const PART_TIMEOUT_MS = 10 * 60_000

/**
 * Seals a file while it is read and uploads it in parts of 8 MiB. After a failure or a cancel, `run` again goes on where
 * it stopped: what was sealed but is not known to be durable is still here, and is sent again.
 */
export class FileUpload {
  readonly #api: Sealing['person']['api']
  readonly #dek: Uint8Array
  readonly #digests: (string | null)[]
  /** One after the other, so that an older state never replaces a newer one. */
  #keeping: Promise<void> = Promise.resolve()
  readonly #sealedSize: number
  readonly #sealed: ReturnType<typeof sealStream>
  readonly #parts: AsyncIterator<Uint8Array>
  /** Sealed, not known to be durable. */
  readonly #waiting = new Map<number, Uint8Array>()
  /** Parts that the node had when this run began. */
  #durable = new Set<number>()
  #upload: string | null
  #nextPart = 0
  #sentBytes = 0
  #exhausted = false
  #running = false

  constructor({ sealing, source, size, ownsPieces = source instanceof Blob, kept }: FileUploadOptions) {
    this.#api = sealing.person.api
    this.#dek = kept ? fromBase64Url(kept.dek) : randomBytes(DEK_BYTES)
    this.#digests = [...(kept?.digests ?? [])]
    this.#upload = kept?.upload ?? null
    this.#sealedSize = sealedLength(size)
    this.#sealed = sealStream({ dek: this.#dek, header: kept && fromBase64Url(kept.header) })
    const pieces = exactly(source, { size, ownsPieces })
    this.#parts = partsOf(this.#sealed.seal(pieces), this.#sealedSize)[Symbol.asyncIterator]()
  }

  /** Id of the upload at the node. @throws CuroError 'invalid-input' before the first run */
  get id(): string {
    if (!this.#upload) throw new CuroError('invalid-input', 'This upload has not been started.')
    return this.#upload
  }

  /**
   * @throws CuroError 'unavailable' | 'storage-full' | 'expired' (run again or start anew), 'invalid-input' (the source
   * has another size than was said), or the signal's reason
   */
  async run(options: RunOptions = {}): Promise<UploadedContent> {
    if (this.#running) throw new CuroError('conflict', 'This upload is under way already.')
    this.#running = true
    try {
      await this.#begin(options)
      await this.#sendAll(options)
    } finally {
      this.#running = false
    }
    const { root, sealedBytes } = this.#sealed.result()
    return { upload: this.id, dek: this.#dek, root, sealedSize: sealedBytes }
  }

  /** Gives the upload up, so that the node can forget its parts. */
  async drop(options: CallOptions = {}): Promise<void> {
    await this.#parts.return?.()
    this.#waiting.clear()
    if (!this.#upload) return
    try {
      await this.#api.call(dropUpload, { params: { upload: this.#upload } }, options)
    } catch (error) {
      if (!isCuroError(error, 'not-found')) throw error
    }
  }

  async #begin(options: RunOptions): Promise<void> {
    if (this.#upload === null) {
      const { upload, partBytes } = await this.#api.call(
        startUpload,
        { body: { sealedSize: this.#sealedSize } },
        options,
      )
      if (partBytes !== PART_BYTES)
        throw new CuroError('invalid-input', 'This node takes parts of another size; update this program.')
      this.#upload = upload
      return
    }
    const { parts } = await this.#api.call(getUpload, { params: { upload: this.#upload } }, options)
    this.#durable = new Set(parts)
    for (const part of parts) this.#confirm(part, options)
  }

  async #sendAll(options: RunOptions): Promise<void> {
    const failures: unknown[] = []
    const resend = [...this.#waiting.keys()]
    const worker = async () => {
      while (failures.length === 0) {
        try {
          options.signal?.throwIfAborted()
          const part = resend.shift() ?? (await this.#sealNext(options))
          if (part === null) return
          if (this.#durable.has(part)) this.#confirm(part, options)
          else await this.#send(part, options)
        } catch (error) {
          failures.push(error)
        }
      }
    }
    await Promise.all(Array.from({ length: PARALLEL_PARTS }, worker))
    if (failures.length > 0) throw failures[0]
  }

  /** Seals the next part. Calls must not overlap in reading the iterator, and an async generator queues them. */
  async #sealNext(options: RunOptions): Promise<number | null> {
    if (this.#exhausted) return null
    const { done, value } = await this.#parts.next()
    if (done) {
      this.#exhausted = true
      return null
    }
    const part = this.#nextPart++
    this.#waiting.set(part, value)
    await this.#compare(part, value, options)
    return part
  }

  /** [Note: an upload outlives the program] */
  async #compare(part: number, sealed: Uint8Array, { onKeep }: RunOptions): Promise<void> {
    if (!onKeep && this.#digests.length === 0) return
    const digest = toBase64Url(await sha256InBackground(sealed))
    const before = this.#digests[part] ?? null
    if (before === digest) return
    if (before !== null) {
      this.#waiting.delete(part)
      this.#exhausted = true
      throw new CuroError(
        'conflict',
        'This is another file than the one whose upload was begun. Nothing of it was sent.',
      )
    }
    while (this.#digests.length < part) this.#digests.push(null)
    this.#digests[part] = digest
    this.#keeping = this.#keeping.then(() => onKeep?.(this.#kept()))
    await this.#keeping
  }

  #kept(): KeptUpload {
    return {
      upload: this.id,
      dek: toBase64Url(this.#dek),
      header: toBase64Url(this.#sealed.header),
      digests: [...this.#digests],
    }
  }

  async #send(part: number, options: RunOptions): Promise<void> {
    const body = this.#waiting.get(part)
    if (!body) return
    await this.#api.call(
      putUploadPart,
      { params: { upload: this.id, part }, body },
      { timeoutMs: PART_TIMEOUT_MS, signal: options.signal },
    )
    this.#confirm(part, options)
  }

  #confirm(part: number, options: RunOptions): void {
    const body = this.#waiting.get(part)
    if (!body) return
    this.#waiting.delete(part)
    this.#sentBytes += body.length
    freeBytes(body)
    options.onUpload?.({ sentBytes: this.#sentBytes, totalBytes: this.#sealedSize })
  }
}

/** A source as pieces, read once. */
export async function* piecesOf(source: FileSource): AsyncGenerator<Uint8Array> {
  if (source instanceof Uint8Array) {
    yield source
    return
  }
  if (source instanceof Blob) {
    // slice() reads only what is asked for; a Blob's stream() cannot be iterated in every browser.
    for (let at = 0; at < source.size; at += 1024 * 1024)
      yield new Uint8Array(await source.slice(at, at + 1024 * 1024).arrayBuffer())
    return
  }
  yield* source
}

/** The source's pieces, which must add up to `size`: the sealed size was promised to the node. */
async function* exactly(
  source: FileSource,
  { size, ownsPieces }: Required<Pick<FileUploadOptions, 'size' | 'ownsPieces'>>,
): AsyncGenerator<Uint8Array> {
  let seen = 0
  for await (const piece of piecesOf(source)) {
    seen += piece.length
    if (seen > size) break
    yield piece
    if (ownsPieces) freeBytes(piece)
  }
  if (seen !== size)
    throw new CuroError('invalid-input', 'The file changed while it was read. Start the upload again.')
}

/** Sealed bytes, `size` in all, regrouped into parts of exactly 8 MiB, the last one shorter. */
async function* partsOf(sealed: AsyncIterable<Uint8Array>, size: number): AsyncGenerator<Uint8Array> {
  let left = size
  let part = new Uint8Array(Math.min(PART_BYTES, left))
  let filled = 0
  for await (const piece of sealed) {
    for (let at = 0; at < piece.length; ) {
      const take = Math.min(part.length - filled, piece.length - at)
      part.set(piece.subarray(at, at + take), filled)
      filled += take
      at += take
      if (filled < part.length) continue
      left -= filled
      yield part
      part = new Uint8Array(Math.min(PART_BYTES, left))
      filled = 0
    }
    freeBytes(piece)
  }
}

/** One's own unfinished uploads, and how much room they take of what one may have. */
export async function listUploads(person: Sealing['person'], options: CallOptions = {}) {
  return person.api.call(listUploadsRoute, {}, options)
}

/** Gives up an upload that another window or an earlier visit began. It counts as done when it is gone already. */
export async function dropUploadById(
  person: Sealing['person'],
  upload: string,
  options: CallOptions = {},
): Promise<void> {
  try {
    await person.api.call(dropUpload, { params: { upload } }, options)
  } catch (error) {
    if (!isCuroError(error, 'not-found')) throw error
  }
}
