import { equalBytes } from '@curo/crypto/bytes'
import { CuroError } from '@curo/crypto/errors'
import { parseBundle } from '@curo/ledger/bundles'
import { appendEntries, EMPTY_EDGE, edgeFromTiles, type LogEdge } from '@curo/ledger/tile-log'
import { type ReadResource, readTile } from '@curo/ledger/tile-reader'
import { TILE_WIDTH, tileWidth } from '@curo/ledger/tiles'
import type { TileFolder } from '../ledger/tile-folder.ts'

export type TreeHead = { size: number; root: Uint8Array }

/** Bundles fetched side by side; their entries are what is in memory at a time. */
const READ_AHEAD = 8

/**
 * Extends a verified copy of a log to a signed head, from entries that somebody serves. The tiles are computed here,
 * so what is served can be wrong in one way only: it does not lead to the signed root. The copy counts as extended
 * only when this returns; what was written until a failure is written over by the next attempt.
 * @param onEntries is given each run of new entries and the index of its first
 * @throws CuroError 'ledger-inconsistent' when the entries do not lead from `from` to `to`; 'not-found' |
 *   'unavailable' when they are not served
 */
export async function extendCopy({
  folder,
  source,
  from,
  to,
  onEntries,
}: {
  folder: Pick<TileFolder, 'read' | 'write'>
  source: ReadResource
  from: TreeHead
  to: TreeHead
  onEntries?: (entries: Uint8Array[], first: number) => Promise<void>
}): Promise<void> {
  const read = (path: string) => folder.read(path)
  let edge: LogEdge =
    from.size === 0 ? EMPTY_EDGE : await edgeFromTiles({ read, size: from.size, root: from.root })
  let root = from.root
  while (edge.size < to.size) {
    const first = edge.size
    const entries = await readRun({ source, first, size: to.size })
    await onEntries?.(entries, first)
    const next = appendEntries({ edge, entries })
    await folder.write(next.tiles)
    edge = next.edge
    root = next.root
  }
  if (edge.size !== to.size || !equalBytes(root, to.root))
    throw new CuroError(
      'ledger-inconsistent',
      'The entries of this log do not lead to the root that it signed.',
    )
}

/** The entries from `first` up to the end of the next few bundles, or of the log. */
async function readRun({
  source,
  first,
  size,
}: {
  source: ReadResource
  first: number
  size: number
}): Promise<Uint8Array[]> {
  const start = Math.floor(first / TILE_WIDTH)
  const end = Math.min(start + READ_AHEAD, Math.ceil(size / TILE_WIDTH))
  const bundles = await Promise.all(
    Array.from({ length: end - start }, async (_, at) => {
      const place = { level: 'entries' as const, index: start + at }
      return parseBundle(await readTile({ read: source, size, ...place }), tileWidth(place, size))
    }),
  )
  return bundles.flat().slice(first - start * TILE_WIDTH)
}
