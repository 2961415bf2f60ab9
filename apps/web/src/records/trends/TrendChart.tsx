import type { Trend } from '@curo/fhir/trends'
import { SegmentedControl, Text } from '@mantine/core'
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react'
import { FlagMark } from '../FlagMark.tsx'
import { unitWords, useRecordWords } from '../record-words.ts'
import { type ChartBox, type ChartGeometry, geometryOf, type PlacedPoint } from './geometry.ts'
import classes from './Trends.module.css'
import { TrendTable } from './TrendTable.tsx'
import { momentsOf, momentWords, pointValue, rangeSentence, trendName } from './trend-words.ts'

const YEAR = 365.25 * 86_400_000
const PERIODS = [1, 2, 5, 10]

export type TrendChartProps = {
  trend: Trend
  /** Opens the record that a value comes from. */
  onOpen?: ((record: string) => void) | undefined
}

/** One measurement over time: line, normal range, every value reachable by keyboard; or all of it as a table. */
export function TrendChart({ trend, onOpen }: TrendChartProps) {
  const words = useRecordWords()
  const { t } = words
  const [shape, setShape] = useState<'chart' | 'table'>('chart')
  const [years, setYears] = useState<number | 'all'>('all')
  const moments = useMemo(() => momentsOf(trend), [trend])
  const [first, last] = [moments[0] ?? 0, moments.at(-1) ?? 0]
  const from = years === 'all' ? undefined : last - years * YEAR
  const periods = PERIODS.filter((one) => one * YEAR < last - first)
  const range = trend.lines.length === 1 ? rangeSentence(trend.lines[0]?.range, trend, words) : ''
  return (
    <div className={classes.chartBox}>
      <div className={classes.controls}>
        {periods.length > 0 && (
          <SegmentedControl
            size="xs"
            aria-label={t('trends.period')}
            value={String(years)}
            onChange={(value) => setYears(value === 'all' ? 'all' : Number(value))}
            data={[
              ...periods.map((one) => ({ value: String(one), label: t('trends.years', { count: one }) })),
              { value: 'all', label: t('trends.all') },
            ]}
          />
        )}
        <SegmentedControl
          size="xs"
          aria-label={trendName(trend, words)}
          value={shape}
          onChange={(value) => setShape(value as 'chart' | 'table')}
          data={[
            { value: 'chart', label: t('trends.chart') },
            { value: 'table', label: t('trends.table') },
          ]}
        />
      </div>
      {shape === 'chart' ? (
        <Drawing trend={trend} from={from} onOpen={onOpen} />
      ) : (
        <TrendTable trend={trend} from={from} onOpen={onOpen} />
      )}
      <Legend trend={trend} />
      {range !== '' && (
        <Text size="sm" c="dimmed" className={classes.rangeNote ?? ''}>
          <span className={classes.swatch} aria-hidden /> {range}
        </Text>
      )}
    </div>
  )
}

function Legend({ trend }: { trend: Trend }) {
  const words = useRecordWords()
  if (trend.lines.length < 2) return null
  return (
    <ul className={classes.legend}>
      {trend.lines.map(({ key, range }, index) => (
        <li key={key}>
          <svg width={28} height={12} aria-hidden="true" className={classes.line} data-line={index}>
            <path d="M0 6L28 6" />
          </svg>
          {words.measurement(key, key)}
          {range && <span className={classes.legendRange}>{rangeSentence(range, trend, words)}</span>}
        </li>
      ))}
    </ul>
  )
}

const NARROW = 480

function boxFor(width: number): ChartBox {
  return { width, height: width < NARROW ? 240 : 320, left: 46, right: 14, top: 24, bottom: 30 }
}

type DrawingProps = { trend: Trend; from: number | undefined; onOpen: TrendChartProps['onOpen'] }

