import { moduleSize, QUIET_MODULES } from './card-qr.ts'
import type { Mark, Scene } from './card-scene.ts'
import { cssColour, writeOn } from './text/device-text.ts'
import type { Surface } from './text/surface.ts'

type Context = Surface['context']
type Of<Kind extends Mark['kind']> = Extract<Mark, { kind: Kind }>

function drawText({ line, x, baseline, size, colour }: Of<'text'>, context: Context, scale: number): void {
  if (line.isPicture) {
    const place = { x: x * scale, baseline: baseline * scale, pixels: size * scale }
    writeOn(context, line.text, { weight: line.weight, colour, ...place })
    return
  }
  let origin = x
  for (const { font, clusters } of line.runs) {
    const perUnit = size / font.unitsPerEm
    for (const cluster of clusters) {
      for (const glyph of cluster.glyphs) {
        context.save()
        context.translate((origin + glyph.x * perUnit) * scale, (baseline - glyph.y * perUnit) * scale)
        context.scale(perUnit * scale, -perUnit * scale)
        context.fillStyle = cssColour(colour)
        context.fill(new Path2D(font.shaper.glyphToPath(glyph.id)))
        context.restore()
      }
      origin += cluster.advance * perUnit
    }
  }
}

/** Modules are whole pixels, so that their edges stay sharp; what is left over widens the quiet zone. */
function drawQr({ qr, x, y, side }: Of<'qr'>, context: Context, scale: number): void {
  const module = Math.max(1, Math.floor(moduleSize(qr, side) * scale))
  const inset = (side * scale - module * qr.size) / 2
  const left = Math.round(x * scale + inset)
  const top = Math.round(y * scale + inset)
  context.fillStyle = '#ffffff'
  const quiet = module * QUIET_MODULES
  context.fillRect(left - quiet, top - quiet, module * qr.size + 2 * quiet, module * qr.size + 2 * quiet)
  context.fillStyle = '#000000'
  for (let row = 0; row < qr.size; row++)
    for (let column = 0; column < qr.size; column++)
      if (qr.isDark(row, column)) context.fillRect(left + column * module, top + row * module, module, module)
}

function drawLine({ from, to, width, colour, dash }: Of<'line'>, context: Context, scale: number): void {
  context.strokeStyle = cssColour(colour)
  context.lineWidth = width * scale
  context.setLineDash(dash === undefined ? [] : [dash * scale])
  context.beginPath()
  context.moveTo(from[0] * scale, from[1] * scale)
  context.lineTo(to[0] * scale, to[1] * scale)
  context.stroke()
}

function drawRectangle(mark: Of<'rectangle'>, context: Context, scale: number): void {
  context.fillStyle = cssColour(mark.colour)
  context.fillRect(mark.x * scale, mark.y * scale, mark.width * scale, mark.height * scale)
}

function drawOutline(mark: Of<'outline'>, context: Context, scale: number): void {
  context.strokeStyle = cssColour(mark.colour)
  context.lineWidth = mark.stroke * scale
  context.beginPath()
  context.roundRect(
    mark.x * scale,
    mark.y * scale,
    mark.width * scale,
    mark.height * scale,
    mark.radius * scale,
  )
  context.stroke()
}

function drawMark(mark: Mark, context: Context, scale: number): void {
  if (mark.kind === 'text') drawText(mark, context, scale)
  else if (mark.kind === 'qr') drawQr(mark, context, scale)
  else if (mark.kind === 'line') drawLine(mark, context, scale)
  else if (mark.kind === 'rectangle') drawRectangle(mark, context, scale)
  else drawOutline(mark, context, scale)
}

/** Draws a scene at `scale` pixels per millimetre, from the context's origin. */
export function drawSceneOn(context: Context, scene: Scene, scale: number): void {
  for (const mark of scene.marks) drawMark(mark, context, scale)
}
