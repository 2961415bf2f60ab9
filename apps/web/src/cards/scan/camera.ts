/** Why there is no picture; a word of `scan.problems` each. */
export type CameraProblem = 'refused' | 'none' | 'busy' | 'insecure' | 'failed'

export class CameraError extends Error {
  readonly problem: CameraProblem

  constructor(problem: CameraProblem, cause?: unknown) {
    super(`The camera cannot be used: ${problem}.`, { cause })
    this.problem = problem
  }
}

export type CameraChoice = { id: string; label: string }

export type Camera = {
  stream: MediaStream
  /** The device in use. */
  id: string | undefined
  hasTorch: boolean
  setTorch(isOn: boolean): Promise<void>
  stop(): void
}

const PROBLEMS: Record<string, CameraProblem> = {
  NotAllowedError: 'refused',
  SecurityError: 'refused',
  NotFoundError: 'none',
  OverconstrainedError: 'none',
  NotReadableError: 'busy',
  AbortError: 'busy',
}

async function openStream(cameraId: string | undefined): Promise<MediaStream> {
  const size = { width: { ideal: 1280 }, height: { ideal: 720 } }
  const which =
    cameraId === undefined ? { facingMode: { ideal: 'environment' } } : { deviceId: { exact: cameraId } }
  return navigator.mediaDevices.getUserMedia({ audio: false, video: { ...which, ...size } })
}

/**
 * Asks for a camera, the one at the back unless another is named. A named one that is gone is replaced by any. Throws a
 * CameraError.
 */
export async function openCamera(cameraId?: string): Promise<Camera> {
  // lib.dom has it always, but browsers leave it out on plain http.
  if (!(navigator.mediaDevices as MediaDevices | undefined)) throw new CameraError('insecure')
  let stream: MediaStream
  try {
    stream = await openStream(cameraId).catch((error: DOMException) => {
      if (cameraId !== undefined && error.name === 'OverconstrainedError') return openStream(undefined)
      throw error
    })
  } catch (error) {
    const name = error instanceof DOMException || error instanceof Error ? error.name : ''
    throw new CameraError(PROBLEMS[name] ?? 'failed', error)
  }
  const [track] = stream.getVideoTracks()
  const capabilities = track?.getCapabilities?.() as
    | (MediaTrackCapabilities & { torch?: boolean })
    | undefined
  return {
    stream,
    id: track?.getSettings().deviceId,
    hasTorch: capabilities?.torch === true,
    async setTorch(isOn) {
      await track?.applyConstraints({ advanced: [{ torch: isOn } as MediaTrackConstraintSet] })
    },
    stop() {
      for (const each of stream.getTracks()) each.stop()
    },
  }
}

/** The cameras to choose from; their names are told only after the camera was allowed. */
export async function listCameras(): Promise<CameraChoice[]> {
  const devices = await navigator.mediaDevices.enumerateDevices()
  return devices
    .filter(({ kind, deviceId }) => kind === 'videoinput' && deviceId !== '')
    .map(({ deviceId, label }) => ({ id: deviceId, label }))
}
