import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { manyPages } from '../records/testing/sample-files.ts'
import { findChromium } from '../testing/browser.ts'
import { type DemoPortal, signInAs, startDemoPortal } from '../testing/demo-portal.ts'
import { takePictures } from '../testing/screenshots.ts'

const PASSWORD = 'curo demo only'
const SLOW = { timeout: 60_000 }
const rows = (page: Page) => page.locator('li[data-row="entry"]')

describe.skipIf(!findChromium())('without a network (skipped where no Chromium is installed)', () => {
  let portal: DemoPortal
  beforeAll(async () => {
    portal = await startDemoPortal({ patients: 3 })
  }, 400_000)
  afterAll(() => portal?.stop())

  /** Until the service worker has every file of the viewers, and what this page was made of. @returns the viewers’ */
  async function waitUntilKept(page: Page): Promise<string[]> {
    return page.evaluate(async () => {
      const files: string[] = await (await fetch('/viewer-files.json')).json()
      const loaded = performance.getEntriesByType('resource').map(({ name }) => name)
      const wanted = [...files, ...loaded.filter((name) => name.includes('/assets/'))]
      const isKept = async (file: string) => (await caches.match(file)) !== undefined
      while (!(await Promise.all(wanted.map(isKept))).every(Boolean))
        await new Promise<void>((resolve) => requestAnimationFrame(() => resolve()))
      return files
    })
  }

  test('her timeline, a record and a PDF she looked at are there after a reload; a lock needs the network again', async () => {
    const { page, context, faults, close } = await portal.visit()
    const failed: string[] = []
    try {
      context.setDefaultTimeout(SLOW.timeout)
      await signInAs(page, 'Ngozi')
      await page.getByRole('link', { name: 'Add a paper or file' }).click()
      await page.getByLabel('Choose files').setInputFiles([
        { name: 'discharge.pdf', mimeType: 'application/pdf', buffer: Buffer.from(await manyPages(2)) },
        { name: 'unseen.txt', mimeType: 'text/plain', buffer: Buffer.from('unseen line\n'.repeat(20_000)) },
      ])
      await page.getByRole('button', { name: 'Add 2 files' }).click()
      await page.getByText('Added to your records.').nth(1).waitFor()
      await page.getByRole('navigation').getByRole('link', { name: 'Records', exact: true }).first().click()
      const all = page.getByRole('status').filter({ hasText: /^\d+ records$/ })
      const count = await all.innerText()
      // No PDF was shown on this device yet: its viewer was kept ahead.
      const shown = await page.evaluate(() =>
        performance.getEntriesByType('resource').map(({ name }) => name),
      )
      expect(shown.filter((name) => name.includes('pdf.worker'))).toEqual([])
      expect((await waitUntilKept(page)).some((name) => name.includes('pdf.worker'))).toBe(true)
      await open(page, 'Discharge')
      await page.getByText('Discharge summary, page 1', { exact: true }).waitFor()
      context.on('requestfailed', (request) => failed.push(new URL(request.url()).pathname))

      await context.setOffline(true)
      await page.reload()
      await page.getByText('You are offline').waitFor()
      await page.getByText('The hospital cannot be reached. This is what this device kept').waitFor()
      await page.getByRole('status').filter({ hasText: count }).waitFor()
      await open(page, 'otitis')
      await page
        .getByRole('article')
        .getByRole('heading', { level: 2 })
        .filter({ hasText: /otitis/i })
        .waitFor()
      await takePictures(page, 'offline-record')
      await open(page, 'Discharge')
      await page.getByText('Discharge summary, page 1', { exact: true }).waitFor()
      await open(page, 'Unseen')
      await page.getByRole('alert').filter({ hasText: 'not on this device' }).waitFor()
      await takePictures(page, 'offline-unseen')

      // Words of pages that she never opened are looked ahead for; everything else is there.
      expect(failed.filter((path) => /^\/assets\/(?!(en|hi)-)/.test(path))).toEqual([])

      await page.getByRole('button', { name: 'Lock', exact: true }).click()
      await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
      await page.getByRole('button', { name: 'Unlock' }).click()
      await page.getByRole('alert').filter({ hasText: 'cannot be reached' }).waitFor()
      await takePictures(page, 'offline-locked')
      const other = await context.newPage()
      await other.goto('/patient/records')
      await other.getByText('Signing in needs a network.').waitFor()
      await context.setOffline(false)
      await other.reload()
      await other.getByRole('button', { name: 'Unlock' }).waitFor()
      await page.getByRole('button', { name: 'Unlock' }).click()
      await all.waitFor()
      // Chromium itself says so of each request without a network.
      expect(faults.filter((fault) => !/ERR_(INTERNET_DISCONNECTED|FAILED)/.test(fault))).toEqual([])
    } finally {
      await close()
    }
  })

  async function open(page: Page, words: string): Promise<void> {
    await page.getByRole('searchbox').fill(words)
    await rows(page)
      .filter({ hasText: new RegExp(words, 'i') })
      .first()
      .getByRole('button')
      .click()
    await page.getByRole('article').waitFor()
  }
})
