import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { manyPages } from '../records/testing/sample-files.ts'
import { findBarriers } from '../testing/accessibility.ts'
import { findChromium, type Visitor, visit } from '../testing/browser.ts'
import { type DemoPortal, signInAs, startDemoPortal } from '../testing/demo-portal.ts'
import { takePictures } from '../testing/screenshots.ts'
import { type SlowLine, startSlowLine } from '../testing/slow-line.ts'

const START_MS = 300_000
/** A scan of nearly 5 MiB, and how much of what a connection carries comes through while the line is held. */
const SCAN_BYTES = 5_200_000
const HELD_AFTER = 100_000

describe.skipIf(!findChromium())('a paper on its way (skipped where no Chromium is installed)', () => {
  let portal: DemoPortal
  let line: SlowLine
  let scan: Buffer
  beforeAll(async () => {
    portal = await startDemoPortal({ patients: 1 })
    line = await startSlowLine(portal.node.address)
    const pdf = await manyPages(1)
    scan = Buffer.concat([pdf, Buffer.alloc(SCAN_BYTES - pdf.length, '%\n')])
  }, START_MS)
  afterAll(async () => {
    await line?.stop()
    await portal?.stop()
  })

  const sent = (page: Page, name = 'How much of it is sent') => page.getByRole('progressbar', { name })
  const percent = async (page: Page, name?: string) =>
    Number(await sent(page, name).getAttribute('aria-valuenow'))

  async function atPatient(options: Parameters<typeof visit>[2] = {}): Promise<Visitor> {
    const visitor = await visit(portal.browser, line.address, options)
    const { page } = visitor
    await signInAs(page, 'Tenzin')
    await page.getByRole('link', { name: /Meenakshi/ }).click()
    await page.getByRole('heading', { level: 1, name: /Meenakshi/ }).waitFor()
    return visitor
  }

  async function choose(page: Page): Promise<void> {
    await page.getByRole('button', { name: 'Scan a paper' }).click()
    const dialog = page.getByRole('dialog', { name: 'Scan a paper that was signed' })
    await dialog.getByRole('combobox', { name: 'What was signed' }).click()
    await page.getByRole('option', { name: 'Consent to treatment' }).click()
    const file = { name: 'consent.pdf', mimeType: 'application/pdf', buffer: scan }
    await dialog.locator('input[type=file]').setInputFiles(file)
    await dialog.getByText('Discharge summary, page 1', { exact: true }).waitFor()
  }

  async function papersKept(): Promise<number> {
    const { rows } = await portal.node.context.pool.query('select id from papers')
    return rows.length
  }

  test('it says how far it is, is stopped, breaks off, is sent again, and is kept once', async () => {
    const { page, faults, close } = await atPatient()
    await choose(page)
    line.holdAfter(HELD_AFTER)
    await page.getByRole('button', { name: 'Keep the paper' }).click()
    await expect.poll(() => percent(page)).toBeGreaterThan(0)
    expect(await percent(page)).toBeLessThan(100)
    await page.getByText(/^Sent: \d+%$/).waitFor()
    expect(await findBarriers(page)).toEqual([])
    await takePictures(page, 'paper-sending')
    await page.getByRole('button', { name: 'Stop', exact: true }).click()
    await page.getByText(/^Stopped at \d+%/).waitFor()
    expect(await page.getByRole('alert').count()).toBe(0)

    await page.getByRole('button', { name: 'Send it again' }).click()
    await page.getByText(/^Sent: \d+%$/).waitFor()
    await expect.poll(() => percent(page)).toBeLessThan(100)
    line.cut()
    await page.getByText(/^Interrupted at \d+%/).waitFor()
    await page.getByText(/cannot be reached/).waitFor()
    expect(await findBarriers(page)).toEqual([])
    // The browser's own words about the lost connection.
    faults.length = 0

    line.release()
    await page.getByRole('button', { name: 'Send it again' }).click()
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    await page.getByText('nobody has looked at it').waitFor()
    expect(await page.getByText('nobody has looked at it').count()).toBe(1)
    const scanning = page.getByRole('button', { name: 'Scan a paper' })
    await expect.poll(() => scanning.evaluate((button) => button === document.activeElement)).toBe(true)
    expect(faults).toEqual([])
    await close()
  })

  test('one that is given up on its way is not kept', async () => {
    const { page, close } = await atPatient()
    const before = await papersKept()
    await choose(page)
    line.holdAfter(HELD_AFTER)
    await page.getByRole('button', { name: 'Keep the paper' }).click()
    await expect.poll(() => percent(page)).toBeGreaterThan(0)
    line.holdAfter(Number.POSITIVE_INFINITY)
    await page.getByRole('button', { name: 'Do not keep it' }).click()
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    await close()
    line.release()
    expect(await papersKept()).toBe(before)
  })

  test.each(['light', 'dark'] as const)('in %s, in Hindi, on a phone', async (colorScheme) => {
    const { page, close } = await visit(portal.browser, line.address, { colorScheme, phone: true })
    await page.goto('/sign-in')
    await page.getByRole('button', { name: 'हिन्दी' }).click()
    await page.getByRole('button', { name: /Tenzin/ }).click()
    await page.getByRole('link', { name: /Meenakshi/ }).click()
    await page.getByRole('button', { name: 'काग़ज़ स्कैन करें' }).click()
    await page.getByRole('combobox', { name: 'किस पर हस्ताक्षर हुए' }).click()
    await page.getByRole('option', { name: 'इलाज की सहमति' }).click()
    const file = { name: 'consent.pdf', mimeType: 'application/pdf', buffer: scan }
    await page.getByRole('dialog').locator('input[type=file]').setInputFiles(file)
    await page.getByText('consent.pdf').waitFor()
    line.holdAfter(HELD_AFTER)
    await page.getByRole('button', { name: 'काग़ज़ रखें' }).click()
    await expect.poll(() => percent(page, 'कितना भेजा गया')).toBeGreaterThan(0)
    expect(await findBarriers(page)).toEqual([])
    await takePictures(page, `paper-sending-${colorScheme}`)
    await page.getByRole('button', { name: 'रोकें', exact: true }).click()
    await page.getByText(/पर रोका गया/).waitFor()
    expect(await findBarriers(page)).toEqual([])
    await takePictures(page, `paper-stopped-${colorScheme}`)
    line.release()
    await close()
  })
})
