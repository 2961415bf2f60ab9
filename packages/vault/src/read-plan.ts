// Which pieces to ask for, and when to rebuild instead. Pure decisions; gather.ts carries them out.
import { type PartManifest, stripesWithHashes } from './manifest.ts'
import { type PiecePlace, placesOf } from './stripes.ts'

export interface PieceName {
  readonly stripe: number
  readonly piece: number
}

/** slow: asked for and no longer counted on, but welcome if it still comes. The last three are lost for this read. */
export type PieceState = 'unasked' | 'asked' | 'slow' | 'have' | 'missing' | 'corrupt' | 'unreachable'

export interface TrackedPiece extends PiecePlace {
  /** Index in the part's objects. */
  readonly object: number
  state: PieceState
  bytes: Uint8Array<ArrayBuffer> | null
}

/** All pieces of a part, [stripe][piece]. Empty pieces need no reading: they are there from the start. */
export function trackPieces(part: PartManifest): TrackedPiece[][] {
  const stripes = stripesWithHashes(part)
  const pieces: TrackedPiece[][] = stripes.map(() => [])
  const orders = stripes.map(({ order }) => order)
  placesOf(stripes, orders, part).forEach((places, object) => {
    for (const place of places) {
      const isEmpty = place.length === 0
      const row = pieces[place.stripe] as TrackedPiece[]
      row[place.piece] = {
        ...place,
        object,
        state: isEmpty ? 'have' : 'unasked',
        bytes: isEmpty ? new Uint8Array(0) : null,
      }
    }
  })
  return pieces
}

export type NextStep =
  | { readonly kind: 'done' | 'wait' | 'rebuild' | 'hopeless' }
  | { readonly kind: 'ask'; readonly pieces: readonly TrackedPiece[] }

/**
 * What to do for one stripe (`row`) of which the pieces `targets` are wanted: ask for them; if one is lost or slow, ask
 * for as many others as rebuilding takes; rebuild as soon as any `dataShards` pieces are there.
 */
export function nextStep(
  row: readonly TrackedPiece[],
  targets: readonly TrackedPiece[],
  dataShards: number,
): NextStep {
  const absent = targets.filter(({ state }) => state !== 'have')
  if (absent.length === 0) return { kind: 'done' }
  if (absent.every(({ state }) => state === 'unasked')) return { kind: 'ask', pieces: absent }
  if (absent.some(({ state }) => state === 'asked')) return { kind: 'wait' }

  const count = (...states: PieceState[]) => row.filter(({ state }) => states.includes(state)).length
  if (count('have') >= dataShards) return { kind: 'rebuild' }
  const short = dataShards - count('have', 'asked')
  const others = row.filter(({ state }) => state === 'unasked')
  if (short > 0 && others.length > 0) return { kind: 'ask', pieces: others.slice(0, short) }
  return { kind: count('have', 'asked', 'slow') < dataShards ? 'hopeless' : 'wait' }
}
