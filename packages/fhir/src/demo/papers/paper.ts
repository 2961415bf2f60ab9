import type { PDFDocument, PDFFont, PDFPage } from 'pdf-lib'
import type { Day } from '../calendar.ts'

export type Letterhead = { hospital: string; department: string }

const INK = [0.12, 0.14, 0.16] as const
const MUTED = [0.42, 0.45, 0.47] as const
const TEAL = [0.06, 0.46, 0.43] as const
const LEFT = 56
const RIGHT = 539
const BOTTOM = 64

type Options = { size?: number; bold?: boolean; colour?: readonly [number, number, number]; x?: number }

const UNPRINTABLE = /[^\u0020-\u007e\u00a0-\u00ff\u2013\u2014\u2018\u2019\u201c\u201d\u2022\u2026\u20ac]/gu

/** The standard fonts hold Windows-1252 only: what it lacks loses its accents, or becomes a question mark. */
const printable = (text: string) =>
  text
    .replace(/[⁰-⁹³]/g, (digit) => digit.normalize('NFKC'))
    .replaceAll('−', '-')
    .replaceAll('đ', 'd')
    .replaceAll('Đ', 'D')
    .replace(UNPRINTABLE, (letter) =>
      letter.normalize('NFD').replace(/\p{M}/gu, '').replace(UNPRINTABLE, '?'),
    )

/** A printed page that grows downwards and turns over by itself. A4, in points. */
export class Paper {
  readonly #document: PDFDocument
  readonly #fonts: { regular: PDFFont; bold: PDFFont }
  readonly #rgb: typeof import('pdf-lib').rgb
  readonly #letterhead: Letterhead
  #page: PDFPage
  #y = 0

  private constructor(given: {
    document: PDFDocument
    fonts: { regular: PDFFont; bold: PDFFont }
    rgb: typeof import('pdf-lib').rgb
    letterhead: Letterhead
  }) {
    this.#document = given.document
    this.#fonts = given.fonts
    this.#rgb = given.rgb
    this.#letterhead = given.letterhead
    this.#page = this.#newPage()
  }

  /** @param day of the paper: nothing in the file tells when it was made */
  static async start(given: { title: string; day: Day; letterhead: Letterhead }): Promise<Paper> {
    const { PDFDocument, StandardFonts, rgb } = await import('pdf-lib')
    const document = await PDFDocument.create({ updateMetadata: false })
    document.setTitle(given.title)
    document.setProducer('Curo demo')
    document.setCreationDate(new Date(`${given.day}T12:00:00Z`))
    document.setModificationDate(new Date(`${given.day}T12:00:00Z`))
    const regular = await document.embedFont(StandardFonts.Helvetica)
    const bold = await document.embedFont(StandardFonts.HelveticaBold)
    return new Paper({ document, fonts: { regular, bold }, rgb, letterhead: given.letterhead })
  }

  #newPage(): PDFPage {
    this.#page = this.#document.addPage([595, 842])
    this.#y = 790
    this.text(this.#letterhead.hospital, { size: 15, bold: true, colour: TEAL })
    this.text(this.#letterhead.department, { size: 9, colour: MUTED })
    this.rule()
    return this.#page
  }

  #draw(text: string, { size = 10, bold = false, colour = INK, x = LEFT }: Options): void {
    const font = bold ? this.#fonts.bold : this.#fonts.regular
    this.#page.drawText(printable(text), { x, y: this.#y, size, font, color: this.#rgb(...colour) })
  }

  text(text: string, options: Options = {}): void {
    const { size = 10, bold = false, x = LEFT } = options
    const font = bold ? this.#fonts.bold : this.#fonts.regular
    let line = ''
    for (const word of printable(text).split(' ')) {
      const longer = line === '' ? word : `${line} ${word}`
      if (line !== '' && font.widthOfTextAtSize(longer, size) > RIGHT - x) {
        this.#line(line, options)
        line = word
      } else line = longer
    }
    this.#line(line, options)
  }

  #line(text: string, options: Options): void {
    const { size = 10 } = options
    if (this.#y < BOTTOM) this.#newPage()
    this.#draw(text, options)
    this.#y -= size * 1.45
  }

  heading(text: string): void {
    this.#y -= 8
    this.text(text, { size: 11, bold: true, colour: TEAL })
    this.#y -= 1
  }

  /** Texts side by side at the given distances from the left margin. */
  row(cells: readonly (readonly [offset: number, text: string, options?: Options])[]): void {
    if (this.#y < BOTTOM) this.#newPage()
    for (const [offset, text, options] of cells) this.#draw(text, { ...options, x: LEFT + offset })
    this.#y -= 15
  }

  rule(): void {
    this.#page.drawLine({
      start: { x: LEFT, y: this.#y + 4 },
      end: { x: RIGHT, y: this.#y + 4 },
      thickness: 0.6,
      color: this.#rgb(...MUTED),
    })
    this.#y -= 12
  }

  async finish(): Promise<Uint8Array> {
    return this.#document.save({ useObjectStreams: true })
  }
}
