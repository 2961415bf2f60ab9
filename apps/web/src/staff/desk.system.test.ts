import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { manyPages } from '../records/testing/sample-files.ts'
import { findBarriers, findFaultsNow, overflow } from '../testing/accessibility.ts'
import { findChromium, type Visitor } from '../testing/browser.ts'
import { type DemoPortal, signInAs, startDemoPortal } from '../testing/demo-portal.ts'
import { takePictures } from '../testing/screenshots.ts'

/** The demo's people are made while other tests run. */
const START_MS = 300_000

describe.skipIf(!findChromium())('the front desk (skipped where no Chromium is installed)', () => {
  let portal: DemoPortal
  let clerk: Visitor
  beforeAll(async () => {
    portal = await startDemoPortal()
    clerk = await portal.visit()
    await signInAs(clerk.page, 'Tenzin Bhutia')
  }, START_MS)
  afterAll(async () => {
    await clerk?.close()
    await portal?.stop()
  })

  async function openPatient(page: Page, name: string) {
    await page.goto('/staff')
    await page.getByLabel('Find a patient').fill(name)
    await page.getByRole('link', { name: new RegExp(name) }).click()
    await page.getByRole('heading', { level: 1, name }).waitFor()
  }

  test('appointments and billing have their place in the navigation, which leads nowhere yet', async () => {
    const { page } = clerk
    await page.goto('/staff')
    const navigation = page.getByRole('navigation', { name: 'Main' }).first()
    await navigation.getByText('Appointments').waitFor()
    await navigation.getByText('Billing').waitFor()
    expect(await navigation.getByRole('link').allTextContents()).toEqual(['Patients', 'Register a patient'])
  })

  test('what is wrong is said at its field, what was typed stays, a known person is warned of, a lost connection loses nothing', async () => {
    const { page, context } = clerk
    await page.goto('/staff/register')
    await page.getByRole('button', { name: 'Register and make the card' }).click()
    const given = page.getByLabel('Given names')
    await expect.poll(() => given.evaluate((input) => input === document.activeElement)).toBe(true)
    await page.getByText('Enter the date of birth.').waitFor()
    await page.getByText('Enter a mobile number:').waitFor()

    await given.fill('न'.repeat(100_000))
    await page.getByLabel('Family name').fill('محمد 👩‍⚕️')
    await page.getByText('Use at most 400 characters.').waitFor()
    expect(await overflow(page)).toBe(0)
    await given.fill('Ngozi')
    await page.getByLabel('Family name').fill('Abernathy')
    await page.getByLabel('Date of birth').fill('2017-08-25')
    await page.getByText('Somebody like this is registered already').waitFor()

    await given.fill(`Zainab 👩‍⚕️ ${'ख'.repeat(200)}`)
    await page.getByLabel('Family name').fill('محمد')
    await page.getByLabel('Date of birth').fill('1988-02-28')
    await page.getByRole('combobox', { name: 'Sex' }).click()
    await page.getByRole('option', { name: 'Female' }).click()
    await page.getByLabel('Mobile telephone').fill('90000 00088')
    await context.setOffline(true)
    await page.getByRole('button', { name: 'Register and make the card' }).click()
    await page.getByText(/cannot be reached. Check the connection/).waitFor()
    await context.setOffline(false)
    expect(await page.getByLabel('Family name').inputValue()).toBe('محمد')
    // The browser's own word about the lost connection is no fault of the page.
    clerk.faults.length = 0
    await page.getByRole('button', { name: 'Register and make the card' }).click()
    await page.getByRole('heading', { level: 1, name: /is registered/ }).waitFor()
  })

  test('nobody leaves a card behind unprinted by mistake; it is printed as PDF and picture', async () => {
    const { page } = clerk
    await page.getByRole('button', { name: 'Next patient' }).and(page.locator(':disabled')).waitFor()
    await page.getByRole('link', { name: 'Patients', exact: true }).first().click()
    await page.getByRole('dialog', { name: 'Leave without handing over?' }).waitFor()
    expect(await findBarriers(page)).toEqual([])
    await page.getByRole('button', { name: 'Stay here' }).last().click()
    await page.getByRole('button', { name: 'Print the card' }).click()
    for (const [button, magic] of [
      ['Save as PDF', '%PDF'],
      ['Save as picture', '\u0089PNG'],
    ] as const) {
      const downloading = page.waitForEvent('download')
      await page.getByRole('button', { name: button }).click()
      const file = await (await downloading).path()
      expect((await readFile(file)).subarray(0, 4).toString('latin1')).toBe(magic)
    }
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click()
    await page.getByLabel('I handed over the card and the recovery code.').check()
    await page.getByRole('link', { name: 'Scan what was signed' }).click()
    await page.getByRole('heading', { level: 1, name: /Zainab/ }).waitFor()
    await page.setViewportSize({ width: 390, height: 844 })
    expect(await overflow(page)).toBe(0)
    await page.setViewportSize({ width: 1440, height: 900 })
  })

  test('a signed paper is scanned and looked at; the patient sees both, and can read it', async () => {
    const { page } = clerk
    await openPatient(page, 'Ngozi Abernathy')
    await page.getByText('Nothing was scanned yet.').waitFor()
    await page.getByRole('button', { name: 'Scan a paper' }).click()
    const dialog = page.getByRole('dialog', { name: 'Scan a paper that was signed' })
    await dialog.getByRole('button', { name: 'Keep the paper' }).click()
    await dialog.getByText('Choose what was signed.').waitFor()
    await dialog.getByText('Choose the scan.').waitFor()
    const file = dialog.locator('input[type=file]')
    const lie = Buffer.from('<html><script>alert(1)</script>')
    await file.setInputFiles({ name: 'lie.pdf', mimeType: 'application/pdf', buffer: lie })
    await dialog.getByText('“lie.pdf” is neither PDF, PNG nor JPEG').waitFor()
    const buffer = Buffer.from(await manyPages(1))
    await file.setInputFiles({ name: 'consent.pdf', mimeType: 'application/pdf', buffer })
    // Drawn: pdf.js complains of a page that is closed while it draws.
    await dialog.getByText('Discharge summary, page 1', { exact: true }).waitFor()
    await dialog.getByRole('combobox', { name: 'What was signed' }).click()
    await page.getByRole('option', { name: 'Consent to treatment' }).click()
    await dialog.getByRole('button', { name: 'Keep the paper' }).click()
    await dialog.waitFor({ state: 'hidden' })
    await page.getByText('nobody has looked at it').waitFor()
    await page.getByRole('button', { name: 'Look at it: Consent to treatment' }).click()
    const shown = page.getByRole('dialog', { name: 'Consent to treatment' })
    await shown.getByText('treatment.pdf').waitFor()
    await shown.getByText('Discharge summary, page 1', { exact: true }).waitFor()
    expect(await findBarriers(page)).toEqual([])
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click()
    await page.getByText(/looked at by Tenzin Bhutia/).waitFor()

    const patient = await portal.visit({ phone: true })
    await signInAs(patient.page, 'Ngozi Abernathy')
    await patient.page.goto('/patient/profile')
    await patient.page.getByText(/scanned by Tenzin Bhutia · looked at by Tenzin Bhutia/).waitFor()
    await patient.page.getByRole('button', { name: 'Look at it: Consent to treatment' }).click()
    await patient.page.getByRole('dialog').getByText('treatment.pdf').waitFor()
    expect(await overflow(patient.page)).toBe(0)
    await patient.close()

    await page.getByRole('button', { name: 'Delete: Consent to treatment' }).click()
    await page
      .getByRole('dialog', { name: 'Delete this paper?' })
      .getByText(/is deleted for good/)
      .waitFor()
    await page.getByRole('button', { name: 'Delete it', exact: true }).click()
    await page.getByText('Nothing was scanned yet.').waitFor()
  })

  test('a card is blocked once its consequences were named, and the way to a new one is said', async () => {
    const { page } = clerk
    await openPatient(page, 'Arjun Thakkar')
    await page.getByRole('button', { name: 'Block this card' }).click()
    const dialog = page.getByRole('dialog', { name: 'Block the card of Arjun Thakkar?' })
    await dialog.getByText(/stops working now and for good/).waitFor()
    await dialog.getByRole('button', { name: 'Keep it' }).click()
    await page.getByText('Card in use').waitFor()
    await page.getByRole('button', { name: 'Block this card' }).click()
    await dialog.getByRole('button', { name: 'Block it now' }).click()
    await page.getByText('Card blocked').waitFor()
    await page.getByText('How the patient gets a new card').waitFor()
    await page.getByText('What becomes of the records').waitFor()
  })

  test('bug: of two clerks who corrected one patient the last one won; now she is told, and keeps what she typed', async () => {
    const [first, second] = await Promise.all([portal.visit(), portal.visit()])
    try {
      for (const { page } of [first, second]) {
        await signInAs(page, 'Tenzin Bhutia')
        await openPatient(page, 'Arjun Thakkar')
        await page.getByRole('button', { name: 'Correct' }).click()
      }
      await first.page.getByLabel('City or village').fill('Kochi')
      await first.page.getByLabel('Date of birth').fill('1984-02-28')
      await first.page.getByRole('button', { name: 'Save', exact: true }).click()
      await first.page.getByRole('button', { name: 'Correct' }).waitFor()
      await second.page.getByLabel('Given names').fill('Arjun Dev')
      await second.page.getByRole('button', { name: 'Save', exact: true }).click()
      await second.page
        .getByRole('alert')
        .getByText(/What you typed is still here/)
        .waitFor()
      expect(await second.page.getByLabel('Given names').inputValue()).toBe('Arjun Dev')
      expect(await findBarriers(second.page)).toEqual([])
      await second.page.getByRole('button', { name: 'Show what stands there now' }).click()
      await expect.poll(() => second.page.getByLabel('City or village').inputValue()).toBe('Kochi')
      await second.page.getByRole('status').getByText('City or village: Kochi').waitFor()
      // The day in her words, not as it is sent.
      await second.page.getByRole('status').getByText('Date of birth: 28 February 1984').waitFor()
      await takePictures(second.page, 'desk-changed-meanwhile')
      expect(await second.page.getByLabel('Given names').inputValue()).toBe('Arjun Dev')
      expect(await findBarriers(second.page)).toEqual([])
      await second.page.getByRole('button', { name: 'Save', exact: true }).click()
      await second.page.getByRole('heading', { level: 1, name: /Arjun Dev/ }).waitFor()
      await second.page.getByText('Kochi').first().waitFor()
      await second.page.getByRole('button', { name: 'Correct' }).click()
      await second.page.getByLabel('Given names').fill('Arjun')
      await second.page.getByRole('button', { name: 'Save', exact: true }).click()
      await second.page.getByRole('heading', { level: 1, name: /Arjun Thakkar/ }).waitFor()
    } finally {
      await first.close()
      await second.close()
    }
  })

  test('no screen of the desk names a record, and the desk finds somebody with the keyboard alone', async () => {
    const { page } = clerk
    await page.goto('/staff')
    await page.getByLabel('Find a patient').focus()
    await page.keyboard.type('Meenakshi')
    await page.getByRole('link', { name: /Meenakshi/ }).waitFor()
    await expect.poll(() => page.locator('main li').count(), { timeout: 20_000 }).toBe(1)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: /Meenakshi/ }).waitFor()
    await page.getByText('Nothing was scanned yet.').waitFor()
    expect(await page.locator('main').textContent()).not.toMatch(
      /diabet|metformin|HbA1c|consultation|prescription/i,
    )
  })

  test.each(['light', 'dark'] as const)(
    'axe finds nothing at the desk in %s, in Hindi, on a phone',
    async (colorScheme) => {
      const { page, faults, close } = await portal.visit({ colorScheme, phone: true })
      await page.goto('/sign-in')
      await page.getByRole('button', { name: 'हिन्दी' }).click()
      await page.getByRole('button', { name: /Tenzin/ }).click()
      await page.getByRole('heading', { level: 1, name: 'स्वागत कक्ष' }).waitFor()
      await page.getByRole('link', { name: /Ngozi/ }).waitFor()
      expect(await findBarriers(page)).toEqual([])
      await page.getByRole('link', { name: /Ngozi/ }).click()
      await page.getByText('अभी कुछ स्कैन नहीं हुआ।').waitFor()
      expect(await findBarriers(page)).toEqual([])
      await page.getByRole('button', { name: 'काग़ज़ स्कैन करें' }).click()
      await page.getByRole('dialog').getByRole('button', { name: 'काग़ज़ रखें' }).click()
      await page.getByText('स्कैन चुनें।').waitFor()
      expect(await findBarriers(page)).toEqual([])
      await page.goto('/staff/register')
      await page.getByRole('button', { name: 'पंजीकरण करें और कार्ड बनाएँ' }).click()
      await page.getByText('जन्मतिथि लिखें।').waitFor()
      expect(await findFaultsNow(page)).toEqual([])
      expect(faults).toEqual([])
      await close()
    },
  )

  test('nothing on the way broke the page’s policy', () => {
    expect(clerk.faults).toEqual([])
  })
})
