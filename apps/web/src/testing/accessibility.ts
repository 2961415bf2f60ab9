import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

type AxeViolation = { id: string; help: string; nodes: { target: unknown; failureSummary?: string }[] }

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js')

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** A colour that still changes, or a dialog that still fades in, would be measured half-way. */
async function endMotion(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const inMotion = () => document.getAnimations().filter((one) => one instanceof CSSTransition)
    // The frame in which a script changes something is not yet the one in which it begins to move.
    for (let still = 0; still < 3; still++) {
      await new Promise(requestAnimationFrame)
      if (inMotion().length > 0) still = -1
      for (const one of inMotion()) await one.finished.catch(() => {})
    }
  })
}

/** What axe finds against WCAG 2.2 AA on the page as it stands, or by the rules in `only`; each as one line. */
export async function findBarriers(page: Page, { only }: { only?: string[] } = {}): Promise<string[]> {
  await endMotion(page)
  // Through the debugger, which the page's policy does not bind.
  await page.evaluate(await readFile(AXE, 'utf8'))
  const found = await runAxe(page, only ? { type: 'rule', values: only } : { type: 'tag', values: TAGS })
  if (!found.some(isHalfCovered)) return found
  // A bar that stays may cover half of something wherever the page stands; what can be scrolled free is no barrier.
  const stood = await page.evaluate(() => {
    const before = scrollY
    scrollTo(0, before > 0 ? 0 : 120)
    return before
  })
  const elsewhere = (await runAxe(page, { type: 'rule', values: ['target-size'] })).map(placeOf)
  await page.evaluate((top) => scrollTo(0, top), stood)
  return found.filter((line) => !isHalfCovered(line) || elsewhere.includes(placeOf(line)))
}

const isHalfCovered = (line: string) => line.startsWith('target-size') && line.includes('partially obscured')
const placeOf = (line: string) => line.slice(0, line.indexOf(': Fix'))

async function runAxe(page: Page, runOnly: { type: string; values: string[] }): Promise<string[]> {
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

/** How many pixels the page runs over the edge of its window. */
export const overflow = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)

/** What is wrong with the page as it stands, in its own size and colours: barriers, and what runs over its edge. */
export async function findFaultsNow(page: Page): Promise<string[]> {
  const over = await overflow(page)
  return [...(await findBarriers(page)), ...(over > 0 ? [`${over} px over the edge`] : [])]
}
