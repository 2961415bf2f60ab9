import { concatBytes, equalBytes } from '@curo/crypto/bytes'
import { CuroError } from '@curo/crypto/errors'
import { leafHash } from '@curo/crypto/merkle'
import { frameEntry, parseBundle } from './bundles.ts'
import { type ReadResource, readTile } from './tile-reader.ts'
import { foldPeaks, TileTree } from './tile-tree.ts'
import { HASH_BYTES, hashesAtLevel, MAX_TILE_LEVEL, partialTiles, TILE_WIDTH, tilePath } from './tiles.ts'
import { isTreeSize, MAX_TREE_SIZE } from './tree-size.ts'

/**
 * All that is needed to go on appending: the partial tile of each level (hashes joined, empty if there is none) and the
 * partial entry bundle. At most 56 kB of hashes; can always be read back from the tiles with edgeFromTiles.
 */
export type LogEdge = { size: number; tiles: readonly Uint8Array[]; bundle: Uint8Array }
/** A file of the log, by its path in tlog-tiles. */
export type LogResource = { path: string; bytes: Uint8Array }

export const EMPTY_EDGE: LogEdge = { size: 0, tiles: [], bundle: new Uint8Array() }

/** The RFC 6962 root of the tree that ends at this edge. */
export function edgeRoot({ tiles }: Pick<LogEdge, 'tiles'>): Uint8Array {
  const peaks = tiles.map((tile) => (tile.length === 0 ? [] : new TileTree(tile).peaks()))
  return foldPeaks(peaks.reverse().flat())
}

/**
 * Appends entries: pure, so that the sequencer can stage, sign and store in the only crash-safe order.
 * @returns the new edge and root, and every resource that is new at this size: full tiles and bundles, and the partial
 *   ones that the checkpoint of this size requires (tlog-tiles § Partial Tiles)
 * @throws CuroError 'too-large' when an entry exceeds 65,535 bytes
 */
export function appendEntries({ edge, entries }: { edge: LogEdge; entries: readonly Uint8Array[] }): {
  edge: LogEdge
  size: number
  root: Uint8Array
  tiles: LogResource[]
} {
  const tiles: LogResource[] = []
  const writer = new TileWriter(edge, (resource) => tiles.push(resource))
  for (const entry of entries) writer.append(entry)
  const next = writer.edge()
  tiles.push(
    ...partialResources(next).filter(
      ({ level }) => hashesAtLevel(level, next.size) !== hashesAtLevel(level, edge.size),
    ),
  )
  return {
    edge: next,
    size: next.size,
    root: edgeRoot(next),
    tiles: tiles.map(({ path, bytes }) => ({ path, bytes })),
  }
}

/** The partial tiles and the partial bundle at an edge. */
export function partialResources(edge: LogEdge): (LogResource & { level: number | 'entries' })[] {
  return partialTiles(edge.size).map((coordinates) => ({
    level: coordinates.level,
    path: tilePath(coordinates),
    bytes: coordinates.level === 'entries' ? edge.bundle : (edge.tiles[coordinates.level] as Uint8Array),
  }))
}

/** Takes entries one by one and hands out each tile and bundle the moment it is full. */
export class TileWriter {
  readonly #hasher: TileHasher
  #bundle: Uint8Array[]
  readonly #onFull: (resource: LogResource) => void

  constructor(edge: LogEdge, onFull: (resource: LogResource) => void) {
    checkEdge(edge)
    this.#bundle = [edge.bundle]
    this.#onFull = onFull
    this.#hasher = new TileHasher(edge, onFull)
  }

