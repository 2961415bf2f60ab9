import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { createDemo } from '@curo/node/demo/create'
import { demoPeople } from '@curo/node/demo/people'
import { makeTestNode, type TestNode } from '@curo/node/testing/test-node'
import type { Browser, Page } from 'playwright-core'
import { startBrowser, type Visitor, visit } from './browser.ts'

const BUILD = fileURLToPath(new URL('../../../../scripts/build-site.mjs', import.meta.url))

/** Builds the web app unless nothing changed since it was built. */
export async function buildSite(): Promise<void> {
  await promisify(execFile)(process.execPath, [BUILD])
}

export type DemoPortal = {
  node: TestNode
  browser: Browser
  /** A new browser context at the portal. */
  visit(options?: Parameters<typeof visit>[2]): Promise<Visitor>
  stop(): Promise<void>
}

export type DemoPortalOptions = {
  /** How many of the demo's patients there are, in the order of `demoPeople`: all where absent, one is made quickest. */
  patients?: number
  /** For Chromium: fake cameras and the like. */
  flags?: readonly string[]
}

/** The demo hospital on a node of this process, with the built web app, and a Chromium. */
export async function startDemoPortal({ patients, flags = [] }: DemoPortalOptions = {}): Promise<DemoPortal> {
  await buildSite()
  const node = await makeTestNode({ demo: true, hospitalName: 'Curo Demo Hospital', withJobs: true })
  try {
    const { address, setupCode, context } = node
    await createDemo({
      address,
      dataFolder: context.config.dataFolder,
      setupCode,
      ...(patients !== undefined && { patients }),
    })
    const browser = await startBrowser(flags)
    return {
      node,
      browser,
      visit: (options) => visit(browser, node.address, options),
      async stop() {
        await browser.close()
        await node.stop()
      },
    }
  } catch (error) {
    await node.stop()
    throw error
  }
}

export { demoPeople }

/** Signs in from the sign-in page as one of the demo's people. */
export async function signInAs(page: Page, name: string, address = ''): Promise<void> {
  await page.goto(`${address}/sign-in`)
  await page.getByRole('button', { name: new RegExp(name) }).click()
  await page.getByRole('navigation').first().waitFor({ state: 'attached' })
}
