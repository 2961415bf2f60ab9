import { describe, expect, it } from 'vitest'
import { equalBytes, toHex, utf8Text } from './bytes.ts'
import {
  COLUMN_OVERHEAD_BYTES,
  openColumn,
  sealColumn,
  sealColumnOfRows,
  searchToken,
} from './column-seal.ts'
import { randomBytes } from './random.ts'

const key = randomBytes(32)
const place = { key, table: 'patients', column: 'phone', rowId: 'row 1' }

describe('a sealed column', () => {
  it('gives text and bytes back', async () => {
    const sealed = await sealColumn({ ...place, value: '+91 98765 43210 — आशा' })
    expect(utf8Text(await openColumn({ ...place, sealed }))).toBe('+91 98765 43210 — आशा')
    const bytes = randomBytes(50)
    const sealedBytes = await sealColumn({ ...place, value: bytes })
    expect(sealedBytes.length).toBe(50 + COLUMN_OVERHEAD_BYTES)
    expect(await openColumn({ ...place, sealed: sealedBytes })).toEqual(bytes)
  })

  it('of many rows gives each back in its own row only, none with the salt of another', async () => {
    const { rowId: _, ...column } = place
    const rows = Array.from({ length: 50 }, (_, i) => ({ rowId: `row ${i}`, value: 'same' }))
    const sealed = await sealColumnOfRows({ ...column, rows })
    for (const [i, bytes] of sealed.entries()) {
      expect(utf8Text(await openColumn({ ...column, rowId: `row ${i}`, sealed: bytes }))).toBe('same')
      const other = { ...column, rowId: `row ${i + 1}`, sealed: bytes }
      await expect(openColumn(other)).rejects.toMatchObject({ code: 'tampered' })
    }
    expect(new Set(sealed.map((bytes) => toHex(bytes.subarray(1, 17)))).size).toBe(50)
    expect(await sealColumnOfRows({ ...column, rows: [] })).toEqual([])
  })

  it('does not open in another row, column, table or under another key', async () => {
    const sealed = await sealColumn({ ...place, value: 'secret' })
    const moves = [{ rowId: 'row 2' }, { column: 'email' }, { table: 'staff' }, { key: randomBytes(32) }]
    for (const move of moves)
      await expect(openColumn({ ...place, ...move, sealed })).rejects.toMatchObject({ code: 'tampered' })
  })

  it('names cannot run into each other', async () => {
    const sealed = await sealColumn({ ...place, table: 'ab', column: 'c', value: 'secret' })
    await expect(openColumn({ ...place, table: 'a', column: 'bc', sealed })).rejects.toMatchObject({
      code: 'tampered',
    })
    await expect(sealColumn({ ...place, table: 'a\0b', value: 'x' })).rejects.toMatchObject({
      code: 'invalid-input',
    })
  })

  it('equal values never look equal', async () => {
    const [a, b] = [
      await sealColumn({ ...place, value: 'same' }),
      await sealColumn({ ...place, value: 'same' }),
    ]
    expect(equalBytes(a.subarray(1, 17), b.subarray(1, 17))).toBe(false)
    expect(equalBytes(a.subarray(17), b.subarray(17))).toBe(false)
  })

  it('flipped bytes, truncation and a later suite are refused', async () => {
    const sealed = await sealColumn({ ...place, value: 'secret' })
    for (let at = 0; at < sealed.length; at++) {
      const flipped = sealed.slice()
      flipped[at] = (flipped[at] as number) ^ 1
      const code = at === 0 ? 'unsupported-suite' : 'tampered'
      await expect(openColumn({ ...place, sealed: flipped })).rejects.toMatchObject({ code })
    }
    await expect(openColumn({ ...place, sealed: sealed.slice(0, 32) })).rejects.toMatchObject({
      code: 'truncated',
    })
  })
})

describe('a search token', () => {
  it('is equal for equal values of one field under one key only', () => {
    const token = searchToken({ key, field: 'patient.phone', value: '9876543210' })
    expect(token.length).toBe(16)
    const others = [
      searchToken({ key, field: 'patient.email', value: '9876543210' }),
      searchToken({ key, field: 'patient.phone', value: '9876543211' }),
      searchToken({ key: randomBytes(32), field: 'patient.phone', value: '9876543210' }),
    ]
    expect(toHex(searchToken({ key, field: 'patient.phone', value: '9876543210' }))).toBe(toHex(token))
    for (const other of others) expect(toHex(other)).not.toBe(toHex(token))
  })
})
