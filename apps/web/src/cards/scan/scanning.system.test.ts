import type { Browser, Page } from 'playwright-core'
import QRCode from 'qrcode'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findChromium, startBrowser } from '../../testing/browser.ts'
import { check, openPage, type Watch } from '../testing/browser.ts'
import { writeCameraClip } from '../testing/camera-clip.ts'
import { type CheckSite, startCheckSite } from '../testing/check-site.ts'
import type { Shot } from '../testing/distort.ts'
import { sampleAddress } from '../testing/sample-cards.ts'

const FAKE_CAMERA = ['--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream']
const clipFlag = (path: string) => `--use-file-for-fake-video-capture=${path}`

function modulesOf(text: string): boolean[][] {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: 'M' })
  return Array.from({ length: modules.size }, (_, row) =>
    Array.from({ length: modules.size }, (_, column) => modules.get(row, column) === 1),
  )
}

/** Keeps hold of every camera that the page opens, to see whether it lets go of them. */
async function watchCameras(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const tracks: MediaStreamTrack[] = []
    Object.assign(globalThis, { tracks })
    const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices)
    navigator.mediaDevices.getUserMedia = async (constraints) => {
      const stream = await ask(constraints)
      tracks.push(...stream.getTracks())
      return stream
    }
  })
  await page.reload()
  await page.waitForSelector('main')
}

const liveCameras = (page: Page) =>
  page.evaluate(
    () =>
      (globalThis as unknown as { tracks: MediaStreamTrack[] }).tracks.filter(
        ({ readyState }) => readyState === 'live',
      ).length,
  )

async function expectNoSecret(page: Page, watch: Watch): Promise<void> {
  const [, secret = ''] = sampleAddress().split('#')
  const part = secret.slice(4, 40)
  const seen = await page.evaluate(() => [
    document.documentElement.outerHTML,
    document.title,
    location.href,
    JSON.stringify({ ...localStorage }),
    JSON.stringify({ ...sessionStorage }),
    JSON.stringify(history.state ?? null),
  ])
  for (const text of [...seen, ...watch.said]) expect(text).not.toContain(part)
  expect(watch.violations).toEqual([])
  expect(watch.foreign).toEqual([])
  expect(watch.errors).toEqual([])
}

