import { CuroError } from '@curo/crypto/errors'
import { type CardToDraw, type DrawingTools, drawCard } from './card-drawing.ts'
import { ACCENT, CARD_CORNER, CARD_HEIGHT, CARD_WIDTH, type Scene } from './card-scene.ts'
import { drawSceneOn } from './scene-canvas.ts'
import { cssColour } from './text/device-text.ts'
import { drawsFaithfully, makeSurface, type Surface } from './text/surface.ts'

/** A telephone's screen is 360 of its own pixels wide, and has three for each. */
const DENSITY = 3
const WIDTH = 360 * DENSITY
const BORDER = 12 * DENSITY
const SCALE = (WIDTH - 2 * BORDER) / CARD_WIDTH

function drawSide(context: Surface['context'], scene: Scene, top: number): void {
  context.save()
  context.translate(BORDER, top)
  context.fillStyle = '#ffffff'
  context.strokeStyle = cssColour(ACCENT)
  context.lineWidth = DENSITY
  context.beginPath()
  context.roundRect(0, 0, CARD_WIDTH * SCALE, CARD_HEIGHT * SCALE, CARD_CORNER * SCALE)
  context.fill()
  context.stroke()
  drawSceneOn(context, scene, SCALE)
  context.restore()
}

/**
 * The card for a telephone: front above back, 1080 pixels wide (three times 360). Throws 'unavailable' where the browser
 * gives noise instead of pictures, and 'invalid-input' as makeCardPdf.
 */
export async function makeCardPng(card: CardToDraw, tools: DrawingTools): Promise<Uint8Array> {
  const side = CARD_HEIGHT * SCALE
  const surface = makeSurface(WIDTH, 2 * side + 3 * BORDER)
  if (surface === undefined || !drawsFaithfully())
    throw new CuroError(
      'unavailable',
      'This browser’s protection against fingerprinting keeps pictures from being saved. Save the PDF instead.',
    )
  const { front, back } = await drawCard(card, tools)
  surface.context.fillStyle = '#f7f6f2'
  surface.context.fillRect(0, 0, WIDTH, 2 * side + 3 * BORDER)
  drawSide(surface.context, front, BORDER)
  drawSide(surface.context, back, 2 * BORDER + side)
  return surface.toPng()
}
