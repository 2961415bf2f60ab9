import {
  type Camera,
  type CameraChoice,
  CameraError,
  type CameraProblem,
  listCameras,
  openCamera,
} from './camera.ts'
import type { PictureReader } from './picture-reader.ts'
import type { ScannedCode } from './scanned-code.ts'

export type ScannedCard = Extract<ScannedCode, { kind: 'card' }>
/** What was seen that is no readable card. */
export type ScanHint = Exclude<ScannedCode, { kind: 'card' }> | { kind: 'unreadable' }

export type ScannerState = {
  phase: 'starting' | 'looking' | 'paused' | 'found' | 'failed'
  /** 'reader' when the code that reads QR codes could not be loaded. */
  problem?: CameraProblem | 'reader'
  hint?: ScanHint
  cameras: CameraChoice[]
  cameraId?: string | undefined
  hasTorch: boolean
  isTorchOn: boolean
}

export const initialState: ScannerState = {
  phase: 'starting',
  cameras: [],
  hasTorch: false,
  isTorchOn: false,
}

/** Ten frames a second: a hand moves little in between, and a telephone stays cool. */
const FRAME_MS = 100
/** A hint stays long enough to be read. */
const HINT_MS = 4000
/** One frame that could not be read is a hand on its way; this many in a row are a bad code. */
const UNREADABLE_FRAMES = 8

export type Scanner = {
  start(cameraId?: string): void
  setTorch(isOn: boolean): Promise<void>
  /** Lets go of the camera for good. */
  close(): void
}

export type ScannerOptions = {
  video: HTMLVideoElement
  reader: PictureReader
  onState: (state: ScannerState) => void
  /** Once, with the camera already off. */
  onCard: (card: ScannedCard) => void
}

/**
 * Reads cards from a camera. [Note: the camera is always let go] It is on only while this looks for a card on a visible page:
 * found, hidden, failed or closed turns it off, and a camera that is granted too late is turned off as it comes.
 */
export function makeScanner({ video, reader, onState, onCard }: ScannerOptions): Scanner {
  let state = initialState
  let camera: Camera | undefined
  let wanted: string | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let hintTimer: ReturnType<typeof setTimeout> | undefined
  let unreadable = 0
  let isClosed = false
  /** Counts starts and stops: what was begun before the last one no longer counts. */
  let run = 0

  const set = (change: Partial<ScannerState>) => {
    state = { ...state, ...change }
    if (!isClosed) onState(state)
  }
  const letGo = () => {
    run++
    clearTimeout(timer)
    clearTimeout(hintTimer)
    camera?.stop()
    camera = undefined
    video.srcObject = null
  }
  const fail = (error: unknown) => {
    letGo()
    set({
      phase: 'failed',
      problem: error instanceof CameraError ? error.problem : 'reader',
      hasTorch: false,
    })
  }
  const showHint = (hint: ScanHint) => {
    clearTimeout(hintTimer)
    set({ hint })
    hintTimer = setTimeout(() => {
      const { hint: _, ...rest } = state
      state = rest
      set({})
    }, HINT_MS)
  }

  const look = async (ownRun: number) => {
    const began = performance.now()
    if (video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA && video.videoWidth > 0) {
      const { code, sawUnreadable } = await reader.read(await createImageBitmap(video), 'frame')
      if (ownRun !== run) return
      unreadable = sawUnreadable ? unreadable + 1 : 0
      if (code?.kind === 'card') {
        letGo()
        set({ phase: 'found' })
        onCard(code)
        return
      }
      if (code !== undefined) showHint(code)
      else if (unreadable >= UNREADABLE_FRAMES) showHint({ kind: 'unreadable' })
    }
    next(ownRun, FRAME_MS - (performance.now() - began))
  }
  const next = (ownRun: number, after: number) => {
    timer = setTimeout(
      () => {
        look(ownRun).catch((error) => {
          if (ownRun === run) fail(error)
        })
      },
      Math.max(0, after),
    )
  }

  const open = async (ownRun: number) => {
    const opened = await openCamera(wanted)
    if (ownRun !== run) return opened.stop()
    camera = opened
    opened.stream.getVideoTracks()[0]?.addEventListener('ended', () => {
      if (ownRun === run) fail(new CameraError('failed'))
    })
    video.srcObject = opened.stream
    await video.play()
    const cameras = await listCameras()
    if (ownRun !== run) return
    set({ phase: 'looking', cameras, cameraId: opened.id, hasTorch: opened.hasTorch, isTorchOn: false })
    next(ownRun, 0)
  }
  const start = (cameraId = wanted) => {
    if (isClosed) return
    wanted = cameraId
    letGo()
    if (document.hidden) {
      set({ phase: 'paused' })
      return
    }
    const { problem: _, hint: __, ...rest } = state
    state = rest
    set({ phase: 'starting' })
    const ownRun = run
    open(ownRun).catch((error) => {
      if (ownRun === run) fail(error)
    })
  }
  const onVisibility = () => {
    if (document.hidden && (state.phase === 'looking' || state.phase === 'starting')) {
      letGo()
      set({ phase: 'paused', hasTorch: false })
    } else if (!document.hidden && state.phase === 'paused') start()
  }
  document.addEventListener('visibilitychange', onVisibility)

  return {
    start,
    async setTorch(isOn) {
      try {
        await camera?.setTorch(isOn)
        set({ isTorchOn: isOn })
      } catch {
        set({ hasTorch: false })
      }
    },
    close() {
      isClosed = true
      document.removeEventListener('visibilitychange', onVisibility)
      letGo()
    },
  }
}
