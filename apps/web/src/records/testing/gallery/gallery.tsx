import '../../../app/first-styles.ts'
import '../../../app/styles.ts'
import '../../../app/area-styles.ts'
import { chartResolver } from '@curo/fhir/chart/record'
import { summaryOf } from '@curo/fhir/summary'
import { type TimelineSource, timelineEntryOf } from '@curo/fhir/timeline'
import { trendsOf } from '@curo/fhir/trends'
import type { Resource } from '@curo/fhir/types'
import { MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode, Suspense, useMemo, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { queryClient } from '../../../app/query.ts'
import { theme } from '../../../app/theme.ts'
import { FileViewer } from '../../files/FileViewer.tsx'
import { RecordViewer } from '../../RecordViewer.tsx'
import { ChartSummary } from '../../summary/ChartSummary.tsx'
import { Timeline } from '../../timeline/Timeline.tsx'
import { useChartSearch } from '../../timeline/use-chart-search.ts'
import { Trends } from '../../trends/Trends.tsx'
import classes from './gallery.module.css'

/** What the test serves beside this page. */
type ChartFile = { sources: TimelineSource[]; birthDate?: string; today: string }

const asked = new URLSearchParams(location.search)
const view = asked.get('view') ?? 'timeline'

function Chart({ chart }: { chart: ChartFile }) {
  const { sources } = chart
  const opened = useMemo(
    () =>
      sources.flatMap(({ record, resource }) =>
        resource ? [{ id: record, resource: resource as Resource }] : [],
      ),
    [sources],
  )
  const resolve = useMemo(() => chartResolver(opened), [opened])
  const entries = useMemo(() => sources.map((source) => timelineEntryOf(source, resolve)), [sources, resolve])
  const options = { today: chart.today, ...(chart.birthDate && { birthDate: chart.birthDate }) }
  // biome-ignore lint/correctness/useExhaustiveDependencies: the chart is one
  const summary = useMemo(() => summaryOf(opened, options), [opened])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the chart is one
  const trends = useMemo(() => trendsOf(opened, options), [opened])
  const { search, isReady } = useChartSearch(sources, resolve)
  const [open, setOpen] = useState<string | null>(asked.get('record'))
  const [trend, setTrend] = useState<string | null>(asked.get('trend'))
  const source = sources.find(({ record }) => record === open)
  if (view === 'summary')
    return (
      <ChartSummary
        summary={asked.has('loading') ? undefined : summary}
        onOpen={setOpen}
        onTrend={setTrend}
      />
    )
  if (view === 'trends')
    return <Trends trends={trends} selected={trend} onSelect={setTrend} onOpen={setOpen} />
  if (view === 'record' && source)
    return <RecordViewer source={source} resolve={resolve} onTrend={setTrend} />
  return (
    <div data-search-ready={isReady} data-opened={open}>
      <Timeline
        entries={asked.has('loading') ? undefined : entries}
        search={search}
        onOpen={({ record }) => setOpen(record)}
        selected={open}
        stickyTop={0}
      />
    </div>
  )
}

function File({ name }: { name: string }) {
  const [file, setFile] = useState<Blob>()
  useState(() => void fetch(`/data/${name}`).then(async (answer) => setFile(await answer.blob())))
  return file ? <FileViewer file={file} name={name} claimedType={asked.get('type') ?? undefined} /> : null
}

async function start() {
  const name = asked.get('file')
  const chart = name ? undefined : ((await (await fetch('/data/chart.json')).json()) as ChartFile)
  const root = document.getElementById('root')
  if (!root) return
  const scheme = asked.get('scheme') === 'dark' ? 'dark' : 'light'
  document.documentElement.lang = localStorage.getItem('curo.language') ?? 'en'
  createRoot(root).render(
    <StrictMode>
      <MantineProvider
        theme={theme}
        forceColorScheme={scheme}
        withCssVariables={false}
        withGlobalClasses={false}
      >
        <QueryClientProvider client={queryClient}>
          <main className={classes.page} data-density={asked.get('density')}>
            <h1 className="visually-hidden">Record viewers</h1>
            <Suspense fallback={null}>
              {chart ? <Chart chart={chart} /> : <File name={name ?? ''} />}
            </Suspense>
          </main>
        </QueryClientProvider>
      </MantineProvider>
    </StrictMode>,
  )
}

void start()
