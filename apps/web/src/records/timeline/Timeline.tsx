import {
  bundleKeyOf,
  choicesOf,
  filterEntries,
  type TimelineEntry,
  type TimelineFilter,
  timelineRows,
  withoutDescribedFiles,
} from '@curo/fhir/timeline'
import { Alert, Button, Skeleton, Text } from '@mantine/core'
import { type ReactNode, useCallback, useDeferredValue, useMemo, useState } from 'react'
import { useProblem } from '../../app/problem.ts'
import { useWords } from '../../app/words.ts'
import { useRecordWords } from '../record-words.ts'
import classes from './Timeline.module.css'
import { TimelineFilters } from './TimelineFilters.tsx'
import { TimelineList } from './TimelineList.tsx'
import { type SearchRecords, useFound } from './use-found.ts'

export type TimelineProps = {
  /** From `timelineEntryOf`; undefined while nothing has arrived. */
  entries: readonly TimelineEntry[] | undefined
  onOpen: (entry: TimelineEntry) => void
  /** Finds records by words: ids of those that fit (`useChartSearch`, or a worker function). Without it no search box. */
  search?: SearchRecords | undefined
  /** Why the list could not be loaded. */
  error?: unknown
  onRetry?: (() => void) | undefined
  /** While more is coming; without `total` where that is not known. */
  progress?: { done: number; total?: number } | undefined
  /** What stands in place of an empty list: where to begin. */
  empty?: ReactNode
  /** The record that is open beside the list. */
  selected?: string | null | undefined
  /** Kept by the page (in its address); the list keeps it itself where absent. */
  filter?: TimelineFilter | undefined
  onFilter?: ((filter: TimelineFilter) => void) | undefined
  /** Pixels that stay above sticky headers: the height of a fixed header of the page. */
  stickyTop?: number
}

const NOTHING: TimelineFilter = {}
const NONE_OPEN: ReadonlySet<string> = new Set()

/** The whole history as one list: years, days, records; filters, search, and a place for what could not be read. */
export function Timeline(props: TimelineProps) {
  const { entries, onOpen, search, error, progress, empty, selected, stickyTop = 56 } = props
  const { t, format } = useRecordWords()
  const [ownFilter, setOwnFilter] = useState<TimelineFilter>(NOTHING)
  const [query, setQuery] = useState('')
  const filter = props.filter ?? ownFilter
  const setFilter = props.onFilter ?? setOwnFilter
  const all = useMemo(() => withoutDescribedFiles(entries ?? []), [entries])
  const choices = useMemo(() => choicesOf(all), [all])
  const found = useFound(useDeferredValue(query), search, entries)
  const shown = useMemo(
    () => filterEntries(all, found ? { ...filter, records: found } : filter),
    [all, filter, found],
  )
  const [opened, setOpened] = useState<ReadonlySet<string>>(NONE_OPEN)
  const selectedEntry = shown.find(({ record }) => record === selected)
  const rows = useMemo(() => {
    // What was searched for, or is open beside the list, is not hidden in a bundle.
    const inner = selectedEntry ? new Set([...opened, bundleKeyOf(selectedEntry)]) : opened
    return timelineRows(shown, { open: found ? 'all' : inner })
  }, [shown, opened, found, selectedEntry])
  const toggle = useCallback(
    (key: string) =>
      setOpened((now) => {
        const next = new Set(now)
        if (!next.delete(key)) next.add(key)
        return next
      }),
    [],
  )
  // Not before the answer is there: until then the list is what it was.
  const isFiltered =
    found !== undefined || Object.values(filter).some((part) => part !== undefined && part.length !== 0)
  const progressWords = ({ done, total }: NonNullable<typeof progress>) =>
    total === undefined
      ? t('chart.soFar', { count: done })
      : t('list.progress', { done: format.number(done), total: format.number(total) })
  const clear = () => {
    setQuery('')
    setFilter(NOTHING)
  }
  return (
    <div className={classes.timeline}>
      {all.length > 0 && (
        <TimelineFilters
          choices={choices}
          filter={filter}
          onFilter={setFilter}
          query={query}
          onQuery={search && setQuery}
        />
      )}
      <div className={classes.status} role="status">
        {progress && progress.done !== progress.total
          ? progressWords(progress)
          : isFiltered
            ? t('filters.found', { count: shown.length })
            : all.length > 0 && t('list.count', { count: all.length })}
      </div>
      {error !== undefined && error !== null && <ListFailed error={error} onRetry={props.onRetry} />}
      {entries === undefined && !error && <ListLoading />}
      {entries !== undefined && all.length === 0 && !error && (empty ?? <ListEmpty />)}
      {all.length > 0 && shown.length === 0 && <NothingFound onClear={clear} />}
      {shown.length > 0 && (
        <TimelineList
          rows={rows}
          onOpen={onOpen}
          onToggle={toggle}
          selected={selected}
          stickyTop={stickyTop}
        />
      )}
    </div>
  )
}

function ListFailed({ error, onRetry }: { error: unknown; onRetry: (() => void) | undefined }) {
  const { t } = useRecordWords()
  const { t: app } = useWords('app')
  const problem = useProblem()
  return (
    <Alert color="red" title={t('list.failed')} role="alert">
      <Text>{problem(error)}</Text>
      {onRetry && (
        <Button mt="sm" variant="default" onClick={onRetry}>
          {app('actions.retry')}
        </Button>
      )}
    </Alert>
  )
}

function ListLoading() {
  const { t } = useRecordWords()
  return (
    <div className={classes.loading} role="status" aria-label={t('list.loading')}>
      {['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((key) => (
        <Skeleton key={key} height={64} radius="md" />
      ))}
    </div>
  )
}

function ListEmpty() {
  const { t } = useRecordWords()
  return (
    <div className={classes.empty}>
      <Text fw={600}>{t('list.empty')}</Text>
      <Text c="dimmed">{t('list.emptyText')}</Text>
    </div>
  )
}

function NothingFound({ onClear }: { onClear: () => void }) {
  const { t } = useRecordWords()
  return (
    <div className={classes.empty}>
      <Text fw={600}>{t('list.nothing')}</Text>
      <Text c="dimmed">{t('list.nothingText')}</Text>
      <Button mt="sm" variant="default" onClick={onClear}>
        {t('list.clear')}
      </Button>
    </div>
  )
}
