import { CuroError, isCuroError } from '@curo/crypto/errors'
import { takeEntries } from './bundles.ts'
import { TileTree } from './tile-tree.ts'
import { HASH_BYTES, TILE_WIDTH, type TileCoordinates, tilePath, tileWidth } from './tiles.ts'

/**
 * Reads a file of a log by its path (`checkpoint`, `tile/0/x001/234.p/7`). Absent: undefined, or a CuroError
 * 'not-found'.
 */
export type ReadResource = (path: string) => Promise<Uint8Array | undefined>

/** `latestSize`: a larger size of the same log, for which a wider partial tile may be all that is left. */
export type TileSource = { read: ReadResource; size: number; latestSize?: number | undefined }

/**
 * Reads a tile or bundle as it is in a tree of `size` entries. Logs may delete a partial tile once the full one exists,
 * so wider ones are tried and cut (tlog-tiles § Partial Tiles). The content is not verified.
 * @throws CuroError 'not-found', or 'malformed' | 'truncated' when the length is wrong
 */
export async function readTile({
  read,
  size,
  latestSize = size,
  level,
  index,
}: TileSource & Pick<TileCoordinates, 'level' | 'index'>): Promise<Uint8Array> {
  const width = tileWidth({ level, index }, size)
  if (width === 0) throw new CuroError('invalid-input', 'There is no such tile in a tree of this size.')
  const widths = [width, tileWidth({ level, index }, Math.max(size, latestSize)), TILE_WIDTH]
  for (const candidate of new Set(widths)) {
    const bytes = await readIfPresent(read, tilePath({ level, index, width: candidate }))
    if (bytes) return cut(bytes, { level, index, width: candidate }, width)
  }
  throw new CuroError('not-found', 'This log does not serve a tile that its checkpoint requires.', {
    details: { path: tilePath({ level, index, width }) },
  })
}

export async function readIfPresent(read: ReadResource, path: string): Promise<Uint8Array | undefined> {
  try {
    return await read(path)
  } catch (error) {
    if (isCuroError(error, 'not-found')) return undefined
    throw error
  }
}

function cut(bytes: Uint8Array, { level, width }: TileCoordinates, wanted: number): Uint8Array {
  if (level === 'entries') {
    const { end } = takeEntries(bytes, width)
    if (end !== bytes.length)
      throw new CuroError('malformed', 'There are bytes after the last entry of a bundle.')
    return wanted === width ? bytes : bytes.subarray(0, takeEntries(bytes, wanted).end)
  }
  if (bytes.length !== width * HASH_BYTES)
    throw new CuroError('malformed', 'A tile has another length than its path says.')
  return bytes.subarray(0, wanted * HASH_BYTES)
}

/** The perfect subtree over the entries [index · 2^level, (index + 1) · 2^level). */
export type TreeNode = { level: number; index: number }

/** Hashes of perfect subtrees out of tiles, each tile read once. */
export class TileHashes {
  readonly #source: TileSource
  readonly #tiles = new Map<string, Promise<TileTree>>()

  constructor(source: TileSource) {
    this.#source = source
  }

  /** The hashes of these nodes, which must all exist in the tree. */
  async nodes(nodes: readonly TreeNode[]): Promise<Uint8Array[]> {
    // A tile holds eight levels; on a multiple of eight the hash stands in the tile itself, not under its root.
    const places = nodes.map(({ level, index }) => {
      const inner = level % 8
      const first = index * 2 ** inner
      return {
        tileLevel: (level - inner) / 8,
        tile: Math.floor(first / TILE_WIDTH),
        inner,
        first: first % TILE_WIDTH,
      }
    })
    const tiles = await Promise.all(places.map(({ tileLevel, tile }) => this.#tile(tileLevel, tile)))
    return places.map(({ inner, first }, i) => (tiles[i] as TileTree).node(inner, first / 2 ** inner))
  }

  #tile(level: number, index: number): Promise<TileTree> {
    const key = `${level}/${index}`
    let tile = this.#tiles.get(key)
    if (!tile) {
      tile = readTile({ ...this.#source, level, index }).then((bytes) => new TileTree(bytes))
      this.#tiles.set(key, tile)
    }
    return tile
  }
}
