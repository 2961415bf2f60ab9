import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseTilePath, partialTiles, type TileCoordinates, tilePath, tileWidth } from './tiles.ts'

describe('tile paths', () => {
  it('are those of the specification', () => {
    expect(tilePath({ level: 0, index: 1234067, width: 256 })).toBe('tile/0/x001/x234/067')
    expect(tilePath({ level: 1, index: 0, width: 1 })).toBe('tile/1/000.p/1')
    expect(tilePath({ level: 'entries', index: 1000, width: 12 })).toBe('tile/entries/x001/000.p/12')
    expect(tilePath({ level: 0, index: 999, width: 256 })).toBe('tile/0/999')
  })

  it('are read back, and no other spelling of them is', () => {
    const levels = fc.constantFrom<TileCoordinates['level']>(0, 1, 2, 3, 4, 5, 6, 'entries')
    fc.assert(
      fc.property(levels, fc.maxSafeNat(), fc.integer({ min: 1, max: 256 }), (level, index, width) => {
        const path = tilePath({ level, index, width })
        expect(parseTilePath(path)).toEqual({ level, index, width })
      }),
    )
    const wrong = [
      'tile/0/0',
      'tile/00/000',
      'tile/7/000',
      'tile/0/x000/000',
      'tile/0/001/000',
      'tile/0/x001/x000',
      'tile/0/000.p/0',
      'tile/0/000.p/01',
      'tile/0/000.p/256',
      'tile/0/000.p/1/',
      'tile/0/000.p',
      'tile/data/000',
      '/tile/0/000',
      'tile/0/../0/000',
      'tile/entries/x999/x999/x999/x999/x999/999',
    ]
    for (const path of wrong) expect(parseTilePath(path), path).toBeUndefined()
  })

  it('of a tree of 70,000 entries are those of the specification', () => {
    expect(partialTiles(70_000)).toEqual([
      { level: 'entries', index: 273, width: 112 },
      { level: 0, index: 273, width: 112 },
      { level: 1, index: 1, width: 17 },
      { level: 2, index: 0, width: 1 },
    ])
    expect(tileWidth({ level: 0, index: 272 }, 70_000)).toBe(256)
    expect(tileWidth({ level: 1, index: 0 }, 70_000)).toBe(256)
    expect(tileWidth({ level: 0, index: 274 }, 70_000)).toBe(0)
    expect(partialTiles(256)).toEqual([{ level: 1, index: 0, width: 1 }])
    expect(partialTiles(0)).toEqual([])
  })
})
