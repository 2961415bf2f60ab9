import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

type AxeViolation = { id: string; help: string; nodes: { target: unknown; failureSummary?: string }[] }

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js')

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** What axe finds against WCAG 2.2 AA on the page as it stands, or by the rules in `only`; each as one line. */
export async function findBarriers(page: Page, { only }: { only?: string[] } = {}): Promise<string[]> {
  // Through the debugger, which the page's policy does not bind.
  await page.evaluate(await readFile(AXE, 'utf8'))
  const runOnly = only ? { type: 'rule', values: only } : { type: 'tag', values: TAGS }
  const violations = await page.evaluate(async (runOnly) => {
    const { axe } = globalThis as unknown as {
      axe: { run(options: object): Promise<{ violations: AxeViolation[] }> }
    }
    return (await axe.run({ runOnly })).violations
  }, runOnly)
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${help} at ${target}: ${failureSummary}`),
  )
}
