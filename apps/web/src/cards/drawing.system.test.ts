import jsQR from 'jsqr'
import { PDFDocument, PDFName, PDFRawStream } from 'pdf-lib'
import type { Browser, Page } from 'playwright-core'
import { PNG } from 'pngjs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findChromium, startBrowser } from '../testing/browser.ts'
import { check, openPage, type Watch } from './testing/browser.ts'
import { type CheckSite, startCheckSite } from './testing/check-site.ts'
import { readPages } from './testing/read-pdf.ts'
import { awkwardCards, hindiCard, sampleAddress, sampleCard } from './testing/sample-cards.ts'

/** Conjuncts, reph, short i before what it follows, stacked marks, nukta, Marathi's eyelash ra. */
const WORDS =
  'क्षत्रिय श्रीमती कर्म निर्वाचन स्त्री कृष्ण ज्ञानेंद्र राष्ट्र सिद्धार्थ हिन्दी र्क्कि लक्ष्मी ब्रह्मा उज्ज्वल ऋषि कॉलोनी फ़ातिमा क़ुरैशी ' +
  'ग़ुलाम हृदय रुपये रूप शृंगार द्रौपदी वृद्धि ह्र ट्ट ड्ढ दृष्टि कर्त्तव्य धैर्य निश्चित अँगूठी मिट्टी त्र्यंबक ज्योत्स्ना वाङ्मय कार्त्तिकेय र्स्त्रि कऱ्हाड तऱ्हा'

describe.skipIf(!findChromium())('cards drawn in a browser', () => {
  let site: CheckSite
  let browser: Browser
  let page: Page
  let watch: Watch
  beforeAll(async () => {
    site = await startCheckSite()
    browser = await startBrowser()
    const opened = await openPage(browser, site.origin, '/')
    page = opened.page
    watch = opened.watch
  })
  afterAll(async () => {
    await browser?.close()
    await site?.close()
  })

  const pdfOf = async (card: Parameters<typeof sampleCard>[0]) =>
    new Uint8Array(Buffer.from(await check(page, 'pdf', sampleCard(card), 'card'), 'base64'))

  it('Devanagari is shaped as the browser shapes it', async () => {
    const words = WORDS.split(' ')
    const shares = await check(
      page,
      'compareShaping',
      words.map((word) => [word, word]),
    )
    for (const [i, share] of shares.entries()) expect(share, words[i]).toBeLessThan(0.05)
    const [wrong = 0] = await check(page, 'compareShaping', [['क्षत्रिय', 'क्षत्रीय']])
    expect(wrong).toBeGreaterThan(0.2)
  })

  it.each([
    ['arabic', 'فاطمة الزهراء بنت محمد', 'شارع الملك فهد'],
    ['hebrew', 'עדי כהן Cohen', 'Tel Aviv'],
    ['emoji', 'Nguyễn', 'Lake Road 14'],
  ])('%s names are drawn with the device’s fonts, and can still be copied', async (name, said, address) => {
    const pdf = await pdfOf(awkwardCards[name])
    const [front] = await readPages(pdf)
    const text = front?.lines.join('\n') ?? ''
    expect(text).toContain(said)
    expect(text).toContain(address)
    const document = await PDFDocument.load(pdf)
    const pictures = document.context
      .enumerateIndirectObjects()
      .filter(
        ([, object]) =>
          object instanceof PDFRawStream && object.dict.get(PDFName.of('Subtype')) === PDFName.of('Image'),
      )
    expect(pictures.length).toBeGreaterThanOrEqual(2)
  })

  it('Latin and Devanagari need no pictures', async () => {
    for (const card of [sampleCard(), hindiCard()]) {
      const pdf = Buffer.from(await check(page, 'pdf', card, 'card'), 'base64').toString('latin1')
      expect(pdf).not.toContain('/Subtype /Image')
    }
  })

  it('the picture for a telephone is three times 360 pixels wide and its code can be read', async () => {
    for (const card of [sampleCard(), { ...hindiCard() }, sampleCard(awkwardCards.emoji)]) {
      const { data, width, height } = PNG.sync.read(Buffer.from(await check(page, 'png', card), 'base64'))
      expect(width).toBe(1080)
      expect(height).toBeGreaterThan(1200)
      expect(jsQR(new Uint8ClampedArray(data), width, height)?.data).toBe(sampleAddress())
    }
  })

  it('a PDF stands in the frame from which it is printed, under the strict policy', async () => {
    expect(await check(page, 'printInFrame', sampleCard())).toBe('application/pdf')
  })

  it('nothing came from elsewhere, and the policy had nothing to refuse', () => {
    expect(watch.foreign).toEqual([])
    expect(watch.violations).toEqual([])
    expect(watch.errors).toEqual([])
  })
})
