import type { Envelope } from '@curo/contract/records'
import { fromBase64Url } from '@curo/crypto/bytes'
import { CuroError } from '@curo/crypto/errors'
import { openBytes, openStream } from '@curo/crypto/stream'
import type { ByteStream } from './api.ts'

/** What of a verified envelope its content is compared with. */
export type ContentFacts = Pick<Envelope, 'root' | 'size' | 'sealedSize'>

function altered(): CuroError {
  return new CuroError(
    'tampered',
    'This record is not what its author sealed: it was altered or exchanged. The others are not affected.',
  )
}

/**
 * Sealed content held in memory: compared with the envelope that its author signed, then opened.
 * @throws CuroError 'tampered' | 'truncated' | 'wrong-key' | 'malformed'
 */
export async function openContent(
  envelope: ContentFacts,
  sealed: Uint8Array,
  dek: Uint8Array,
): Promise<Uint8Array> {
  if (sealed.length !== envelope.sealedSize) throw altered()
  const content = await openBytes({ dek, sealed, root: fromBase64Url(envelope.root) })
  if (content.length !== envelope.size) throw altered()
  return content
}

/**
 * Sealed content as it arrives. Every piece was authenticated under the record's key; that the whole is the one the
 * author signed is known at the end, so believe nothing before it.
 * @throws CuroError as openContent does, as soon as it shows, at the latest after the last piece
 */
export async function* openContentStream(
  envelope: ContentFacts,
  source: ByteStream,
  dek: Uint8Array,
): AsyncGenerator<Uint8Array> {
  if (source.length !== null && source.length !== envelope.sealedSize) throw altered()
  let sealedSize = 0
  async function* counted() {
    for await (const bytes of source.bytes) {
      sealedSize += bytes.length
      if (sealedSize > envelope.sealedSize) throw altered()
      yield bytes
    }
  }
  let size = 0
  for await (const plain of openStream({ dek, root: fromBase64Url(envelope.root) }).open(counted())) {
    size += plain.length
    yield plain
  }
  if (size !== envelope.size) throw altered()
}

/** Joins a stream in memory, up to `most` bytes. @throws CuroError 'too-large' */
export async function collectBytes(pieces: AsyncIterable<Uint8Array>, most: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let length = 0
  for await (const piece of pieces) {
    length += piece.length
    if (length > most)
      throw new CuroError('too-large', 'This is too large to show at once; save it to a file.')
    parts.push(piece)
  }
  const joined = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    joined.set(part, at)
    at += part.length
  }
  return joined
}
