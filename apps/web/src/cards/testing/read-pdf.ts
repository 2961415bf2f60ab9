import { decodePDFRawStream, PDFArray, PDFDocument, type PDFPage, PDFRawStream } from 'pdf-lib'
import { getDocumentProxy } from 'unpdf'

export const MM_PER_POINT = 25.4 / 72

/** A piece of text where it stands; millimetres from the page's upper left corner, `y` of the baseline. */
export type TextAt = { text: string; x: number; y: number; width: number; size: number }
export type ReadPage = { width: number; height: number; lines: string[]; pieces: TextAt[] }

/** What another reader (PDF.js) finds on each page: its lines as it would copy them, and where the pieces stand. */
export async function readPages(pdf: Uint8Array): Promise<ReadPage[]> {
  const document = await getDocumentProxy(pdf.slice())
  const pages: ReadPage[] = []
  for (let number = 1; number <= document.numPages; number++) {
    const page = await document.getPage(number)
    const [, , width = 0, height = 0] = page.view
    const pieces: TextAt[] = []
    const lines: string[] = []
    let line = ''
    let baseline: number | undefined
    for (const item of (await page.getTextContent()).items) {
      if (!('str' in item)) continue
      const [size = 0, , , , x = 0, y = 0] = item.transform as number[]
      const isBelow = item.str !== '' && baseline !== undefined && Math.abs(y - baseline) > 1
      if (isBelow && line !== '') lines.push(line)
      if (isBelow) line = ''
      if (item.str !== '') baseline = y
      line += item.str
      pieces.push({
        text: item.str,
        x: x * MM_PER_POINT,
        y: (height - y) * MM_PER_POINT,
        width: item.width * MM_PER_POINT,
        size: size * MM_PER_POINT,
      })
    }
    if (line !== '') lines.push(line)
    pages.push({ width: width * MM_PER_POINT, height: height * MM_PER_POINT, lines, pieces })
  }
  return pages
}

function contentOf(page: PDFPage): string {
  const contents = page.node.Contents()
  const streams =
    contents instanceof PDFArray ? contents.asArray().map((ref) => page.doc.context.lookup(ref)) : [contents]
  return streams
    .map((stream) => {
      if (stream instanceof PDFRawStream)
        return new TextDecoder('latin1').decode(decodePDFRawStream(stream).decode())
      throw new Error('A page has no content.')
    })
    .join('\n')
}

/** The QR code's paths as they stand in the page's content; millimetres from the upper left corner. */
export async function readQrPaths(pdf: Uint8Array, pageIndex: number): Promise<[x: number, y: number][][]> {
  const document = await PDFDocument.load(pdf)
  const page = document.getPage(pageIndex)
  const content = contentOf(page).match(/\/QR BMC([\s\S]*?)EMC/)?.[1] ?? ''
  const paths: [number, number][][] = []
  for (const [, x, y, operator] of content.matchAll(/(-?[\d.]+) (-?[\d.]+) ([ml])\n/g)) {
    if (operator === 'm') paths.push([])
    paths.at(-1)?.push([Number(x) * MM_PER_POINT, (page.getHeight() - Number(y)) * MM_PER_POINT])
  }
  return paths
}

/** Fills the paths by the even-odd rule: RGBA pixels of `width` × `height` mm, black on white. */
export function fillPaths(
  paths: [number, number][][],
  { width, height, scale }: { width: number; height: number; scale: number },
): { data: Uint8ClampedArray; width: number; height: number } {
  const wide = Math.round(width * scale)
  const high = Math.round(height * scale)
  const data = new Uint8ClampedArray(wide * high * 4).fill(255)
  for (let row = 0; row < high; row++) {
    const y = (row + 0.5) / scale
    const crossings = paths
      .flatMap((path) =>
        path.flatMap(([x1, y1], i) => {
          const [x2, y2] = path[(i + 1) % path.length] ?? [x1, y1]
          return y1 > y === y2 > y ? [] : [((x2 - x1) * (y - y1)) / (y2 - y1) + x1]
        }),
      )
      .sort((a, b) => a - b)
    for (let i = 0; i + 1 < crossings.length; i += 2)
      for (
        let x = Math.ceil((crossings[i] ?? 0) * scale - 0.5);
        x + 0.5 < (crossings[i + 1] ?? 0) * scale;
        x++
      )
        data.fill(0, (row * wide + x) * 4, (row * wide + x) * 4 + 3)
  }
  return { data, width: wide, height: high }
}
