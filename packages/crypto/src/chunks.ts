/** Bytes arriving in pieces of any size: a file stream, a fetch body, an array of arrays. */
export type ByteSource = AsyncIterable<Uint8Array> | Iterable<Uint8Array>

export type Chunk = {
  /** Valid until the next chunk is asked for: the buffer is used again. */
  bytes: Uint8Array
  last: boolean
}

/** `buffer`, or a larger one with its content: small contents must not cost a whole chunk's memory. */
function withRoom(buffer: Uint8Array<ArrayBuffer>, needed: number, most: number): Uint8Array<ArrayBuffer> {
  if (buffer.length >= needed) return buffer
  const larger = new Uint8Array(Math.min(most, Math.max(needed, 2 * buffer.length)))
  larger.set(buffer)
  return larger
}

/**
 * Cuts a source into chunks of exactly `size` bytes and a last one of 0 to `size` (0 only when there is nothing at
 * all). One chunk is held back, because only the next byte tells whether it was the last.
 */
export async function* chunksOf(source: ByteSource, size: number): AsyncGenerator<Chunk, void, undefined> {
  let filling = new Uint8Array(0)
  let full = new Uint8Array(0)
  let filled = 0
  let holdsFull = false
  for await (const piece of source) {
    for (let at = 0; at < piece.length; ) {
      if (holdsFull) {
        yield { bytes: full, last: false }
        holdsFull = false
      }
      // Whole chunks inside one piece go through without a copy; the piece's last bytes are copied, since a source may
      // use its buffer again.
      while (filled === 0 && piece.length - at > size) {
        yield { bytes: piece.subarray(at, at + size), last: false }
        at += size
      }
      const take = Math.min(size - filled, piece.length - at)
      filling = withRoom(filling, filled + take, size)
      filling.set(piece.subarray(at, at + take), filled)
      filled += take
      at += take
      if (filled === size) {
        ;[full, filling] = [filling, full]
        holdsFull = true
        filled = 0
      }
    }
  }
  if (holdsFull) yield { bytes: full, last: true }
  else yield { bytes: filling.subarray(0, filled), last: true }
}

/** The first `length` bytes (fewer if the source ends before) and, to be read once, everything after them. */
export async function takeBytes(
  source: ByteSource,
  length: number,
): Promise<{ taken: Uint8Array; rest: AsyncIterable<Uint8Array> }> {
  const iterator = iterate(source)
  const taken = new Uint8Array(length)
  let filled = 0
  let left: Uint8Array | undefined
  while (filled < length) {
    const { value: piece, done } = await iterator.next()
    if (done) break
    const take = Math.min(length - filled, piece.length)
    taken.set(piece.subarray(0, take), filled)
    filled += take
    left = piece.subarray(take)
  }
  return { taken: taken.subarray(0, filled), rest: follow(left, iterator) }
}

async function* iterate(source: ByteSource): AsyncGenerator<Uint8Array, undefined, undefined> {
  yield* source
  return undefined
}

async function* follow(
  first: Uint8Array | undefined,
  iterator: AsyncGenerator<Uint8Array, undefined, undefined>,
): AsyncGenerator<Uint8Array, void, undefined> {
  if (first && first.length > 0) yield first
  yield* iterator
}
