import { prepareZXingModule } from 'zxing-wasm/reader'
import wasmUrl from 'zxing-wasm/reader/zxing_reader.wasm?url'
import type { ScanReply, ScanRequest } from './messages.ts'
import type { Pixels } from './pixels.ts'
import { readFrame, readPhoto } from './read-picture.ts'

// Its own default is a public CDN, which the CSP forbids and which would learn who scans when.
prepareZXingModule({ overrides: { locateFile: () => new URL(wasmUrl, self.location.href).href } })

/** More pixels than these cost time and tell nothing. */
const MOST_PIXELS = 2_600_000

let turn = 0

function pixelsOf(picture: ImageBitmap | Pixels): Pixels {
  if (!(picture instanceof ImageBitmap)) return picture
  const scale = Math.min(1, Math.sqrt(MOST_PIXELS / (picture.width * picture.height)))
  const width = Math.max(1, Math.round(picture.width * scale))
  const height = Math.max(1, Math.round(picture.height * scale))
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })
  if (context === null) throw new Error('This browser cannot read pictures in the background.')
  // A transparent picture is read as if it lay on white paper.
  context.fillStyle = '#ffffff'
  context.fillRect(0, 0, width, height)
  context.drawImage(picture, 0, 0, width, height)
  picture.close()
  return context.getImageData(0, 0, width, height)
}

async function answer({ id, picture, effort }: ScanRequest): Promise<ScanReply> {
  try {
    const pixels = pixelsOf(picture)
    const outcome = effort === 'photo' ? await readPhoto(pixels) : await readFrame(pixels, turn++)
    return { id, outcome }
  } catch (error) {
    return { id, failed: error instanceof Error ? error.message : String(error) }
  }
}

self.addEventListener('message', async ({ data }: MessageEvent<ScanRequest>) => {
  self.postMessage(await answer(data))
})
