import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { findFaultsNow } from './accessibility.ts'
import { type Visitor, visit } from './browser.ts'
import type { DemoPortal } from './demo-portal.ts'

/** The portal under a name instead of an address: passkeys and pushes work there only. */
export const namedAddress = ({ node }: DemoPortal): string => node.address.replace('127.0.0.1', 'localhost')

/** A visitor whose page must have done nothing that it should not when `run` is over. */
export async function withVisitor(
  portal: DemoPortal,
  run: (visitor: Visitor) => Promise<void>,
  { address = portal.node.address, ...options }: Parameters<typeof visit>[2] & { address?: string } = {},
): Promise<void> {
  const visitor = await visit(portal.browser, address, options)
  try {
    await run(visitor)
    expect(visitor.faults).toEqual([])
  } finally {
    await visitor.close()
  }
}

/** What must hold of every page that a test comes by: no barrier, and nothing over its edge. */
export async function seen(page: Page, name: string): Promise<void> {
  await page.getByRole('heading', { level: 1 }).waitFor()
  expect([name, await findFaultsNow(page)]).toEqual([name, []])
}
