import { equalBytes } from '@curo/crypto/bytes'
import { isCuroError } from '@curo/crypto/errors'
import { takeEntries } from './bundles.ts'
import { type ReadResource, readIfPresent, readTile } from './tile-reader.ts'
import { HASH_BYTES, parseTilePath, type TileCoordinates, tileWidth } from './tiles.ts'

/** `missing`: a resource is absent. `altered`: it says other than the rest. `garbage`: it is not in its one form. */
export type LogFault = {
  kind: 'missing' | 'altered' | 'garbage'
  path: string
  index?: number
  sentence: string
}

/**
 * Looks at every file of a log: each must be the checkpoint or a tile in its canonical place, and a partial tile must be
 * the beginning of the tile that grew out of it.
 * @returns how many tiles lie beyond the checkpoint
 */
export async function listingFaults({
  read,
  size,
  paths,
  report,
}: {
  read: ReadResource
  size: number
  paths: AsyncIterable<string> | Iterable<string>
  report: (fault: LogFault) => void
}): Promise<{ ahead: number }> {
  let ahead = 0
  for await (const path of paths) {
    if (path === 'checkpoint') continue
    const tile = parseTilePath(path)
    if (!tile) {
      report({ kind: 'garbage', path, sentence: 'This file is none of a log.' })
      continue
    }
    const width = tileWidth(tile, size)
    if (tile.width > width) {
      ahead++
      continue
    }
    if (tile.width < width && !(await isBeginning({ read, size, path, tile })))
      report({ kind: 'altered', path, sentence: 'An old partial tile differs from what the tile is now.' })
  }
  return { ahead }
}

async function isBeginning({
  read,
  size,
  path,
  tile: { level, index, width },
}: {
  read: ReadResource
  size: number
  path: string
  tile: TileCoordinates
}): Promise<boolean> {
  const old = await readIfPresent(read, path)
  if (!old) return true
  try {
    const now = await readTile({ read, size, level, index })
    const end = level === 'entries' ? takeEntries(now, width).end : width * HASH_BYTES
    return equalBytes(old, now.subarray(0, end))
  } catch (error) {
    if (isCuroError(error)) return false
    throw error
  }
}
