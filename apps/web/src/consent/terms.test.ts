import { CATEGORIES } from '@curo/crypto/category'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Terms } from './sentence.ts'
import { faultsIn, isNarrower, shorterThan, type TermsValues, termsFrom, valuesOf } from './terms.ts'

const now = new Date('2026-11-21T10:00:00')
const hours = (count: number) => new Date(now.getTime() + count * 3_600_000).toISOString()

const asked: Terms = {
  scope: { categories: ['laboratory', 'imaging'], records: ['r1'], from: '2020-01-01' },
  purpose: { code: 'CAREMGT' },
  use: 'standing',
  notAfter: hours(30 * 24),
}

describe('what a patient allows of a request', () => {
  test('untouched it is what was asked', () => {
    const terms = termsFrom(valuesOf(asked), { asked, now })
    expect(terms).toEqual({ scope: asked.scope, use: 'standing', notAfter: asked.notAfter })
    expect(isNarrower(terms, asked)).toBe(false)
  })

  test.each<[string, Partial<TermsValues>, object]>([
    ['fewer kinds', { categories: ['imaging'] }, { scope: { ...asked.scope, categories: ['imaging'] } }],
    ['no single records', { records: [] }, { scope: { ...asked.scope, records: [] } }],
    ['later days', { from: '2024-05-01' }, { scope: { ...asked.scope, from: '2024-05-01' } }],
    ['days with an end', { to: '2024-06-01' }, { scope: { ...asked.scope, to: '2024-06-01' } }],
    ['a shorter time', { until: '24' }, { notAfter: hours(24) }],
    [
      'until the end of a day',
      { until: 'day', untilDay: '2026-11-25' },
      { notAfter: new Date('2026-11-25T23:59:59.999').toISOString() },
    ],
    ['one visit', { use: 'single' }, { use: 'single' }],
  ])('%s', (_, change, expected) => {
    const terms = termsFrom({ ...valuesOf(asked), ...change }, { asked, now })
    expect(terms).toMatchObject(expected)
    expect(isNarrower(terms, asked)).toBe(true)
  })

  test('it is never more than was asked, whatever the form says', () => {
    const day = fc
      .date({ min: new Date('2000-01-01'), max: new Date('2040-01-01'), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10))
    const values: fc.Arbitrary<TermsValues> = fc.record({
      categories: fc.subarray([...CATEGORIES]),
      records: fc.subarray(['r1', 'r2']),
      days: fc.constantFrom('all', 'some'),
      from: fc.oneof(fc.constant(''), day),
      to: fc.oneof(fc.constant(''), day),
      until: fc.constantFrom('asked', 'day', '1', '24', '168', '720', '4320'),
      untilDay: fc.oneof(fc.constant(''), day),
      use: fc.constantFrom('single', 'standing'),
    })
    fc.assert(
      fc.property(values, fc.constantFrom('single', 'standing'), (form, use) => {
        const request: Terms = { ...asked, use, scope: { ...asked.scope, to: '2026-01-01' } }
        const { scope, notAfter, use: allowed } = termsFrom(form, { asked: request, now })
        expect(request.scope.categories).toEqual(expect.arrayContaining(scope.categories))
        expect(request.scope.records).toEqual(expect.arrayContaining(scope.records))
        expect((scope.from ?? '') >= '2020-01-01').toBe(true)
        expect((scope.to ?? '9') <= '2026-01-01').toBe(true)
        expect(notAfter <= request.notAfter).toBe(true)
        if (use === 'single') expect(allowed).toBe('single')
      }),
    )
  })
})

test('only shorter times than asked are offered', () => {
  expect(shorterThan(asked.notAfter, now)).toEqual([1, 24, 168])
  expect(shorterThan(null, now)).toHaveLength(5)
})

test('what cannot be allowed is said at its field', () => {
  const values = valuesOf(asked)
  const faults = (change: Partial<TermsValues>) => faultsIn({ ...values, ...change }, { now })
  expect(faults({})).toEqual({})
  expect(faults({ categories: [], records: [] })).toEqual({ categories: 'whatNone' })
  expect(faults({ from: '2024-02-01', to: '2024-01-01' })).toEqual({ to: 'daysWrong' })
  expect(faults({ until: 'day' })).toEqual({ untilDay: 'untilMissing' })
  expect(faults({ until: 'day', untilDay: '2026-11-20' })).toEqual({ untilDay: 'untilPast' })
  expect(faults({ until: 'day', untilDay: '2026-11-21' })).toEqual({})
  expect(faults({ until: 'day', untilDay: '2028-11-21' })).toEqual({ untilDay: 'untilLate' })
})
