import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findChromium, startBrowser } from './browser.ts'
import { keyboardOf } from './keyboard.ts'

/** A page with what is wrong in it, and a bar over its top. */
const WRONG = `
  <style>
    .bar { position: fixed; inset: 0 0 auto; height: 60px; background: #ccc }
    .flat { outline: none }
    .drawn:focus { outline: none; box-shadow: 0 0 0 2px teal }
  </style>
  <button>Covered</button><div class="bar"></div>
  <p style="margin-top: 80px"><button>Seen</button> <button class="drawn">Drawn</button></p>
  <button class="flat">Flat</button> <button tabindex="-1">Left out</button> <button>Last</button>`

describe.skipIf(!findChromium())('somebody without a mouse (skipped where no Chromium is installed)', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await startBrowser()
  })
  afterAll(() => browser?.close())

  async function withPage(run: (page: Page) => Promise<void>): Promise<void> {
    const page = await browser.newPage()
    await run(page)
    await page.close()
  }
  const show = async (page: Page) => {
    const keyboard = await keyboardOf(page)
    await page.goto('about:blank')
    await page.setContent(WRONG)
    return keyboard
  }

  test('notices what is covered, and what does not show that it has the focus', async () => {
    await withPage(async (page) => {
      const keyboard = await show(page)
      await keyboard.tabTo(page.getByRole('button', { name: 'Last' }))
      expect(keyboard.faults).toEqual([
        'button “Covered”: has the focus and is covered',
        'button “Flat”: no focus to be seen',
      ])
    })
  })

  test('notices it also of what she goes to', async () => {
    await withPage(async (page) => {
      const keyboard = await show(page)
      await keyboard.tabTo(page.getByRole('button', { name: 'Drawn' }))
      expect(keyboard.faults).toHaveLength(1)
      await keyboard.tabTo(page.getByRole('button', { name: 'Flat' }))
      expect(keyboard.faults[1]).toBe('button “Flat”: no focus to be seen')
    })
  })

  test('does not reach what is no stop, and says the way that it took', async () => {
    await withPage(async (page) => {
      const keyboard = await show(page)
      const going = keyboard.tabTo(page.getByRole('button', { name: 'Left out' }), { most: 7 })
      await expect(going).rejects.toThrow(/not reached within 7 .*“Seen” → .*“Last” → nowhere/)
    })
  })
})
