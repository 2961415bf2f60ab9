import { setMaxListeners } from 'node:events'
import { equalBytes } from '@curo/crypto/bytes'
import { CuroError, isCuroError } from '@curo/crypto/errors'
import type { DamageState, VaultContext } from './context.ts'
import { type PartManifest, stripesWithHashes } from './manifest.ts'
import { HASH_BYTES } from './piece-hash.ts'
import { nextStep, type PieceName, type TrackedPiece, trackPieces } from './read-plan.ts'
import { pieceLength } from './stripes.ts'

type Bytes = Uint8Array<ArrayBuffer>

/**
 * The wanted data pieces of a part, each checked against its hash. Asks for exactly those first; where one is lost,
 * wrong or late, for as many others of its stripe as rebuilding takes.
 * Throws 'storage-damaged' when too many pieces are gone for good, 'unavailable' when their buckets may come back.
 */
export async function gatherPieces(
  context: VaultContext,
  request: {
    part: PartManifest
    index: number
    wanted: readonly PieceName[]
    signal?: AbortSignal | undefined
  },
): Promise<Bytes[]> {
  const { part, index, wanted, signal } = request
  signal?.throwIfAborted()
  const stripes = stripesWithHashes(part)
  const pieces = trackPieces(part)
  const pieceOf = ({ stripe, piece }: PieceName) => pieces[stripe]?.[piece] as TrackedPiece
  const targets = new Map<number, TrackedPiece[]>()
  for (const name of wanted) targets.set(name.stripe, [...(targets.get(name.stripe) ?? []), pieceOf(name)])

  const ended = new AbortController()
  setMaxListeners(0, ended.signal)
  const end = () => ended.abort(signal?.reason)
  const timers = new Set<NodeJS.Timeout>()
  const rebuilding = new Set<number>()

  const isRight = ({ stripe, piece }: PieceName, hashes: Uint8Array, at: number) =>
    equalBytes(
      hashes.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES),
      stripes[stripe]?.hashes[piece] as Uint8Array,
    )

  function lose(object: number, list: readonly TrackedPiece[], state: DamageState): void {
    // What was rebuilt in the meantime stays.
    for (const piece of list) if (piece.state !== 'have') piece.state = state
    const { bucket = null, key = null } = part.objects[object] ?? {}
    context.onDamage({ part: index, object, bucket, key, state })
  }

  /** Asks one object for its pieces and checks them. */
  async function ask(list: readonly TrackedPiece[], onSlow: () => void): Promise<void> {
    const object = list[0]?.object ?? 0
    const name = part.objects[object]
    const bounded = name && context.buckets.get(name.bucket)
    if (!bounded) return lose(object, list, 'missing')
    for (const piece of list) piece.state = 'asked'
    const hedge = setTimeout(() => {
      for (const piece of list) if (piece.state === 'asked') piece.state = 'slow'
      onSlow()
    }, context.hedgeMs)
    timers.add(hedge)
    try {
      const { bucket } = bounded
      const answer = await bounded.call((inner) => bucket.get(name.key, list, { signal: inner }), ended)
        .result
      const { pieces: checked, hashes } = await context.coder.hash(
        answer,
        list.map(({ piece }) => piece >= part.dataShards),
      )
      const right = list.filter((piece, i) => isRight(piece, hashes, i))
      for (const piece of right) {
        piece.bytes = checked[list.indexOf(piece)] as Bytes
        piece.state = 'have'
      }
      if (right.length < list.length) lose(object, list, 'corrupt')
    } catch (error) {
      if (!ended.signal.aborted) lose(object, list, damageOf(error))
    } finally {
      clearTimeout(hedge)
      timers.delete(hedge)
    }
  }

  async function rebuild(stripe: number): Promise<void> {
    const layout = stripes[stripe] as (typeof stripes)[number]
    const lost = (targets.get(stripe) ?? []).filter(({ state }) => state !== 'have')
    const rebuilt = await context.coder.rebuild({
      pieces: pieces[stripe]?.map(({ bytes }) => bytes) ?? [],
      wanted: lost.map(({ piece }) => piece),
      pieceBytes: layout.pieceBytes,
    })
    const { pieces: checked, hashes } = await context.coder.hash(
      rebuilt.map((bytes, i) => bytes.slice(0, pieceLength(layout, lost[i]?.piece ?? 0, part))),
      lost.map(() => false),
    )
    lost.forEach((piece, i) => {
      if (!isRight(piece, hashes, i))
        throw new CuroError(
          'storage-damaged',
          'The pieces of a stripe do not belong together: restore the manifest.',
        )
      piece.bytes = checked[i] as Bytes
      piece.state = 'have'
    })
    rebuilding.delete(stripe)
  }

  await new Promise<void>((resolve, reject) => {
    function advance(): void {
      const byObject = new Map<number, TrackedPiece[]>()
      for (const [stripe, stripeTargets] of targets) {
        if (rebuilding.has(stripe)) continue
        const row = pieces[stripe] as TrackedPiece[]
        const step = nextStep(row, stripeTargets, part.dataShards)
        if (step.kind === 'done') targets.delete(stripe)
        if (step.kind === 'hopeless') reject(tooFewPieces(row, part.dataShards))
        if (step.kind === 'ask')
          for (const piece of step.pieces)
            byObject.set(piece.object, [...(byObject.get(piece.object) ?? []), piece])
        if (step.kind === 'rebuild') {
          rebuilding.add(stripe)
          rebuild(stripe).then(advance, reject)
        }
      }
      if (targets.size === 0) resolve()
      for (const list of byObject.values()) ask(list, advance).then(advance, reject)
    }
    signal?.addEventListener('abort', end, { once: true })
    ended.signal.addEventListener('abort', () => reject(ended.signal.reason), { once: true })
    advance()
  }).finally(() => {
    signal?.removeEventListener('abort', end)
    for (const timer of timers) clearTimeout(timer)
    end()
  })
  return wanted.map((name) => pieceOf(name).bytes as Bytes)
}

/** What a failed read says about the object. */
export function damageOf(error: unknown): DamageState {
  if (isCuroError(error, 'not-found')) return 'missing'
  if (isCuroError(error, 'truncated', 'storage-damaged')) return 'corrupt'
  return 'unreachable'
}

function tooFewPieces(row: readonly TrackedPiece[], needed: number): CuroError {
  // What is still on its way may turn out well: it does not count as lost.
  const have = row.filter(({ state }) => state === 'have' || state === 'asked' || state === 'slow').length
  const unreachable = row.filter(({ state }) => state === 'unreachable').length
  if (have + unreachable >= needed)
    return new CuroError('unavailable', 'Too few buckets answer to read this: check them and try again.')
  return new CuroError(
    'storage-damaged',
    `Only ${have} of ${needed} needed pieces are left: restore a bucket.`,
    {
      details: { have, needed },
    },
  )
}
