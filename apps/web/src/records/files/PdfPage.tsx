import { type PDFDocumentProxy, type RenderTask, TextLayer } from 'pdfjs-dist'
import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { useRecordWords } from '../record-words.ts'
import classes from './PdfViewer.module.css'
import { MOST_PIXELS } from './pdf-document.ts'

export type PageSize = { width: number; height: number }

type Props = {
  document: PDFDocumentProxy
  index: number
  /** Where it stands in the stack, in CSS pixels. */
  top: number
  scale: number
  size: PageSize
  onSize: (size: PageSize) => void
}

/** One page: its picture on a canvas, its text above it, transparent, to be selected and read aloud. */
export function PdfPage({ document, index, top, scale, size, onSize }: Props) {
  const { t } = useRecordWords()
  const box = useRef<HTMLElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const text = useRef<HTMLDivElement>(null)
  const [hasFailed, setFailed] = useState(false)
  useLayoutEffect(() => {
    const { current } = box
    if (!current) return
    current.style.transform = `translateY(${top}px)`
    current.style.width = `${Math.round(size.width * scale)}px`
    current.style.height = `${Math.round(size.height * scale)}px`
    current.style.setProperty('--total-scale-factor', String(scale))
  }, [top, scale, size])
  // biome-ignore lint/correctness/useExhaustiveDependencies: size and onSize follow from the page
  useEffect(() => {
    let isGone = false
    let render: RenderTask | undefined
    let layer: TextLayer | undefined
    const draw = async () => {
      const page = await document.getPage(index + 1)
      if (isGone) return
      const plain = page.getViewport({ scale: 1 })
      if (Math.abs(plain.width - size.width) > 0.5 || Math.abs(plain.height - size.height) > 0.5)
        onSize({ width: plain.width, height: plain.height })
      const viewport = page.getViewport({ scale })
      const density = Math.min(
        globalThis.devicePixelRatio || 1,
        Math.sqrt(MOST_PIXELS / Math.max(1, viewport.width * viewport.height)),
      )
      const { current: to } = canvas
      if (!to) return
      const drawn = globalThis.document.createElement('canvas')
      drawn.width = Math.max(1, Math.floor(viewport.width * density))
      drawn.height = Math.max(1, Math.floor(viewport.height * density))
      render = page.render({
        canvas: drawn,
        viewport,
        transform: [density, 0, 0, density, 0, 0],
        annotationMode: 1,
      })
      await render.promise
      if (isGone) return
      // What was there stays until the new picture is whole: no flicker while zooming.
      to.width = drawn.width
      to.height = drawn.height
      to.getContext('2d')?.drawImage(drawn, 0, 0)
      const { current: into } = text
      if (!into) return
      into.replaceChildren()
      layer = new TextLayer({ textContentSource: page.streamTextContent(), container: into, viewport })
      await layer.render()
    }
    draw().catch((error: unknown) => {
      const isCancelled =
        (error as { name?: string }).name === 'RenderingCancelledException' ||
        (error as { name?: string }).name === 'AbortException'
      if (!isGone && !isCancelled) setFailed(true)
    })
    return () => {
      isGone = true
      render?.cancel()
      layer?.cancel()
    }
  }, [document, index, scale])
  return (
    <section
      ref={box}
      className={classes.sheet}
      aria-label={t('file.pageOf', { page: index + 1, pages: document.numPages })}
    >
      <canvas ref={canvas} className={classes.canvas} aria-hidden />
      <div ref={text} className={classes.textLayer} />
      {hasFailed && <p className={classes.message}>{t('file.failed')}</p>}
    </section>
  )
}