function Drawing({ trend, from, onOpen }: DrawingProps) {
  const words = useRecordWords()
  const { t, format } = words
  const ref = useRef<HTMLDivElement>(null)
  const width = useWidth(ref)
  const [active, setActive] = useState<number | null>(null)
  const box = useMemo(() => boxFor(width), [width])
  const geometry = useMemo(
    () =>
      width > 0 ? geometryOf(trend, { box, from, ticks: { x: width < NARROW ? 4 : 7, y: 5 } }) : undefined,
    [trend, box, from, width],
  )
  const points = useMemo(() => inOrder(geometry), [geometry])
  // biome-ignore lint/correctness/useExhaustiveDependencies: another drawing has other points
  useEffect(() => setActive(null), [geometry])
  const values = points.map(({ point }) => point.value)
  const name = trendName(trend, words)
  const description =
    points.length === 0
      ? t('trends.noneInPeriod')
      : t('trends.describe', {
          name,
          count: new Set(points.map(({ point }) => point.time)).size,
          from: format.date(points[0]?.point.date ?? ''),
          to: format.date(points.at(-1)?.point.date ?? ''),
          low: pointValue({ value: Math.min(...values) }, trend),
          high: pointValue({ value: Math.max(...values) }, trend),
          latest: momentWords(trend, points.at(-1)?.point.time ?? 0),
        })
  const focus = (index: number) => {
    const next = Math.min(points.length - 1, Math.max(0, index))
    setActive(next)
    ref.current?.querySelector<SVGElement>(`[data-index="${next}"]`)?.focus()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const at = active ?? points.length - 1
    const steps: Readonly<Record<string, number>> = {
      ArrowRight: at + 1,
      ArrowLeft: at - 1,
      Home: 0,
      End: points.length - 1,
    }
    const next = steps[event.key]
    const current = points[at]
    if (next !== undefined) {
      event.preventDefault()
      focus(next)
    } else if ((event.key === 'Enter' || event.key === ' ') && current && onOpen) {
      event.preventDefault()
      onOpen(current.point.record)
    }
  }
  const shown = active === null ? undefined : points[active]
  return (
    <div ref={ref} className={classes.drawing}>
      {geometry && width > 0 && (
        <svg
          width={width}
          height={box.height}
          viewBox={`0 0 ${width} ${box.height}`}
          role="application"
          aria-label={description}
          aria-description={t('trends.keys')}
          onKeyDown={onKeyDown}
        >
          <Axes geometry={geometry} box={box} unit={trend.unit} />
          {geometry.lines.map(({ key, path }, index) => (
            <g key={key} className={classes.line} data-line={index}>
              <path d={path} />
            </g>
          ))}
          {points.map((placed, index) => (
            <Dot
              // biome-ignore lint/suspicious/noArrayIndexKey: the place in time is what a dot is
              key={index}
              index={index}
              placed={placed}
              lineIndex={trend.lines.findIndex(({ key }) => key === placed.line)}
              label={`${t('trends.point', { date: format.date(placed.point.date), value: momentWords(trend, placed.point.time) })}${placed.point.flag ? `, ${t(`flags.${placed.point.flag}`)}` : ''}`}
              isTabStop={index === (active ?? points.length - 1)}
              isActive={index === active}
              onActive={() => setActive(index)}
              onLeave={() => setActive(null)}
              onOpen={onOpen && (() => onOpen(placed.point.record))}
            />
          ))}
        </svg>
      )}
      {!geometry && width > 0 && <Text c="dimmed">{t('trends.noneInPeriod')}</Text>}
      <div className={classes.readout} aria-hidden="true">
        {shown ? (
          <>
            <strong>{momentWords(trend, shown.point.time)}</strong> {format.date(shown.point.date, 'long')}{' '}
            {shown.point.flag && <FlagMark flag={shown.point.flag} />}
            {shown.point.original && (
              <span className={classes.original}>
                {t('trends.converted', {
                  value: shown.point.original.value,
                  unit: unitWords(shown.point.original.unit),
                })}
              </span>
            )}
          </>
        ) : (
          <span className={classes.original}>
            {t('trends.values', { count: new Set(points.map(({ point }) => point.time)).size })}
          </span>
        )}
      </div>
    </div>
  )
}

function inOrder(geometry: ChartGeometry | undefined): PlacedPoint[] {
  return (geometry?.lines.flatMap(({ points }) => points) ?? []).sort((a, b) => a.x - b.x || a.y - b.y)
}

type AxesProps = { geometry: ChartGeometry; box: ChartBox; unit: string | undefined }

function Axes({ geometry, box, unit }: AxesProps) {
  const { format, locale } = useRecordWords()
  const day = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', timeZone: 'UTC' })
  const month = new Intl.DateTimeFormat(locale, { month: 'short', year: '2-digit', timeZone: 'UTC' })
  const words = ({ time, unit: span }: (typeof geometry.xTicks)[number]) =>
    span === 'year' ? String(new Date(time).getUTCFullYear()) : (span === 'month' ? month : day).format(time)
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a group of lines and words takes no focus
    <g aria-hidden="true">
      {geometry.bands.map((band, index) => (
        <rect
          key={band.key}
          x={box.left}
          width={Math.max(0, box.width - box.left - box.right)}
          y={band.y}
          height={band.height}
          className={classes.band}
          data-band={index}
        />
      ))}
      {geometry.yTicks.map(({ value, y }) => (
        <g key={value} className={classes.tick}>
          <line x1={box.left} x2={box.width - box.right} y1={y} y2={y} />
          <text x={box.left - 8} y={y + 4} textAnchor="end">
            {format.number(value)}
          </text>
        </g>
      ))}
      {geometry.xTicks.map((tick) => (
        <text
          key={tick.time}
          x={tick.x}
          y={box.height - 10}
          textAnchor={tick.x > box.width - 40 ? 'end' : 'middle'}
          className={classes.tickText}
        >
          {words(tick)}
        </text>
      ))}
      <text x={12} y={12} className={classes.tickText}>
        {unitWords(unit)}
      </text>
    </g>
  )
}

type DotProps = {
  index: number
  placed: PlacedPoint
  lineIndex: number
  label: string
  isTabStop: boolean
  isActive: boolean
  onActive: () => void
  onLeave: () => void
  onOpen: (() => void) | undefined
}

function Dot({ index, placed, lineIndex, label, isTabStop, isActive, onActive, onLeave, onOpen }: DotProps) {
  const { x, y, point } = placed
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it has a role, and its group takes the keys
    <g
      role={onOpen ? 'button' : 'img'}
      aria-label={label}
      tabIndex={isTabStop ? 0 : -1}
      data-index={index}
      className={classes.dot}
      data-line={lineIndex}
      data-flag={point.flag}
      data-active={isActive}
      onFocus={onActive}
      onBlur={onLeave}
      onPointerEnter={onActive}
      onPointerLeave={onLeave}
      onClick={onOpen}
    >
      <circle cx={x} cy={y} r={14} className={classes.target} />
      {point.flag === 'critical' || point.flag === 'high' || point.flag === 'low' ? (
        <path
          d={`M${x} ${y - 5.5}L${x + 5.5} ${y}L${x} ${y + 5.5}L${x - 5.5} ${y}Z`}
          className={classes.mark}
        />
      ) : (
        <circle cx={x} cy={y} r={isActive ? 5.5 : 4} className={classes.mark} />
      )}
    </g>
  )
}

function useWidth(ref: React.RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0)
  useEffect(() => {
    const { current } = ref
    if (!current) return
    setWidth(current.clientWidth)
    const observer = new ResizeObserver(() => setWidth(current.clientWidth))
    observer.observe(current)
    return () => observer.disconnect()
  }, [ref])
  return width
}
