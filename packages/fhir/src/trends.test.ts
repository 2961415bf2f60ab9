import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readBundle } from './bundle.ts'
import type { ChartRecord } from './chart/record.ts'
import { loinc, record, result } from './testing/chart.ts'
import { hasSharedData, SHARED_DATA, syntheaBundles } from './testing/shared-data.ts'
import { downsample, trendsOf } from './trends.ts'

const trend = (records: readonly ChartRecord[], key: string, options = {}) =>
  trendsOf(records, options).find((one) => one.key === key)
const values = (records: readonly ChartRecord[], key: string, options = {}) =>
  trend(records, key, options)?.lines[0]?.points.map(({ value }) => value)

describe('one thing is one series', () => {
  it('whatever unit and code each laboratory used, with what it wrote kept', () => {
    const records = [
      result('14749-6', 5, 'mmol/L', { effectiveDateTime: '2024-02-01' }),
      result('2345-7', 99, 'mg/dL', { effectiveDateTime: '2024-01-01' }),
    ]
    expect(values(records, 'glucose')).toEqual([99, 90.08])
    expect(values(records, 'glucose', { units: 'si' })).toEqual([5.495, 5])
    expect(trend(records, 'glucose')?.lines[0]?.points[1]?.original).toEqual({ value: 5, unit: 'mmol/L' })
    expect(trend(records, 'glucose')?.unit).toBe('mg/dL')
  })

  it('blood pressure is one chart with two lines, from a panel or from single results', () => {
    const part = (code: string, value: number) => ({
      code: loinc(code),
      valueQuantity: { value, unit: 'mm[Hg]' },
    })
    const records = [
      record('Observation', {
        status: 'final',
        code: loinc('85354-9'),
        effectiveDateTime: '2024-01-02',
        component: [part('8462-4', 85), part('8480-6', 130)],
      }),
      result('8480-6', 120, 'mmHg', { effectiveDateTime: '2024-01-01' }),
    ]
    const pressure = trend(records, 'blood-pressure')
    expect(pressure?.lines.map(({ key, points }) => [key, points.map(({ value }) => value)])).toEqual([
      ['systolic', [120, 130]],
      ['diastolic', [85]],
    ])
  })

  it('serum and blood glucose are two, since they differ by a tenth', () => {
    const records = [result('2345-7', 99, 'mg/dL'), result('2339-0', 90, 'mg/dL')]
    expect(trendsOf(records).map(({ key }) => key)).toEqual(['glucose', 'glucose-blood'])
  })

  it('an unknown code is turned into the unit of its latest result', () => {
    const records = [
      result('6206-7', 1, 'kU/L', { effectiveDateTime: '2024-01-02' }),
      result('6206-7', 500, 'U/L', { effectiveDateTime: '2024-01-01' }),
    ]
    expect(values(records, 'loinc:6206-7')).toEqual([0.5, 1])
  })

  it('a temperature without a unit is never drawn among those with one', () => {
    const records = [
      result('8310-5', 37, 'Cel'),
      record('Observation', {
        status: 'final',
        code: loinc('8310-5'),
        effectiveDateTime: '2024-01-01',
        valueQuantity: { value: 98.6 },
      }),
    ]
    expect(trendsOf(records).map(({ lines }) => lines[0]?.points.map(({ value }) => value))).toEqual([
      [37],
      [98.6],
    ])
  })
})

