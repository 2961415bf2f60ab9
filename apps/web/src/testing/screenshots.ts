import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'

/** Where pictures of the screens go, for people to look at; without it none are taken. */
const FOLDER = process.env.CURO_SCREENSHOTS
const SIZES = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
]

/** Above this a page is a list that goes on like that. */
const MOST_HEIGHT = 4000

/** Takes the whole page as it stands, as on a desk and as on a telephone; then it has its own size again. */
export async function takePictures(page: Page, name: string): Promise<void> {
  if (FOLDER === undefined) return
  await mkdir(FOLDER, { recursive: true })
  const own = page.viewportSize()
  for (const { width, height } of SIZES) {
    await page.setViewportSize({ width, height })
    await settle(page)
    // A window as high as the page: bars stay where a person sees them, at its ends.
    const whole = await page.evaluate(() => document.documentElement.scrollHeight)
    await page.setViewportSize({ width, height: Math.min(MOST_HEIGHT, Math.max(height, whole)) })
    await settle(page)
    await page.screenshot({ path: join(FOLDER, `${name}-${width}.png`), animations: 'disabled' })
  }
  if (own) await page.setViewportSize(own)
}

/** Takes what is seen now, in the size that the page has. */
export async function takePicture(page: Page, name: string): Promise<void> {
  if (FOLDER === undefined) return
  await mkdir(FOLDER, { recursive: true })
  await settle(page)
  await page.screenshot({ path: join(FOLDER, `${name}.png`), animations: 'disabled' })
}

async function settle(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await document.fonts.ready
    for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame)
  })
}
