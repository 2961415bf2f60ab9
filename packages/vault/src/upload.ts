import { CuroError } from '@curo/crypto/errors'
import type { VaultContext } from './context.ts'
import type { PartManifest } from './manifest.ts'
import { objectsOf, removeObjects } from './orphans.ts'
import { writePart } from './put-part.ts'
import { partBytes } from './stripes.ts'

type Source = AsyncIterable<Uint8Array> | Iterable<Uint8Array>

/** Collects the whole source, which must fit in one part. Throws 'too-large' when it does not, 'invalid-input' when it is empty. */
export async function uploadPart(
  context: VaultContext,
  { source, signal }: { source: Source | Uint8Array; signal?: AbortSignal | undefined },
): Promise<PartManifest> {
  if (source instanceof Uint8Array) return uploadBytes(context, source)
  let only: Uint8Array | undefined
  for await (const content of cutIntoParts(context, source, signal)) {
    if (only) throw tooLarge(context)
    only = content
  }
  if (!only) throw new CuroError('invalid-input', 'A part holds at least one byte.')
  return writePart(context, only)
}

function uploadBytes(context: VaultContext, bytes: Uint8Array): Promise<PartManifest> {
  if (bytes.length === 0) throw new CuroError('invalid-input', 'A part holds at least one byte.')
  if (bytes.length > partBytes(context.shape)) throw tooLarge(context)
  const content = context.buffers.take(bytes.length)
  content.set(bytes)
  return writePart(context, content)
}

const tooLarge = ({ shape }: VaultContext) =>
  new CuroError('too-large', `A part holds at most ${partBytes(shape)} bytes: send more parts.`)

/**
 * Stores a source of any length, `partsInFlight` parts at a time; `onPart` hears of each part once it is durable, in
 * order. When one fails, the others in work are waited for, and every part that `onPart` was not told of is removed.
 */
export async function uploadParts(
  context: VaultContext,
  options: {
    source: Source
    signal?: AbortSignal | undefined
    onPart?: ((part: PartManifest, index: number) => void | Promise<void>) | undefined
  },
): Promise<PartManifest[]> {
  const { source, signal, onPart } = options
  const parts: PartManifest[] = []
  const inWork: Promise<PartManifest>[] = []
  let reported = 0
  const takeFirst = async () => {
    parts.push(await (inWork[0] as Promise<PartManifest>))
    inWork.shift()
    if (!onPart) return
    await onPart(parts.at(-1) as PartManifest, reported)
    reported++
  }
  try {
    for await (const content of cutIntoParts(context, source, signal)) {
      const work = writePart(context, content)
      work.catch(() => undefined) // reported when its turn comes
      inWork.push(work)
      if (inWork.length >= context.partsInFlight) await takeFirst()
    }
    while (inWork.length > 0) await takeFirst()
    return parts
  } catch (error) {
    for (const outcome of await Promise.allSettled(inWork))
      if (outcome.status === 'fulfilled') parts.push(outcome.value)
    await removeObjects(context, objectsOf({ parts: parts.slice(reported) }))
    throw error
  }
}

/** The source in arrays of a full part each, the last one shorter; nothing for an empty source. */
async function* cutIntoParts(
  { shape, buffers }: VaultContext,
  source: Source,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  const capacity = partBytes(shape)
  let part: Uint8Array | undefined
  let filled = 0
  try {
    for await (const chunk of untilAborted(source, signal)) {
      for (let at = 0; at < chunk.length; ) {
        part ??= buffers.take(capacity)
        const count = Math.min(capacity - filled, chunk.length - at)
        part.set(chunk.subarray(at, at + count), filled)
        filled += count
        at += count
        if (filled < capacity) continue
        const full = part
        part = undefined
        filled = 0
        yield full
      }
    }
    if (!part) return
    const last = part.subarray(0, filled)
    part = undefined
    yield last
  } finally {
    if (part) buffers.give(part)
  }
}

/** The source, ended by the abort even while it is waited for: a sender may fall silent for ever. */
async function* untilAborted(source: Source, signal: AbortSignal | undefined): AsyncGenerator<Uint8Array> {
  if (!signal) return yield* source
  const iterator = Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator]()
  let isEnded = false
  try {
    for (;;) {
      const next = await unlessAborted(Promise.resolve(iterator.next()), signal)
      isEnded = next.done === true
      if (next.done) return
      yield next.value
    }
  } finally {
    // Not waited for: an iterator that hangs in next() hangs in return() too.
    if (!isEnded) void Promise.resolve(iterator.return?.()).catch(() => undefined)
  }
}

function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason)
    if (signal.aborted) return abort()
    signal.addEventListener('abort', abort, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
  })
}
