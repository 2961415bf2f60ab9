import { ActionIcon, Button, Text } from '@mantine/core'
import { IconChevronDown, IconChevronUp, IconMinus, IconPlus } from '@tabler/icons-react'
import { useVirtualizer } from '@tanstack/react-virtual'
import type { PDFDocumentProxy } from 'pdfjs-dist'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { PasswordInput } from '../../accounts/PasswordInput.tsx'
import { useRecordWords } from '../record-words.ts'
import { type PageSize, PdfPage } from './PdfPage.tsx'
import classes from './PdfViewer.module.css'
import { openPdf } from './pdf-document.ts'
import { ViewerLoading } from './ViewerLoading.tsx'

type Opened =
  | { state: 'loading' }
  | { state: 'locked'; answer: (password: string) => void; isWrong: boolean }
  | { state: 'open'; document: PDFDocumentProxy; first: PageSize }
  | { state: 'failed' }

function usePdf(file: Blob): Opened {
  const [opened, setOpened] = useState<Opened>({ state: 'loading' })
  useEffect(() => {
    let isGone = false
    let close = () => {}
    setOpened({ state: 'loading' })
    const open = async () => {
      const { task, document } = await openPdf(file, (answer, isWrong) => {
        if (!isGone) setOpened({ state: 'locked', answer, isWrong })
      })
      close = () => void task.destroy()
      if (isGone) return close()
      const loaded = await document
      const page = await loaded.getPage(1)
      const { width, height } = page.getViewport({ scale: 1 })
      if (!isGone) setOpened({ state: 'open', document: loaded, first: { width, height } })
    }
    open().catch(() => {
      if (!isGone) setOpened({ state: 'failed' })
    })
    return () => {
      isGone = true
      close()
    }
  }, [file])
  return opened
}

/** A PDF, page by page as one scrolls; its text can be selected and read aloud. Nothing in the file is run. */
export default function PdfViewer({ file, name }: { file: Blob; name: string }) {
  const { t } = useRecordWords()
  const opened = usePdf(file)
  switch (opened.state) {
    case 'loading':
      return <ViewerLoading />
    case 'failed':
      return <Text className={classes.message ?? ''}>{t('file.failed')}</Text>
    case 'locked':
      return <PasswordForm answer={opened.answer} isWrong={opened.isWrong} />
    case 'open':
      return <Pages document={opened.document} first={opened.first} name={name} />
  }
}

function PasswordForm({ answer, isWrong }: { answer: (password: string) => void; isWrong: boolean }) {
  const { t } = useRecordWords()
  const [password, setPassword] = useState('')
  const send = (event: FormEvent) => {
    event.preventDefault()
    answer(password)
  }
  return (
    <form className={classes.password} onSubmit={send}>
      <PasswordInput
        label={t('file.password')}
        description={t('file.locked')}
        error={isWrong && t('file.wrongPassword')}
        value={password}
        autoComplete="off"
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
      <Button type="submit">{t('file.unlock')}</Button>
    </form>
  )
}

const GAP = 12
const ZOOMS = [0.5, 0.67, 0.8, 1, 1.25, 1.5, 2, 3, 4]

