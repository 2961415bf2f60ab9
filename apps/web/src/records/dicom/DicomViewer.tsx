import { ActionIcon, Alert, Button, Text } from '@mantine/core'
import { IconContrast, IconPlayerTrackNext, IconPlayerTrackPrev, IconRefresh } from '@tabler/icons-react'
import {
  type KeyboardEvent,
  type PointerEvent,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import { ViewerLoading } from '../files/ViewerLoading.tsx'
import { useRecordWords } from '../record-words.ts'
import classes from './DicomViewer.module.css'
import { CT_WINDOWS, drawFrame, rangeOf } from './draw-frame.ts'
import { type DicomFile, type DicomPixels, type DicomWindow, readDicom } from './read-dicom.ts'

/** A medical image: its pictures where they can be drawn, a clear sentence where not, and what is written in it. */
export default function DicomViewer({ file, name }: { file: Blob; name: string }) {
  const { t } = useRecordWords()
  const dicom = useDicom(file)
  if (dicom === null) return <ViewerLoading />
  if (dicom === 'unreadable')
    return (
      <Alert color="red" className={classes.message ?? ''}>
        {t('dicom.unreadable')}
      </Alert>
    )
  return (
    <div>
      {dicom.pixels ? (
        <Pictures pixels={dicom.pixels} modality={dicom.modality} name={name} />
      ) : (
        <NoPictures dicom={dicom} />
      )}
      <Details dicom={dicom} />
    </div>
  )
}

function useDicom(file: Blob): DicomFile | 'unreadable' | null {
  const [dicom, setDicom] = useState<DicomFile | 'unreadable' | null>(null)
  useEffect(() => {
    let isGone = false
    setDicom(null)
    file
      .arrayBuffer()
      .then((bytes) => readDicom(new Uint8Array(bytes)))
      .catch(() => 'unreadable' as const)
      .then((found) => {
        if (!isGone) setDicom(found)
      })
    return () => {
      isGone = true
    }
  }, [file])
  return dicom
}

function NoPictures({ dicom }: { dicom: DicomFile }) {
  const { t } = useRecordWords()
  const text =
    dicom.state === 'compressed'
      ? t('dicom.compressed', { syntax: dicom.syntax })
      : dicom.state === 'unsupported'
        ? t('dicom.unsupported', { format: dicom.format ?? '' })
        : t('dicom.noPixels')
  return (
    <Alert color="yellow" className={classes.message ?? ''}>
      {text}
    </Alert>
  )
}

type Preset = 'file' | 'full' | keyof typeof CT_WINDOWS
type Shown = { window: DicomWindow; isInverted: boolean }

function Pictures({ pixels, modality, name }: { pixels: DicomPixels; modality: string; name: string }) {
  const { t, format } = useRecordWords()
  const full = useMemo(() => rangeOf(pixels, Math.floor(pixels.frames / 2)), [pixels])
  const first: Shown = { window: pixels.windows[0] ?? full, isInverted: false }
  const [shown, setShown] = useState(first)
  const [frame, setFrame] = useState(0)
  const isGrey = pixels.samples === 1 && !pixels.palette
  const move = (by: number) => setFrame((now) => Math.min(pixels.frames - 1, Math.max(0, now + by)))
  const adjust = (dx: number, dy: number) =>
    setShown(({ window, isInverted }) => ({
      isInverted,
      window: {
        center: window.center + (dy * full.width) / 400,
        width: Math.max(1, window.width + (dx * full.width) / 400),
      },
    }))
  const presets: readonly Preset[] = [
    ...(pixels.windows.length > 0 ? (['file'] as const) : []),
    'full',
    ...(modality === 'CT' ? (Object.keys(CT_WINDOWS) as (keyof typeof CT_WINDOWS)[]) : []),
  ]
  const choose = (preset: Preset) =>
    setShown((now) => ({
      ...now,
      window: preset === 'file' ? (pixels.windows[0] ?? full) : preset === 'full' ? full : CT_WINDOWS[preset],
    }))
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const act = KEYS[event.key]
    if (!act) return
    event.preventDefault()
    if (act === 'invert') setShown((now) => ({ ...now, isInverted: !now.isInverted }))
    else if (act === 'reset') setShown(first)
    else if (act[2] === 'frame') move(act[0])
    else if (isGrey) adjust(act[0] * 12, act[1] * 12)
  }
  return (
    <>
      <div className={classes.tools} role="toolbar" aria-label={t('dicom.window')}>
        {isGrey &&
          presets.map((preset) => (
            <Button key={preset} size="xs" variant="default" onClick={() => choose(preset)}>
              {t(`dicom.presets.${preset}`)}
            </Button>
          ))}
        {isGrey && (
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={t('dicom.invert')}
            title={t('dicom.invert')}
            aria-pressed={shown.isInverted}
            onClick={() => setShown((now) => ({ ...now, isInverted: !now.isInverted }))}
          >
            <IconContrast size={20} />
          </ActionIcon>
        )}
        <ActionIcon
          variant="subtle"
          color="gray"
          size="lg"
          aria-label={t('dicom.reset')}
          title={t('dicom.reset')}
          onClick={() => setShown(first)}
        >
          <IconRefresh size={20} />
        </ActionIcon>
        {isGrey && (
          <Text size="sm" c="dimmed" className={classes.numbers ?? ''} aria-live="polite">
            {t('dicom.level')} {format.number(Math.round(shown.window.center))} · {t('dicom.width')}{' '}
            {format.number(Math.round(shown.window.width))}
          </Text>
        )}
      </div>
      <Canvas
        pixels={pixels}
        frame={frame}
        shown={shown}
        name={name}
        onMove={move}
        onAdjust={isGrey ? adjust : undefined}
        onKeyDown={onKeyDown}
      />
      {pixels.frames > 1 && (
        <div className={classes.frames}>
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={t('dicom.previous')}
            disabled={frame === 0}
            onClick={() => move(-1)}
          >
            <IconPlayerTrackPrev size={20} />
          </ActionIcon>
          <input
            type="range"
            className={classes.slider}
            min={1}
            max={pixels.frames}
            value={frame + 1}
            aria-label={t('dicom.frame', { frame: frame + 1, frames: pixels.frames })}
            onChange={(event) => setFrame(Number(event.currentTarget.value) - 1)}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={t('dicom.next')}
            disabled={frame === pixels.frames - 1}
            onClick={() => move(1)}
          >
            <IconPlayerTrackNext size={20} />
          </ActionIcon>
          <Text size="sm" className={classes.numbers ?? ''}>
            {t('dicom.frame', { frame: frame + 1, frames: pixels.frames })}
          </Text>
        </div>
      )}
      <Text size="sm" c="dimmed" className={classes.hint ?? ''}>
        {t('dicom.hint')}
      </Text>
    </>
  )
}

