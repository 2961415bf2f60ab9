import { ActionIcon, Text } from '@mantine/core'
import { IconMaximize, IconMinus, IconPlus, IconRotate2, IconRotateClockwise2 } from '@tabler/icons-react'
import { type KeyboardEvent, type PointerEvent, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { useRecordWords } from '../record-words.ts'
import { useObjectUrl } from './object-url.ts'
import classes from './PictureViewer.module.css'
import { ViewerLoading } from './ViewerLoading.tsx'

/** Zoom relative to the size at which the picture fits. */
type View = { zoom: number; x: number; y: number; turns: number }

const WHOLE: View = { zoom: 1, x: 0, y: 0, turns: 0 }
const MOST_ZOOM = 12
const STEP = 1.25
const PAN_STEP = 60

const clampZoom = (zoom: number) => Math.min(MOST_ZOOM, Math.max(0.5, zoom))

type Props = { file: Blob; name: string; contentType: string }

/** A picture to enlarge, move and turn: by buttons, wheel, fingers or keys. */
export default function PictureViewer({ file, name, contentType }: Props) {
  const { t, format } = useRecordWords()
  const url = useObjectUrl(file, contentType)
  const [view, setView] = useState(WHOLE)
  const [hasFailed, setFailed] = useState(false)
  const stage = useStage(setView)
  const zoomBy = (factor: number) =>
    setView((now) => {
      const zoom = clampZoom(now.zoom * factor)
      return { ...now, zoom, x: (now.x * zoom) / now.zoom, y: (now.y * zoom) / now.zoom }
    })
  const turn = (by: number) => setView((now) => ({ ...now, turns: now.turns + by, x: 0, y: 0 }))
  const onKeyDown = (event: KeyboardEvent) => {
    const act = KEYS[event.key]
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    if (act === 'in') zoomBy(STEP)
    else if (act === 'out') zoomBy(1 / STEP)
    else if (act === 'whole') setView(WHOLE)
    else if (act === 'turn') turn(event.shiftKey ? -1 : 1)
    else setView((now) => ({ ...now, x: now.x + act[0] * PAN_STEP, y: now.y + act[1] * PAN_STEP }))
  }
  if (hasFailed) return <Text className={classes.failed ?? ''}>{t('file.failed')}</Text>
  return (
    <div>
      <div className={classes.tools} role="toolbar" aria-label={t('file.viewer', { name })}>
        <Tool label={t('file.zoomOut')} icon={IconMinus} onClick={() => zoomBy(1 / STEP)} />
        <Text size="sm" className={classes.percent ?? ''} aria-live="polite">
          {t('file.zoom', { percent: format.number(Math.round(view.zoom * 100)) })}
        </Text>
        <Tool label={t('file.zoomIn')} icon={IconPlus} onClick={() => zoomBy(STEP)} />
        <Tool label={t('file.fit')} icon={IconMaximize} onClick={() => setView(WHOLE)} />
        <Tool label={t('file.rotateLeft')} icon={IconRotate2} onClick={() => turn(-1)} />
        <Tool label={t('file.rotateRight')} icon={IconRotateClockwise2} onClick={() => turn(1)} />
      </div>
      <div
        ref={stage.ref}
        className={classes.stage}
        role="application"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls or takes keys must be reached by them
        tabIndex={0}
        aria-label={t('file.pictureOf', { name })}
        aria-description={t('file.panHint')}
        onKeyDown={onKeyDown}
        {...stage.pointers}
      >
        {url ? (
          <TurnedPicture
            url={url}
            name={name}
            view={view}
            stage={stage.size}
            onError={() => setFailed(true)}
          />
        ) : (
          <ViewerLoading />
        )}
      </div>
    </div>
  )
}

const KEYS: Readonly<Record<string, 'in' | 'out' | 'whole' | 'turn' | readonly [number, number]>> = {
  '+': 'in',
  '=': 'in',
  '-': 'out',
  '0': 'whole',
  r: 'turn',
  R: 'turn',
  ArrowLeft: [1, 0],
  ArrowRight: [-1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
}

type PictureProps = {
  url: string
  name: string
  view: View
  stage: { width: number; height: number }
  onError: () => void
}

function TurnedPicture({ url, name, view, stage, onError }: PictureProps) {
  const [size, setSize] = useState({ width: 0, height: 0 })
  const image = useRef<HTMLImageElement>(null)
  const isAcross = view.turns % 2 !== 0
  const [width, height] = isAcross ? [size.height, size.width] : [size.width, size.height]
  const fit = width > 0 && stage.width > 0 ? Math.min(stage.width / width, stage.height / height, 1.5) : 1
  useLayoutEffect(() => {
    const { current } = image
    if (!current) return
    // Sizes through the object model: the CSP forbids style attributes.
    current.style.width = `${size.width * fit * view.zoom}px`
    current.style.transform = `translate(calc(-50% + ${view.x}px), calc(-50% + ${view.y}px)) rotate(${view.turns * 90}deg)`
  }, [size, fit, view])
  return (
    <img
      ref={image}
      src={url}
      alt={name}
      draggable={false}
      className={classes.picture}
      data-ready={size.width > 0}
      onLoad={(event) =>
        setSize({ width: event.currentTarget.naturalWidth, height: event.currentTarget.naturalHeight })
      }
      onError={onError}
    />
  )
}

type ToolProps = { label: string; icon: typeof IconPlus; onClick: () => void }

function Tool({ label, icon: Icon, onClick }: ToolProps) {
  return (
    <ActionIcon variant="subtle" color="gray" size="lg" aria-label={label} title={label} onClick={onClick}>
      <Icon size={20} stroke={1.6} />
    </ActionIcon>
  )
}

/** The stage's size, and moving by one finger or the mouse, enlarging by two fingers or the wheel. */
function useStage(setView: (change: (now: View) => View) => void) {
  const ref = useRef<HTMLDivElement>(null)
  const [size, setSize] = useState({ width: 0, height: 0 })
  const fingers = useRef(new Map<number, { x: number; y: number }>())
  useEffect(() => {
    const { current } = ref
    if (!current) return
    const observer = new ResizeObserver(() =>
      setSize({ width: current.clientWidth, height: current.clientHeight }),
    )
    observer.observe(current)
    const onWheel = (event: WheelEvent) => {
      event.preventDefault()
      setView((now) => ({ ...now, zoom: clampZoom(now.zoom * Math.exp(-event.deltaY / 500)) }))
    }
    current.addEventListener('wheel', onWheel, { passive: false })
    return () => {
      observer.disconnect()
      current.removeEventListener('wheel', onWheel)
    }
  }, [setView])
  const spread = () => {
    const [a, b] = [...fingers.current.values()]
    return a && b ? Math.hypot(a.x - b.x, a.y - b.y) : 0
  }
  const onPointerDown = (event: PointerEvent) => {
    event.currentTarget.setPointerCapture(event.pointerId)
    fingers.current.set(event.pointerId, { x: event.clientX, y: event.clientY })
  }
  const onPointerMove = (event: PointerEvent) => {
    const last = fingers.current.get(event.pointerId)
    if (!last) return
    const before = spread()
    fingers.current.set(event.pointerId, { x: event.clientX, y: event.clientY })
    const after = spread()
    const [dx, dy] = [event.clientX - last.x, event.clientY - last.y]
    const count = fingers.current.size
    setView((now) => ({
      ...now,
      x: now.x + dx / count,
      y: now.y + dy / count,
      zoom: before > 0 && after > 0 ? clampZoom((now.zoom * after) / before) : now.zoom,
    }))
  }
  const onPointerUp = (event: PointerEvent) => fingers.current.delete(event.pointerId)
  return { ref, size, pointers: { onPointerDown, onPointerMove, onPointerUp, onPointerCancel: onPointerUp } }
}