function Pages({ document, first, name }: { document: PDFDocumentProxy; first: PageSize; name: string }) {
  const { t } = useRecordWords()
  const scroller = useRef<HTMLDivElement>(null)
  const width = useWidth(scroller)
  const [zoom, setZoom] = useState(1)
  const [sizes, setSizes] = useState<Readonly<Record<number, PageSize>>>({})
  const fit = width > 0 ? Math.min(1.6, (width - 2 * GAP) / first.width) : 1
  const scale = fit * zoom
  const sizeOf = (index: number) => sizes[index] ?? first
  const pages = useVirtualizer({
    count: document.numPages,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => Math.round(sizeOf(index).height * scale) + GAP,
    overscan: 1,
    paddingStart: GAP,
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: heights follow from scale and sizes
  useEffect(() => pages.measure(), [scale, sizes])
  const current = currentPage(pages)
  const goTo = (page: number) =>
    pages.scrollToIndex(Math.min(document.numPages, Math.max(1, page)) - 1, { align: 'start' })
  const step = (by: 1 | -1) => {
    const at = ZOOMS.findIndex((one) => one >= zoom - 0.001)
    setZoom(ZOOMS[Math.min(ZOOMS.length - 1, Math.max(0, at + by))] ?? 1)
  }
  return (
    <div>
      <Toolbar current={current} count={document.numPages} zoom={zoom} goTo={goTo} step={step} name={name} />
      <div
        ref={scroller}
        className={classes.scroller}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls or takes keys must be reached by them
        tabIndex={0}
        role="document"
        aria-label={t('file.viewer', { name })}
      >
        <PageStack
          height={pages.getTotalSize()}
          width={Math.max(...Object.values(sizes).map((one) => one.width), first.width) * scale + 2 * GAP}
        >
          {pages.getVirtualItems().map((item) => (
            <PdfPage
              key={item.key}
              document={document}
              index={item.index}
              top={item.start}
              scale={scale}
              size={sizeOf(item.index)}
              onSize={(size) => setSizes((now) => ({ ...now, [item.index]: size }))}
            />
          ))}
        </PageStack>
      </div>
    </div>
  )
}

/** The page that fills most of the top half. */
function currentPage(pages: ReturnType<typeof useVirtualizer<HTMLDivElement, Element>>): number {
  const middle = (pages.scrollOffset ?? 0) + (pages.scrollRect?.height ?? 0) / 3
  const item = pages.getVirtualItems().findLast(({ start }) => start <= middle)
  return (item?.index ?? 0) + 1
}

function PageStack({
  height,
  width,
  children,
}: {
  height: number
  width: number
  children: React.ReactNode
}) {
  return (
    <div className={classes.stack} style={{ height, minWidth: width }}>
      {children}
    </div>
  )
}

type ToolbarProps = {
  current: number
  count: number
  zoom: number
  goTo: (page: number) => void
  step: (by: 1 | -1) => void
  name: string
}

function Toolbar({ current, count, zoom, goTo, step, name }: ToolbarProps) {
  const { t, format } = useRecordWords()
  return (
    <div className={classes.tools} role="toolbar" aria-label={t('file.viewer', { name })}>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="lg"
        aria-label={t('file.previousPage')}
        title={t('file.previousPage')}
        disabled={current <= 1}
        onClick={() => goTo(current - 1)}
      >
        <IconChevronUp size={20} />
      </ActionIcon>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="lg"
        aria-label={t('file.nextPage')}
        title={t('file.nextPage')}
        disabled={current >= count}
        onClick={() => goTo(current + 1)}
      >
        <IconChevronDown size={20} />
      </ActionIcon>
      <Text size="sm" className={classes.page ?? ''} aria-live="polite">
        {t('file.pageOf', { page: format.number(current), pages: format.number(count) })}
      </Text>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="lg"
        aria-label={t('file.zoomOut')}
        title={t('file.zoomOut')}
        disabled={zoom <= (ZOOMS[0] ?? 0)}
        onClick={() => step(-1)}
      >
        <IconMinus size={20} />
      </ActionIcon>
      <Text size="sm" className={classes.percent ?? ''}>
        {t('file.zoom', { percent: format.number(Math.round(zoom * 100)) })}
      </Text>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="lg"
        aria-label={t('file.zoomIn')}
        title={t('file.zoomIn')}
        disabled={zoom >= (ZOOMS.at(-1) ?? 0)}
        onClick={() => step(1)}
      >
        <IconPlus size={20} />
      </ActionIcon>
    </div>
  )
}

function useWidth(ref: React.RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0)
  useEffect(() => {
    const { current } = ref
    if (!current) return
    const observer = new ResizeObserver(() => setWidth(current.clientWidth))
    observer.observe(current)
    return () => observer.disconnect()
  }, [ref])
  return width
}
