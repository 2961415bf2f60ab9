import { rename } from 'node:fs/promises'
import type { Browser, Page } from 'playwright-core'
import type { Pixels } from '../cards/scan/pixels.ts'
import { writeCameraClip } from '../cards/testing/camera-clip.ts'
import { photograph, type Shot } from '../cards/testing/distort.ts'
import { fillPaths, readQrPaths } from '../cards/testing/read-pdf.ts'

const CARD = { width: 85.6, height: 54 }
/** As finely as a card printer prints. */
const PIXELS_PER_MM = 12
/** A hand that brings the card before the camera. */
const APPROACH: readonly Shot[] = [
  { fill: 0.3, shift: [900, 0] },
  { fill: 0.55, turn: 14, tilt: 15, noise: 8 },
  { fill: 0.6, turn: 8, noise: 8 },
]

/** Chromium, whose only camera sees what lies in the file at `path` when the camera is opened. */
export const cameraThatSees = (path: string): string[] => [
  '--use-fake-ui-for-media-stream',
  '--use-fake-device-for-media-stream',
  `--use-file-for-fake-video-capture=${path}`,
]

/** Holds a printed card (a PDF of the card's own size, front and back) before the camera: the QR code as it is printed. */
export async function holdBeforeCamera(pdf: Uint8Array, browser: Browser, path: string): Promise<void> {
  const paths = await readQrPaths(pdf, 1)
  const back = fillPaths(paths, { ...CARD, scale: PIXELS_PER_MM })
  const page = await browser.newPage()
  try {
    const frames: { jpeg: string; times: number }[] = []
    for (const shot of APPROACH) frames.push({ jpeg: await toJpeg(page, photograph(back, shot)), times: 10 })
    await rename(await writeCameraClip(frames), path)
  } finally {
    await page.close()
  }
}

/** Base64, by the browser's own encoder. */
async function toJpeg(page: Page, { data, width, height }: Pixels): Promise<string> {
  return page.evaluate(
    async ({ pixels, width, height }) => {
      const bytes = Uint8ClampedArray.from(atob(pixels), (letter) => letter.charCodeAt(0))
      const canvas = new OffscreenCanvas(width, height)
      canvas.getContext('2d')?.putImageData(new ImageData(bytes, width, height), 0, 0)
      const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.9 })
      const jpeg = new Uint8Array(await blob.arrayBuffer())
      return btoa(Array.from(jpeg, (byte) => String.fromCharCode(byte)).join(''))
    },
    { pixels: Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('base64'), width, height },
  )
}
