import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findBarriers } from './accessibility.ts'
import { findChromium } from './browser.ts'
import { playConsentScenes } from './consent-scenes.ts'
import { type DemoPortal, signInAs, startDemoPortal } from './demo-portal.ts'
import { type FoundRoute, findRoutes, isAddressOf } from './routes.ts'
import { takePictures } from './screenshots.ts'

const PATIENT = 'Meenakshi Sundaresan'
const PEOPLE = {
  patientArea: PATIENT,
  doctorArea: 'Dr Tomas Okafor',
  staffArea: 'Tenzin Bhutia',
  adminArea: 'Leela Marar',
  auditorArea: 'Farah Lindqvist',
} as const
/** No pages: the card's link leads on, the first run is over, and waiting is only for who waits. */
const LEAD_ON = ['/card', '/guardian', '/first-run', '/waiting']
/** Pages behind what is no link: a list’s lines, by the page they stand on. */
const PRESSED: Record<string, { on: string; press: string }> = {
  '/patient/records/$record': { on: '/patient/records', press: '[data-category]' },
}
const DESK = { width: 1440, height: 900 }
const PHONE = { width: 390, height: 844 }

describe.skipIf(!findChromium())('every page of the portal (skipped where no Chromium is installed)', () => {
  let portal: DemoPortal
  let routes: FoundRoute[]
  beforeAll(async () => {
    routes = await findRoutes()
    portal = await startDemoPortal({ patients: 1 })
    await playConsentScenes(portal.node.address, {
      patient: PATIENT,
      allowed: PEOPLE.doctorArea,
      asking: 'Dr Ishwari Baptista',
    })
  })
  afterAll(() => portal?.stop())

  const pathsOf = (area: string) =>
    routes.filter((route) => route.area === area && !LEAD_ON.includes(route.path)).map(({ path }) => path)

  /** Goes to each path and looks; those with parameters are reached by the links on the others. What is wrong, by page. */
  async function lookAt(page: Page, who: string, paths: readonly string[]): Promise<string[]> {
    const faults: string[] = []
    const links = new Set<string>()
    const isPlain = (path: string) => !path.includes('$')
    for (const path of [...paths.filter(isPlain), ...paths.filter((one) => !isPlain(one))]) {
      const address = isPlain(path) ? path : await findAddress(page, path, links)
      if (address === undefined) {
        faults.push(`${path}: no page links to it`)
        continue
      }
      await page.goto(address)
      await becomeQuiet(page)
      for (const link of await page.locator('a[href^="/"]').all())
        links.add((await link.getAttribute('href')) ?? '')
      if (await page.getByRole('button', { name: /^(Try again|Reload the page)$/ }).count())
        faults.push(`${path}: ${await page.locator('main').innerText()}`)
      faults.push(...(await findFaults(page)).map((fault) => `${path}, ${fault}`))
      await takePictures(page, `tour-${who}${path.replace(/\W+/g, '-')}`)
    }
    return faults
  }

  test('has a route for each role', () => {
    expect(routes.length).toBeGreaterThan(25)
    for (const area of Object.keys(PEOPLE)) expect(pathsOf(area).length, area).toBeGreaterThan(0)
  })

  test('whoever is not signed in: axe finds nothing, nothing runs over the edge, nothing comes from elsewhere', async () => {
    const visitor = await portal.visit({ reducedMotion: 'reduce' })
    expect(await lookAt(visitor.page, 'anybody', pathsOf('rootRoute'))).toEqual([])
    expect(visitor.faults).toEqual([])
    await visitor.close()
  })

  test.each(Object.entries(PEOPLE))(
    '%s, as %s: axe finds nothing, nothing runs over the edge, nothing comes from elsewhere',
    async (area, name) => {
      const visitor = await portal.visit({ reducedMotion: 'reduce' })
      await signInAs(visitor.page, name)
      const everybodys = area === 'patientArea' ? pathsOf('ownArea') : ['/help']
      expect(await lookAt(visitor.page, area.replace('Area', ''), [...pathsOf(area), ...everybodys])).toEqual(
        [],
      )
      expect(visitor.faults).toEqual([])
      await visitor.close()
    },
  )
})

async function findAddress(page: Page, path: string, links: Set<string>): Promise<string | undefined> {
  const pressed = PRESSED[path]
  if (!pressed) return [...links].find((link) => isAddressOf(path, link))
  await page.goto(pressed.on)
  await page.locator(pressed.press).first().click()
  await page.waitForURL((url) => isAddressOf(path, url.pathname))
  return new URL(page.url()).pathname
}

/** Loaded: a heading, nothing that says it is busy, no request under way. */
async function becomeQuiet(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).first().waitFor()
  await page.waitForLoadState('networkidle')
  await page.locator('main [aria-busy="true"]').first().waitFor({ state: 'detached' })
  await page.locator('main .mantine-Skeleton-root').first().waitFor({ state: 'detached' })
  await page.getByRole('status', { name: 'Loading' }).first().waitFor({ state: 'detached' })
}

/** On a desk and on a telephone, light and dark. Darkness changes colours only. */
async function findFaults(page: Page): Promise<string[]> {
  const faults: string[] = []
  for (const [device, size] of [
    ['desk', DESK],
    ['telephone', PHONE],
  ] as const) {
    await page.setViewportSize(size)
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await page.locator(`html[data-mantine-color-scheme=${colorScheme}]`).waitFor({ state: 'attached' })
      const found = await findBarriers(page, colorScheme === 'dark' ? { only: ['color-contrast'] } : {})
      faults.push(...found.map((fault) => `${device}, ${colorScheme}: ${fault}`))
    }
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    if (over > 0) faults.push(`${device}: ${over} px over the edge`)
  }
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
  await page.setViewportSize(DESK)
  return faults
}
