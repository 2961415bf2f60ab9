import { isCuroError } from '@curo/crypto/errors'
import type { chartResolver } from '@curo/fhir/chart/record'
import { type TimelineSource, timelineEntryOf } from '@curo/fhir/timeline'
import { trendKeyOf } from '@curo/fhir/trends'
import { Alert, Button, Group, Text } from '@mantine/core'
import { IconAlertTriangle, IconChartLine, IconLock } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useProblem } from '../app/problem.ts'
import type { FileProgress } from './collect-blob.ts'
import { FlagMark } from './FlagMark.tsx'
import { FileProgressBar } from './files/FileProgressBar.tsx'
import { FileViewer } from './files/FileViewer.tsx'
import { ViewerLoading } from './files/ViewerLoading.tsx'
import { KindIcon } from './KindIcon.tsx'
import classes from './RecordViewer.module.css'
import { useRecordWords } from './record-words.ts'
import { ResourceViewer } from './resource/ResourceViewer.tsx'

/** Smaller ones are there before a bar is read. */
const SHOWN_FROM = 2 * 1024 * 1024

/** A file's bytes, with the name and type its record gives. */
export type LoadedFile = { blob: Blob; name: string; claimedType?: string | undefined }

export type LoadFileOptions = { signal: AbortSignal; onProgress: (progress: FileProgress) => void }

export type RecordViewerProps = {
  /** The record, opened (`resource`), or with its `fault`. */
  source: TimelineSource
  resolve?: ReturnType<typeof chartResolver> | undefined
  /** Bytes of a file: of the record itself, or of the one that a DocumentReference describes. */
  loadFile?: ((record: string, options: LoadFileOptions) => Promise<LoadedFile>) | undefined
  /** To the chart of a measurement. */
  onTrend?: ((key: string) => void) | undefined
  /** Its title is the heading of the page around it. */
  isBare?: boolean
}

/** One record, whatever it is: FHIR content readable, a file in its viewer, an altered one refused with what to do. */
export function RecordViewer({ source, resolve, loadFile, onTrend, isBare = false }: RecordViewerProps) {
  const { t } = useRecordWords()
  const entry = useMemo(() => timelineEntryOf(source, resolve), [source, resolve])
  const { resource } = source
  if (entry.state === 'tampered' || entry.state === 'unreadable') return <Faulty state={entry.state} />
  const trend = resource && onTrend ? trendKeyOf(resource) : undefined
  const file = entry.type === 'File' ? entry.record : entry.file
  return (
    <article className={classes.record} aria-label={entry.title}>
      <Heading entry={entry} isBare={isBare} />
      {file !== undefined && loadFile && <RecordFile record={file} loadFile={loadFile} />}
      {resource && <ResourceViewer resource={resource} resolve={resolve} />}
      {trend !== undefined && (
        <Group>
          <Button
            variant="default"
            leftSection={<IconChartLine size={18} aria-hidden />}
            onClick={() => onTrend?.(trend)}
          >
            {t('record.trend')}
          </Button>
        </Group>
      )}
      {entry.state === 'unknown' && <Text c="dimmed">{t('list.unknownText')}</Text>}
    </article>
  )
}

function Heading({ entry, isBare }: { entry: ReturnType<typeof timelineEntryOf>; isBare: boolean }) {
  const { t, format, measurement } = useRecordWords()
  const { kind, title, date, time, author, flag, code, category } = entry
  return (
    <header className={classes.head}>
      <span className={classes.kind} data-category={category}>
        <KindIcon kind={kind} size={18} /> {t(`kinds.${kind}`)}
        {category === 'sensitive' && <IconLock size={16} aria-label={t('categories.sensitive')} />}
      </span>
      {isBare ? (
        flag && <FlagMark flag={flag} />
      ) : (
        <h2 className={classes.title}>
          {measurement(entry.measurement, title)} {flag && <FlagMark flag={flag} />}
        </h2>
      )}
      <Text size="sm" c="dimmed">
        {[
          date && format.date(date, 'long'),
          time,
          author?.name && t('list.by', { name: author.name }),
          author?.unproved && t('list.unproved'),
          code && t('record.code', { code: code.code }),
        ]
          .filter(Boolean)
          .join(' · ')}
      </Text>
    </header>
  )
}

function Faulty({ state }: { state: 'tampered' | 'unreadable' }) {
  const { t } = useRecordWords()
  return (
    <Alert
      role="alert"
      color={state === 'tampered' ? 'red' : 'gray'}
      icon={state === 'tampered' ? <IconAlertTriangle aria-hidden /> : <IconLock aria-hidden />}
      title={t(`list.${state}`)}
    >
      {t(`list.${state}Text`)}
    </Alert>
  )
}

function RecordFile({
  record,
  loadFile,
}: {
  record: string
  loadFile: NonNullable<RecordViewerProps['loadFile']>
}) {
  const { t } = useRecordWords()
  const problem = useProblem()
  const queries = useQueryClient()
  const [progress, setProgress] = useState<FileProgress>()
  const queryKey = ['records', 'file', record]
  const { data, error, fetchStatus, refetch } = useQuery({
    queryKey,
    queryFn: ({ signal }) => {
      setProgress(undefined)
      return loadFile(record, { signal, onProgress: setProgress })
    },
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  })
  if (error)
    return (
      <Alert color="red" title={t('record.failed')} role="alert">
        <Text>{isCuroError(error, 'unavailable') ? t('record.needsNetwork') : problem(error)}</Text>
        <Button mt="sm" variant="default" onClick={() => void refetch()}>
          {t('record.seeFile')}
        </Button>
      </Alert>
    )
  if (data) return <FileViewer file={data.blob} name={data.name} claimedType={data.claimedType} />
  if (fetchStatus === 'idle')
    return (
      <Alert color="gray" title={t('file.stopped')} role="status">
        <Button autoFocus variant="default" onClick={() => void refetch()}>
          {t('record.seeFile')}
        </Button>
      </Alert>
    )
  if (!progress || progress.total < SHOWN_FROM) return <ViewerLoading />
  return <FileProgressBar progress={progress} onCancel={() => void queries.cancelQueries({ queryKey })} />
}
