import { signIn } from '@curo/client/accounts'
import { connect } from '@curo/client/connection'
import { listConsents } from '@curo/client/consent'
import { revokeConsent } from '@curo/client/granting'
import { asPatient } from '@curo/client/person'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findBarriers } from '../testing/accessibility.ts'
import { findChromium, type Visitor } from '../testing/browser.ts'
import { type AtTheDesk, comeToTheDesk, showCard } from '../testing/demo-card.ts'
import { type DemoPortal, signInAs, startDemoPortal } from '../testing/demo-portal.ts'
import { takeOption } from '../testing/keyboard.ts'
import { seen } from '../testing/visitors.ts'

const PASSWORD = 'curo demo only'
/** A busy machine seals slowly. */
const SLOW = { timeout: 60_000 }

describe.skipIf(!findChromium())('the doctor’s work (skipped where no Chromium is installed)', () => {
  let portal: DemoPortal
  let meenakshi: AtTheDesk
  beforeAll(async () => {
    portal = await startDemoPortal()
    meenakshi = await comeToTheDesk(portal, 'meenakshi')
  })
  afterAll(() => portal?.stop())

  async function withDoctor(
    run: (visitor: Visitor) => Promise<void>,
    {
      name = 'Asha Raghavan',
      expectedFaults = /^$/,
      ...options
    }: Parameters<DemoPortal['visit']>[0] & { name?: string; expectedFaults?: RegExp } = {},
  ): Promise<void> {
    const visitor = await portal.visit(options)
    try {
      await signInAs(visitor.page, name)
      await visitor.page.waitForURL('**/doctor')
      await run(visitor)
      expect(visitor.faults.filter((fault) => !expectedFaults.test(fault))).toEqual([])
    } finally {
      await visitor.close()
    }
  }

  /** With the keyboard alone: the card is shown, a reason given, and the code typed that she reads out. */
  async function openChart(page: Page, patient = meenakshi): Promise<void> {
    await page.getByRole('button', { name: /Scan a card/ }).click()
    await showCard(page, patient)
    const ask = page.getByRole('button', { name: 'Ask, and send the code' })
    await ask.waitFor(SLOW)
    await page.getByLabel('In your words (optional)').fill('Fever since Sunday')
    const since = new Date()
    await page.keyboard.press('Enter')
    await page.getByText(/A code was sent/).waitFor(SLOW)
    await page.keyboard.type(await patient.readCode(since))
    await page.getByRole('radiogroup', { name: 'View' }).waitFor(SLOW)
  }

  const saved = (page: Page) => page.locator('[data-save-state=saved]').waitFor(SLOW)

  test('a consultation is written by keyboard, saved by itself, reviewed, signed, and added to', async () => {
    await withDoctor(async ({ page }) => {
      await openChart(page)
      await page.getByRole('link', { name: 'Write a consultation' }).click()
      await page.getByLabel('Complaint').fill('Fever and cough for three days')
      await page.getByLabel('Systolic').fill('142')
      await page.keyboard.press('Alt+d')
      await page.keyboard.type('typhoid')
      await takeOption(page, /A01.00/)
      await page.getByRole('button', { name: /Remove Typhoid fever/ }).waitFor()
      await page.keyboard.press('Alt+m')
      await page.keyboard.type('amoxicillin')
      await takeOption(page, /^Amoxicillin /)
      await page.getByText('Amoxicillin: the chart says “Allergy to penicillin”.').waitFor(SLOW)
      await saved(page)
      expect(await findBarriers(page)).toEqual([])

      await page.keyboard.press('Control+Enter')
      const diastolic = page.getByLabel('Diastolic')
      await page.getByText('Both numbers of the blood pressure.').waitFor()
      await expect.poll(() => diastolic.evaluate((input) => input === document.activeElement)).toBe(true)
      expect(await page.getByLabel('Systolic').inputValue()).toBe('142')
      await page.keyboard.type('88')
      await page.keyboard.press('Control+Enter')

      const sign = page.getByRole('button', { name: 'Sign and seal' })
      await sign.waitFor()
      expect(await sign.isDisabled()).toBe(true)
      await page.getByLabel('I have seen this and decide so').check()
      expect(await findBarriers(page)).toEqual([])
      await sign.click()
      await page.getByText('Signed and sealed').waitFor(SLOW)
      await page.getByRole('link', { name: 'To the chart', exact: true }).click()

      const note = page.getByRole('article', { name: 'Consultation' })
      await note.getByText('Fever and cough for three days').waitFor()
      await page.getByRole('button', { name: 'Add to this note' }).click()
      await page.getByLabel('What you add').fill('Blood culture sent as well.')
      await page.getByRole('dialog').getByRole('button', { name: 'Sign and seal' }).click()
      await page.getByRole('heading', { name: /^Added .*Asha Raghavan/ }).waitFor(SLOW)
      await page.getByText('Blood culture sent as well.').first().waitFor()
      expect(await findBarriers(page)).toEqual([])

      await page.getByRole('button', { name: 'End the visit' }).click()
      await page.getByText('Open for you now').waitFor()
      expect(await page.getByText('To finish and sign').count()).toBe(0)
    })
  })

  test('a result is uploaded into the open chart, said to be what it is, and shown at once', async () => {
    await withDoctor(async ({ page }) => {
      await page.getByRole('button', { name: /Scan a card/ }).click()
      await showCard(page, meenakshi)
      await page.getByRole('radiogroup', { name: 'View' }).waitFor(SLOW)
      await page.keyboard.press('Alt+u')
      const dialog = page.getByRole('dialog')
      await dialog.getByRole('button', { name: 'Seal and upload' }).click()
      await dialog.getByText('Choose a file.').waitFor()
      expect(await findBarriers(page)).toEqual([])
      const buffer = Buffer.from('Haemoglobin 11.2 g/dL\n')
      await dialog
        .locator('input[type=file]')
        .setInputFiles({ name: 'lab_slip.txt', mimeType: 'text/plain', buffer })
      await dialog.getByLabel('What it is').fill('Blood count of today')
      await dialog.getByRole('button', { name: 'Seal and upload' }).click()
      await page.getByText('Haemoglobin 11.2 g/dL').waitFor(SLOW)
    })
  })

  test('the patient finds what was signed in her own records, with the name of who wrote it', async () => {
    const visitor = await portal.visit()
    try {
      const { page } = visitor
      await signInAs(page, 'Meenakshi Sundaresan')
      await page.goto('/patient/records')
      await page.getByText('Amoxicillin 250 mg capsule').first().waitFor(SLOW)
    } finally {
      await visitor.close()
    }
  })

  test('a draft survives a lost connection, a reload and the lock', async () => {
    await withDoctor(
      async ({ page, context }) => {
        await page
          .getByRole('link', { name: /Meenakshi/ })
          .first()
          .click()
        await page.getByRole('link', { name: 'Write a consultation' }).click()
        await page.getByLabel('Complaint').fill('Knee pain')
        await saved(page)
        await context.setOffline(true)
        await page.getByLabel('Complaint').fill('Knee pain after a fall')
        await page.locator('[data-save-state=kept]').waitFor(SLOW)
        await context.setOffline(false)
        await page.reload()
        await page.getByLabel('Complaint').waitFor(SLOW)
        await expect.poll(() => page.getByLabel('Complaint').inputValue()).toBe('Knee pain after a fall')
        await saved(page)

        await page.getByLabel('Plan').fill('X-ray of the knee')
        await saved(page)
        await page.getByRole('button', { name: 'Lock', exact: true }).click()
        await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
        expect(await page.getByText('Knee pain').count()).toBe(0)
        await page.getByRole('button', { name: 'Unlock' }).click()
        await page.getByLabel('Plan').waitFor(SLOW)
        await expect.poll(() => page.getByLabel('Plan').inputValue()).toBe('X-ray of the knee')
        await page.goto('/doctor')
        await page.getByRole('link', { name: /Meenakshi Sundaresan Knee pain after a fall/ }).waitFor()
      },
      { expectedFaults: /ERR_INTERNET_DISCONNECTED|Failed to load resource/ },
    )
  })

  test('two windows do not fight: the second is told, and one chooses which goes on', async () => {
    await withDoctor(
      async ({ page, context }) => {
        await page.getByRole('link', { name: /Knee pain after a fall/ }).click()
        await page.getByLabel('Findings').waitFor(SLOW)
        const second = await context.newPage()
        await second.goto(page.url())
        await second.getByLabel('Password', { exact: true }).fill(PASSWORD)
        await second.getByRole('button', { name: 'Unlock' }).click()
        await second.getByLabel('Findings').fill('Swollen')
        await saved(second)
        await page.getByLabel('Findings').fill('Stable')
        await page.getByText('Another window has written in this consultation').waitFor(SLOW)
        expect(await page.getByLabel('Findings').inputValue()).toBe('Stable')
        expect(await findBarriers(page)).toEqual([])
        await page.getByRole('button', { name: 'Go on with the other window’s' }).click()
        await expect.poll(() => page.getByLabel('Findings').inputValue(), SLOW).toBe('Swollen')

        await second.getByLabel('Plan').fill('Plaster')
        await saved(second)
        await page.getByLabel('Findings').fill('Swollen and warm')
        await page.getByRole('button', { name: 'Go on with what is here' }).click()
        await saved(page)
        await second.getByRole('button', { name: 'Discard the draft' }).click()
        await second.getByRole('dialog').getByRole('button', { name: 'Discard' }).click()
        await second.getByRole('dialog').getByRole('alert').waitFor(SLOW)
        await page.getByRole('button', { name: 'Discard the draft' }).click()
        await page.getByRole('dialog').getByRole('button', { name: 'Discard' }).click()
        await page.waitForURL('**/doctor')
      },
      { expectedFaults: /409|Failed to load resource/ },
    )
  })

  test('what she takes back closes the open chart at once, and says so; what the doctor wrote stays', async () => {
    await withDoctor(async ({ page }) => {
      await page.getByRole('button', { name: /Scan a card/ }).click()
      await showCard(page, meenakshi)
      await page.getByRole('heading', { name: 'Active problems' }).waitFor(SLOW)
      await page.keyboard.press('Alt+w')
      await page.getByLabel('Complaint').fill('Written while it was open')
      await saved(page)
      await page.getByRole('complementary').getByText('Chronic kidney disease').waitFor()
      await takeBack('+919000000041')
      await page.getByText('The chart is not open.').waitFor(SLOW)
      expect(await page.getByText('Chronic kidney disease').count()).toBe(0)
      expect(await page.getByLabel('Complaint').inputValue()).toBe('Written while it was open')
      await page.getByRole('link', { name: 'Back to the chart' }).click()
      await page.getByText('She has taken her permission back.').waitFor()
    })
  })

  /** As she does it in her app. */
  async function takeBack(contact: string): Promise<void> {
    const connection = await connect({ node: portal.node.address })
    const app = asPatient(await signIn(connection, { contact, password: PASSWORD }))
    for (const consent of await listConsents(app, { state: 'active' })) {
      if (consent.granteeName === 'Dr Asha Raghavan') await revokeConsent(app, consent)
    }
  }

  test('with the number alone a doctor asks, is told nothing of whose it is, and waits for the app', async () => {
    await withDoctor(async ({ page }) => {
      const { cardNumber } = await comeToTheDesk(portal, 'ngozi')
      await page.keyboard.press('Alt+s')
      await page.getByLabel('Or type the number').fill(cardNumber)
      await page.keyboard.press('Enter')
      await page.getByRole('heading', { level: 1, name: 'Patient' }).waitFor(SLOW)
      expect(await page.getByText('Ngozi').count()).toBe(0)
      expect(await page.getByRole('button', { name: /Emergency/ }).count()).toBe(0)
      await page.getByRole('button', { name: 'Ask in her app' }).click()
      await page.getByText(/She sees your request in her app/).waitFor(SLOW)
      expect(await findBarriers(page)).toEqual([])
    })
  })

  test('an emergency: asked with the card, confirmed by a second doctor, opened and marked', async () => {
    await withDoctor(async ({ page }) => {
      const arjun = await comeToTheDesk(portal, 'arjun')
      await page.getByRole('button', { name: /Scan a card/ }).click()
      await showCard(page, arjun)
      await page.getByRole('button', { name: 'Emergency: the patient cannot answer' }).click(SLOW)
      await page.getByRole('button', { name: 'Ask a second doctor' }).click()
      await page.getByText('Say in a few words why the patient cannot be asked.').waitFor()
      await page.keyboard.type('Unconscious after a fall')
      await page.getByRole('button', { name: 'Ask a second doctor' }).click()
      await page.getByText('Waiting for a second doctor').waitFor(SLOW)
      expect(await findBarriers(page)).toEqual([])
      await withDoctor(
        async ({ page: second }) => {
          await second.getByRole('heading', { name: 'Emergencies to confirm' }).waitFor(SLOW)
          await second.getByText('Reason: Unconscious after a fall').waitFor()
          expect(await findBarriers(second)).toEqual([])
          await second.getByRole('button', { name: 'Look and confirm' }).click()
          await second.getByRole('button', { name: 'Confirm as second doctor' }).click()
          await second.getByText(/Confirmed. Dr Asha Raghavan can open/).waitFor(SLOW)
          await second.getByRole('button', { name: 'Close' }).last().click()
          await second
            .getByRole('link', { name: /^Emergencies/ })
            .first()
            .click()
          await second.getByRole('cell', { name: 'Unconscious after a fall' }).waitFor(SLOW)
        },
        { name: 'Tomas Okafor' },
      )
      await page.getByText(/Summary only, until/).waitFor(SLOW)
      await page.getByRole('region', { name: 'Summary of the chart' }).waitFor(SLOW)
      await page.getByRole('heading', { name: 'Active problems' }).waitFor(SLOW)
      expect(await findBarriers(page)).toEqual([])
    })
  })

  test.each([
    ['a telephone in Hindi and dark', { phone: true, locale: 'hi-IN', colorScheme: 'dark' as const }],
    ['a wide screen in English and dark', { colorScheme: 'dark' as const }],
  ])('on %s every page of the doctor fits and has no barrier', async (_, options) => {
    await withDoctor(async ({ page }) => {
      const look = () => seen(page, page.url())
      await page
        .getByRole('link', { name: /Meenakshi|मीनाक्षी/ })
        .first()
        .waitFor(SLOW)
      await look()
      for (const path of ['/doctor/requests', '/doctor/emergencies']) {
        await page.goto(path)
        await page.getByRole('table').first().waitFor(SLOW)
        await look()
      }
      await page.goto('/doctor')
      await page
        .getByRole('link', { name: /Meenakshi|मीनाक्षी/ })
        .first()
        .click()
      await page.waitForURL('**/patients/**')
      if (!page.url().endsWith('/consultation')) await page.goto(`${page.url()}/consultation`)
      await page.locator('[data-path=complaint]').waitFor(SLOW)
      await look()
    }, options)
  })
})