type KeyAction = readonly [number, number, 'window' | 'frame']
const KEYS: Readonly<Record<string, KeyAction | 'invert' | 'reset'>> = {
  ArrowLeft: [-1, 0, 'window'],
  ArrowRight: [1, 0, 'window'],
  ArrowUp: [0, -1, 'window'],
  ArrowDown: [0, 1, 'window'],
  PageUp: [-1, 0, 'frame'],
  PageDown: [1, 0, 'frame'],
  ',': [-1, 0, 'frame'],
  '.': [1, 0, 'frame'],
  i: 'invert',
  '0': 'reset',
}

type CanvasProps = {
  pixels: DicomPixels
  frame: number
  shown: Shown
  name: string
  onMove: (by: number) => void
  onAdjust: ((dx: number, dy: number) => void) | undefined
  onKeyDown: (event: KeyboardEvent) => void
}

function Canvas({ pixels, frame, shown, name, onMove, onAdjust, onKeyDown }: CanvasProps) {
  const { t } = useRecordWords()
  const canvas = useRef<HTMLCanvasElement>(null)
  const stage = useRef<HTMLDivElement>(null)
  const last = useRef<{ x: number; y: number } | null>(null)
  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d')
    if (!context) return
    const rgba = drawFrame(pixels, { frame, ...shown })
    context.putImageData(new ImageData(rgba, pixels.columns, pixels.rows), 0, 0)
  }, [pixels, frame, shown])
  useEffect(() => {
    const { current } = stage
    if (!current || pixels.frames === 1) return
    const onWheel = (event: WheelEvent) => {
      event.preventDefault()
      onMove(event.deltaY > 0 ? 1 : -1)
    }
    current.addEventListener('wheel', onWheel, { passive: false })
    return () => current.removeEventListener('wheel', onWheel)
  }, [pixels, onMove])
  const onPointerMove = (event: PointerEvent) => {
    if (!last.current || !onAdjust) return
    onAdjust(event.clientX - last.current.x, event.clientY - last.current.y)
    last.current = { x: event.clientX, y: event.clientY }
  }
  return (
    <div
      ref={stage}
      className={classes.stage}
      role="application"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls or takes keys must be reached by them
      tabIndex={0}
      aria-label={t('file.pictureOf', { name })}
      aria-description={t('dicom.hint')}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        last.current = { x: event.clientX, y: event.clientY }
      }}
      onPointerMove={onPointerMove}
      onPointerUp={() => {
        last.current = null
      }}
    >
      <canvas ref={canvas} width={pixels.columns} height={pixels.rows} className={classes.canvas} />
    </div>
  )
}

function Details({ dicom }: { dicom: DicomFile }) {
  const { t, format } = useRecordWords()
  if (dicom.fields.length === 0) return null
  return (
    <section className={classes.details} aria-label={t('dicom.details')}>
      <Text fw={600} size="sm">
        {t('dicom.details')}
      </Text>
      <dl className={classes.fields}>
        {dicom.fields.map(({ key, value }) => (
          <div key={key} className={classes.field}>
            <dt>{t(`dicom.fields.${key}`)}</dt>
            <dd>{key === 'date' || key === 'born' ? format.date(value) : value}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
