import { describe, expect, test } from 'vitest'
import { consentStateAt, inScope, isFresh, SINGLE_USE_MS } from './rules.ts'

const now = new Date('2026-05-04T10:00:00.000Z')
const later = (ms: number) => new Date(now.getTime() + ms)
const open = {
  ...{ not_after: later(1), single_use: false, first_used_at: null },
  ...{ revoked_at: null, given_back: false },
}

describe('the state of a consent', () => {
  test('it ends at its very instant', () => {
    expect(consentStateAt(open, now)).toBe('active')
    expect(consentStateAt({ ...open, not_after: now }, now)).toBe('expired')
  })
  test('a revocation outranks everything, and so does giving back', () => {
    expect(consentStateAt({ ...open, revoked_at: now }, now)).toBe('revoked')
    const over = { ...open, not_after: now, revoked_at: now, given_back: true }
    expect(consentStateAt(over, now)).toBe('given-back')
  })
  test('single use lasts one visit from the first use, not from the grant', () => {
    const single = { ...open, not_after: later(10 * SINGLE_USE_MS), single_use: true }
    expect(consentStateAt(single, later(5 * SINGLE_USE_MS))).toBe('active')
    expect(consentStateAt({ ...single, first_used_at: now }, later(SINGLE_USE_MS - 1))).toBe('active')
    expect(consentStateAt({ ...single, first_used_at: now }, later(SINGLE_USE_MS))).toBe('used')
  })
})

describe('scope', () => {
  const record = { id: 'r1', category: 'laboratory', occurred: '2024-02-29' }
  test('covers by category or by id, and nothing else', () => {
    expect(inScope({ categories: ['laboratory'], records: [] }, record)).toBe(true)
    expect(inScope({ categories: ['imaging'], records: ['r1'] }, record)).toBe(true)
    expect(inScope({ categories: ['imaging'], records: ['r2'] }, record)).toBe(false)
  })
  test('days are inclusive, also for records named one by one', () => {
    const scope = { categories: [], records: ['r1'] }
    expect(inScope({ ...scope, from: '2024-02-29', to: '2024-02-29' }, record)).toBe(true)
    expect(inScope({ ...scope, from: '2024-03-01' }, record)).toBe(false)
    expect(inScope({ ...scope, to: '2024-02-28' }, record)).toBe(false)
  })
  test('sensitive records are only reached when named', () => {
    expect(
      inScope({ categories: ['summary', 'laboratory'], records: [] }, { ...record, category: 'sensitive' }),
    ).toBe(false)
  })
})

test('a statement from another time of day is not fresh, in either direction', () => {
  expect(isFresh(now.toISOString(), now)).toBe(true)
  expect(isFresh(later(6 * 60_000).toISOString(), now)).toBe(false)
  expect(isFresh(later(-6 * 60_000).toISOString(), now)).toBe(false)
})
