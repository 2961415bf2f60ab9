import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { linear, niceTicks, padded, timeTicks } from './scales.ts'

const number = fc.double({ min: -1e6, max: 1e6, noNaN: true })

describe('axes', () => {
  it('marks round values that cover the range, and not too many', () => {
    expect(niceTicks(62, 148)).toEqual([60, 80, 100, 120, 140, 160])
    expect(niceTicks(4.9, 7.2)).toEqual([4.5, 5, 5.5, 6, 6.5, 7, 7.5])
    expect(niceTicks(5, 5)).toEqual([5])
    // A range that begins a hair below a mark: found by the property once.
    expect(niceTicks(-1e-5, 1e6)[0]).toBe(0)
    fc.assert(
      fc.property(number, number, (a, b) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)]
        const ticks = niceTicks(low, high)
        expect(ticks.length).toBeLessThan(12)
        if (high - low < 1e-9) return
        // Far less than a pixel of the axis, or than a number can tell apart.
        const slack = (high - low) * 1e-8 + Math.max(Math.abs(low), Math.abs(high)) * 1e-9 + 1e-9
        expect(ticks[0] as number).toBeLessThanOrEqual(low + slack)
        expect(ticks.at(-1) as number).toBeGreaterThanOrEqual(high - slack)
      }),
    )
  })

  it('marks the beginnings of days, months and years', () => {
    const at = (text: string) => Date.parse(text)
    const names = (from: string, to: string) =>
      timeTicks(at(from), at(to)).map(({ time }) => new Date(time).toISOString().slice(0, 10))
    expect(names('2024-01-10', '2024-03-20')).toEqual(['2024-02-01', '2024-03-01'])
    expect(names('2019-06-01', '2024-06-01')).toEqual([
      '2020-01-01',
      '2021-01-01',
      '2022-01-01',
      '2023-01-01',
      '2024-01-01',
    ])
    expect(names('1934-06-01', '2024-06-01')).toEqual([
      '1940-01-01',
      '1960-01-01',
      '1980-01-01',
      '2000-01-01',
      '2020-01-01',
    ])
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1900-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }),
        fc.integer({ min: 0, max: 4e12 }),
        (from, length) => {
          const ticks = timeTicks(from.getTime(), from.getTime() + length)
          expect(ticks.length).toBeLessThanOrEqual(7)
          for (const { time } of ticks) expect(time).toBeGreaterThanOrEqual(from.getTime())
        },
      ),
    )
  })

  it('maps onto pixels, a single value onto the middle', () => {
    expect(linear([0, 10], [100, 0])(2)).toBe(80)
    expect(linear([5, 5], [0, 100])(5)).toBe(50)
    expect(padded(5, 5)).toEqual([4, 6])
    expect(padded(0, 100)).toEqual([-8, 108])
  })
})
