import { timelineEntryOf } from '@curo/fhir/timeline'
import { Alert, Button, Skeleton } from '@mantine/core'
import { IconPlus, IconWifiOff } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useCallback } from 'react'
import { useFormat } from '../app/format.ts'
import { Page } from '../app/Page.tsx'
import { useWords } from '../app/words.ts'
import { type ChartView, ChartViews, useNarrow } from '../records/ChartViews.tsx'
import { type OwnChart, ownChart } from '../records/own-chart.ts'
import type { LoadedFile, LoadFileOptions } from '../records/RecordViewer.tsx'
import { useRecordWords } from '../records/record-words.ts'
import { type Chart, describedFile, useChart } from '../records/use-chart.ts'
import { work } from '../work/work.ts'
import { NoRecords } from './NoRecords.tsx'

const VIEWS = ['timeline', 'summary', 'trends'] as const

/** Her whole history; with a record's id in the address, that record: beside the list, on a phone in its place. */
export function Records() {
  const { t } = useWords('patient')
  const { view = 'timeline' } = useSearch({ from: '/patient/records' })
  const { record = null } = useParams({ strict: false })
  const navigate = useNavigate()
  const query = useQuery(ownChart)
  const { data } = query
  const chart = useChart(data?.sources)
  const isNarrow = useNarrow()
  const onSelect = useCallback(
    (record: string | null) =>
      void (record === null
        ? navigate({ to: '/patient/records', search: (search) => search, resetScroll: false })
        : navigate({
            to: '/patient/records/$record',
            params: { record },
            search: (search) => search,
            // Beside the list, which stays where it is; in its place, `useListPlace` sees to it.
            resetScroll: false,
          })),
    [navigate],
  )
  const onView = (view: ChartView) =>
    void navigate({ to: '/patient/records', search: view === 'timeline' ? {} : { view } })
  const title = useRecordTitle(chart, isNarrow ? record : null)
  return (
    <Page
      title={title ?? t('nav.records')}
      place={isNarrow ? (record ?? '') : ''}
      action={isNarrow && record !== null ? undefined : <Add />}
    >
      {data?.listed?.from === 'device' && <FromDevice at={data.listed.at} />}
      <ChartViews
        chart={chart}
        views={VIEWS}
        view={view}
        onView={onView}
        selected={record}
        onSelect={onSelect}
        loadFile={(record, options) => loadOwnFile(data?.sources ?? [], record, options)}
        error={query.error}
        onRetry={() => void query.refetch()}
        progress={data && !data.listed ? { done: data.sources.length } : undefined}
        empty={<NoRecords />}
        isRecordBare={title !== undefined}
        missing={data?.listed || query.error ? undefined : <Skeleton height={200} radius="lg" />}
      />
    </Page>
  )
}

async function loadOwnFile(
  sources: OwnChart['sources'],
  record: string,
  options: LoadFileOptions,
): Promise<LoadedFile> {
  return { blob: await work.records.readOwnFile({ record }, options), ...describedFile(sources, record) }
}

/** What the page is called while a record takes its list's place. */
function useRecordTitle(chart: Chart | undefined, record: string | null): string | undefined {
  const { t, measurement } = useRecordWords()
  const source = chart?.sources.find((one) => one.record === record)
  if (!chart || !source) return undefined
  const entry = timelineEntryOf(source, chart.resolve)
  if (entry.state === 'tampered' || entry.state === 'unreadable') return t(`list.${entry.state}`)
  return measurement(entry.measurement, entry.title) || undefined
}

function Add() {
  const { t } = useWords('patient')
  return (
    <Button component={Link} to="/patient/records/add" leftSection={<IconPlus size={18} aria-hidden />}>
      {t('home.addRecord')}
    </Button>
  )
}

/** What she sees may not be all there is by now. */
function FromDevice({ at }: { at: string }) {
  const { t } = useWords('patient')
  const format = useFormat()
  return (
    <Alert color="yellow" role="status" icon={<IconWifiOff size={20} aria-hidden />}>
      {t('records.fromDevice', { at: format.dateTime(at) })}
    </Alert>
  )
}
