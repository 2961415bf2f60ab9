import { existsSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { dirname, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { chromium } from 'playwright-core'
import type { BrowserTestResult } from './browser-vitest.ts'

const CHROMIUM_PATHS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
/** The first start after an installation, on a busy machine. */
const START_MS = 120_000
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
const BROWSER_VITEST = fileURLToPath(new URL('./browser-vitest.ts', import.meta.url))

/** Where a Chromium is installed, if one is. */
export function findChromium(): string | undefined {
  return CHROMIUM_PATHS.find((path) => existsSync(path))
}

/** One script with all test files, in which 'vitest' is browser-vitest.ts. */
async function bundle(testFiles: readonly string[]): Promise<string> {
  const entry = [
    `import { runTests } from ${JSON.stringify(BROWSER_VITEST)}`,
    'globalThis.runAllTests = () => runTests({',
    ...testFiles.map(
      (file) => `  ${JSON.stringify(relative('.', file))}: () => import(${JSON.stringify(file)}),`,
    ),
    '})',
  ].join('\n')
  const { outputFiles } = await build({
    stdin: { contents: entry, resolveDir: dirname(BROWSER_VITEST), loader: 'js' },
    alias: { vitest: BROWSER_VITEST },
    bundle: true,
    write: false,
    format: 'iife',
    platform: 'browser',
    target: 'es2023',
    conditions: ['source', 'browser', 'import', 'default'],
    logLevel: 'error',
  })
  return outputFiles[0]?.text ?? ''
}

export type ChromiumRun = { results: BrowserTestResult[]; version: string; consoleErrors: string[] }

/** Runs test files (absolute paths) in headless Chromium, on http://localhost: a secure context, as WebCrypto needs. */
export async function runInChromium(
  executablePath: string,
  testFiles: readonly string[],
): Promise<ChromiumRun> {
  const script = await bundle(testFiles)
  const server = createServer((request, response) => {
    const isScript = request.url === '/tests.js'
    response.setHeader(
      'content-type',
      isScript ? 'text/javascript; charset=utf-8' : 'text/html; charset=utf-8',
    )
    response.end(isScript ? script : '<!doctype html><title>Tests</title><script src="/tests.js"></script>')
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const browser = await chromium.launch({ executablePath, args: FLAGS, timeout: START_MS })
  try {
    const page = await browser.newPage()
    const consoleErrors: string[] = []
    page.on('pageerror', (error) => consoleErrors.push(String(error)))
    await page.goto(`http://localhost:${(server.address() as AddressInfo).port}/`)
    const results = await page.evaluate(() =>
      (globalThis as unknown as { runAllTests(): Promise<BrowserTestResult[]> }).runAllTests(),
    )
    return { results, version: browser.version(), consoleErrors }
  } finally {
    await browser.close()
    server.closeAllConnections()
    await new Promise((closed) => server.close(closed))
  }
}

/** The test files of a folder that run anywhere: neither *.node.test.ts nor *.system.test.ts. */
export function isIsomorphicTest(file: string): boolean {
  return /(?<!\.node|\.system)\.test\.ts$/.test(file)
}
