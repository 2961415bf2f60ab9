import { existsSync } from 'node:fs'
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright-core'

const CHROMIUM_PATHS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
export const BROWSER_FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
/** The first start after an installation, on a busy machine. */
const START_MS = 120_000

/** Where a Chromium is installed, if one is. */
export const findChromium = (): string | undefined => CHROMIUM_PATHS.find((path) => existsSync(path))

export async function startBrowser(flags: readonly string[] = []): Promise<Browser> {
  const executablePath = findChromium()
  if (executablePath === undefined) throw new Error('There is no Chromium here.')
  return chromium.launch({ executablePath, args: [...BROWSER_FLAGS, ...flags], timeout: START_MS })
}

/** A person's browser, which writes down whatever a page should never do. */
export type Visitor = {
  context: BrowserContext
  page: Page
  /** Console errors, failed scripts, CSP violations, requests to other sites; to be empty. */
  faults: string[]
  close(): Promise<void>
}

/** A browser context of its own at `address`; phones are 390 px wide. */
export async function visit(
  browser: Browser,
  address: string,
  options: BrowserContextOptions & { phone?: boolean } = {},
): Promise<Visitor> {
  const { phone = false, ...given } = options
  const viewport = phone ? { width: 390, height: 844 } : { width: 1440, height: 900 }
  const context = await browser.newContext({
    viewport,
    hasTouch: phone,
    baseURL: address,
    locale: 'en-IN',
    timezoneId: 'Asia/Kolkata',
    ...given,
  })
  context.setDefaultTimeout(30_000)
  const faults: string[] = []
  // Chromium reports what a policy blocked as a console error.
  context.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') faults.push(`console: ${message.text()}`)
  })
  context.on('weberror', (error) => faults.push(`thrown: ${error.error().stack ?? error.error().message}`))
  context.on('request', (request) => {
    const { origin, protocol } = new URL(request.url())
    if (protocol.startsWith('http') && origin !== new URL(address).origin)
      faults.push(`third party: ${request.url()}`)
  })
  const page = await context.newPage()
  return { context, page, faults, close: () => context.close() }
}
