import { type Summary, summaryOf } from '@curo/fhir/summary'
import type { TimelineEntry, TimelineSource } from '@curo/fhir/timeline'
import { trendsOf } from '@curo/fhir/trends'
import { Alert, SegmentedControl } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconAlertTriangle } from '@tabler/icons-react'
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { ChartRecordView } from './ChartRecordView.tsx'
import classes from './ChartViews.module.css'
import type { RecordViewerProps } from './RecordViewer.tsx'
import { useRecordWords } from './record-words.ts'
import { ChartSummary } from './summary/ChartSummary.tsx'
import { Timeline, type TimelineProps } from './timeline/Timeline.tsx'
import { Trends } from './trends/Trends.tsx'
import type { Chart } from './use-chart.ts'
import { useListPlace } from './use-list-place.ts'

export const CHART_VIEWS = ['summary', 'timeline', 'trends'] as const
export type ChartView = (typeof CHART_VIEWS)[number]

/** Whether list and record do not fit beside each other: then the record takes the list's place. */
export const useNarrow = (): boolean =>
  useMediaQuery('(max-width: 62em)', false, { getInitialValueInEffect: false })

type ChartViewsProps = Pick<TimelineProps, 'error' | 'onRetry' | 'progress' | 'empty'> & {
  /** Undefined while nothing has arrived. */
  chart: Chart | undefined
  view: ChartView
  /** Leaves the record that is open. */
  onView: (view: ChartView) => void
  /** The record that is open: beside the list, or in its place. */
  selected: string | null
  onSelect: (record: string | null) => void
  loadFile: RecordViewerProps['loadFile']
  /** In the order of the choice; all where absent. */
  views?: readonly ChartView[]
  /** Where the page's own heading is the record's title. */
  isRecordBare?: boolean
  /** What stands in the record's place while it may still come, or where there is none such. */
  missing?: ReactNode
  /** What stands below a record. */
  below?: (source: TimelineSource) => ReactNode
}

/** One chart: everything on one screen, as a timeline, as trends; and a record of it. */
export function ChartViews(props: ChartViewsProps) {
  const { chart, view, onView, selected, onSelect, views = CHART_VIEWS } = props
  const { t } = useRecordWords()
  const [trend, setTrend] = useState<string | null>(null)
  const isNarrow = useNarrow()
  const isAway = isNarrow && selected !== null
  const shown = selected !== null && !isNarrow ? 'timeline' : view
  useListPlace(isAway)
  const box = useLineAgain(selected)
  const open = useCallback((record: string) => onSelect(record), [onSelect])
  const openEntry = useCallback((entry: TimelineEntry) => onSelect(entry.record), [onSelect])
  const showTrend = (key: string) => {
    setTrend(key)
    onView('trends')
  }
  const record = selected !== null && (
    <ChartRecordView
      chart={chart}
      record={selected}
      onClose={() => onSelect(null)}
      onTrend={showTrend}
      loadFile={props.loadFile}
      isInPlace={isNarrow}
      isBare={isNarrow && props.isRecordBare === true}
      missing={props.missing}
      below={props.below}
    />
  )
  return (
    <div ref={box} className={classes.chart}>
      {isAway && record}
      <div className={classes.views} data-away={isAway} inert={isAway}>
        <Tampered entries={chart?.entries} />
        <div>
          <SegmentedControl
            aria-label={t('chart.view')}
            value={shown}
            onChange={(value) => onView(value as ChartView)}
            data={views.map((value) => ({ value, label: t(`chart.views.${value}`) }))}
          />
        </div>
        {shown === 'summary' && <SummaryView chart={chart} onOpen={open} onTrend={showTrend} />}
        {shown === 'trends' && (
          <TrendsView chart={chart} selected={trend} onSelect={setTrend} onOpen={open} />
        )}
        {shown === 'timeline' && (
          <div className={selected !== null && !isNarrow ? classes.beside : undefined}>
            <Timeline
              entries={chart?.entries}
              search={chart?.search}
              selected={selected}
              onOpen={openEntry}
              error={props.error}
              onRetry={props.onRetry}
              progress={props.progress}
              empty={props.empty}
            />
            {!isNarrow && record}
          </div>
        )}
      </div>
    </div>
  )
}

/** When a record is closed, the line that opened it has the focus again, or what chooses the view, where that is not shown. */
function useLineAgain(selected: string | null) {
  const box = useRef<HTMLDivElement>(null)
  const before = useRef(selected)
  useEffect(() => {
    const closed = before.current
    before.current = selected
    if (selected !== null || closed === null || document.activeElement !== document.body) return
    const line = box.current?.querySelector<HTMLElement>(`[data-record="${CSS.escape(closed)}"]`)
    const again = line ?? box.current?.querySelector<HTMLElement>('input:checked')
    again?.focus({ preventScroll: true })
  }, [selected])
  return box
}

function SummaryView({
  chart,
  ...given
}: { chart: Chart | undefined } & Pick<Parameters<typeof ChartSummary>[0], 'onOpen' | 'onTrend'>) {
  const records = chart?.records
  const summary = useMemo<Summary | undefined>(() => records && summaryOf(records), [records])
  return <ChartSummary summary={summary} {...given} />
}

function TrendsView({
  chart,
  ...given
}: { chart: Chart | undefined } & Omit<Parameters<typeof Trends>[0], 'trends'>) {
  const records = chart?.records
  const trends = useMemo(() => records && trendsOf(records), [records])
  return <Trends trends={trends} {...given} />
}

/** Why some are not shown; the others are not affected. */
function Tampered({ entries }: { entries: readonly TimelineEntry[] | undefined }) {
  const { t } = useRecordWords()
  const count = entries?.filter(({ state }) => state === 'tampered').length ?? 0
  if (count === 0) return null
  return (
    <Alert color="red" role="alert" icon={<IconAlertTriangle size={20} aria-hidden />}>
      {t('chart.tampered', { count })}
    </Alert>
  )
}
