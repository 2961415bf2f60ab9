import { CuroError } from '@curo/crypto/errors'
import { isTreeSize } from './tree-size.ts'

/** Hashes in a full tile, entries in a full bundle. */
export const TILE_WIDTH = 256
export const HASH_BYTES = 32
/** 256^7 exceeds 2^53: no tree that a number can count has more levels. */
export const MAX_TILE_LEVEL = 6

/** A tile of hashes (level 0 … 6) or a bundle of entries, the `index`-th of its row, with `width` items. */
export type TileCoordinates = { level: number | 'entries'; index: number; width: number }

/** `tile/<L>/<N>[.p/<W>]` (tlog-tiles § Merkle Tree): 1234067 is written x001/x234/067. */
export function tilePath({ level, index, width }: TileCoordinates): string {
  if (!isTreeSize(index) || !Number.isInteger(width) || width < 1 || width > TILE_WIDTH)
    throw new CuroError('invalid-input', 'A tile has an index and 1 to 256 items.')
  let number = digits(index % 1000)
  for (let rest = Math.floor(index / 1000); rest > 0; rest = Math.floor(rest / 1000))
    number = `x${digits(rest % 1000)}/${number}`
  return `tile/${level}/${number}${width === TILE_WIDTH ? '' : `.p/${width}`}`
}

/**
 * Reads a path back; only the one canonical spelling is understood.
 * @returns undefined for a path that is none of a tile
 */
export function parseTilePath(path: string): TileCoordinates | undefined {
  const match = /^tile\/([0-6]|entries)\/((?:x[0-9]{3}\/){0,5}[0-9]{3})(?:\.p\/([1-9][0-9]{0,2}))?$/.exec(
    path,
  )
  if (!match) return undefined
  const level = match[1] === 'entries' ? 'entries' : Number(match[1])
  const index = Number((match[2] as string).replaceAll(/[x/]/g, ''))
  const width = match[3] === undefined ? TILE_WIDTH : Number(match[3])
  if (!isTreeSize(index) || width > TILE_WIDTH) return undefined
  return tilePath({ level, index, width }) === path ? { level, index, width } : undefined
}

function digits(number: number): string {
  return String(number).padStart(3, '0')
}

/** How many hashes all tiles of a level hold together in a tree of `size` entries: floor(size / 256^level). */
export function hashesAtLevel(level: number | 'entries', size: number): number {
  return level === 'entries' ? size : Math.floor(size / TILE_WIDTH ** level)
}

/** Width that a tile has in a tree of `size` entries; 0 when it does not exist there. */
export function tileWidth({ level, index }: Pick<TileCoordinates, 'level' | 'index'>, size: number): number {
  return Math.max(0, Math.min(TILE_WIDTH, hashesAtLevel(level, size) - index * TILE_WIDTH))
}

/** The partial tiles and the partial bundle of a tree of `size` entries, lowest level first. */
export function partialTiles(size: number): TileCoordinates[] {
  const partial: TileCoordinates[] = []
  for (const level of ['entries', 0, 1, 2, 3, 4, 5, 6] as const) {
    const hashes = hashesAtLevel(level, size)
    const width = hashes % TILE_WIDTH
    if (width > 0) partial.push({ level, index: Math.floor(hashes / TILE_WIDTH), width })
  }
  return partial
}
