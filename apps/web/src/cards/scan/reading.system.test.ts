import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findChromium, startBrowser } from '../../testing/browser.ts'
import { check, openPage } from '../testing/browser.ts'
import { type CheckSite, startCheckSite } from '../testing/check-site.ts'
import { shots } from '../testing/shots.ts'

/** A hand holds a card this long before it moves on: half a second. */
const FRAMES = 5

describe.skipIf(!findChromium())('reading the printed card with a camera', () => {
  let site: CheckSite
  let browser: Browser
  let page: Page
  beforeAll(async () => {
    site = await startCheckSite()
    browser = await startBrowser()
    page = (await openPage(browser, site.origin, '/')).page
  })
  afterAll(async () => {
    await browser?.close()
    await site?.close()
  })

  it('reads every easy picture and nine in ten of all', { timeout: 900_000 }, async () => {
    const missed: string[] = []
    let atOnce = 0
    let milliseconds = 0
    for (const { name, shot } of shots) {
      const result = await check(page, 'read', shot, FRAMES)
      milliseconds += result.milliseconds
      if (result.read === 0) missed.push(name)
      if (result.read === 1) atOnce++
    }
    const read = shots.length - missed.length
    process.stdout.write(
      `read ${read} of ${shots.length}, ${atOnce} of them in the first frame, ${Math.round(milliseconds / shots.length)} ms a frame; missed: ${missed.join(', ') || 'none'}\n`,
    )
    expect(shots.length).toBeGreaterThanOrEqual(60)
    expect(missed.filter((name) => shots.find((each) => each.name === name)?.isEasy)).toEqual([])
    expect(read / shots.length).toBeGreaterThanOrEqual(0.9)
  })

  it('a picture without a card is no card, however it is turned', async () => {
    for (const turn of [0, 33, 90]) {
      const nothing = await check(page, 'read', { fill: 0.05, light: 0.02, turn }, 4)
      expect(nothing.read).toBe(0)
    }
  })
})
