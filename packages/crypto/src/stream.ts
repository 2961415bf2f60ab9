import { GCM_TAG_BYTES } from './aes-gcm.ts'
import { type Bytes, equalBytes } from './bytes.ts'
import { type ChunkCipher, makeChunkCipher } from './chunk-cipher.ts'
import { type ByteSource, chunksOf, takeBytes } from './chunks.ts'
import { CuroError, isCuroError } from './errors.ts'
import { ChunkedRootHasher, merkleRootOfChunks } from './merkle.ts'
import {
  DEFAULT_CHUNK_BYTES,
  HEADER_BYTES,
  makeStreamKey,
  readStreamKey,
  sealedLength,
} from './stream-header.ts'

export type { ByteSource } from './chunks.ts'
export { DEFAULT_CHUNK_BYTES, HEADER_BYTES, sealedLength } from './stream-header.ts'

declare const brand: unique symbol

/** Sealed content, or a part of it: safe to store anywhere. */
export type Sealed = Bytes & { readonly [brand]: 'Sealed' }

/** Chunks in encryption or decryption at a time, while the main thread hashes; what bounds the memory. */
const IN_FLIGHT = 4

export type StreamResult = {
  /** RFC 6962 root over the sealed bytes, header included, in leaves of 4 KiB. */
  root: Bytes
  sealedBytes: number
  plainBytes: number
}

/** Gives the results in order of `start`, at most IN_FLIGHT started and not yet given. */
async function* pipelined<In, Out>(
  inputs: AsyncIterable<In>,
  start: (input: In) => Promise<Out>,
): AsyncGenerator<Out, void, undefined> {
  const started: Promise<Out>[] = []
  for await (const input of inputs) {
    const output = start(input)
    output.catch(() => {}) // reported when its turn comes; until then it is not unhandled
    started.push(output)
    if (started.length >= IN_FLIGHT) yield await (started.shift() as Promise<Out>)
  }
  for (const output of started) yield await output
}

export type StreamSealer = {
  /** The first 49 bytes of what is sealed. */
  readonly header: Bytes
  /** Header first, then one piece per chunk. To be used once. */
  seal(source: ByteSource): AsyncGenerator<Sealed, void, undefined>
  /** Once `seal` has been read to its end; throws 'invalid-input' before. */
  result(): StreamResult
}

export type SealStreamOptions = {
  /** 32 random bytes, made for this content alone. */
  dek: Uint8Array
  /** 64 bytes to 16 MiB of plaintext per chunk. */
  chunkBytes?: number
  /**
   * Of the sealer before this one, to seal the very same content again after the program has ended. Two contents under
   * one header would share nonces: whoever gives it compares each piece with what was sealed before it lets it out.
   */
  header?: Uint8Array | undefined
}

/**
 * STREAM (Hoang, Reyhanitabar, Rogaway, Vizár 2015) over AES-256-GCM: every chunk is bound to the header, its place and
 * whether it is the last. Memory is bounded by a few chunks.
 */
export function sealStream({
  dek,
  chunkBytes = DEFAULT_CHUNK_BYTES,
  header,
}: SealStreamOptions): StreamSealer {
  const stream = header ? readStreamKey(dek, header) : makeStreamKey(dek, chunkBytes)
  const hasher = new ChunkedRootHasher()
  let result: StreamResult | undefined
  let used = false
  async function* seal(source: ByteSource): AsyncGenerator<Sealed, void, undefined> {
    if (used) throw new CuroError('invalid-input', 'One sealer seals one content; make another one.')
    used = true
    const cipher = makeChunkCipher(stream)
    hasher.update(stream.header)
    yield stream.header.slice() as Sealed
    let [index, plainBytes, sealedBytes] = [0, 0, HEADER_BYTES]
    const chunks = pipelined(chunksOf(source, stream.chunkBytes), ({ bytes, last }) => {
      plainBytes += bytes.length
      return cipher.seal(index++, last, bytes)
    })
    for await (const sealed of chunks) {
      hasher.update(sealed)
      sealedBytes += sealed.length
      yield sealed as Sealed
    }
    result = { root: hasher.finish(), sealedBytes, plainBytes }
  }
  return {
    header: stream.header.slice(),
    seal,
    result() {
      if (result) return result
      throw new CuroError('invalid-input', 'The content is not sealed to its end yet.')
    },
  }
}

