import {
  appendBezierCurve,
  beginMarkedContent,
  closePath,
  endMarkedContent,
  fill,
  lineTo,
  moveTo,
  type PDFDocument,
  PDFOperator,
  PDFOperatorNames,
  type PDFPage,
  popGraphicsState,
  pushGraphicsState,
  rectangle,
  setDashPattern,
  setFillingRgbColor,
  setLineWidth,
  setStrokingRgbColor,
  stroke,
} from 'pdf-lib'
import { moduleSize, QUIET_MODULES, traceQr } from './card-qr.ts'
import type { Mark, Scene } from './card-scene.ts'
import type { DeviceWriter } from './text/device-text.ts'
import type { PdfText } from './text/pdf-text.ts'

export const POINTS_PER_MM = 72 / 25.4
/** Of text that the device's fonts draw: 600 dpi. */
const PIXELS_PER_MM = 24
/** Control points that make a Bézier curve a quarter of a circle. */
const KAPPA = 0.5523

type Of<Kind extends Mark['kind']> = Extract<Mark, { kind: Kind }>
type Tools = { document: PDFDocument; text: PdfText; device: DeviceWriter | undefined }
/** `y` in points from below, of millimetres from above. */
type Canvas = Tools & { page: PDFPage; y: (mm: number) => number }

const points = (mm: number) => mm * POINTS_PER_MM

async function drawText(mark: Of<'text'>, { page, y, document, text, device }: Canvas): Promise<void> {
  const { line, size, colour } = mark
  if (line.isPicture && device !== undefined) {
    const drawn = await device.draw(line.text, { weight: line.weight, colour, pixels: size * PIXELS_PER_MM })
    page.drawImage(await document.embedPng(drawn.png), {
      x: points(mark.x - drawn.left * size),
      y: y(mark.baseline + (drawn.height - drawn.ascent) * size),
      width: points(drawn.width * size),
      height: points(drawn.height * size),
    })
  }
  text.draw(page, { line, x: points(mark.x), y: y(mark.baseline), size: points(size), colour })
}

function drawRectangle(mark: Of<'rectangle'>, { page, y }: Canvas): void {
  page.pushOperators(
    setFillingRgbColor(...mark.colour),
    rectangle(points(mark.x), y(mark.y + mark.height), points(mark.width), points(mark.height)),
    fill(),
  )
}

function drawLine({ from, to, width, colour, dash }: Of<'line'>, { page, y }: Canvas): void {
  page.pushOperators(
    pushGraphicsState(),
    setStrokingRgbColor(...colour),
    setLineWidth(points(width)),
    setDashPattern(dash === undefined ? [] : [points(dash)], 0),
    moveTo(points(from[0]), y(from[1])),
    lineTo(points(to[0]), y(to[1])),
    stroke(),
    popGraphicsState(),
  )
}

function drawOutline(mark: Of<'outline'>, { page, y }: Canvas): void {
  const [left, right] = [points(mark.x), points(mark.x + mark.width)]
  const [top, bottom] = [y(mark.y), y(mark.y + mark.height)]
  const r = points(mark.radius)
  const k = r * (1 - KAPPA)
  page.pushOperators(
    setStrokingRgbColor(...mark.colour),
    setLineWidth(points(mark.stroke)),
    moveTo(left + r, top),
    lineTo(right - r, top),
    appendBezierCurve(right - k, top, right, top - k, right, top - r),
    lineTo(right, bottom + r),
    appendBezierCurve(right, bottom + k, right - k, bottom, right - r, bottom),
    lineTo(left + r, bottom),
    appendBezierCurve(left + k, bottom, left, bottom + k, left, bottom + r),
    lineTo(left, top - r),
    appendBezierCurve(left, top - k, left + k, top, left + r, top),
    closePath(),
    stroke(),
  )
}

function drawQr({ qr, x, y: top, side }: Of<'qr'>, { page, y }: Canvas): void {
  const module = moduleSize(qr, side)
  const edge = (modules: number) => (QUIET_MODULES + modules) * module
  page.pushOperators(beginMarkedContent('QR'), setFillingRgbColor(0, 0, 0))
  for (const loop of traceQr(qr)) {
    for (const [i, [column, row]] of loop.entries())
      page.pushOperators((i === 0 ? moveTo : lineTo)(points(x + edge(column)), y(top + edge(row))))
    page.pushOperators(closePath())
  }
  page.pushOperators(PDFOperator.of(PDFOperatorNames.FillEvenOdd), endMarkedContent())
}

/** One page of exactly the scene's size. */
export async function drawScenePage(scene: Scene, tools: Tools): Promise<void> {
  const page = tools.document.addPage([points(scene.width), points(scene.height)])
  const canvas: Canvas = { ...tools, page, y: (mm) => points(scene.height - mm) }
  for (const mark of scene.marks) {
    if (mark.kind === 'text') await drawText(mark, canvas)
    else if (mark.kind === 'rectangle') drawRectangle(mark, canvas)
    else if (mark.kind === 'line') drawLine(mark, canvas)
    else if (mark.kind === 'outline') drawOutline(mark, canvas)
    else drawQr(mark, canvas)
  }
}
