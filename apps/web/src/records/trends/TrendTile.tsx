import type { Trend } from '@curo/fhir/trends'
import { UnstyledButton } from '@mantine/core'
import { useMemo } from 'react'
import { FlagMark } from '../FlagMark.tsx'
import { unitWords, useRecordWords } from '../record-words.ts'
import { geometryOf } from './geometry.ts'
import classes from './Trends.module.css'
import { momentsOf, momentValues, pointValue, trendName } from './trend-words.ts'

const BOX = { width: 160, height: 44, left: 4, right: 6, top: 5, bottom: 5 }
const SEVERITY = ['critical', 'high', 'low', 'abnormal'] as const

/** A small chart: name, latest value, how it came about. Opens the large one. */
export function TrendTile({ trend, onOpen }: { trend: Trend; onOpen: (key: string) => void }) {
  const words = useRecordWords()
  const { t, format } = words
  const moments = useMemo(() => momentsOf(trend), [trend])
  const geometry = useMemo(() => geometryOf(trend, { box: BOX, most: 60, ticks: { x: 2, y: 2 } }), [trend])
  const latest = moments.at(-1)
  if (latest === undefined || !geometry) return null
  const points = trend.lines.flatMap((line) => line.points.findLast(({ time }) => time === latest) ?? [])
  const flag = SEVERITY.find((one) => points.some((point) => point.flag === one))
  const shown = trend.lines.length > 2 ? points.slice(0, 2) : points
  return (
    <UnstyledButton className={classes.tile ?? ''} onClick={() => onOpen(trend.key)}>
      <span className={classes.tileName}>{trendName(trend, words)}</span>
      <span className={classes.tileValue}>
        <span className={classes.number}>{shown.map((point) => pointValue(point, trend)).join('/')}</span>
        <span className={classes.unit}>{unitWords(trend.unit)}</span>
        {flag && <FlagMark flag={flag} />}
      </span>
      <Sparkline geometry={geometry} />
      <span className={classes.tileDate}>
        {format.date(points[0]?.date ?? '')}
        {moments.length > 1
          ? ` · ${t('trends.previous', { value: momentValues(trend, moments.at(-2) ?? latest) })}`
          : ` · ${t('trends.single')}`}
      </span>
    </UnstyledButton>
  )
}

function Sparkline({ geometry }: { geometry: NonNullable<ReturnType<typeof geometryOf>> }) {
  return (
    <svg
      viewBox={`0 0 ${BOX.width} ${BOX.height}`}
      className={classes.spark}
      aria-hidden="true"
      preserveAspectRatio="none"
    >
      {geometry.bands.slice(0, 1).map((band) => (
        <rect
          key={band.key}
          x={0}
          width={BOX.width}
          y={band.y}
          height={band.height}
          className={classes.band}
        />
      ))}
      {geometry.lines.map(({ key, path, points }, index) => (
        <g key={key} className={classes.line} data-line={index}>
          <path d={path} vectorEffect="non-scaling-stroke" />
          {points.length === 1 && points[0] && <circle cx={points[0].x} cy={points[0].y} r={3} />}
        </g>
      ))}
    </svg>
  )
}
