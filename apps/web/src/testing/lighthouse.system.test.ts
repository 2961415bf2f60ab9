import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import type { Browser, Page } from 'puppeteer-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findChromium } from './browser.ts'
import { playConsentScenes } from './consent-scenes.ts'
import { type DemoPortal, startDemoPortal } from './demo-portal.ts'
import { connectTo, type Device, listensAt, measure } from './lighthouse.ts'

const ENOUGH = 95
const PATIENT = 'Meenakshi Sundaresan'
const DOCTOR = 'Dr Tomas Okafor'

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

describe.skipIf(!findChromium())(
  'Lighthouse on the built app (skipped where no Chromium is installed)',
  () => {
    let portal: DemoPortal
    let browser: Browser

    beforeAll(async () => {
      const port = await freePort()
      portal = await startDemoPortal({ patients: 1, flags: [listensAt(port)] })
      await playConsentScenes(portal.node.address, {
        patient: PATIENT,
        allowed: DOCTOR,
        asking: 'Dr Ishwari Baptista',
      })
      browser = await connectTo(port)
    })
    afterAll(async () => {
      await browser?.disconnect()
      await portal?.stop()
    })

    /** A tab of a browser of its own, signed in as one of the demo's people where one is named. */
    async function openTab(name?: string): Promise<Page> {
      const page = await (await browser.createBrowserContext()).newPage()
      page.setDefaultTimeout(120_000)
      if (name === undefined) return page
      await page.goto(`${portal.node.address}/sign-in`)
      await page.locator(`button ::-p-text(${name})`).click()
      await page.waitForSelector('nav')
      return page
    }

    async function expectGood(page: Page, path: string, device: Device): Promise<void> {
      const url = `${portal.node.address}${path}`
      const { scores, complaints } = await measure(page, { url, device, enough: ENOUGH })
      for (const [category, score] of Object.entries(scores))
        expect(score, `${category} of ${path}: ${complaints.join('; ')}`).toBeGreaterThanOrEqual(ENOUGH)
    }

    test('sign-in, on a telephone', async () => {
      await expectGood(await openTab(), '/sign-in', 'phone')
    })

    test('the patient’s home', async () => {
      await expectGood(await openTab(PATIENT), '/patient', 'desk')
    })

    test('the doctor’s chart, on a desk', async () => {
      const page = await openTab(DOCTOR)
      const link = await page.waitForSelector('a[href^="/doctor/patients/"]')
      const path = await link?.evaluate((element) => element.getAttribute('href'))
      await expectGood(page, path ?? '', 'desk')
    })
  },
)
