import { describe, expect, test } from 'vitest'
import { median, paired, quantile, rateFigure } from './measure.ts'
import { lineOf } from './report.ts'

describe('measuring', () => {
  test('a median is the middle value, or the mean of the two in the middle, in any order', () => {
    expect(median([9, 1, 5])).toBe(5)
    expect(median([4, 1, 3, 2])).toBe(2.5)
    expect(() => median([])).toThrow(RangeError)
  })

  test('a quantile lies between its neighbours', () => {
    expect(quantile([0, 10, 20, 30, 40], 0.99)).toBeCloseTo(39.6)
    expect(quantile([7], 0.99)).toBe(7)
  })

  test('paired runs alternate, leave warm-ups out, and divide neighbour by neighbour', async () => {
    const calls: string[] = []
    const seconds = { subject: [100, 2, 4, 30], baseline: [1, 1, 2, 10] }
    const run = (side: 'subject' | 'baseline') => async () => {
      calls.push(side)
      return seconds[side].shift() as number
    }
    const pair = await paired({ subject: run('subject'), baseline: run('baseline'), runs: 3 })
    expect(calls.join(' ')).toBe('baseline subject subject baseline baseline subject subject baseline')
    expect(pair).toEqual({ subject: 4, baseline: 2, subjectOverBaseline: 2 })
  })

  test('a rate’s ratio is the subject’s speed in the baseline’s', () => {
    const figure = rateFigure(
      { subject: 4, baseline: 2, subjectOverBaseline: 2 },
      { amount: 8, unit: 'MB/s', baselineName: 'raw' },
    )
    expect(figure).toMatchObject({ value: 2, baseline: 4, ratio: 0.5 })
  })

  test('a demand is held against the figure as measured, not as rounded', () => {
    const figure = { value: 0.699999, unit: 'x', baseline: 1, baselineName: 'b', ratio: 0.699999 }
    const line = lineOf('seal', { ...figure, must: [{ of: 'ratio', atLeast: 0.7 }] })
    expect(line).toMatchObject({ ratio: 0.7, must: ['ratio >= 0.7'], holds: false })
    expect(lineOf('seal', { ...figure, must: [{ of: 'value', atMost: 0.7 }] }).holds).toBe(true)
    expect(lineOf('seal', figure)).not.toHaveProperty('holds')
  })
})
