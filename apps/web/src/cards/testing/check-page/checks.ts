import { type CardToDraw, drawCard } from '../../card-drawing.ts'
import { type CardFormat, makeCardPdf } from '../../card-pdf.ts'
import { makeCardPng } from '../../card-png.ts'
import { CARD_HEIGHT, CARD_WIDTH, type Scene } from '../../card-scene.ts'
import { printPdf } from '../../print-pdf.ts'
import { openPictureReader } from '../../scan/picture-reader.ts'
import type { Pixels } from '../../scan/pixels.ts'
import { drawSceneOn } from '../../scene-canvas.ts'
import { readSiteFont } from '../../text/installed-fonts.ts'
import { makeTypesetter } from '../../text/typesetter.ts'
import { PHOTO, photograph, type Shot } from '../distort.ts'
import { sampleCard } from '../sample-cards.ts'

const tools = { readFont: readSiteFont }
/** Of the card that is photographed: finer than any camera sees it. */
const PIXELS_PER_MM = 20

const sides = new Map<string, Promise<Pixels>>()

function drawSide(side: 'front' | 'back'): Promise<Pixels> {
  const drawn = sides.get(side) ?? drawCard(sampleCard(), tools).then((drawing) => rasterize(drawing[side]))
  sides.set(side, drawn)
  return drawn
}

function rasterize(scene: Scene): Pixels {
  const canvas = new OffscreenCanvas(CARD_WIDTH * PIXELS_PER_MM, CARD_HEIGHT * PIXELS_PER_MM)
  const context = canvas.getContext('2d')
  if (context === null) throw new Error('no canvas')
  context.fillStyle = '#ffffff'
  context.fillRect(0, 0, canvas.width, canvas.height)
  drawSceneOn(context, scene, PIXELS_PER_MM)
  return context.getImageData(0, 0, canvas.width, canvas.height)
}

async function toJpeg(pixels: Pixels): Promise<string> {
  const canvas = new OffscreenCanvas(pixels.width, pixels.height)
  canvas.getContext('2d')?.putImageData(new ImageData(pixels.data as ImageDataArray, pixels.width), 0, 0)
  const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.9 })
  return toBase64(new Uint8Array(await blob.arrayBuffer()))
}

function toBase64(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return btoa(text)
}

/** The share of inked pixels in which the first word drawn by us differs from the second drawn by the browser in the same font. */
async function compareShaping(pairs: [ours: string, theirs: string][]): Promise<number[]> {
  const name = 'noto-sans-devanagari-devanagari-400'
  const face = new FontFace('Compared', (await readSiteFont(name)).slice().buffer)
  document.fonts.add(await face.load())
  const typesetter = await makeTypesetter({ texts: pairs.flat(), readFont: readSiteFont })
  const size = 60
  const draw = (paint: (context: OffscreenCanvasRenderingContext2D) => void) => {
    const context = new OffscreenCanvas(900, 140).getContext('2d')
    if (context === null) throw new Error('no canvas')
    context.fillStyle = '#ffffff'
    context.fillRect(0, 0, 900, 140)
    paint(context)
    return context.getImageData(0, 0, 900, 140).data
  }
  return pairs.map(([own, other]) => {
    const line = typesetter.line(own, 400)
    const ours = draw((context) => {
      const mark = { kind: 'text', line, x: 10, baseline: 90, size, colour: [0, 0, 0] } as const
      drawSceneOn(context, { width: 900, height: 140, marks: [mark] }, 1)
    })
    const theirs = draw((context) => {
      context.font = `${size}px Compared`
      context.fillStyle = '#000000'
      context.fillText(other, 10, 90)
    })
    let inked = 0
    let differing = 0
    for (let i = 0; i < ours.length; i += 4) {
      const [a, b] = [ours[i] ?? 0, theirs[i] ?? 0]
      if (a < 128 || b < 128) inked++
      if (Math.abs(a - b) > 128) differing++
    }
    return differing / Math.max(1, inked)
  })
}

/** What the tests call inside the page: everything that only a browser can do. Files come back in base64. */
export const checks = {
  compareShaping,
  async pdf(card: CardToDraw, format: CardFormat): Promise<string> {
    return toBase64(await makeCardPdf({ ...card, format }, tools))
  },
  async png(card: CardToDraw): Promise<string> {
    return toBase64(await makeCardPng(card, tools))
  },
  /** Prints without the dialog, which headless Chromium does not have; tells what stood in the frame. */
  async printInFrame(card: CardToDraw): Promise<string> {
    let type = ''
    await printPdf(await makeCardPdf({ ...card, format: 'a4' }, tools), (frame) => {
      type = frame.document.contentType
    })
    return type
  },
  /** Photographs the card's back; tells after how many frames the Worker read it: 1 is at once, 0 never. */
  async read(shot: Shot, frames: number): Promise<{ read: number; milliseconds: number }> {
    const reader = openPictureReader()
    try {
      const photo = photograph(await drawSide('back'), shot)
      let milliseconds = 0
      for (let frame = 1; frame <= frames; frame++) {
        const began = performance.now()
        const { code } = await reader.read({ ...photo, data: photo.data.slice() }, 'frame')
        milliseconds += performance.now() - began
        if (code?.kind === 'card') return { read: frame, milliseconds: milliseconds / frame }
      }
      return { read: 0, milliseconds: milliseconds / frames }
    } finally {
      reader.close()
    }
  },
  async photo(shot: Shot, side: 'front' | 'back' = 'back'): Promise<string> {
    return toJpeg(photograph(await drawSide(side), shot))
  },
  /** A frame of a camera that sees another code, drawn by `modules`. */
  async photoOfCode(modules: boolean[][]): Promise<string> {
    const canvas = new OffscreenCanvas(PHOTO.width, PHOTO.height)
    const context = canvas.getContext('2d')
    if (context === null) throw new Error('no canvas')
    context.fillStyle = '#ffffff'
    context.fillRect(0, 0, PHOTO.width, PHOTO.height)
    context.fillStyle = '#000000'
    const scale = Math.floor(500 / modules.length)
    for (const [row, line] of modules.entries())
      for (const [column, isDark] of line.entries())
        if (isDark) context.fillRect(400 + column * scale, 100 + row * scale, scale, scale)
    const { data, width, height } = context.getImageData(0, 0, PHOTO.width, PHOTO.height)
    return toJpeg({ data: data as Uint8ClampedArray, width, height })
  },
}

export type Checks = typeof checks