describe('what counts', () => {
  it('an outlier stays, a result entered in error goes, a correction replaces', () => {
    const id = '3f0c8b1e-0000-4000-8000-000000000001'
    const records = [
      result('8867-4', 70, '/min', { id }),
      record(
        'Observation',
        {
          id,
          status: 'amended',
          code: loinc('8867-4'),
          effectiveDateTime: '2024-03-01',
          valueQuantity: { value: 72, unit: '/min' },
        },
        { created: '2024-03-02T00:00:00Z' },
      ),
      result('8867-4', 999, '/min', { effectiveDateTime: '2024-04-01' }),
      result('8867-4', 1, '/min', { status: 'entered-in-error' }),
    ]
    expect(values(records, 'heart-rate')).toEqual([72, 999])
  })

  it('two hospitals that number their resources do not replace each other', () => {
    const records = [
      result('8867-4', 70, '/min', { id: '1', effectiveDateTime: '2024-01-01' }),
      result('8867-4', 80, '/min', { id: '1', effectiveDateTime: '2024-01-02' }),
    ]
    expect(values(records, 'heart-rate')).toEqual([70, 80])
  })

  it('ranges come in the unit of the series, and decide where the laboratory does not say', () => {
    const range = { low: { value: 3.9, unit: 'mmol/L' }, high: { value: 5.5, unit: 'mmol/L' } }
    const records = [result('14749-6', 8, 'mmol/L', { referenceRange: [range] })]
    const glucose = trend(records, 'glucose')
    expect(glucose?.lines[0]?.range).toEqual({ by: 'laboratory', low: 70.26, high: 99.09 })
    expect(glucose?.lines[0]?.points[0]).toMatchObject({ flag: 'high', value: 144.1 })
  })

  it('a range in another unit than the value is not compared with it', () => {
    const range = { high: { value: 5.5, unit: 'mmol/L' } }
    const glucose = trend([result('2345-7', 90, 'mg/dL', { referenceRange: [range] })], 'glucose')
    expect(glucose?.lines[0]?.range).toBeUndefined()
    expect(glucose?.lines[0]?.points[0]?.flag).toBeUndefined()
  })

  it('usual ranges are for adults only', () => {
    const records = [result('8867-4', 130, '/min')]
    const flag = (birthDate: string) => trend(records, 'heart-rate', { birthDate })?.lines[0]?.points[0]?.flag
    expect(flag('1980-01-01')).toBe('high')
    expect(flag('2023-01-01')).toBeUndefined()
  })

  it('"below five" is not low because five is', () => {
    const range = { low: { value: 6 }, high: { value: 9 } }
    const below = result('1988-5', 0, '', {
      valueQuantity: { value: 10, comparator: '<', unit: 'mg/L' },
      referenceRange: [{ high: { value: 5, unit: 'mg/L' } }],
    })
    expect(trend([below], 'crp')?.lines[0]?.points[0]?.flag).toBeUndefined()
    const above = result('1988-5', 0, '', {
      valueQuantity: { value: 10, comparator: '>', unit: 'mg/L' },
      referenceRange: [{ high: { value: 5, unit: 'mg/L' } }],
    })
    expect(trend([above], 'crp')?.lines[0]?.points[0]?.flag).toBe('high')
    expect(range.low.value).toBe(6)
  })
})

describe('downsampling', () => {
  it('keeps the ends, every extreme and the order, within the limit', () => {
    const point = fc.record({
      time: fc.integer({ min: 0, max: 1e9 }),
      value: fc.integer({ min: -1000, max: 1000 }),
    })
    fc.assert(
      fc.property(fc.array(point, { maxLength: 400 }), fc.integer({ min: 8, max: 100 }), (points, most) => {
        const sorted = points.sort((a, b) => a.time - b.time)
        const kept = downsample(sorted, most)
        expect(kept.length).toBeLessThanOrEqual(Math.max(4, most))
        if (sorted.length === 0) return
        expect(kept[0]).toBe(sorted[0])
        expect(kept.at(-1)).toBe(sorted.at(-1))
        const extreme = (list: typeof sorted, pick: (...all: number[]) => number) =>
          pick(...list.map(({ value }) => value))
        expect(extreme(kept, Math.min)).toBe(extreme(sorted, Math.min))
        expect(extreme(kept, Math.max)).toBe(extreme(sorted, Math.max))
        expect(kept.every((one, index) => index === 0 || (kept[index - 1]?.time ?? 0) <= one.time)).toBe(true)
      }),
    )
  })
})

it('anything in place of an observation gives trends, never an exception', () => {
  const value = fc.jsonValue({ maxDepth: 3 })
  const names =
    'status code component valueQuantity effectiveDateTime referenceRange interpretation issued id'.split(' ')
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...names), value), (fields) => {
      trendsOf([record('Observation', fields)])
    }),
    { numRuns: 500 },
  )
})

describe.skipIf(!hasSharedData)(`real records (${SHARED_DATA})`, () => {
  it('draws every number of every observation exactly once', () => {
    for (const { text } of syntheaBundles()) {
      const records = readBundle(text).clinical.map(({ resource }, index) => ({ id: `${index}`, resource }))
      const trends = trendsOf(records)
      const drawn = trends.flatMap(({ lines }) => lines.flatMap(({ points }) => points)).length
      let written = 0
      for (const { resource } of records) {
        if (resource.resourceType !== 'Observation') continue
        const parts = [resource, ...(resource.component ?? [])]
        written += parts.filter((part) => part.valueQuantity?.value !== undefined).length
      }
      expect(drawn).toBe(written)
      for (const one of trends) if (one.measurement) expect(one.unit ?? '1').toBe(plain(one.measurement.unit))
    }
  })
})

const plain = (unit: string) => (unit.startsWith('{') ? '1' : unit)
