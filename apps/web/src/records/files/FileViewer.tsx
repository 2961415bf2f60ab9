import { SNIFF_BYTES } from '@curo/fhir/document'
import { Alert, Button, Group, Text } from '@mantine/core'
import { IconAlertTriangle, IconDownload, IconFile } from '@tabler/icons-react'
import { lazy, Suspense, useEffect, useState } from 'react'
import { useRecordWords } from '../record-words.ts'
import classes from './FileViewer.module.css'
import { type Judgement, judgeFile } from './judge-file.ts'
import { useObjectUrl } from './object-url.ts'
import { PlainTextViewer } from './PlainTextViewer.tsx'
import { saveFile } from './save-file.ts'
import { ViewerBoundary } from './ViewerBoundary.tsx'
import { ViewerLoading } from './ViewerLoading.tsx'

const PdfViewer = lazy(() => import('./PdfViewer.tsx'))
const PictureViewer = lazy(() => import('./PictureViewer.tsx'))
const DicomViewer = lazy(() => import('../dicom/DicomViewer.tsx'))

/** Beyond this nothing is drawn: the page would stand still. PDFs are read in pieces, so they may be larger. */
const MOST_BYTES = { picture: 100e6, dicom: 300e6, markup: 5e6, pdf: 2e9 } as const

export type FileViewerProps = {
  file: Blob
  /** File name, shown and used for the download. */
  name: string
  /** Content type that its sender or its DocumentReference gives; only matters where it is a lie. */
  claimedType?: string | undefined
}

/**
 * Shows a file as what it is by its own bytes: PDF, picture, DICOM, text, sound, video; a web page only without scripts
 * and on request. What is not what it claims, and everything else, is a download.
 */
export function FileViewer({ file, name, claimedType }: FileViewerProps) {
  const [judgement, setJudgement] = useState<Judgement | 'failed' | null>(null)
  useEffect(() => {
    let isGone = false
    setJudgement(null)
    file
      .slice(0, SNIFF_BYTES)
      .arrayBuffer()
      .then((first) => judgeFile({ first: new Uint8Array(first), name, claimedType }))
      .catch(() => 'failed' as const)
      .then((found) => {
        if (!isGone) setJudgement(found)
      })
    return () => {
      isGone = true
    }
  }, [file, name, claimedType])
  if (judgement === null) return <ViewerLoading />
  if (judgement === 'failed') return <NotShown file={file} name={name} reason="failed" />
  return (
    <section className={classes.viewer} aria-label={name}>
      <FileBar file={file} name={name} contentType={judgement.contentType} />
      <ViewerBoundary key={name} fallback={<NotShown file={file} name={name} reason="failed" isBare />}>
        <Suspense fallback={<ViewerLoading />}>
          <Content file={file} name={name} judgement={judgement} />
        </Suspense>
      </ViewerBoundary>
    </section>
  )
}

function Content({ file, name, judgement }: { file: Blob; name: string; judgement: Judgement }) {
  const { show, claimed, family, contentType } = judgement
  if (file.size === 0) return <NotShown file={file} name={name} reason="empty" isBare />
  if (claimed) return <Mismatch claimed={claimed} actual={family} />
  if (show !== 'download' && show in MOST_BYTES && file.size > MOST_BYTES[show as keyof typeof MOST_BYTES])
    return <NotShown file={file} name={name} reason="tooLarge" isBare />
  switch (show) {
    case 'pdf':
      return <PdfViewer file={file} name={name} />
    case 'picture':
      return <PictureViewer file={file} name={name} contentType={contentType} />
    case 'dicom':
      return <DicomViewer file={file} name={name} />
    case 'text':
      return <PlainTextViewer file={file} name={name} />
    case 'markup':
      return <MarkupViewer file={file} name={name} contentType={contentType} />
    case 'video':
    case 'sound':
      return <Player file={file} name={name} contentType={contentType} kind={show} />
    default:
      return <NotShown file={file} name={name} reason="noPreview" isBare />
  }
}

function FileBar({ file, name, contentType }: { file: Blob; name: string; contentType: string }) {
  const { t, fileKind, format } = useRecordWords()
  return (
    <div className={classes.bar}>
      <IconFile size={20} stroke={1.6} aria-hidden className={classes.icon} />
      <div className={classes.names}>
        <Text fw={550} className={classes.name ?? ''}>
          {name}
        </Text>
        <Text size="sm" c="dimmed">
          {t('file.sizeOf', { kind: fileKind(contentType), size: format.bytes(file.size) })}
        </Text>
      </div>
      <DownloadButton file={file} name={name} />
    </div>
  )
}

function DownloadButton({ file, name }: { file: Blob; name: string }) {
  const { t } = useRecordWords()
  return (
    <Button
      variant="default"
      size="sm"
      leftSection={<IconDownload size={18} aria-hidden />}
      onClick={() => saveFile(file, name)}
    >
      {t('file.download')}
    </Button>
  )
}

function Mismatch({ claimed, actual }: { claimed: string; actual: string }) {
  const { sayOr, t } = useRecordWords()
  return (
    <Alert
      color="red"
      icon={<IconAlertTriangle aria-hidden />}
      className={classes.message ?? ''}
      role="alert"
    >
      {t('file.mismatch', {
        claimed: sayOr(`fileKinds.${claimed}`, claimed),
        actual: sayOr(`fileKinds.${actual}`, actual),
      })}
    </Alert>
  )
}

type Reason = 'failed' | 'noPreview' | 'tooLarge' | 'empty'

function NotShown({
  file,
  name,
  reason,
  isBare = false,
}: {
  file: Blob
  name: string
  reason: Reason
  isBare?: boolean
}) {
  const { t } = useRecordWords()
  const text = <Text className={classes.message ?? ''}>{t(`file.${reason}`)}</Text>
  if (isBare) return text
  return (
    <section className={classes.viewer} aria-label={name}>
      {text}
      <Group className={classes.message ?? ''}>
        <DownloadButton file={file} name={name} />
      </Group>
    </section>
  )
}

/**
 * HTML and SVG run nowhere: not in this page, and in a frame of no origin without scripts, forms and pop-ups, under this
 * page's own CSP, which also stops whatever it would fetch from elsewhere.
 */
function MarkupViewer({ file, name, contentType }: { file: Blob; name: string; contentType: string }) {
  const { t } = useRecordWords()
  const [isShown, setShown] = useState(false)
  const url = useObjectUrl(file, contentType)
  if (!isShown)
    return (
      <Group className={classes.message ?? ''}>
        <Button variant="default" onClick={() => setShown(true)}>
          {t('file.showMarkup')}
        </Button>
      </Group>
    )
  return (
    <>
      <Text size="sm" c="dimmed" className={classes.message ?? ''}>
        {t('file.markup')}
      </Text>
      {url && (
        <iframe title={name} src={url} sandbox="" referrerPolicy="no-referrer" className={classes.frame} />
      )}
    </>
  )
}

function Player({
  file,
  name,
  contentType,
  kind,
}: {
  file: Blob
  name: string
  contentType: string
  kind: 'video' | 'sound'
}) {
  const { t } = useRecordWords()
  const url = useObjectUrl(file, contentType)
  const label = t('file.play', { name })
  if (!url) return <ViewerLoading />
  return kind === 'video' ? (
    // biome-ignore lint/a11y/useMediaCaption: a patient's own recording has no captions
    <video controls src={url} aria-label={label} className={classes.video} />
  ) : (
    // biome-ignore lint/a11y/useMediaCaption: a patient's own recording has no captions
    <audio controls src={url} aria-label={label} className={classes.audio} />
  )
}
