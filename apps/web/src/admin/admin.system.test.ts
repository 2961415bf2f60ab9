import { readFile } from 'node:fs/promises'
import { registerAccount, signIn } from '@curo/client/accounts'
import { addDocument } from '@curo/client/approvals'
import { connect } from '@curo/client/connection'
import { toBase64Url } from '@curo/crypto/bytes'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { manyPages } from '../records/testing/sample-files.ts'
import { findBarriers } from '../testing/accessibility.ts'
import { findChromium, type Visitor } from '../testing/browser.ts'
import { type DemoPortal, signInAs, startDemoPortal } from '../testing/demo-portal.ts'
import { seen } from '../testing/visitors.ts'

const PASSWORD = 'river stone lantern'
/** The demo's people are made while other tests run. */
const START_MS = 300_000

describe.skipIf(!findChromium())(
  'administrators and auditors (skipped where no Chromium is installed)',
  () => {
    let portal: DemoPortal
    let admin: Visitor
    beforeAll(async () => {
      portal = await startDemoPortal({ patients: 1 })
    }, START_MS)
    afterAll(async () => {
      await admin?.close()
      await portal?.stop()
    })

    /** Somebody who waits for approval, with a licence attached. */
    async function apply(name: string, contact: string) {
      const connection = await connect({ node: portal.node.address })
      const profession = { registrationNumber: 'KMC 12345', speciality: 'Cardiology' }
      await registerAccount(connection, { contact, password: PASSWORD, role: 'doctor', name, profession })
      const person = await signIn(connection, { contact, password: PASSWORD })
      await addDocument(person, { kind: 'licence', bytes: await manyPages(2) })
    }

    test('an applicant’s licence is looked at in the page, and who is approved comes into the registry', async () => {
      await apply('Dr Ines Invented', '+919000000077')
      await apply('Dr Otto Invented', '+919000000078')
      admin = await portal.visit()
      const { page } = admin
      await signInAs(page, 'Leela Marar')
      await page.getByRole('link', { name: /Approvals.*2 people wait/ }).click()
      await page.getByRole('link', { name: /Dr Ines Invented/ }).click()
      await page.getByRole('button', { name: 'Look at it: Licence' }).click()
      const dialog = page.getByRole('dialog', { name: 'Licence' })
      await dialog.getByText('licence.pdf').waitFor()
      await dialog.locator('canvas').first().waitFor()
      expect(await findBarriers(page)).toEqual([])
      await dialog.getByRole('button', { name: 'Close' }).click()
      await page.getByRole('button', { name: 'Approve' }).click()
      await page.getByRole('dialog').getByText('Check the registration number').waitFor()
      await page.getByRole('dialog').getByRole('button', { name: 'Approve' }).click()
      await page.getByText('Active').first().waitFor()
    })

    test('who is refused gets a reason, which cannot be left out', async () => {
      const { page } = admin
      await page
        .getByRole('link', { name: /Approvals/ })
        .first()
        .click()
      await page.getByRole('link', { name: /Dr Otto Invented/ }).click()
      await page.getByRole('button', { name: 'Refuse' }).click()
      const dialog = page.getByRole('dialog', { name: 'Refuse Dr Otto Invented?' })
      await dialog.getByRole('button', { name: 'Refuse' }).click()
      await dialog.getByText('Give a reason: it is sent to the person.').waitFor()
      await dialog.getByLabel('Reason').fill('The scan cannot be read.')
      await dialog.getByRole('button', { name: 'Refuse' }).click()
      await page.getByText('The scan cannot be read.').waitFor()
      await page.getByText('No document was attached.').waitFor()
    })

    test('people are found and filtered, and it is said how somebody is added', async () => {
      const { page } = admin
      await page.getByRole('link', { name: 'People' }).first().click()
      await page.getByLabel('Find somebody').fill('Invented')
      await expect.poll(() => page.locator('main li').count(), { timeout: 20_000 }).toBe(2)
      await page.getByRole('combobox', { name: 'State' }).click()
      await page.getByRole('option', { name: 'Refused' }).click()
      await expect.poll(() => page.locator('main li').count(), { timeout: 20_000 }).toBe(1)
      await page.getByLabel('Find somebody').fill('x'.repeat(200))
      await page.getByText('Nobody is found here.').waitFor()
      await page.getByRole('button', { name: 'Add somebody' }).click()
      await page.getByRole('dialog').getByText(`${portal.node.address}/register`).waitFor()
      await page.keyboard.press('Escape')
    })

    test('the storage is checked and repaired, the whole ledger is verified in the browser', async () => {
      const { page } = admin
      await page.getByRole('link', { name: 'Storage' }).first().click()
      await page.getByText('bucket-6').waitFor()
      await expect.poll(() => page.getByText('Well', { exact: true }).count()).toBe(6)
      await page.getByRole('button', { name: 'Check and repair' }).click()
      await page.getByText(/^Done on /).waitFor({ timeout: 60_000 })
      await page.getByRole('link', { name: 'Ledger' }).first().click()
      await page.getByRole('button', { name: 'Check now' }).click()
      await page.getByText(/The log is whole: [\d,]+ entries lead to the signed root/).waitFor()
    })

    test('activity is filtered and exported; no patient is named', async () => {
      const { page } = admin
      await page.getByRole('link', { name: 'Activity' }).first().click()
      await page.getByRole('combobox', { name: 'What' }).click()
      await page.getByRole('option', { name: 'Account' }).click()
      await expect
        .poll(() => page.locator('tbody tr').allTextContents(), { timeout: 20_000 })
        .toSatisfy((rows: string[]) => rows.length > 0 && rows.every((row) => row.includes('Account')))
      await page.getByRole('button', { name: 'Export' }).click()
      const downloading = page.waitForEvent('download')
      await page.getByRole('menuitem', { name: 'As a table (CSV)' }).click()
      const table = await readFile(await (await downloading).path(), 'utf8')
      expect(table.split('\n').length).toBeGreaterThan(2)
      expect(table).not.toMatch(/Ngozi|Meenakshi|Arjun/)
    })

    test('an auditor challenges the storage and verifies the ledger, and repairs nothing', async () => {
      const { page, faults, close } = await portal.visit()
      await signInAs(page, 'Farah Lindqvist')
      await page.getByRole('heading', { name: 'Challenge the storage' }).waitFor()
      await page.getByRole('button', { name: 'Demand the pieces' }).click()
      await page.getByText('Choose the file with the records first.').waitFor()
      const file = page.locator('input[type=file]')
      const give = (content: unknown) =>
        file.setInputFiles({
          name: 'roots.json',
          mimeType: 'application/json',
          buffer: Buffer.from(JSON.stringify(content)),
        })
      await give({ root: 'none' })
      await page.getByText('“roots.json” is no list of roots and sizes.').waitFor()
      const rows = await portal.node.context.db
        .selectFrom('records')
        .select(['root', 'sealed_size'])
        .limit(20)
        .execute()
      const records = rows.map((row) => ({
        root: toBase64Url(row.root),
        sealedSize: Number(row.sealed_size),
      }))
      await give(records)
      await page.getByText(`roots.json: ${records.length} records`).waitFor()
      await page.getByRole('button', { name: 'Demand the pieces' }).click()
      await page.getByText('All 300 pieces are there and unchanged.').waitFor()
      await give([{ root: 'A'.repeat(43), sealedSize: 4096 }])
      await page.getByRole('button', { name: 'Demand the pieces' }).click()
      await page.getByText('300 of 300 pieces are missing or altered').waitFor()
      expect(await findBarriers(page)).toEqual([])

      await page.getByRole('link', { name: 'Storage' }).first().click()
      await page.getByText('bucket-6').waitFor()
      expect(await page.getByRole('button', { name: 'Check and repair' }).count()).toBe(0)
      await page.getByRole('link', { name: 'Ledger' }).first().click()
      await page.getByRole('button', { name: 'Check now' }).click()
      await page.getByText(/The log is whole/).waitFor()
      await page.getByRole('link', { name: 'Activity' }).first().click()
      await page.locator('tbody tr').first().waitFor()
      expect(await page.locator('main').textContent()).not.toMatch(/Ngozi|Meenakshi|Arjun/)
      expect(faults).toEqual([])
      await close()
    })

    test.each(['light', 'dark'] as const)(
      'axe finds nothing in the administrator’s area in %s, in Hindi, on a phone',
      async (colorScheme) => {
        const { page, faults, close } = await portal.visit({ colorScheme, phone: true })
        await page.goto('/sign-in')
        await page.getByRole('button', { name: 'हिन्दी' }).click()
        await page.getByRole('button', { name: /Leela/ }).click()
        await page.waitForURL('**/admin')
        for (const [path, heading] of [
          ['/admin', /Leela/],
          ['/admin/people', 'लोग'],
          ['/admin/storage', 'भंडारण'],
          ['/admin/ledger', 'बहीखाता'],
          ['/admin/activity', /गतिविधि/],
          ['/admin/hospital', 'अस्पताल'],
        ] as const) {
          await page.goto(path)
          await page.getByRole('heading', { level: 1, name: heading }).waitFor()
          await page.waitForLoadState('networkidle')
          await seen(page, path)
        }
        expect(faults).toEqual([])
        await close()
      },
    )

    test('nothing on the way broke the page’s policy', () => {
      expect(admin.faults).toEqual([])
    })
  },
)