describe.skipIf(!findChromium())('the scanner, with a camera before which things are held', () => {
  let site: CheckSite
  const browsers: Browser[] = []
  let cardClip: string
  let paymentClip: string
  let damagedClip: string

  beforeAll(async () => {
    site = await startCheckSite()
    const browser = await startBrowser()
    const { page } = await openPage(browser, site.origin, '/')
    const away: Shot = { fill: 0.3, shift: [900, 0] }
    const frames = async (...moves: Shot[]) =>
      Promise.all(moves.map(async (shot) => ({ jpeg: await check(page, 'photo', shot), times: 10 })))
    cardClip = await writeCameraClip(
      await frames(
        away,
        { fill: 0.5, turn: 20, blur: 5, noise: 8 },
        { fill: 0.55, turn: 14, noise: 8, tilt: 15 },
        { fill: 0.6, turn: 8, noise: 8 },
      ),
    )
    const showing = async (text: string) => [
      { jpeg: await check(page, 'photoOfCode', modulesOf(text)), times: 30 },
    ]
    paymentClip = await writeCameraClip(await showing('upi://pay?pa=shop@bank&pn=Shop&am=100'))
    const address = sampleAddress()
    const broken = address.slice(0, -9) + (address.at(-9) === 'x' ? 'y' : 'x') + address.slice(-8)
    damagedClip = await writeCameraClip(await showing(broken))
    await browser.close()
  })
  afterAll(async () => {
    for (const browser of browsers) await browser.close()
    await site?.close()
  })

  async function scan(flags: string[], path = '/?story=scan') {
    const browser = await startBrowser(flags)
    browsers.push(browser)
    const opened = await openPage(browser, site.origin, path)
    await watchCameras(opened.page)
    return opened
  }

  it('finds the card, lets go of the camera and keeps the secret out of the page', async () => {
    const { page, watch } = await scan([...FAKE_CAMERA, clipFlag(cardClip)])
    await page.getByTestId('found').getByText('card 8123456789012340').waitFor({ timeout: 60_000 })
    await expect.poll(() => liveCameras(page)).toBe(0)
    await expectNoSecret(page, watch)
    await page.getByRole('button', { name: 'Scan again' }).click()
    await page.getByText('Hold the back of the card').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    await expect.poll(() => liveCameras(page)).toBe(0)
  })

  it('says what another code is, goes on looking, and closing lets go of the camera', async () => {
    const { page, watch } = await scan([...FAKE_CAMERA, clipFlag(paymentClip)])
    await page.getByText('This is a payment code, not a Curo card.').waitFor({ timeout: 60_000 })
    await expect.poll(() => liveCameras(page)).toBe(1)
    await page.getByRole('button', { name: 'Close' }).click()
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    await expect.poll(() => liveCameras(page)).toBe(0)
    await expectNoSecret(page, watch)
  })

  it('explains a card whose checksum is wrong', async () => {
    const { page } = await scan([...FAKE_CAMERA, clipFlag(damagedClip)])
    await page.getByText('its code is damaged: the checksum is wrong').waitFor({ timeout: 60_000 })
    expect(await page.getByTestId('found').textContent()).toBe('')
  })

  it('a hidden page holds no camera, and looks again when it is seen', async () => {
    const { page } = await scan([...FAKE_CAMERA, clipFlag(paymentClip)])
    await page.getByText('This is a payment code').waitFor({ timeout: 60_000 })
    const setHidden = (isHidden: boolean) =>
      page.evaluate((value) => {
        Object.defineProperty(document, 'hidden', { configurable: true, get: () => value })
        document.dispatchEvent(new Event('visibilitychange'))
      }, isHidden)
    await setHidden(true)
    await expect.poll(() => liveCameras(page)).toBe(0)
    await page.getByText('Paused while this page is in the background.').waitFor()
    await setHidden(false)
    await page.getByText('This is a payment code').waitFor({ timeout: 60_000 })
    await expect.poll(() => liveCameras(page)).toBe(1)
  })

  it('a refused camera is explained, and a picture or the number work instead', async () => {
    const { page, watch } = await scan(['--use-fake-device-for-media-stream', '--deny-permission-prompts'])
    await page.getByText('This page may not use the camera.').waitFor({ timeout: 60_000 })
    expect(await page.getByRole('button', { name: 'Try the camera again' }).count()).toBe(1)
    const choose = async (name: string, mimeType: string, buffer: Buffer) => {
      await page.locator('input[type=file]').setInputFiles({ name, mimeType, buffer })
    }
    await choose('desk.txt', 'image/png', Buffer.from('no picture'))
    await page.getByText('This file is not a picture that this browser can open.').waitFor()
    await choose(
      'desk.jpg',
      'image/jpeg',
      Buffer.from(await check(page, 'photo', { fill: 0.02, light: 0.1 }), 'base64'),
    )
    await page.getByText('There is no QR code to be seen in this picture.').waitFor({ timeout: 60_000 })
    const photo = await check(page, 'photo', { fill: 0.25, turn: 8, tilt: 20, light: 0.3, noise: 5 })
    await choose('card.jpg', 'image/jpeg', Buffer.from(photo, 'base64'))
    await page.getByTestId('found').getByText('card 8123456789012340').waitFor({ timeout: 60_000 })
    await expectNoSecret(page, watch)
  })

  it('a typed number is checked while it is typed', async () => {
    const { page } = await scan(['--use-fake-device-for-media-stream', '--deny-permission-prompts'])
    const field = page.getByRole('textbox', { name: 'Or type the number' })
    await field.pressSequentially('4')
    await page.getByText('A Curo card’s number begins with 8.').waitFor()
    await field.fill('8123 4567')
    await page.getByText('8 digits are missing').waitFor()
    await field.fill('8123 4567 8901 2304')
    await page.getByText('A digit is wrong, or two are swapped.').waitFor()
    const use = page.getByRole('button', { name: 'Use this number' })
    expect(await use.isDisabled()).toBe(true)
    await field.press('Backspace')
    await field.press('Backspace')
    await field.pressSequentially('40')
    await page.getByText('The number is right.').waitFor()
    expect(await field.inputValue()).toBe('8123 4567 8901 2340')
    await field.press('Enter')
    await page.getByTestId('found').getByText('number 8123456789012340').waitFor()
  })

  it('a camera that is granted after the dialog was closed is let go of at once', async () => {
    const { page } = await scan(FAKE_CAMERA)
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    await page.evaluate(() => {
      const ask = navigator.mediaDevices.getUserMedia
      const waiting = new Promise<void>((resolve) => Object.assign(globalThis, { grant: resolve }))
      navigator.mediaDevices.getUserMedia = async (constraints) => {
        await waiting
        const stream = await ask(constraints)
        Object.assign(globalThis, { granted: true })
        return stream
      }
    })
    await page.getByRole('button', { name: 'Scan again' }).click()
    await page.getByText('The camera is starting').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    await page.evaluate(async () => {
      const page = globalThis as unknown as { grant: () => void; granted?: boolean }
      page.grant()
      while (!page.granted) await new Promise(requestAnimationFrame)
      await new Promise(requestAnimationFrame)
    })
    await expect.poll(() => liveCameras(page)).toBe(0)
  })
})
