import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { keptRows } from '../records/testing/kept-rows.ts'
import { manyPages } from '../records/testing/sample-files.ts'
import { findChromium } from '../testing/browser.ts'
import { type DemoPortal, signInAs, startDemoPortal } from '../testing/demo-portal.ts'
import { takePictures } from '../testing/screenshots.ts'

const PASSWORD = 'curo demo only'
const SLOW = { timeout: 60_000 }
const line = (page: Page, words: string) =>
  page
    .locator('li[data-row="entry"]')
    .filter({ hasText: new RegExp(words, 'i') })
    .first()

describe.skipIf(!findChromium())('without a network (skipped where no Chromium is installed)', () => {
  let portal: DemoPortal
  beforeAll(async () => {
    portal = await startDemoPortal({ patients: 3 })
  }, 400_000)
  afterAll(() => portal?.stop())

  /** Until the service worker has every file of the viewers, and what this page was made of. @returns the viewers’ */
  async function waitUntilKept(page: Page): Promise<string[]> {
    const files = await page.evaluate<string[]>(async () => (await fetch('/viewer-files.json')).json())
    await expect.poll(() => missing(page, files), { timeout: SLOW.timeout, interval: 200 }).toEqual([])
    return files
  }

  /** Which of them, and of what this page was made of, no cache has. */
  const missing = (page: Page, files: string[]) =>
    page.evaluate(async (files) => {
      const loaded = performance.getEntriesByType('resource').map(({ name }) => name)
      const wanted = new Set([...files, ...loaded.filter((name) => name.includes('/assets/'))])
      const kept = await Promise.all([...wanted].map((file) => caches.match(file)))
      return [...wanted].filter((_, index) => kept[index] === undefined)
    }, files)

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
      // What the home page had seen is shown first: both have arrived when their lines are there.
      for (const words of ['Discharge', 'Unseen']) await line(page, words).waitFor()
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
      // With what showed the PDF, and every record: the device writes them down behind the screen's back.
      await waitUntilKept(page)
      await expect.poll(async () => (await keptRows(page)).rows, SLOW).toBe(await recordsOfNewest())
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

  /** How many records she has who has the newest one. */
  async function recordsOfNewest(): Promise<number> {
    const { rows } = await portal.node.context.pool.query(
      'select id from records where patient = (select patient from records order by stored_at desc limit 1)',
    )
    return rows.length
  }

  async function open(page: Page, words: string): Promise<void> {
    await page.getByRole('searchbox').fill(words)
    await line(page, words).getByRole('button').click()
    await page.getByRole('article').waitFor()
  }
})
