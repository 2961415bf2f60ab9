import { CuroError } from '@curo/crypto/errors'
import type { VaultContext } from './context.ts'
import { gatherPieces } from './gather.ts'
import type { Manifest, PartManifest } from './manifest.ts'
import type { PieceName } from './read-plan.ts'
import { pieceLength, STRIPES_PER_PART, stripeBytes, stripesOf } from './stripes.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** What one part gives to a read: its pieces in order, each with the bytes to take from it. */
interface Portion {
  readonly part: PartManifest
  readonly index: number
  readonly wanted: readonly (PieceName & { from: number; to: number })[]
}

/**
 * Content from `start` (default 0) up to but without `end` (default the size), in order, every byte checked against
 * the manifest's hashes before it is given out. Holds `partsInFlight` parts at most, and less where many read. Throws 'invalid-input' for a range
 * outside the object; while reading, 'storage-damaged' or 'unavailable' as gatherPieces does.
 */
export async function* readContent(
  context: VaultContext,
  options: {
    manifest: Manifest
    start?: number | undefined
    end?: number | undefined
    signal?: AbortSignal | undefined
  },
): AsyncGenerator<Bytes> {
  const { manifest, start = 0, end = manifest.size, signal } = options
  if (
    !Number.isSafeInteger(start) ||
    !Number.isSafeInteger(end) ||
    start < 0 ||
    start > end ||
    end > manifest.size
  )
    throw new CuroError('invalid-input', `Choose a range within 0 to ${manifest.size}.`)

  const stopped = new AbortController()
  const stop = () => stopped.abort(signal?.reason)
  if (signal?.aborted) stop()
  signal?.addEventListener('abort', stop, { once: true })
  const ahead: { portion: Portion; pieces: Promise<Bytes[]> }[] = []
  const portions = portionsOf(manifest.parts, start, end, () => shareOf(context).stripes)
  const fetchMore = () => {
    while (ahead.length < shareOf(context).portions) {
      const { done, value: portion } = portions.next()
      if (done) return
      const pieces = gatherPieces(context, { ...portion, signal: stopped.signal })
      pieces.catch(() => undefined) // thrown when its turn comes
      ahead.push({ portion, pieces })
    }
  }
  context.reads.active++
  try {
    fetchMore()
    for (let next = ahead.shift(); next; next = ahead.shift()) {
      const pieces = await next.pieces
      fetchMore()
      for (const [i, { from, to }] of next.portion.wanted.entries()) {
        const piece = pieces[i] as Bytes
        yield from === 0 && to === piece.length ? piece : piece.subarray(from, to)
      }
    }
  } finally {
    context.reads.active--
    signal?.removeEventListener('abort', stop)
    stopped.abort(new CuroError('unavailable', 'The read was ended.'))
  }
}

/**
 * What one of many reads may fetch ahead: a reader whose network is slow holds what it was given, and there may be
 * hundreds of them. Few readers get whole parts, many get 2 MiB.
 */
function shareOf({ reads, partsInFlight }: VaultContext): { portions: number; stripes: number } {
  const isCrowded = reads.active > 4 * partsInFlight
  const portions = Math.max(1, Math.min(partsInFlight, Math.floor((4 * partsInFlight) / reads.active)))
  return { portions, stripes: isCrowded ? 2 : STRIPES_PER_PART }
}

/** The range in portions of up to `stripesAtOnce` stripes of one part, asked anew for each. */
function* portionsOf(
  parts: readonly PartManifest[],
  start: number,
  end: number,
  stripesAtOnce: () => number,
): Generator<Portion> {
  let partStart = 0
  for (const [index, part] of parts.entries()) {
    const to = Math.min(part.size, end - partStart)
    for (let from = Math.max(0, start - partStart); from < to; ) {
      const stripe = Math.floor(from / stripeBytes(part))
      const until = Math.min(to, (stripe + stripesAtOnce()) * stripeBytes(part))
      yield { part, index, wanted: piecesBetween(part, from, until) }
      from = until
    }
    partStart += part.size
    if (partStart >= end) return
  }
}

/** The data pieces that hold the bytes `start` … `end` of a part. */
export function piecesBetween(part: PartManifest, start: number, end: number): Portion['wanted'][number][] {
  return stripesOf(part.size, part).flatMap((stripe, index) => {
    if (stripe.offset >= end || stripe.offset + stripe.size <= start) return []
    return Array.from({ length: part.dataShards }, (_, piece) => {
      const offset = stripe.offset + piece * stripe.pieceBytes
      const length = pieceLength(stripe, piece, part)
      return { stripe: index, piece, from: Math.max(0, start - offset), to: Math.min(length, end - offset) }
    }).filter(({ from, to }) => from < to)
  })
}