  append(entry: Uint8Array): void {
    if (this.#hasher.size >= MAX_TREE_SIZE) throw new CuroError('too-large', 'This log is full.')
    this.#bundle.push(frameEntry(entry))
    this.#hasher.push(leafHash(entry))
    if (this.#hasher.size % TILE_WIDTH > 0) return
    const index = this.#hasher.size / TILE_WIDTH - 1
    this.#onFull({
      path: tilePath({ level: 'entries', index, width: TILE_WIDTH }),
      bytes: concatBytes(...this.#bundle),
    })
    this.#bundle = []
  }

  /** Where the log stands now; a copy. */
  edge(): LogEdge {
    return { size: this.#hasher.size, tiles: this.#hasher.tiles(), bundle: concatBytes(...this.#bundle) }
  }
}

/** The tiles without the bundles: takes leaf hashes and hands out each tile of hashes the moment it is full. */
export class TileHasher {
  size: number
  readonly #tiles: { hashes: Uint8Array; count: number }[]
  readonly #onFull: (resource: LogResource & { level: number; index: number }) => void

  constructor(
    { size, tiles }: Pick<LogEdge, 'size' | 'tiles'>,
    onFull: (resource: LogResource & { level: number; index: number }) => void,
  ) {
    this.size = size
    this.#onFull = onFull
    this.#tiles = tiles.map((tile) => {
      const hashes = new Uint8Array(TILE_WIDTH * HASH_BYTES)
      hashes.set(tile)
      return { hashes, count: tile.length / HASH_BYTES }
    })
  }

  push(leaf: Uint8Array): void {
    this.size++
    this.#push(0, leaf)
  }

  #push(level: number, hash: Uint8Array): void {
    let tile = this.#tiles[level]
    if (!tile) {
      tile = { hashes: new Uint8Array(TILE_WIDTH * HASH_BYTES), count: 0 }
      this.#tiles[level] = tile
    }
    tile.hashes.set(hash, tile.count * HASH_BYTES)
    tile.count++
    if (tile.count < TILE_WIDTH) return
    const bytes = tile.hashes.slice()
    const index = hashesAtLevel(level, this.size) / TILE_WIDTH - 1
    tile.count = 0
    this.#onFull({ level, index, path: tilePath({ level, index, width: TILE_WIDTH }), bytes })
    this.#push(level + 1, new TileTree(bytes).node(8, 0))
  }

  /** The partial tile of each level; copies. */
  tiles(): Uint8Array[] {
    return this.#tiles.map(({ hashes, count }) => hashes.slice(0, count * HASH_BYTES))
  }
}

/** @throws CuroError 'invalid-input' when the pieces do not fit the size: such an edge would write wrong tiles */
function checkEdge({ size, tiles, bundle }: LogEdge): void {
  const fits =
    isTreeSize(size) &&
    tiles.every((tile, level) => tile.length === (hashesAtLevel(level, size) % TILE_WIDTH) * HASH_BYTES) &&
    partialTiles(size).every(({ level }) => level === 'entries' || level < tiles.length)
  if (!fits)
    throw new CuroError('invalid-input', 'The edge of this log is damaged; read it again from the tiles.')
  parseBundle(bundle, size % TILE_WIDTH)
}

/**
 * Reads the edge of a log of `size` entries back from its tiles and compares it with `root`, the root of the head that
 * was last signed.
 * @throws CuroError 'not-found' when a tile is absent, 'ledger-inconsistent' when tiles, bundle and root differ
 */
export async function edgeFromTiles({
  read,
  size,
  root,
}: {
  read: ReadResource
  size: number
  root: Uint8Array
}): Promise<LogEdge> {
  const resources = await Promise.all(
    partialTiles(size).map(async (tile) => ({ ...tile, bytes: await readTile({ read, size, ...tile }) })),
  )
  const levels = Array.from({ length: MAX_TILE_LEVEL + 1 }, (_, level) => level)
  const tiles = levels
    .filter((level) => hashesAtLevel(level, size) > 0)
    .map((level) => resources.find((resource) => resource.level === level)?.bytes ?? new Uint8Array())
  const bundle = resources.find(({ level }) => level === 'entries')?.bytes ?? new Uint8Array()
  const edge = { size, tiles, bundle }
  const leaves = concatBytes(...parseBundle(bundle, size % TILE_WIDTH).map(leafHash))
  if (!equalBytes(leaves, tiles[0] ?? new Uint8Array()) || !equalBytes(edgeRoot(edge), root))
    throw new CuroError(
      'ledger-inconsistent',
      'The tiles of this log do not lead to the root that was signed.',
    )
  return edge
}