export type StreamOpener = {
  /** One piece of plaintext per chunk, each authenticated before it is given. To be used once. */
  open(source: ByteSource): AsyncGenerator<Bytes, void, undefined>
}

export type OpenStreamOptions = {
  dek: Uint8Array
  /**
   * Root in the signed envelope (32 bytes). Everyone who was ever given the DEK could have sealed other content with
   * it; only the root ties the content to its author. It is compared at the end, so believe nothing before the end.
   */
  root?: Uint8Array | undefined
}

/**
 * Opens what sealStream sealed. Throws 'wrong-key', 'malformed' or 'unsupported-suite' for the header, 'truncated' when
 * the end is missing, 'tampered' for changed, reordered, foreign or appended chunks and for another root.
 */
export function openStream({ dek, root }: OpenStreamOptions): StreamOpener {
  async function* open(source: ByteSource): AsyncGenerator<Bytes, void, undefined> {
    const { taken: header, rest } = await takeBytes(source, HEADER_BYTES)
    const stream = readStreamKey(dek, header)
    const cipher = makeChunkCipher(stream)
    const hasher = root ? new ChunkedRootHasher() : undefined
    hasher?.update(header)
    let index = 0
    yield* pipelined(chunksOf(rest, stream.chunkBytes + GCM_TAG_BYTES), ({ bytes, last }) => {
      const opened = openAt(cipher, { index: index++, last, sealed: bytes })
      hasher?.update(bytes) // while other threads decrypt
      return opened
    })
    checkRoot(root, hasher?.finish())
  }
  return { open }
}

function checkRoot(expected: Uint8Array | undefined, actual: Uint8Array | undefined): void {
  if (expected && actual && !equalBytes(expected, actual))
    throw new CuroError(
      'tampered',
      'This content is not the one that its author signed; fetch it from another place.',
    )
}

type PlacedChunk = { index: number; last: boolean; sealed: Uint8Array }

async function openAt(cipher: ChunkCipher, { index, last, sealed }: PlacedChunk): Promise<Bytes> {
  const cutOff = () => new CuroError('truncated', 'The end of the sealed content is missing; fetch it again.')
  if (sealed.length < GCM_TAG_BYTES) throw cutOff()
  if (!last) return cipher.open(index, last, sealed)
  const kept = sealed.slice()
  try {
    const plaintext = await cipher.open(index, last, sealed)
    if (plaintext.length > 0 || index === 0) return plaintext
  } catch (error) {
    if (!isCuroError(error, 'tampered')) throw error
    const isInnerChunk = await cipher.open(index, false, kept).then(
      () => true,
      () => false,
    )
    throw isInnerChunk ? cutOff() : error
  }
  throw new CuroError('malformed', 'The sealed content ends in an empty chunk, which Curo never writes.')
}

export type SealBytesOptions = SealStreamOptions & { plaintext: Uint8Array }

/** sealStream for content that fits in memory. */
export async function sealBytes(options: SealBytesOptions): Promise<StreamResult & { sealed: Sealed }> {
  const { plaintext, chunkBytes = DEFAULT_CHUNK_BYTES } = options
  const sealer = sealStream(options)
  const sealed = new Uint8Array(sealedLength(plaintext.length, chunkBytes))
  let at = 0
  for await (const piece of sealer.seal([plaintext])) {
    sealed.set(piece, at)
    at += piece.length
  }
  return { sealed: sealed as Sealed, ...sealer.result() }
}

/** openStream for content that fits in memory; a given root is checked before anything is decrypted. */
export async function openBytes({
  dek,
  root,
  sealed,
}: OpenStreamOptions & { sealed: Uint8Array }): Promise<Bytes> {
  if (root) checkRoot(root, merkleRootOfChunks(sealed))
  const plaintext = new Uint8Array(sealed.length)
  let length = 0
  for await (const piece of openStream({ dek }).open([sealed])) {
    plaintext.set(piece, length)
    length += piece.length
  }
  return plaintext.slice(0, length)
}
