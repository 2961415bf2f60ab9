import jsQR from 'jsqr'
import { PDFDocument, PDFName } from 'pdf-lib'
import { beforeAll, describe, expect, it } from 'vitest'
import { makeCardPdf } from './card-pdf.ts'
import { LEAST_MODULE_MM } from './card-qr.ts'
import { readInstalledFont } from './testing/node-fonts.ts'
import { fillPaths, readPages, readQrPaths, type TextAt } from './testing/read-pdf.ts'
import { hindiCard, sampleAddress, sampleCard } from './testing/sample-cards.ts'

const tools = { readFont: readInstalledFont }
const print = (card = sampleCard(), format: 'card' | 'a4' | 'letter' = 'card') =>
  makeCardPdf({ ...card, format }, tools)

function expectInside(
  pieces: TextAt[],
  { width, height }: { width: number; height: number },
  margin: number,
): void {
  const drawn = pieces.filter(({ text }) => text.trim() !== '')
  expect(drawn.length).toBeGreaterThan(0)
  for (const { text, x, y, width: wide, size } of drawn) {
    expect(x, text).toBeGreaterThanOrEqual(margin)
    expect(x + wide, text).toBeLessThanOrEqual(width - margin + 0.05)
    expect(y - size * 0.75, text).toBeGreaterThanOrEqual(margin - 0.2)
    expect(y, text).toBeLessThanOrEqual(height - margin)
  }
}

describe('the printed card', () => {
  let english: Uint8Array
  let hindi: Uint8Array
  beforeAll(async () => {
    english = await print()
    hindi = await print(hindiCard())
  })

  it('says on its front who the person is, and on its back what to do with it', async () => {
    const [front, back] = await readPages(english)
    expect(front?.lines).toEqual([
      'Curo Asha General Hospital',
      'Meera Kulkarni',
      'Date of birth',
      '12 March 1984',
      'Address',
      '14, Shanti Apartments, Lake Road',
      'Pune',
      'Maharashtra 411001, India',
      'Card number',
      '8123 4567 8901 2340',
    ])
    expect(back?.lines).toEqual([
      '8123 4567 8901 2340',
      'Found this card?',
      'Please hand it in at any Curo',
      'hospital, or call:',
      'Asha General Hospital',
      '+91 20 5550 0100',
      'asha-hospital.example',
      'This code is the key to health',
      'records. Show it only where',
      'you are treated. Lost it? Have it',
      'blocked at once.',
    ])
  })

  it('says the same in Hindi, and other readers copy the text as it was typed', async () => {
    const [front, back] = await readPages(hindi)
    expect(front?.lines).toEqual([
      'Curo आशा सामान्य चिकित्सालय',
      'श्रीमती लक्ष्मी क्षत्रिय',
      'जन्म तिथि',
      '12 मार्च 1984',
      'पता',
      '१४, शान्ति अपार्टमेंट, झील मार्ग',
      'लखनऊ',
      'उत्तर प्रदेश 226001',
      'कार्ड संख्या',
      '8123 4567 8901 2340',
    ])
    expect(back?.lines.join(' ')).toBe(
      '8123 4567 8901 2340 यह कार्ड मिला? कृपया इसे किसी भी Curo अस्पताल में जमा करें, या फ़ोन करें: ' +
        'आशा सामान्य चिकित्सालय +91 20 5550 0100 asha-hospital.example ' +
        'यह कोड स्वास्थ्य रिकॉर्ड की चाबी है। इसे केवल इलाज की जगह दिखाएँ। खो जाए तो तुरंत ब्लॉक कराएँ।',
    )
  })

  it('is two pages of exactly 85.6 × 54 mm with nothing nearer than 4 mm to an edge', async () => {
    for (const pdf of [english, hindi]) {
      const pages = await readPages(pdf)
      expect(pages).toHaveLength(2)
      for (const page of pages) {
        expect(page.width).toBeCloseTo(85.6, 2)
        expect(page.height).toBeCloseTo(54, 2)
        expectInside(page.pieces, page, 4)
      }
    }
  })

  it('has a QR code whose modules are over 0.4 mm, with four white modules around it', async () => {
    for (const pdf of [english, hindi]) {
      const paths = await readQrPaths(pdf, 1)
      const xs = paths.flat().map(([x]) => x)
      const ys = paths.flat().map(([, y]) => y)
      const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)]
      expect(right - left).toBeCloseTo(bottom - top, 2)
      const finder =
        paths.find((path) => path.length === 4 && path.some(([x, y]) => x === left && y === top)) ?? []
      const module = (Math.max(...finder.map(([x]) => x)) - left) / 7
      expect(module).toBeGreaterThanOrEqual(LEAST_MODULE_MM)
      const quiet = 4 * module
      expect(left).toBeGreaterThanOrEqual(quiet)
      expect(top).toBeGreaterThanOrEqual(quiet)
      expect(54 - bottom).toBeGreaterThanOrEqual(quiet)
      const [, back] = await readPages(pdf)
      for (const { x, text } of back?.pieces ?? [])
        expect(x, text).toBeGreaterThanOrEqual(right + quiet - 0.01)
    }
  })

  it('carries the card’s address in its QR code and nowhere else', async () => {
    const paths = await readQrPaths(english, 1)
    const picture = fillPaths(paths, { width: 54, height: 54, scale: 10 })
    expect(jsQR(picture.data, picture.width, picture.height)?.data).toBe(sampleAddress())
    const [, secret = ''] = sampleAddress().split('#')
    expect(secret.length).toBeGreaterThan(100)
    const document = await PDFDocument.load(english)
    expect([document.getTitle(), document.getSubject(), document.getKeywords()].join()).not.toContain(secret)
    for (const page of await readPages(english)) expect(page.lines.join('')).not.toContain(secret.slice(0, 8))
    for (const [, object] of document.context.enumerateIndirectObjects())
      expect(object.toString()).not.toContain(secret.slice(0, 8))
  })

  it('tells printers not to scale it and readers its language', async () => {
    const { catalog } = await PDFDocument.load(hindi)
    expect(catalog.getViewerPreferences()?.getPrintScaling()).toBe('None')
    expect(catalog.get(PDFName.of('Lang'))?.toString()).toContain('hi')
  })

  it('stays small: its fonts are subsets', () => {
    expect(english.length).toBeLessThan(40_000)
    expect(hindi.length).toBeLessThan(60_000)
  })
})

