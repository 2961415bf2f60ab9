import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { type Browser, chromium } from 'playwright-core'
import type { ChartTask, ChartTimes } from './chart-client.ts'

const CHROMIUM = '/usr/bin/chromium'
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

export const hasChromium = (): boolean => existsSync(CHROMIUM)

export const startBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath: CHROMIUM, args: FLAGS, timeout: START_MS })

async function bundleClient(): Promise<string> {
  const entry = fileURLToPath(new URL('./chart-client.js', import.meta.url))
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    write: false,
    platform: 'browser',
    format: 'iife',
    globalName: 'chart',
    target: 'es2023',
    // What only Node has is asked for at run time, never imported; node.js packages resolve to their browser form.
    conditions: ['browser', 'default'],
  })
  return outputFiles[0]?.text ?? ''
}

/**
 * Runs the client in a page of the node's own origin, so that it is a secure context and no request crosses origins.
 * The node's pages forbid scripts, which the page of a real app does not.
 */
export async function runInChromium(task: ChartTask): Promise<ChartTimes> {
  const script = await bundleClient()
  const browser = await startBrowser()
  try {
    const context = await browser.newContext({ bypassCSP: true })
    const page = await context.newPage()
    const node = new URL(task.node)
    node.hostname = 'localhost'
    await page.goto(`${node.origin}/healthz`)
    await page.addScriptTag({ content: script })
    return await page.evaluate(
      (given) =>
        (
          globalThis as unknown as { chart: { runChart(task: ChartTask): Promise<ChartTimes> } }
        ).chart.runChart(given),
      { ...task, node: node.origin },
    )
  } finally {
    await browser.close()
  }
}
