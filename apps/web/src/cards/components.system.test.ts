import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import jsQR from 'jsqr'
import type { Browser, Page } from 'playwright-core'
import { PNG } from 'pngjs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findChromium, startBrowser } from '../testing/browser.ts'
import { openPage, type Watch } from './testing/browser.ts'
import { type CheckSite, startCheckSite } from './testing/check-site.ts'
import { readPages } from './testing/read-pdf.ts'
import { sampleAddress } from './testing/sample-cards.ts'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const STORIES = ['show', 'show&card=long', 'show&card=arabic', 'print', 'scan', 'number']
const SECRET = (sampleAddress().split('#')[1] ?? '').slice(4, 40)

type AxeResult = { violations: { id: string; nodes: { html: string }[] }[] }

describe.skipIf(!findChromium())('the card’s components', () => {
  let site: CheckSite
  let browser: Browser
  const watches: Watch[] = []
  beforeAll(async () => {
    site = await startCheckSite()
    browser = await startBrowser(['--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream'])
  })
  afterAll(async () => {
    await browser?.close()
    await site?.close()
  })

  async function show(
    story: string,
    {
      language = 'en',
      scheme = 'light',
      width = 1440,
    }: { language?: string; scheme?: string; width?: number } = {},
  ): Promise<Page> {
    const { page, watch } = await openPage(browser, site.origin, '/')
    watches.push(watch)
    await page.setViewportSize({ width, height: 844 })
    await page.evaluate(
      ([lang, colours]) => {
        localStorage.setItem('curo.language', lang)
        localStorage.setItem('curo.scheme', colours)
      },
      [language, scheme] as const,
    )
    await page.goto(`${site.origin}/?story=${story}`)
    await page.waitForSelector('main :nth-child(2), [role=dialog]')
    await page.evaluate((colours) => {
      document.documentElement.setAttribute('data-mantine-color-scheme', colours)
    }, scheme)
    return page
  }

  it.each([
    ['en', 'light', 1440],
    ['hi', 'dark', 360],
  ] as const)(
    'have no fault that axe finds, and no sideways scroll: %s, %s, %i px',
    async (language, scheme, width) => {
      for (const story of STORIES) {
        const page = await show(story, { language, scheme, width })
        await page.locator('[role=dialog], main').last().waitFor()
        await page.evaluate(AXE)
        const result = await page.evaluate(
          () =>
            (globalThis as unknown as { axe: { run(): Promise<AxeResult> } }).axe.run() as Promise<AxeResult>,
        )
        expect(
          result.violations.map(
            ({ id, nodes }) => `${story}: ${id} ${nodes.map(({ html }) => html).join(' ')}`,
          ),
        ).toEqual([])
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
        expect(overflow, story).toBeLessThanOrEqual(0)
        await page.close()
      }
    },
  )

  it('the code is shown when asked for, can be scanned, and is covered again when the page is left', async () => {
    const page = await show('show')
    expect(await page.locator('canvas').count()).toBe(0)
    await page.getByRole('button', { name: 'Show the code' }).click()
    const canvas = page.getByRole('img', { name: 'The card’s QR code' })
    const { data, width, height } = PNG.sync.read(await canvas.screenshot())
    expect(jsQR(new Uint8ClampedArray(data), width, height)?.data).toBe(sampleAddress())
    expect(await page.content()).not.toContain(SECRET)
    await page.evaluate(() => {
      Object.defineProperty(document, 'hidden', { configurable: true, get: () => true })
      document.dispatchEvent(new Event('visibilitychange'))
    })
    await canvas.waitFor({ state: 'detached' })
    await page.close()
  })

  it('saves the PDF and the picture under a name that names nobody', async () => {
    const page = await show('print')
    const save = async (button: string) => {
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: button }).click(),
      ])
      return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) }
    }
    await page.getByText('हिन्दी').click()
    await page.getByRole('radio', { name: 'Card printer' }).check()
    const pdf = await save('Save as PDF')
    expect(pdf.name).toBe('curo-card-2340.pdf')
    const [front, back] = await readPages(new Uint8Array(pdf.bytes))
    expect(front?.lines).toContain('जन्म तिथि')
    expect(back?.width).toBeCloseTo(85.6, 1)
    const png = await save('Save as picture')
    expect(png.name).toBe('curo-card-2340.png')
    expect(PNG.sync.read(png.bytes).width).toBe(1080)
    expect(await page.content()).not.toContain(SECRET)
    await page.close()
  })

  it('a browser that garbles pictures is told to save the PDF instead', async () => {
    const page = await show('print')
    await page.evaluate(() => {
      OffscreenCanvasRenderingContext2D.prototype.getImageData = (_x, _y, width, height) =>
        new ImageData(width, height)
    })
    await page.getByRole('button', { name: 'Save as picture' }).click()
    await page.getByText('Save the PDF instead.').waitFor()
    await page.close()
  })

  it('the caret stays where one types in the middle of a number', async () => {
    const page = await show('number')
    const field = page.getByRole('textbox', { name: 'Card number' })
    await field.fill('8123 5678')
    for (let i = 0; i < 4; i++) await field.press('ArrowLeft')
    await field.pressSequentially('4')
    expect(await field.inputValue()).toBe('8123 4567 8')
    await field.pressSequentially('9')
    expect(await field.inputValue()).toBe('8123 4956 78')
    await page.close()
  })

  it('letters outside ASCII are written in the page’s own font too', async () => {
    const page = await show('show')
    await page.evaluate(() => {
      const line = document.createElement('p')
      line.id = 'letters'
      line.textContent = 'Zoë Škoda ½'
      document.querySelector('main')?.append(line)
    })
    await page.evaluate(() => document.fonts.ready)
    const session = await page.context().newCDPSession(page)
    await session.send('DOM.enable')
    await session.send('CSS.enable')
    const { root } = await session.send('DOM.getDocument')
    const { nodeId } = await session.send('DOM.querySelector', { nodeId: root.nodeId, selector: '#letters' })
    const { fonts } = await session.send('CSS.getPlatformFontsForNode', { nodeId })
    expect(fonts.map(({ isCustomFont }) => isCustomFont)).toEqual([true])
    await page.close()
  })

  it('the policy had nothing to refuse, and nothing came from elsewhere', () => {
    expect(watches.length).toBeGreaterThan(10)
    for (const watch of watches) {
      expect(watch.violations).toEqual([])
      expect(watch.foreign).toEqual([])
      expect(watch.errors).toEqual([])
      expect(watch.said.join()).not.toContain(SECRET)
    }
  })
})
