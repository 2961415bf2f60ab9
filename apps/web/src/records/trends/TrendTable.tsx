import type { Trend } from '@curo/fhir/trends'
import { Anchor } from '@mantine/core'
import { FlagMark } from '../FlagMark.tsx'
import { unitWords, useRecordWords } from '../record-words.ts'
import classes from './Trends.module.css'
import { momentsOf, pointValue, trendName } from './trend-words.ts'

const MOST_ROWS = 1000

type Props = { trend: Trend; from: number | undefined; onOpen?: ((record: string) => void) | undefined }

/** The same values as a table, the newest first: for screen readers, and for copying. */
export function TrendTable({ trend, from, onOpen }: Props) {
  const words = useRecordWords()
  const { t, format } = words
  const moments = momentsOf(trend)
    .filter((time) => from === undefined || time >= from)
    .reverse()
    .slice(0, MOST_ROWS)
  const isSingle = trend.lines.length === 1
  return (
    <div className={classes.tableBox}>
      <table className={classes.table}>
        <caption className="visually-hidden">{trendName(trend, words)}</caption>
        <thead>
          <tr>
            <th scope="col">{t('trends.date')}</th>
            {trend.lines.map(({ key }) => (
              <th key={key} scope="col">
                {isSingle ? t('trends.value') : words.measurement(key, key)}{' '}
                {unitWords(trend.unit) && `(${unitWords(trend.unit)})`}
              </th>
            ))}
            <th scope="col">{t('trends.note')}</th>
          </tr>
        </thead>
        <tbody>
          {moments.map((time) => {
            const points = trend.lines.map(({ points: all }) => all.findLast((point) => point.time === time))
            const some = points.find((point) => point !== undefined)
            if (!some) return null
            const flag = points.find((point) => point?.flag)?.flag
            const date = format.date(some.date)
            return (
              <tr key={time}>
                <th scope="row">
                  {onOpen ? (
                    <Anchor component="button" type="button" onClick={() => onOpen(some.record)}>
                      {date}
                    </Anchor>
                  ) : (
                    date
                  )}
                </th>
                {points.map((point, index) => (
                  <td key={trend.lines[index]?.key}>{point ? pointValue(point, trend) : '–'}</td>
                ))}
                <td>
                  {flag && <FlagMark flag={flag} />} {some.preliminary && t('trends.preliminary')}{' '}
                  {some.original &&
                    t('trends.converted', {
                      value: some.original.value,
                      unit: unitWords(some.original.unit),
                    })}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}