describe('names and addresses that do not fit', () => {
  it('a name of 100,000 characters ends in an ellipsis inside the margins', async () => {
    const [front] = await readPages(await print(sampleCard({ name: 'Wolfeschlegelstein '.repeat(5264) })))
    if (front === undefined) throw new Error('no page')
    const name = front.lines.slice(1, 3).join(' ')
    expect(name).toMatch(/^Wolfeschlegelstein Wolfeschlegelstein .*…$/)
    expect(front.lines[3]).toBe('Date of birth')
    expectInside(front.pieces, front, 4)
  })

  it.each([
    ['one word', 'अ'.repeat(100_000)],
    ['one letter with marks', `a${'\u0301'.repeat(100_000)}`],
    ['no letters', '\u0000\u202e\ufeff'.repeat(30_000)],
    ['lone surrogates', '\ud83d'.repeat(100_000)],
    ['virama upon virama', 'क्'.repeat(50_000)],
  ])('%s of 100,000 characters neither fails nor leaves the card', async (_, name) => {
    const [front] = await readPages(await print(sampleCard({ name })))
    if (front === undefined) throw new Error('no page')
    expectInside(front.pieces, front, 4)
  })

  it('a long address becomes smaller, then is cut, and stays above the number', async () => {
    const address = [
      'Flat 1204, Tower C, Prestige Lakeside Habitat, Whitefield Main Road, Varthur',
      'Bengaluru Urban',
      'Karnataka 560087, India',
    ]
    const [fitting] = await readPages(await print(sampleCard({ address })))
    expect(fitting?.lines.join(' ')).toContain('560087, India')
    const [cut] = await readPages(
      await print(sampleCard({ address: Array(40).fill(address[0]) as string[] })),
    )
    if (cut === undefined) throw new Error('no page')
    expect(cut.lines.at(-3)).toMatch(/…$/)
    expectInside(cut.pieces, cut, 4)
    const number = cut.pieces.find(({ text }) => text.includes('Card number'))
    for (const piece of cut.pieces.filter(({ text }) => text.includes('Prestige')))
      expect(piece.y).toBeLessThan((number?.y ?? 0) - 2)
  })

  it('scripts without an embedded font never fail', async () => {
    for (const name of [
      'فاطمة الزهراء',
      'עדי כהן Cohen',
      '山田 花子',
      '김민준',
      'Zoë 👩🏽‍⚕️',
      'தமிழ்',
      '\u{10ffff}',
    ]) {
      const [front] = await readPages(await print(sampleCard({ name, hospital: { name } })))
      if (front === undefined) throw new Error('no page')
      expectInside(front.pieces, front, 4)
      expect(front.lines.join(' ')).toContain('12 March 1984')
    }
  })
})

describe('the sheet for ordinary printers', () => {
  it.each([
    ['a4', 210, 297],
    ['letter', 215.9, 279.4],
  ] as const)('on %s has both sides, cut marks and the same QR code', async (format, width, height) => {
    const pdf = await print(sampleCard(), format)
    const [page, ...more] = await readPages(pdf)
    if (page === undefined) throw new Error('no page')
    expect(more).toHaveLength(0)
    expect([page.width, page.height]).toEqual([expect.closeTo(width, 1), expect.closeTo(height, 1)])
    expectInside(page.pieces, page, 12)
    const said = page.lines.join(' ')
    expect(said).toContain('Meera Kulkarni')
    expect(said).toContain('Found this card?')
    expect(said).toContain('must measure 50 mm')
    const onCard = await readQrPaths(await print(), 1)
    const onSheet = await readQrPaths(pdf, 0)
    const widthOf = (paths: [number, number][][]) => {
      const xs = paths.flat().map(([x]) => x)
      return Math.max(...xs) - Math.min(...xs)
    }
    expect(widthOf(onSheet)).toBeCloseTo(widthOf(onCard), 2)
  })
})
