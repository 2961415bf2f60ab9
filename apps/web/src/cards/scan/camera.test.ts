import { afterEach, describe, expect, it, vi } from 'vitest'
import { listCameras, openCamera } from './camera.ts'

afterEach(() => {
  vi.unstubAllGlobals()
})

type Ask = (constraints: MediaStreamConstraints) => Promise<unknown>

function haveCamera(getUserMedia: Ask, devices: Partial<MediaDeviceInfo>[] = []): void {
  vi.stubGlobal('navigator', { mediaDevices: { getUserMedia, enumerateDevices: async () => devices } })
}

function fakeStream({ torch = false } = {}) {
  const track = {
    stop: vi.fn(),
    getSettings: () => ({ deviceId: 'back' }),
    getCapabilities: () => ({ torch }),
    applyConstraints: vi.fn(async () => undefined),
  }
  return { track, stream: { getTracks: () => [track], getVideoTracks: () => [track] } }
}

describe('opening a camera', () => {
  it.each([
    ['NotAllowedError', 'refused'],
    ['NotFoundError', 'none'],
    ['NotReadableError', 'busy'],
    ['SomethingNew', 'failed'],
  ])('%s is explained as %s', async (name, problem) => {
    haveCamera(() => Promise.reject(new DOMException('no', name)))
    await expect(openCamera()).rejects.toMatchObject({ problem })
  })

  it('a page without https is told so', async () => {
    vi.stubGlobal('navigator', {})
    await expect(openCamera()).rejects.toMatchObject({ problem: 'insecure' })
  })

  it('asks for the camera at the back, without sound', async () => {
    const asked: MediaStreamConstraints[] = []
    haveCamera(async (constraints) => {
      asked.push(constraints)
      return fakeStream().stream
    })
    await openCamera()
    expect(asked).toMatchObject([{ audio: false, video: { facingMode: { ideal: 'environment' } } }])
  })

  it('a chosen camera that was unplugged is replaced by any', async () => {
    haveCamera(async ({ video }) => {
      if (typeof video === 'object' && video.deviceId) throw new DOMException('gone', 'OverconstrainedError')
      return fakeStream().stream
    })
    expect((await openCamera('unplugged')).id).toBe('back')
  })

  it('offers the light only where there is one, and stops every track', async () => {
    const { stream, track } = fakeStream({ torch: true })
    haveCamera(async () => stream)
    const camera = await openCamera()
    expect(camera.hasTorch).toBe(true)
    await camera.setTorch(true)
    expect(track.applyConstraints).toHaveBeenCalledWith({ advanced: [{ torch: true }] })
    camera.stop()
    expect(track.stop).toHaveBeenCalledOnce()
    haveCamera(async () => fakeStream().stream)
    expect((await openCamera()).hasTorch).toBe(false)
  })

  it('lists cameras only, and none that has no name yet', async () => {
    haveCamera(
      async () => undefined,
      [
        { kind: 'audioinput', deviceId: 'm', label: 'Microphone' },
        { kind: 'videoinput', deviceId: '', label: '' },
        { kind: 'videoinput', deviceId: 'a', label: 'Front' },
      ],
    )
    expect(await listCameras()).toEqual([{ id: 'a', label: 'Front' }])
  })
})
