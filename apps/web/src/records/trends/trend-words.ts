import type { ReferenceRange, Trend, TrendPoint } from '@curo/fhir/trends'
import { roundMeasured } from '@curo/fhir/trends/measurements'
import { numberWords } from '@curo/fhir/values'
import { type RecordWords, unitWords, withUnit } from '../record-words.ts'

/** A value as instruments show it: '128', '7.2', '<5'. */
export function pointValue(
  { value, comparator }: Pick<TrendPoint, 'value' | 'comparator'>,
  trend: Trend,
): string {
  return `${comparator ?? ''}${numberWords(roundMeasured(value, trend.measurement, trend.unit))}`
}

/** The values of one moment, all lines: '128/82'. */
export function momentValues(trend: Trend, time: number): string {
  return trend.lines
    .filter(({ key }) => key !== 'mean-pressure' || trend.lines.length === 1)
    .flatMap(({ points }) => points.findLast((point) => point.time === time) ?? [])
    .map((point) => pointValue(point, trend))
    .join('/')
}

/** '128/82 mmHg' */
export function momentWords(trend: Trend, time: number): string {
  return withUnit(momentValues(trend, time), trend.unit)
}

/** Every moment of a trend, in order of time. */
export function momentsOf(trend: Trend): number[] {
  return [...new Set(trend.lines.flatMap(({ points }) => points.map(({ time }) => time)))].sort(
    (a, b) => a - b,
  )
}

export function trendName(trend: Trend, { measurement }: RecordWords): string {
  return measurement(trend.measurement?.key, trend.title)
}

export function rangeSentence(range: ReferenceRange | undefined, trend: Trend, { t }: RecordWords): string {
  if (!range) return ''
  const { low, high, text } = range
  const unit = unitWords(trend.unit)
  const words = (value: number) => numberWords(value)
  const usual = range.by === 'usual' ? ` (${t('trends.usual')})` : ''
  if (low !== undefined && high !== undefined)
    return `${t('trends.range', { low: words(low), high: withUnit(words(high), unit) })}${usual}`
  if (high !== undefined) return `${t('trends.rangeBelow', { high: withUnit(words(high), unit) })}${usual}`
  return low === undefined
    ? (text ?? '')
    : `${t('trends.rangeAbove', { low: withUnit(words(low), unit) })}${usual}`
}
