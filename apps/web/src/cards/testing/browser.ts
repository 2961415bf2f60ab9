import type { Browser, Page } from 'playwright-core'
import type { Checks } from './check-page/checks.ts'

/** What happened in a page that nobody may see happen: refused by the CSP, sent elsewhere, failed, said on the console. */
export type Watch = { violations: string[]; foreign: string[]; errors: string[]; said: string[] }

export async function openPage(
  browser: Browser,
  origin: string,
  path: string,
): Promise<{ page: Page; watch: Watch }> {
  // Dialogs that fade in would be looked at half-way.
  const page = await browser.newPage({ reducedMotion: 'reduce' })
  const watch: Watch = { violations: [], foreign: [], errors: [], said: [] }
  page.on('console', (message) => {
    const text = message.text()
    watch.said.push(text)
    if (/Content Security Policy|TrustedScript/.test(text)) watch.violations.push(text)
  })
  page.on('pageerror', (error) => watch.errors.push(String(error)))
  page.on('request', (request) => {
    watch.said.push(request.url())
    // Chromium shows PDFs with an extension of its own.
    if (!request.url().startsWith(origin) && !/^(blob|data|chrome-extension):/.test(request.url()))
      watch.foreign.push(request.url())
  })
  await page.goto(origin + path)
  // Not waitForFunction, which evaluates text in the page: the policy refuses that.
  await page.waitForSelector('main')
  return { page, watch }
}

/** Calls one of the page's checks. */
export function check<Name extends keyof Checks>(
  page: Page,
  name: Name,
  ...input: Parameters<Checks[Name]>
): Promise<Awaited<ReturnType<Checks[Name]>>> {
  return page.evaluate(
    ([called, args]) =>
      (globalThis as unknown as { checks: Record<string, (...args: unknown[]) => unknown> }).checks[called]?.(
        ...args,
      ),
    [name, input] as const,
  ) as Promise<Awaited<ReturnType<Checks[Name]>>>
}
