import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { BROWSER_FLAGS, findChromium } from '../../testing/browser.ts'
import { type DemoPortal, signInAs, startDemoPortal } from '../../testing/demo-portal.ts'
import { pagesGrowth } from '../../testing/memory.ts'

/** CURO_UPLOAD_MIB=1024 measures a gigabyte; it takes minutes. */
const MIB = Number(process.env.CURO_UPLOAD_MIB ?? 160)
const MOST_MIB = 100

/** A Chromium that nobody drives: a debugger keeps a copy of every body that a page sends. */
async function startAlone(folder: string) {
  const flags = [...BROWSER_FLAGS, '--remote-debugging-port=0', `--user-data-dir=${join(folder, 'profile')}`]
  const child = spawn(findChromium() as string, flags, { stdio: ['ignore', 'ignore', 'pipe'] })
  for await (const line of createInterface({ input: child.stderr })) {
    const [, address] = /^DevTools listening on (.*)$/.exec(line) ?? []
    if (address) {
      child.stderr.resume()
      return { child, address }
    }
  }
  throw new Error('Chromium did not start.')
}

describe.skipIf(!findChromium() || process.platform !== 'linux')(
  'an upload in Chromium (needs /proc)',
  () => {
    let portal: DemoPortal
    let folder: string
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'curo-upload-'))
      portal = await startDemoPortal({ patients: 1 })
    }, 400_000)
    afterAll(async () => {
      await portal?.stop()
      await rm(folder, { recursive: true, force: true })
    })

    const stored = async () =>
      (await portal.node.context.db.selectFrom('records').select('id').execute()).length

    test(`of ${MIB} MiB takes less than ${MOST_MIB} MiB of memory`, { timeout: 3_600_000 }, async () => {
      const file = join(folder, 'scan.bin')
      await writeFile(file, '')
      await truncate(file, MIB * 1024 * 1024)
      const { child, address } = await startAlone(folder)
      try {
        const browser = await chromium.connectOverCDP(address)
        const context = browser.contexts()[0]
        if (!context) throw new Error('Chromium has no window.')
        const page = await context.newPage()
        await signInAs(page, 'Meenakshi', portal.node.address)
        await page.goto(`${portal.node.address}/patient/records/add`)
        // A first upload brings the code along, whose memory is not the file's.
        const small = { name: 'note.txt', mimeType: 'text/plain', buffer: Buffer.from('a note') }
        await page.getByLabel('Choose files').setInputFiles(small)
        await page.getByRole('button', { name: 'Add the file' }).click()
        await page.getByText('Added to your records.').waitFor()
        const debug = await context.newCDPSession(page)
        const { root } = await debug.send('DOM.getDocument')
        const { nodeId } = await debug.send('DOM.querySelector', {
          nodeId: root.nodeId,
          selector: 'input[type=file]',
        })
        await debug.send('DOM.setFileInputFiles', { files: [file], nodeId })
        const add = page.getByRole('button', { name: 'Add the file' })
        await add.waitFor()
        const before = await stored()
        // Pressed once nobody looks any more.
        await add.evaluate((button: HTMLElement) => setTimeout(() => button.click(), 3000))
        await browser.close()
        const started = performance.now()
        const grown = await pagesGrowth(child.pid as number, async () => {
          await expect.poll(stored, { timeout: 3_000_000, interval: 500 }).toBe(before + 2)
        })
        const [pages, seconds] = [
          Math.round(grown / 2 ** 20),
          Math.round((performance.now() - started) / 1000),
        ]
        process.stdout.write(`upload of ${MIB} MiB: pages +${pages} MiB, ${seconds} s\n`)
        expect(pages).toBeLessThan(MOST_MIB)
      } finally {
        const ended = once(child, 'exit')
        child.kill()
        await ended
      }
    })
  },
)
