import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { keptRows } from '../records/testing/kept-rows.ts'
import { greyPng } from '../records/testing/sample-files.ts'
import { findBarriers, overflow } from '../testing/accessibility.ts'
import { findChromium, type Visitor } from '../testing/browser.ts'
import { type DemoPortal, signInAs, startDemoPortal } from '../testing/demo-portal.ts'
import { takePictures } from '../testing/screenshots.ts'

const PATIENT = 'Ngozi'
const LARGE = 40 * 1024 * 1024
const SLOW = { timeout: 120_000 }
const rows = (page: Page) => page.locator('li[data-row="entry"]')

describe.skipIf(!findChromium())('a patient’s records (skipped where no Chromium is installed)', () => {
  let portal: DemoPortal
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'curo-records-'))
    portal = await startDemoPortal({ patients: 3 })
  }, 400_000)
  afterAll(async () => {
    await portal?.stop()
    await rm(folder, { recursive: true, force: true })
  })

  async function withPatient(
    run: (visitor: Visitor) => Promise<void>,
    options: Parameters<DemoPortal['visit']>[0] & { hindi?: boolean; isOffline?: boolean } = {},
  ): Promise<void> {
    const { hindi = false, isOffline = false, ...given } = options
    const visitor = await portal.visit(given)
    try {
      visitor.context.setDefaultTimeout(SLOW.timeout)
      await visitor.page.addInitScript(
        (language) => {
          if (globalThis.origin !== 'null') localStorage.setItem('curo.language', language)
        },
        hindi ? 'hi' : 'en',
      )
      await signInAs(visitor.page, PATIENT)
      await visitor.page.waitForURL('**/patient')
      await run(visitor)
      // Chromium itself says so of each request without a network.
      const own = visitor.faults.filter((fault) => !isOffline || !fault.includes('ERR_INTERNET_DISCONNECTED'))
      expect(own).toEqual([])
    } finally {
      await visitor.close()
    }
  }

  async function openRecords(page: Page): Promise<void> {
    await page.goto('/patient/records')
    await allListed(page)
  }

  /** Until nothing more comes, which could take a line's place. */
  async function allListed(page: Page): Promise<void> {
    await rows(page).first().waitFor()
    await page
      .getByRole('status')
      .filter({ hasText: /^\d+ (records?|रिकॉर्ड)$/ })
      .waitFor()
  }

  test('her history is one timeline; a record opens beside it, and has an address of its own', async () => {
    await withPatient(async ({ page }) => {
      await page.getByRole('link', { name: 'Records', exact: true }).click()
      await allListed(page)
      const title = await rows(page).nth(2).getByRole('button').innerText()
      await rows(page).nth(2).getByRole('button').click()
      await page.waitForURL(/\/patient\/records\/[\w-]{22}$/)
      const record = page.getByRole('article')
      expect(title).toContain(await record.getByRole('heading', { level: 2 }).innerText())
      expect(await rows(page).count()).toBeGreaterThan(3)
      await page.reload()
      await record.getByRole('heading', { level: 2 }).waitFor()
      await page.getByRole('button', { name: 'Close the record' }).click()
      await page.waitForURL('**/patient/records')
      await page.getByText('Trends', { exact: true }).click()
      await page
        .getByRole('button', { name: /Weight/ })
        .first()
        .click()
      await page.getByRole('heading', { name: 'Weight' }).waitFor()
      await page.getByText('Summary', { exact: true }).click()
      await page.getByRole('heading', { name: /Allerg/ }).waitFor()
    })
  })

  test('on a phone the record takes the list’s place, and the way back leads to where she was', async () => {
    await withPatient(
      async ({ page }) => {
        await openRecords(page)
        await page.evaluate(() => window.scrollTo(0, 900))
        await page.waitForFunction(() => window.scrollY > 500)
        const row = rows(page).filter({ visible: true }).nth(6)
        await row.getByRole('button').tap()
        await page.getByRole('button', { name: 'Back' }).waitFor()
        expect(await page.getByRole('searchbox').isVisible()).toBe(false)
        await page.waitForFunction(() => window.scrollY === 0)
        expect(await overflow(page)).toBe(0)
        await page.goBack()
        await page.getByRole('heading', { level: 1, name: 'Records' }).waitFor()
        await page.waitForFunction(() => window.scrollY > 500)
        await page.goto('/patient/records/AAAAAAAAAAAAAAAAAAAAAA')
        await page.getByText('This record is not here').waitFor()
      },
      { phone: true },
    )
  })

  test('words inside sealed records find them, and a category narrows the list', async () => {
    await withPatient(async ({ page }) => {
      await openRecords(page)
      await page.getByRole('searchbox').fill('otitis')
      await page.getByRole('status').filter({ hasText: 'found' }).waitFor()
      await rows(page).filter({ hasText: 'otitis' }).first().waitFor()
      await page.getByRole('searchbox').fill('zzzz nothing')
      await page.getByText('Nothing matches').waitFor()
      await page.getByRole('button', { name: 'Remove all filters' }).click()
      await page.getByRole('button', { name: /^Medicines/ }).click()
      await page.getByRole('status').filter({ hasText: 'found' }).waitFor()
      await rows(page).first().waitFor()
    })
  })

  test('files she adds are guessed, sealed, and open again; one that lies about itself is a download', async () => {
    await withPatient(
      async ({ page }) => {
        await page.getByRole('link', { name: 'Add a paper or file' }).click()
        await page.getByRole('heading', { level: 1, name: 'Add papers and files' }).waitFor()
        const strange = `تقرير 🩺 ${'very-long-name'.repeat(12)}.txt`
        await page.getByLabel('Choose files').setInputFiles([
          {
            name: 'blood_report 2024-03-12.png',
            mimeType: 'image/png',
            buffer: Buffer.from(greyPng(64, 48)),
          },
          {
            name: 'letter.pdf',
            mimeType: 'application/pdf',
            buffer: Buffer.from('<html><script>1</script>'),
          },
          { name: strange, mimeType: 'text/plain', buffer: Buffer.from('two lines\nof text') },
          { name: 'empty.txt', mimeType: 'text/plain', buffer: Buffer.alloc(0) },
        ])
        const form = page.getByRole('listitem', { name: /blood_report/ })
        await expect.poll(() => form.getByLabel('What is it?').inputValue()).toBe('Blood report')
        expect(await form.getByLabel('Of which day?').inputValue()).toBe('2024-03-12')
        expect(await form.getByLabel('Where does it belong?').inputValue()).toBe('laboratory')
        await page.getByRole('listitem', { name: 'letter.pdf' }).getByLabel('What is it?').fill(' ')
        expect(await overflow(page)).toBe(0)
        expect(await findBarriers(page)).toEqual([])
        await page.getByRole('button', { name: 'Add 4 files' }).click()
        await page.getByText('Say in a few words what it is.').waitFor()
        await page.getByText('This file is empty.').waitFor()
        await page.getByRole('listitem', { name: 'letter.pdf' }).getByLabel('What is it?').fill('A letter')
        await page.getByRole('button', { name: 'Take empty.txt off the list' }).click()
        await page.getByRole('button', { name: 'Add the file' }).click()
        await page.getByText('Added to your records.').nth(2).waitFor()
        await page.evaluate(() => window.scrollTo(0, 0))
        expect(await overflow(page)).toBe(0)

        await page
          .getByRole('listitem', { name: /blood_report/ })
          .getByRole('link', { name: 'See it' })
          .click()
        await page.getByRole('heading', { level: 1, name: 'Blood report' }).waitFor()
        await page.locator('img[data-ready="true"]').waitFor()
        await page.goBack()
        await page.getByRole('listitem', { name: 'letter.pdf' }).getByRole('link', { name: 'See it' }).click()
        await page.getByRole('heading', { level: 1, name: 'A letter' }).waitFor()
        await page.getByRole('alert').filter({ hasText: 'Web page' }).waitFor()
        expect(await page.locator('iframe, embed, object').count()).toBe(0)
        await page.getByRole('button', { name: 'Download' }).waitFor()
        await page.goto('/patient')
        await page.getByRole('heading', { name: 'Your newest records' }).waitFor()
        await page
          .getByRole('link', { name: /Blood report|A letter|very-long-name/ })
          .first()
          .waitFor()
      },
      { phone: true },
    )
  })

  test('an upload outlives a lost connection, a stop and a reload; another file is not taken for it', async () => {
    const [large, other] = [join(folder, 'scan.bin'), join(folder, 'other.bin')]
    await writeFile(large, '')
    await truncate(large, LARGE)
    await writeFile(other, Buffer.alloc(LARGE, 1))
    await withPatient(
      async ({ page, context }) => {
        let isHeld = true
        const sent = new Map<string, number>()
        await context.route(/\/v1\/uploads\/[^/]+\/parts\/\d+$/, (route) => {
          const part = new URL(route.request().url()).pathname.split('/').at(-1) ?? ''
          // What is held back never answers, like a line that went dead.
          if (isHeld && Number(part) > 1) return
          sent.set(part, (sent.get(part) ?? 0) + 1)
          return route.continue()
        })
        await page.goto('/patient/records/add')
        await page.getByLabel('Choose files').setInputFiles(large)
        await page.getByRole('button', { name: 'Add the file' }).click()
        await page.getByText(/sent: (3|4)\d%/).waitFor()
        await context.setOffline(true)
        await page.getByText('cannot be reached. It goes on by itself').waitFor()
        await context.setOffline(false)
        await page.getByText(/sent: (3|4)\d%/).waitFor()
        await page.getByRole('button', { name: 'Stop', exact: true }).click()
        await page.getByText(/Stopped at (3|4)\d%/).waitFor()
        await page.reload()
        await chooseAgain(page, other)
        await page.getByText('This is another file than the one that was begun').waitFor()
        await page.reload()
        isHeld = false
        await chooseAgain(page, large)
        await page.getByText('Added to your records.').waitFor()
        expect(sent.get('0')).toBe(1)
        expect(sent.get('1')).toBe(1)
        expect(sent.size).toBe(Math.ceil((LARGE * 1.0002) / (8 * 1024 * 1024)))
      },
      { isOffline: true },
    )
  })

  async function chooseAgain(page: Page, file: string): Promise<void> {
    await page.getByText('Choose the same file again').waitFor()
    const choosing = page.waitForEvent('filechooser')
    await page.getByRole('button', { name: 'Choose the file again' }).click()
    await (await choosing).setFiles(file)
  }

  test('a large file that is opened says how much of it is here, and can be stopped', async () => {
    const large = join(folder, 'video-of-gait.bin')
    await writeFile(large, Buffer.alloc(LARGE, 7))
    await withPatient(async ({ page, context }) => {
      await page.goto('/patient/records/add')
      await page.getByLabel('Choose files').setInputFiles(large)
      await page.getByRole('button', { name: 'Add the file' }).click()
      await page.getByText('Added to your records.').waitFor()
      let release = () => {}
      const held = new Promise<void>((resolve) => {
        release = resolve
      })
      await context.route(/\/v1\/records\/[^/]+\/content$/, async (route) => {
        await held
        await route.continue().catch(() => {})
      })
      await page.getByRole('link', { name: 'See it' }).click()
      const bar = page.getByRole('progressbar', { name: 'Opening the file' })
      await bar.waitFor()
      expect(await bar.getAttribute('aria-valuenow')).toBe('0')
      expect(await bar.getAttribute('aria-valuetext')).toMatch(/^0 bytes? of 41\.9 MB$/)
      await takePictures(page, 'file-progress')
      expect(await findBarriers(page)).toEqual([])
      await page.getByRole('button', { name: 'Cancel' }).click()
      await page.getByText('Opening this file was stopped').waitFor()
      await takePictures(page, 'file-stopped')
      expect(await findBarriers(page)).toEqual([])
      await page.evaluate(() => {
        const seen: number[] = []
        Object.assign(globalThis, { seenProgress: seen })
        const look = () => {
          const now = document.querySelector('[role="progressbar"]')?.getAttribute('aria-valuenow')
          if (now != null && seen.at(-1) !== Number(now)) seen.push(Number(now))
        }
        const options = { subtree: true, childList: true, attributes: true }
        new MutationObserver(look).observe(document.body, options)
      })
      release()
      // The stop has left the focus where it goes on.
      await page.keyboard.press('Enter')
      await page.getByText('Files of this kind are not shown here.').waitFor()
      const seen = await page.evaluate(
        () => (globalThis as unknown as { seenProgress: number[] }).seenProgress,
      )
      expect(seen.length).toBeGreaterThan(3)
      expect(seen).toEqual([...seen].sort((a, b) => a - b))
    })
  })

  test('an upload given up is gone on both sides', async () => {
    const large = join(folder, 'scan.bin')
    await writeFile(large, '')
    await truncate(large, LARGE)
    await withPatient(async ({ page, context }) => {
      await context.route(/\/parts\/\d+$/, (route) =>
        route.request().url().endsWith('/0') ? route.continue() : undefined,
      )
      await page.goto('/patient/records/add')
      await page.getByLabel('Choose files').setInputFiles(large)
      await page.getByRole('button', { name: 'Add the file' }).click()
      await page.getByText(/sent: [12]\d%/).waitFor()
      const dropped = page.waitForResponse((response) => response.request().method() === 'DELETE')
      await page.getByRole('button', { name: 'Give up' }).click()
      await page.getByRole('dialog').getByRole('button', { name: 'Give up' }).click()
      expect((await dropped).ok()).toBe(true)
      await page.getByRole('listitem', { name: 'scan.bin' }).waitFor({ state: 'detached' })
      await page.reload()
      await page.getByRole('button', { name: 'Choose files' }).waitFor()
      await page.waitForLoadState('networkidle')
      expect(await page.getByText('Choose the same file again').count()).toBe(0)
    })
  })

  async function openFound(page: Page, title: string): Promise<void> {
    await page.getByRole('searchbox').fill(title)
    await rows(page).filter({ hasText: title }).first().getByRole('button').click()
    await page.getByRole('article').getByRole('heading', { level: 2, name: title }).waitFor()
  }

  test('without a network she reads what this device kept, sealed; signing out empties it', async () => {
    await withPatient(
      async ({ page, context }) => {
        await page.goto('/patient/records/add')
        await page.getByLabel('Choose files').setInputFiles([
          { name: 'kept-picture.png', mimeType: 'image/png', buffer: Buffer.from(greyPng(64, 48)) },
          {
            name: 'kept-note.txt',
            mimeType: 'text/plain',
            buffer: Buffer.from('kept line\n'.repeat(20_000)),
          },
          {
            name: 'unopened-note.txt',
            mimeType: 'text/plain',
            buffer: Buffer.from('unopened line\n'.repeat(20_000)),
          },
        ])
        await page.getByRole('button', { name: 'Add 3 files' }).click()
        await page.getByText('Added to your records.').nth(2).waitFor()
        await openRecords(page)
        const all = await page
          .getByRole('status')
          .filter({ hasText: /^\d+ records$/ })
          .innerText()
        await openFound(page, 'Kept-picture')
        await page.locator('img[data-ready="true"]').waitFor()
        await openFound(page, 'Kept-note')
        await page.getByText('kept line').first().waitFor()
        const kept = await keptRows(page)
        expect(kept.rows).toBeGreaterThan(30)
        expect(kept.files).toBeGreaterThan(0)
        expect(kept.text).not.toMatch(/otitis|kept line|resourceType/i)

        // A lock wipes what the page and its Worker had in hand: what the device kept is all there is then.
        await page.getByRole('button', { name: 'Lock', exact: true }).click()
        await context.route(/\/v1\/records\//, (route) => route.abort('internetdisconnected'))
        await page.getByLabel('Password', { exact: true }).fill('curo demo only')
        await page.getByRole('button', { name: 'Unlock' }).click()
        await page.getByText('The hospital cannot be reached.').waitFor()
        await context.setOffline(true)
        await page.getByRole('status').filter({ hasText: all }).waitFor()
        await openFound(page, 'Kept-note')
        await page.getByText('kept line').first().waitFor()
        await openFound(page, 'Kept-picture')
        await page.locator('img[data-ready="true"]').waitFor()
        await openFound(page, 'Unopened-note')
        await page.getByRole('article').getByRole('alert').waitFor()

        await context.setOffline(false)
        await page.getByRole('banner').getByRole('button', { name: /Ngozi/ }).click()
        await page.getByRole('menuitem', { name: 'Sign out' }).click()
        await page.getByRole('heading', { name: 'Sign in' }).waitFor()
        await page.waitForFunction(async () =>
          (await indexedDB.databases()).every(({ name }) => !name?.startsWith('curo-kept-')),
        )
      },
      { isOffline: true },
    )
  })

  test('attack: a record altered at the hospital shows as altered, and the rest opens', async () => {
    const { db } = portal.node.context
    await withPatient(async ({ page }) => {
      await openRecords(page)
      await rows(page).first().getByRole('button').click()
      await page.waitForURL(/\/patient\/records\/[\w-]{22}$/)
      const { patient } = await db
        .selectFrom('records')
        .select('patient')
        .where('id', '=', page.url().slice(-22))
        .executeTakeFirstOrThrow()
      await page.getByRole('button', { name: 'Close the record' }).click()
      const one = await db
        .selectFrom('records')
        .select(['id', 'content'])
        .where('patient', '=', patient)
        .where('kind', '=', 'Condition')
        .where('content', 'is not', null)
        .executeTakeFirstOrThrow()
      const { id } = one
      const altered = Buffer.from(one.content ?? [])
      altered[altered.length - 1] = (altered.at(-1) ?? 0) ^ 1
      const setContent = (content: Buffer | null) =>
        db.updateTable('records').set({ content }).where('id', '=', id).execute()
      await setContent(altered)
      try {
        // This device has kept the record as it was: that must not hide what happened to it.
        await page.reload()
        await page.getByRole('alert').filter({ hasText: '1 record was altered' }).waitFor()
        await page.goto(`/patient/records/${id}`)
        await page.getByRole('alert').filter({ hasText: 'Report it to the hospital' }).waitFor()
        await rows(page).nth(3).waitFor()
      } finally {
        await setContent(one.content)
      }
      await page.reload()
      await page.getByRole('article').getByRole('heading', { level: 2 }).waitFor()
      expect(await page.getByRole('alert').count()).toBe(0)
    })
  })

  test.each(['light', 'dark'] as const)('axe finds nothing on her records in %s', async (colorScheme) => {
    await withPatient(
      async ({ page }) => {
        await openRecords(page)
        expect(await findBarriers(page)).toEqual([])
        await rows(page).first().getByRole('button').click()
        await page.getByRole('article').waitFor()
        expect(await findBarriers(page)).toEqual([])
        await page.goto('/patient/records/add')
        await page.getByRole('heading', { level: 1 }).waitFor()
        expect(await findBarriers(page)).toEqual([])
      },
      { colorScheme },
    )
  })

  test('in Hindi on a phone her records speak Hindi and keep to its width', async () => {
    await withPatient(
      async ({ page }) => {
        await openRecords(page)
        await page.getByRole('heading', { level: 1, name: 'रिकॉर्ड' }).waitFor()
        expect(await overflow(page)).toBe(0)
        expect(await findBarriers(page)).toEqual([])
        await page.getByRole('link', { name: 'काग़ज़ या फ़ाइल जोड़ें' }).click()
        await page.getByRole('heading', { level: 1, name: 'काग़ज़ और फ़ाइलें जोड़ें' }).waitFor()
        expect(await overflow(page)).toBe(0)
        expect(await findBarriers(page)).toEqual([])
      },
      { phone: true, hindi: true },
    )
  })
})
